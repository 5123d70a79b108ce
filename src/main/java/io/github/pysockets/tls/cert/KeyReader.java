package io.github.pysockets.tls.cert;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads a private key from a PEM block: PKCS#8, encrypted or not, and the older forms of each kind of key. */
final class KeyReader {
    /** Java's names of the algorithms of keys. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "1.2.840.113549.1.1.1", "RSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.2.840.10040.4.1", "DSA",
            "1.2.840.10045.2.1", "EC",
            "1.3.101.112", "EdDSA",
            "1.3.101.113", "EdDSA");

    /** In DER: the version of PKCS#8, and the algorithms of the older forms, that of RSA with NULL parameters. */
    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] CURVE = HexFormat.of().parseHex("06072a8648ce3d0201");

    private KeyReader() {}

    /**
     * Reads a key.
     *
     * @param password of an encrypted one; null for none
     * @return null where it is not a key, or where the password is wrong: the two cannot always be told apart
     */
    static PrivateKey read(PemBlock block, byte[] password) {
        if (block.isEncrypted() && password == null) {
            return null;
        }
        if (block.hasOtherHeaders()) {
            return null;
        }
        if (NestingLimit.isTooDeep(block.content())) {
            return null;
        }
        try {
            byte[] pkcs8 = pkcs8(block, password);
            return pkcs8 == null ? null : key(pkcs8);
        } catch (GeneralSecurityException | RuntimeException | StackOverflowError noKey) {
            // The JDK throws nearly anything for bytes that only look like a key.
            return null;
        }
    }

    private static byte[] pkcs8(PemBlock block, byte[] password) {
        byte[] content = block.content();
        return switch (block.isEncrypted() ? "" : block.label()) {
            case "PRIVATE KEY" -> content;
            case "RSA PRIVATE KEY" -> isPkcs8(content, "RSA") ? content : wrapped(RSA, content);
            case "EC PRIVATE KEY" -> isPkcs8(content, "EC")
                    ? content
                    : wrapped(Der.encode(Der.SEQUENCE, CURVE, curve(content)), content);
            default -> EncryptedKey.pkcs8(block, password);
        };
    }

    /** Some programs write the new form under the name of an older one. There a number or bytes come second. */
    private static boolean isPkcs8(byte[] content, String algorithm) {
        List<Der> parts = Der.of(content).sequence();
        return parts.size() > 2
                && parts.get(1).tag() == Der.SEQUENCE
                && algorithm.equals(ALGORITHMS.get(parts.get(1).sequence().getFirst().oid()));
    }

    /** RFC 5208, section 5. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return Der.encode(Der.SEQUENCE, VERSION, algorithm, Der.encode(Der.OCTET_STRING, key));
    }

    /** The curve that a key in the form of RFC 5915 names. */
    private static byte[] curve(byte[] key) {
        for (Der part : Der.of(key).sequence()) {
            if (part.isContext(0)) {
                return part.content();
            }
        }
        throw new IllegalArgumentException("the key names no curve");
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        List<Der> parts = Der.of(pkcs8).sequence();
        String algorithm = ALGORITHMS.get(parts.get(1).sequence().getFirst().oid());
        return algorithm == null
                ? null
                : KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
}
