package io.github.pysockets.tls;

import java.nio.charset.StandardCharsets;

/**
 * Reads numbers and vectors as RFC 8446, section 3, lays them out.
 *
 * <p>It never throws: what is read beyond the end is empty or zero, and {@link #ran} tells of it afterwards. A
 * caller can so read all of a structure first and judge it then.
 */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean ran;

    ByteReader(byte[] bytes, int at, int length) {
        this.bytes = bytes;
        this.at = at;
        this.end = at + length;
    }

    /** Plaintext that are left. */
    int left() {
        return end - at;
    }

    /** Whether something was asked for that is not there. */
    boolean ran() {
        return ran;
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
    ByteReader vector(int octetsOfLength) {
        int length = number(octetsOfLength);
        boolean there = take(length);
        return new ByteReader(bytes, there ? at - length : at, there ? length : 0);
    }

    /** All that is left, as numbers of two bytes. One that is left over is not read. */
    int[] pairs() {
        int[] pairs = new int[left() / 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = number(2);
        }
        return pairs;
    }

    /** All that is left, a byte for each character. */
    String text() {
        int start = at;
        at = end;
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether one of the bytes that are left is this one. */
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
            ran = true;
            at = end;
            return false;
        }
        at += count;
        return true;
    }
}
