package io.github.pysockets.graalpy;

import org.graalvm.polyglot.Source;

/**
 * One of our Python modules.
 *
 * @param beginning the same text, except that it fails with a KeyError after the docstring if its namespace is not a
 *     module's
 */
record ModuleText(String text, Source beginning) {
    private static final String QUOTES = "\"\"\"";
    private static final String END = "; globals()['__spec__']";

    /** @param text begins with a docstring in three double quotes */
    static ModuleText of(String module, String text) {
        int end = text.indexOf(QUOTES, QUOTES.length()) + QUOTES.length();
        // On the docstring's last line, so that line numbers stay the same.
        String beginning = text.substring(0, end) + END + text.substring(end);
        return new ModuleText(text, SharedCode.source("<" + module + ">", beginning));
    }
}
