package io.github.pysockets.tls.cert;

/**
 * A name in a certificate that may have a wildcard, as OpenSSL reads it: RFC 6125, section 6.4.3. There may be one
 * star, in the first label, followed by at least two labels.
 *
 * <p>ASCII letters are equal to their capitals, any other char only to itself.
 */
final class HostPattern {
    /** X509_CHECK_FLAG_NO_WILDCARDS. */
    private static final int NO_WILDCARDS = 0x2;
    /** X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS: a star has to be the whole label. */
    private static final int NO_PARTIAL_WILDCARDS = 0x4;
    /** X509_CHECK_FLAG_MULTI_LABEL_WILDCARDS: a star that is the whole label may match several. */
    private static final int MULTI_LABEL_WILDCARDS = 0x8;

    private static final String IDNA_PREFIX = "xn--";

    private HostPattern() {}

    /**
     * Whether a pattern matches the name of a host.
     *
     * @param flags OpenSSL's X509_CHECK_FLAG numbers
     */
    static boolean matches(String pattern, String host, int flags) {
        int star = (flags & NO_WILDCARDS) == 0 ? pattern.indexOf('*') : -1;
        return star >= 0 && isWildcard(pattern, star, flags)
                ? matchesWildcard(pattern, star, host, flags)
                : equal(pattern, host);
    }

    private static boolean equal(String pattern, String host) {
        return pattern.length() == host.length() && equalAt(pattern, 0, host, 0, host.length());
    }

    private static boolean equalAt(String pattern, int at, String host, int hostAt, int length) {
        for (int i = 0; i < length; i++) {
            char c = pattern.charAt(at + i);
            // Software written in C takes a NUL for the end of the name, so for another name.
            if (c == 0 || small(c) != small(host.charAt(hostAt + i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the first star is a wildcard, and all the rest is a valid name. */
    private static boolean isWildcard(String pattern, int star, int flags) {
        int firstDot = pattern.indexOf('.');
        boolean atStart = star == 0;
        boolean atEnd = star + 1 == firstDot;
        boolean onlyLabel = atStart && atEnd;
        boolean allowed = (flags & NO_PARTIAL_WILDCARDS) == 0 ? atStart || atEnd : onlyLabel;
        int secondDot = pattern.indexOf('.', firstDot + 1);
        return allowed
                && firstDot > star
                && secondDot > 0
                && pattern.indexOf('*', star + 1) < 0
                && isFirstLabel(pattern, star, firstDot)
                && areLabels(pattern, firstDot + 1);
    }

    /** Whether the label with the star is not that of an international name (IDNA), and otherwise valid. */
    private static boolean isFirstLabel(String pattern, int star, int end) {
        if (isIdna(pattern, 0)) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = pattern.charAt(i);
            boolean hyphen = c == '-' && i > 0 && i + 1 < end && i + 1 != star;
            if (i != star && !isLetterOrDigit(c) && !hyphen) {
                return false;
            }
        }
        return true;
    }

    private static boolean areLabels(String pattern, int from) {
        boolean inLabel = false;
        char last = '.';
        for (int i = from; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '.' ? !inLabel || last == '-' : c == '-' ? !inLabel : !isLetterOrDigit(c)) {
                return false;
            }
            inLabel = c != '.';
            last = c;
        }
        return inLabel && last != '-';
    }

    private static boolean matchesWildcard(String pattern, int star, String host, int flags) {
        int after = pattern.length() - star - 1;
        int end = host.length() - after;
        if (end < star || !equalAt(pattern, 0, host, 0, star) || !equalAt(pattern, star + 1, host, end, after)) {
            return false;
        }
        boolean wholeLabel = star == 0 && pattern.charAt(1) == '.';
        if (wholeLabel && end == 0 || !wholeLabel && isIdna(host, star)) {
            return false;
        }
        if (end == star + 1 && host.charAt(star) == '*') {
            return true;
        }
        boolean many = wholeLabel && (flags & MULTI_LABEL_WILDCARDS) != 0;
        for (int i = star; i < end; i++) {
            char c = host.charAt(i);
            if (!isLetterOrDigit(c) && c != '-' && !(many && c == '.')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdna(String name, int at) {
        return name.regionMatches(true, at, IDNA_PREFIX, 0, IDNA_PREFIX.length());
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= '0' && c <= '9' || small(c) >= 'a' && small(c) <= 'z';
    }

    private static char small(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}
