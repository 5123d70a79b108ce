package io.github.pysockets.netdb;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which names hosts can have. No database is asked about another one. */
final class HostSyntax {
    /** The most bytes in a name: RFC 1035, section 2.3.4, less the length bytes around it. A dot may follow. */
    private static final int LONGEST = 253;

    /** The most bytes in any question. */
    private static final int LONGEST_TEXT = 4096;

    private static final Pattern NAME = Pattern.compile("(?![-.])[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

    private static final Pattern DOTTED_DIGITS = Pattern.compile("[0-9.]*[0-9]");

    private HostSyntax() {}

    /** Bytes as chars. */
    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static boolean isName(String text) {
        return text.length() <= (text.endsWith(".") ? LONGEST + 1 : LONGEST) && NAME.matcher(text).matches();
    }

    /** Whether gethostbyname(3) takes the text for an IPv4 address, though it may be none. */
    static boolean isDottedDigits(String text) {
        return DOTTED_DIGITS.matcher(text).matches();
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    static boolean isTooLong(byte[] text) {
        return text != null && text.length > LONGEST_TEXT;
    }

    /** A text with a 0 in it would be another one to C. */
    static boolean hasZero(byte[] text) {
        for (int i = 0; text != null && i < text.length; i++) {
            if (text[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
