package io.github.pysockets.graalpy;

import org.graalvm.polyglot.Source;

/**
 * A Python module of ours.
 *
 * @param beginning the same text, except that it ends by a KeyError after the docstring if its namespace is no module's
 */
record ModuleText(String text, Source beginning) {
    private static final String QUOTES = "\"\"\"";
    private static final String END = "; globals()['__spec__']";

    /** @param text begins with a docstring in three double quotes */
    static ModuleText of(String module, String text) {
        int end = text.indexOf(QUOTES, QUOTES.length()) + QUOTES.length();
        // On the docstring's last line, so that lines keep their numbers.
        String beginning = text.substring(0, end) + END + text.substring(end);
        return new ModuleText(text, SharedCode.source("<" + module + ">", beginning));
    }
}
