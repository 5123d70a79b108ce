package io.github.pysockets.policy;

/**
 * The ports that a rule is about.
 *
 * @param first 0 to 65535
 * @param last not below {@code first}
 */
record PortRange(int first, int last) {
    static final int HIGHEST = 0xFFFF;
    static final PortRange ALL = new PortRange(0, HIGHEST);

    /**
     * Reads {@code 443}, {@code 8000-8100} or {@code *}.
     *
     * @return null if the text is none of these
     */
    static PortRange parse(String text) {
        if (text.equals("*")) {
            return ALL;
        }
        if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            return null;
        }
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = Integer.parseInt(text.substring(dash + 1));
        return first > last || last > HIGHEST ? null : new PortRange(first, last);
    }

    boolean contains(int port) {
        return first <= port && port <= last;
    }
}
