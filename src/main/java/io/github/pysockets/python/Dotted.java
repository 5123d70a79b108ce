package io.github.pysockets.python;

/** The plain form of an IPv4 address, four decimal numbers: recognised here so that the common case asks no name service. */
final class Dotted {
    private static final int PARTS = 4;

    private Dotted() {}

    /**
     * @param address its first element is set
     * @return false where the text is of any other form, numeric or not
     */
    static boolean parse(String text, int[] address) {
        int value = 0;
        int part = 0;
        int digits = 0;
        int parts = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (digits == 0 || ++parts > PARTS) {
                    return false;
                }
                value = value << 8 | part;
                part = 0;
                digits = 0;
            } else if (c >= '0' && c <= '9' && (digits == 0 || part != 0)) {
                part = part * 10 + c - '0';
                digits++;
                if (part > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        address[0] = value << 8 | part;
        return parts == PARTS && digits > 0;
    }
}
