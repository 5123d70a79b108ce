package io.github.pysockets.tls.cert;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value in the Distinguished Encoding Rules of ASN.1 (X.690), as far as certificates use them. To read a value as
 * another type than its own, or bytes that end too early, is an IllegalArgumentException.
 *
 * <p>Bouncy Castle reads all of ASN.1, but loading it takes longer than all the rest of a program's first handshake. So
 * it is used for rare cases only.
 *
 * @param tag the identifier's byte, with class and form
 * @param bytes the array with the value
 * @param start where the value begins, with its header
 * @param from where its content begins
 * @param to where both end
 */
record Der(int tag, byte[] bytes, int start, int from, int to) {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT = 0x06;
    static final int UTF8_STRING = 0x0C;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int LONGEST_OBJECT = 586;

    private static final int CONSTRUCTED = 0x20;
    private static final int CONTEXT = 0x80;
    private static final int NUMBER = 0x1F;
    private static final int LONG_LENGTH = 0x80;

    /** The value of some bytes, which hold nothing else. */
    static Der of(byte[] bytes) {
        Der value = at(bytes, 0, bytes.length);
        check(value.to == bytes.length, "there is more behind it");
        return value;
    }

    private static Der at(byte[] bytes, int start, int end) {
        check(end - start >= 2, "it ends in its header");
        int tag = bytes[start] & 0xFF;
        check((tag & NUMBER) != NUMBER, "its tag has many bytes");
        int length = bytes[start + 1] & 0xFF;
        int from = start + 2;
        if (length >= LONG_LENGTH) {
            int more = length - LONG_LENGTH;
            check(more >= 1 && more <= 3 && end - from >= more, "no length of a certificate");
            length = 0;
            for (int i = 0; i < more; i++) {
                length = length << 8 | bytes[from++] & 0xFF;
            }
        }
        check(length <= end - from, "it ends too early");
        return new Der(tag, bytes, start, from, from + length);
    }

    /** A value whose content is these parts, one after the other. */
    static byte[] encode(int tag, byte[]... parts) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        encoded.write(tag);
        if (length < LONG_LENGTH) {
            encoded.write(length);
        } else {
            int more = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            encoded.write(LONG_LENGTH | more);
            for (int i = more - 1; i >= 0; i--) {
                encoded.write(length >> 8 * i);
            }
        }
        for (byte[] part : parts) {
            encoded.writeBytes(part);
        }
        return encoded.toByteArray();
    }

    /** The values in a constructed value. */
    List<Der> items() {
        check((tag & CONSTRUCTED) != 0, "it has no parts");
        List<Der> items = new ArrayList<>();
        for (int at = from; at < to; at = items.getLast().to) {
            items.add(at(bytes, at, to));
        }
        return items;
    }

    /** The values in a sequence. */
    List<Der> sequence() {
        expect(SEQUENCE);
        return items();
    }

    byte[] content() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The value with its header. */
    byte[] encoding() {
        return Arrays.copyOfRange(bytes, start, to);
    }

    /** Whether its tag is this number of the context-specific class. */
    boolean isContext(int number) {
        return (tag & ~CONSTRUCTED) == (CONTEXT | number);
    }

    /** The number of a context-specific tag; -1 for another tag. */
    int contextNumber() {
        return (tag & ~(CONSTRUCTED | NUMBER)) == CONTEXT ? tag & NUMBER : -1;
    }

    BigInteger integer() {
        check(to > from, "a number without bytes");
        return new BigInteger(bytes, from, to - from);
    }

    boolean bool() {
        return to > from && bytes[from] != 0;
    }

    /** The bytes of an OCTET STRING. */
    byte[] octetString() {
        expect(OCTET_STRING);
        return content();
    }

    /** An object identifier in dotted form, whatever the tag. */
    String oid() {
        check(to > from && bytes[to - 1] >= 0, "no object identifier");
        // Making the text takes time in the square of the length. OpenSSL has the same limit.
        check(to - from <= LONGEST_OBJECT, "too long an object identifier");
        StringBuilder text = new StringBuilder();
        BigInteger number = BigInteger.ZERO;
        for (int i = from; i < to; i++) {
            number = number.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7F));
            if (bytes[i] >= 0) {
                if (text.isEmpty()) {
                    int first = number.divide(BigInteger.valueOf(40)).min(BigInteger.TWO).intValue();
                    text.append(first);
                    number = number.subtract(BigInteger.valueOf(40L * first));
                }
                text.append('.').append(number);
                number = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    private void expect(int wanted) {
        check(tag == wanted, "another kind of value");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
