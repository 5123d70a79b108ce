package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.SecurityLevel;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.interfaces.DHPublicKey;

/**
 * What a security level asks of a handshake beyond its cipher suite: of the digest in a signature, of a group, of the
 * prime that a server chose for Diffie and Hellman's exchange. See SSL_CTX_set_security_level(3).
 *
 * <p>JSSE asks it in addition to the security property {@code jdk.tls.disabledAlgorithms}. Certificates are not
 * looked at here.
 */
final class LevelConstraints implements AlgorithmConstraints {
    /** Bits of strength, as in OpenSSL's lists; of the digest alone where a scheme's name ends in one. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("ed25519", 128),
            Map.entry("ed448", 224),
            Map.entry("x25519", 128),
            Map.entry("x448", 224),
            Map.entry("secp256r1", 128),
            Map.entry("secp384r1", 192),
            Map.entry("secp521r1", 256),
            Map.entry("ffdhe2048", 112),
            Map.entry("ffdhe3072", 128),
            Map.entry("ffdhe4096", 128),
            Map.entry("ffdhe6144", 128),
            Map.entry("ffdhe8192", 192));

    private static final String SUITE = "tls_";
    private static final String DIGEST = "_sha";
    private static final String SIGNATURE = "with";

    private final int level;
    private final int leastBits;
    private final AlgorithmConstraints others;

    /**
     * @param level 0 to 5
     * @param others have to permit it too; null for none
     */
    LevelConstraints(int level, AlgorithmConstraints others) {
        this.level = level;
        this.others = others;
        leastBits = SecurityLevel.leastBits(level);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
        return isEnough(algorithm) && (others == null || others.permits(primitives, algorithm, parameters));
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return isEnough(key) && (others == null || others.permits(primitives, key));
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
        return isEnough(algorithm)
                && isEnough(key)
                && (others == null || others.permits(primitives, algorithm, key, parameters));
    }

    /** Whether a level allows a group, by JSSE's name. */
    static boolean isEnough(String group, int level) {
        return BITS.getOrDefault(group, 0) >= SecurityLevel.leastBits(level);
    }

    private boolean isEnough(Key key) {
        return !(key instanceof DHPublicKey agreement) || SecurityLevel.isKeyEnough(agreement, level);
    }

    /** @param algorithm a scheme, rsa_pkcs1_sha1; a signature of Java's, SHA1withRSA; a group; all else is enough */
    private boolean isEnough(String algorithm) {
        String name = algorithm.toLowerCase(Locale.ROOT);
        Integer bits = BITS.get(name);
        if (bits != null) {
            return bits >= leastBits;
        }
        if (name.startsWith(SUITE)) {
            return true;
        }
        int digest = name.lastIndexOf(DIGEST);
        if (digest >= 0) {
            return SecurityLevel.isDigestEnough(name.substring(digest + 1), level);
        }
        int signature = name.startsWith("sha") ? name.indexOf(SIGNATURE) : -1;
        return signature < 0 || SecurityLevel.isDigestEnough(name.substring(0, signature), level);
    }
}
