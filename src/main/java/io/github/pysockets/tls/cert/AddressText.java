package io.github.pysockets.tls.cert;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IP address in the place of a name, as OpenSSL's a2i_IPADDRESS reads it. */
public final class AddressText {
    private static final int BYTES_4 = 4;
    private static final int BYTES_6 = 16;

    /** Spaces may be before each number, and anything behind a space at the end. */
    private static final Pattern NUMBERS = Pattern.compile(
            "\\s*([-+]?\\d+)\\.\\s*([-+]?\\d+)\\.\\s*([-+]?\\d+)\\.\\s*([-+]?\\d+)(?:\\s.*)?", Pattern.DOTALL);

    private AddressText() {}

    /**
     * The bytes of an address.
     *
     * @return 4 or 16 bytes; null where it is not an address
     */
    public static byte[] parse(String text) {
        return text.indexOf(':') < 0 ? parse4(text) : parse6(text);
    }

    /** Four decimal numbers, as sscanf(3) reads them. Leading zeros do not make them octal. */
    private static byte[] parse4(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.matches()) {
            return null;
        }
        byte[] bytes = new byte[BYTES_4];
        for (int i = 0; i < BYTES_4; i++) {
            int number = number(numbers.group(i + 1));
            if (number < 0 || number > 0xFF) {
                return null;
            }
            bytes[i] = (byte) number;
        }
        return bytes;
    }

    /** -1 for what is not even an int. */
    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException tooLong) {
            return -1;
        }
    }

    private static byte[] parse6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] bytes = groups(text);
            return bytes != null && bytes.length == BYTES_6 ? bytes : null;
        }
        String head = text.substring(0, gap);
        byte[] before = head.indexOf('.') < 0 ? groups(head) : null;
        byte[] behind = groups(text.substring(gap + 2));
        if (before == null || behind == null || before.length + behind.length >= BYTES_6) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(before, BYTES_6);
        System.arraycopy(behind, 0, bytes, BYTES_6 - behind.length, behind.length);
        return bytes;
    }

    /** Groups of at most four hexadecimal digits; the last may be an IPv4 address. Null for anything else. */
    private static byte[] groups(String text) {
        byte[] bytes = new byte[0];
        if (text.isEmpty()) {
            return bytes;
        }
        String[] groups = text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            byte[] group = i == groups.length - 1 && groups[i].indexOf('.') >= 0 ? parse4(groups[i]) : group(groups[i]);
            if (group == null) {
                return null;
            }
            int at = bytes.length;
            bytes = Arrays.copyOf(bytes, at + group.length);
            System.arraycopy(group, 0, bytes, at, group.length);
        }
        return bytes;
    }

    private static byte[] group(String digits) {
        if (digits.isEmpty() || digits.length() > 4) {
            return null;
        }
        int group = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return null;
            }
            group = group << 4 | digit;
        }
        return new byte[] {(byte) (group >> 8), (byte) group};
    }
}
