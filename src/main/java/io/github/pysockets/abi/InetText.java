package io.github.pysockets.abi;

/**
 * Internet addresses as text, in the forms of glibc's inet_pton(3), inet_ntop(3), inet_aton(3) and inet_ntoa(3). Pure
 * functions: no name is looked up.
 *
 * <p>Addresses are 4 or 16 bytes in network byte order, or numbers in host byte order.
 */
public final class InetText {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final long LARGEST_ADDRESS = 0xFFFF_FFFFL;

    private InetText() {}

    /**
     * inet_pton(3) for AF_INET: four decimal numbers from 0 to 255, without leading zeros.
     *
     * @param text such as {@code 127.0.0.1}
     * @return the four bytes, or null if the text is not such an address
     */
    public static byte[] parse4(String text) {
        byte[] bytes = new byte[IPV4_BYTES];
        return parse4(text, 0, bytes, 0) ? bytes : null;
    }

    /**
     * inet_pton(3) for AF_INET6: RFC 4291, section 2.2. A scope ({@code %eth0}) is not part of an address.
     *
     * @param text such as {@code fe80::1} or {@code ::ffff:192.0.2.1}
     * @return the sixteen bytes, or null if the text is not such an address
     */
    public static byte[] parse6(String text) {
        byte[] bytes = new byte[IPV6_BYTES];
        int length = text.length();
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < length) {
            int end = groupEnd(text, at);
            if (end < length && text.charAt(end) == '.') {
                // The last two groups may be written as an IPv4 address.
                if (filled > IPV6_BYTES - IPV4_BYTES || !parse4(text, at, bytes, filled)) {
                    return null;
                }
                filled += IPV4_BYTES;
                break;
            }
            if (end == at || end - at > GROUP_DIGITS || filled == IPV6_BYTES) {
                return null;
            }
            int group = Integer.parseInt(text, at, end, 16);
            bytes[filled++] = (byte) (group >> 8);
            bytes[filled++] = (byte) group;
            if (end == length) {
                break;
            }
            at = end + 1;
            if (text.charAt(end) != ':' || at == length) {
                return null;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = filled;
                at++;
            }
        }
        if (gap < 0) {
            return filled == IPV6_BYTES ? bytes : null;
        }
        return filled < IPV6_BYTES ? widen(bytes, gap, filled) : null;
    }

    /**
     * inet_aton(3): one to four numbers, decimal, octal (after 0) or hexadecimal (after 0x). The last one fills all
     * remaining bytes. Text after white space is ignored.
     *
     * @param text such as {@code 127.1} or {@code 0x7f000001}
     * @return the four bytes, or null if the text is not such an address
     */
    public static byte[] parseAton(String text) {
        int address = 0;
        int at = 0;
        for (int part = 0; part < IPV4_BYTES; part++) {
            int end = numberEnd(text, at);
            long number = end == at ? -1 : number(text, at, end);
            if (end < text.length() && text.charAt(end) == '.') {
                if (number < 0 || number > 0xFF) {
                    return null;
                }
                address |= (int) number << 24 - 8 * part;
                at = end + 1;
            } else {
                boolean isLast = end == text.length() || isSpace(text.charAt(end));
                return isLast && number >= 0 && number <= LARGEST_ADDRESS >> 8 * part
                        ? bytes(address | (int) number)
                        : null;
            }
        }
        return null;
    }

    /**
     * inet_ntop(3), and inet_ntoa(3) for an IPv4 address.
     *
     * @param bytes four for IPv4, sixteen for IPv6
     * @return the text of the address
     * @throws IllegalArgumentException if there are neither four nor sixteen bytes
     */
    public static String format(byte[] bytes) {
        return switch (bytes.length) {
            case IPV4_BYTES -> format4(bytes, 0);
            case IPV6_BYTES -> format6(bytes);
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    /** inet_ntop(3) for AF_INET, of a number in host byte order. */
    public static String format(int address) {
        return format4(bytes(address), 0);
    }

    /** inet_ntop(3) for AF_INET6, of the first and the last eight bytes. */
    public static String format(long high, long low) {
        byte[] bytes = new byte[IPV6_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (high >> 56 - 8 * i);
            bytes[i + Long.BYTES] = (byte) (low >> 56 - 8 * i);
        }
        return format6(bytes);
    }

    private static byte[] bytes(int address) {
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }

    private static boolean parse4(String text, int from, byte[] into, int at) {
        int octet = 0;
        int digits = 0;
        int done = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDecimal(c)) {
                if (digits > 0 && octet == 0) {
                    return false;
                }
                octet = octet * 10 + c - '0';
                digits++;
                if (octet > 0xFF) {
                    return false;
                }
            } else {
                if (c != '.' || digits == 0 || done == IPV4_BYTES - 1) {
                    return false;
                }
                into[at + done++] = (byte) octet;
                octet = 0;
                digits = 0;
            }
        }
        if (digits == 0 || done != IPV4_BYTES - 1) {
            return false;
        }
        into[at + done] = (byte) octet;
        return true;
    }

    /** Moves the bytes after the gap to the end. */
    private static byte[] widen(byte[] bytes, int gap, int filled) {
        int behind = filled - gap;
        byte[] wide = new byte[IPV6_BYTES];
        System.arraycopy(bytes, 0, wide, 0, gap);
        System.arraycopy(bytes, gap, wide, IPV6_BYTES - behind, behind);
        return wide;
    }

    private static int groupEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isHexadecimal(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * Returns where the C number at {@code from} ends, as strtoul(3) sees it. It begins with a decimal digit; without
     * one the result is {@code from}.
     */
    private static int numberEnd(String text, int from) {
        int length = text.length();
        if (from == length || !isDecimal(text.charAt(from))) {
            return from;
        }
        if (isHexadecimalNumber(text, from)) {
            return groupEnd(text, from + 2);
        }
        int limit = text.charAt(from) == '0' ? '7' : '9';
        int end = from;
        while (end < length && text.charAt(end) >= '0' && text.charAt(end) <= limit) {
            end++;
        }
        return end;
    }

    /** @return the number; if it is larger than any address, any other number that is too */
    private static long number(String text, int from, int end) {
        int radix = 10;
        int at = from;
        if (isHexadecimalNumber(text, from)) {
            radix = 16;
            at = from + 2;
        } else if (text.charAt(from) == '0') {
            radix = 8;
        }
        long number = 0;
        while (at < end && number <= LARGEST_ADDRESS) {
            number = number * radix + Character.digit(text.charAt(at++), radix);
        }
        return number;
    }

    private static boolean isHexadecimalNumber(String text, int from) {
        return text.length() > from + 2
                && text.charAt(from) == '0'
                && (text.charAt(from + 1) | 0x20) == 'x'
                && isHexadecimal(text.charAt(from + 2));
    }

    private static String format4(byte[] bytes, int from) {
        StringBuilder text = new StringBuilder(15);
        for (int i = 0; i < IPV4_BYTES; i++) {
            text.append(i == 0 ? "" : ".").append(bytes[from + i] & 0xFF);
        }
        return text.toString();
    }

    private static String format6(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
        }
        // The longest run of zeros is left out, the first one if several are equally long. A single zero is not.
        int runStart = 0;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(groups, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        int run = runLength > 1 ? runLength : 0;
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS;) {
            if (run > 0 && i == runStart) {
                text.append("::");
                i += run;
            } else if (i == 6 && runStart == 0 && (run == 6 || run == 5 && groups[5] == 0xFFFF)) {
                return text.append(run == 6 ? "" : ":").append(format4(bytes, 12)).toString();
            } else {
                text.append(i == 0 || i == runStart + run && run > 0 ? "" : ":").append(Integer.toHexString(groups[i]));
                i++;
            }
        }
        return text.toString();
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static boolean isDecimal(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexadecimal(char c) {
        return isDecimal(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
    }

    /** isspace(3) in the C locale. */
    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
