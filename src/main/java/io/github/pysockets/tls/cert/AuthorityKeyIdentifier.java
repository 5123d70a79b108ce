package io.github.pysockets.tls.cert;

import java.math.BigInteger;

/**
 * Which of its issuer's certificates has the key that signed a certificate: RFC 5280, section 4.2.1.1. Each part may be
 * null.
 *
 * @param key the identifier of the issuer's key
 * @param issuer who issued the issuer's certificate
 * @param serial the serial number of the issuer's certificate
 */
record AuthorityKeyIdentifier(byte[] key, CanonicalName issuer, BigInteger serial) {
    private static final int KEY = 0;
    private static final int ISSUER = 1;
    private static final int SERIAL = 2;

    /** @param extension its value, in DER */
    static AuthorityKeyIdentifier of(byte[] extension) {
        byte[] key = null;
        CanonicalName issuer = null;
        BigInteger serial = null;
        for (Der part : Der.of(extension).sequence()) {
            switch (part.contextNumber()) {
                case KEY -> key = part.content();
                case ISSUER -> issuer = issuer(part);
                case SERIAL -> serial = part.integer();
                default -> throw new IllegalArgumentException("unknown part of an identifier");
            }
        }
        return new AuthorityKeyIdentifier(key, issuer, serial);
    }

    private static CanonicalName issuer(Der names) {
        for (Der name : names.items()) {
            if (name.isContext(AlternativeName.DIRECTORY)) {
                return CanonicalName.of(name.content());
            }
        }
        return null;
    }
}
