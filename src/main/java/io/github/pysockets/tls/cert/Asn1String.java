package io.github.pysockets.tls.cert;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A primitive value of ASN.1 by its tag and bytes. The bytes need not be what the tag allows: certificates in use have
 * NUL in names and letters in numeric strings, and these have to be shown as they are.
 */
record Asn1String(int tag, byte[] bytes) {
    static final int BIT_STRING = Der.BIT_STRING;
    static final int UTF8_STRING = Der.UTF8_STRING;
    static final int NUMERIC_STRING = 0x12;
    static final int PRINTABLE_STRING = 0x13;
    static final int T61_STRING = 0x14;
    static final int IA5_STRING = 0x16;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int VISIBLE_STRING = 0x1A;
    static final int GENERAL_STRING = 0x1B;
    static final int UNIVERSAL_STRING = 0x1C;
    static final int BMP_STRING = 0x1E;

    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    static Asn1String of(Der value) {
        return new Asn1String(value.tag(), value.content());
    }

    boolean isBits() {
        return tag == BIT_STRING;
    }

    /** The bytes of a bit string, without the count of unused bits before them. */
    byte[] bits() {
        return Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    }

    /** ASN1_STRING_to_UTF8(3). Null where the tag is not that of a string of characters. */
    String text() {
        return switch (tag) {
            case UTF8_STRING -> utf8();
            case BMP_STRING -> new String(bytes, StandardCharsets.UTF_16BE);
            case UNIVERSAL_STRING -> new String(bytes, UTF_32);
            case NUMERIC_STRING, PRINTABLE_STRING, T61_STRING, IA5_STRING, VISIBLE_STRING, UTC_TIME,
                    GENERALIZED_TIME ->
                new String(bytes, StandardCharsets.ISO_8859_1);
            default -> null;
        };
    }

    /** The bytes as UTF-8, whatever the tag. */
    String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
