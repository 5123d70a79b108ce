package io.github.pysockets.tls.cert;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A distinguished name in the form in which OpenSSL compares names: ASCII letters are lower case, runs of white space
 * are one space with none at the ends, and every string is UTF-8. Equal names have equal forms.
 */
final class CanonicalName {
    /** The types of strings that are normalized; others stay as they are. */
    private static final Set<Integer> TEXTS = Set.of(
            Asn1String.UTF8_STRING,
            Asn1String.BMP_STRING,
            Asn1String.UNIVERSAL_STRING,
            Asn1String.PRINTABLE_STRING,
            Asn1String.T61_STRING,
            Asn1String.IA5_STRING,
            Asn1String.VISIBLE_STRING);

    private final byte[] form;

    private CanonicalName(byte[] form) {
        this.form = form;
    }

    static CanonicalName of(X500Principal name) {
        return of(name.getEncoded());
    }

    /** @param name in DER */
    static CanonicalName of(byte[] name) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (List<Attribute> part : Attribute.of(Der.of(name))) {
            byte[][] attributes = part.stream()
                    .map(attribute -> Der.encode(Der.SEQUENCE, attribute.encodedType(), canonical(attribute)))
                    .sorted(Arrays::compareUnsigned)
                    .toArray(byte[][]::new);
            form.writeBytes(Der.encode(Der.SET, attributes));
        }
        return new CanonicalName(form.toByteArray());
    }

    boolean isEmpty() {
        return form.length == 0;
    }

    /** X509_NAME_hash(3) as eight hexadecimal digits: the name of a certificate's file in a hashed directory. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(form);
            int hash = digest[0] & 0xFF | (digest[1] & 0xFF) << 8 | (digest[2] & 0xFF) << 16 | digest[3] << 24;
            return String.format("%08x", hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] canonical(Attribute attribute) {
        Asn1String value = attribute.value();
        return TEXTS.contains(value.tag())
                ? Der.encode(Der.UTF8_STRING, canonical(value.text()).getBytes(StandardCharsets.UTF_8))
                : attribute.encodedValue();
    }

    private static String canonical(String text) {
        StringBuilder canonical = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c >= '\t' && c <= '\r') {
                gap = !canonical.isEmpty();
            } else {
                if (gap) {
                    canonical.append(' ');
                    gap = false;
                }
                canonical.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
            }
        }
        return canonical.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalName name && Arrays.equals(form, name.form);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(form);
    }

    @Override
    public String toString() {
        return new String(form, StandardCharsets.ISO_8859_1);
    }
}
