package io.github.pysockets.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads numbers and vectors as RFC 8446, section 3, lays them out.
 *
 * <p>It never throws: what is read beyond the end is empty or zero, and {@link #overran} says so afterwards. So a
 * caller can read all of a structure first, and check it then.
 */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean overran;

    ByteReader(byte[] bytes, int at, int length) {
        this.bytes = bytes;
        this.at = at;
        this.end = at + length;
    }

    /** How many bytes are left. */
    int left() {
        return end - at;
    }

    /** Whether something was read beyond the end. */
    boolean overran() {
        return overran;
    }

    /** A number of so many bytes, at most three. */
    int number(int count) {
        if (!take(count)) {
            return 0;
        }
        int number = 0;
        for (int i = at - count; i < at; i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }

    void skip(int count) {
        take(count);
    }

    /** A vector behind its length, which is a number of so many bytes. */
    ByteReader vector(int bytesOfLength) {
        int length = number(bytesOfLength);
        boolean there = take(length);
        return new ByteReader(bytes, there ? at - length : at, there ? length : 0);
    }

    /** All that is left, as numbers of two bytes. An odd last byte is not read. */
    int[] pairs() {
        int[] pairs = new int[left() / 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = number(2);
        }
        return pairs;
    }

    /** A copy of all that is left. */
    byte[] bytes() {
        int start = at;
        at = end;
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** All that is left, a byte for each character. */
    String text() {
        int start = at;
        at = end;
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether this byte is among those that are left. */
    boolean contains(int b) {
        for (int i = at; i < end; i++) {
            if (bytes[i] == b) {
                return true;
            }
        }
        return false;
    }

    private boolean take(int count) {
        if (count > left()) {
            overran = true;
            at = end;
            return false;
        }
        at += count;
        return true;
    }
}
