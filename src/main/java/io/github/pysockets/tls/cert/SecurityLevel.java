package io.github.pysockets.tls.cert;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Map;
import javax.crypto.interfaces.DHPublicKey;

/**
 * How strong keys and signatures are, in bits, and what OpenSSL's security levels require:
 * SSL_CTX_set_security_level(3).
 */
public final class SecurityLevel {
    /** The level of Python's contexts. */
    public static final int DEFAULT = 2;

    private static final int LOWEST = 0;
    private static final int HIGHEST = 5;

    private static final int[] LEAST_BITS = {0, 80, 112, 128, 192, 256};

    /** At most half the length of the digest; less for the broken ones. */
    private static final Map<String, Integer> DIGESTS = Map.of(
            "MD2", 39, "MD5", 39, "SHA1", 63, "SHA224", 112, "SHA256", 128, "SHA384", 192, "SHA512", 256);

    private static final int UNKNOWN = Integer.MAX_VALUE;

    private SecurityLevel() {}

    /** Whether OpenSSL has the level. */
    public static boolean isLevel(int level) {
        return level >= LOWEST && level <= HIGHEST;
    }

    /** Whether a key is as strong as a level asks for. */
    public static boolean isKeyEnough(PublicKey key, int level) {
        return bits(key) >= leastBits(level);
    }

    /**
     * Whether a signature with a digest is as strong as a level asks for.
     *
     * @param digest SHA1, SHA-256; one that is not known is left to other checks
     */
    public static boolean isDigestEnough(String digest, int level) {
        return level <= 0 || digestBits(digest) >= leastBits(level);
    }

    static boolean isSignatureEnough(X509Certificate certificate, int level) {
        return level <= 0 || signatureBits(certificate) >= leastBits(level);
    }

    /** How many bits of strength a level asks for at least. */
    public static int leastBits(int level) {
        return LEAST_BITS[Math.clamp(level, LOWEST, HIGHEST)];
    }

    /** How many bits of strength a key has; a kind that is not known here is left to other checks. */
    private static int bits(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> factoringBits(rsa.getModulus().bitLength());
            case DSAPublicKey dsa when dsa.getParams() != null -> Math.min(
                    factoringBits(dsa.getParams().getP().bitLength()),
                    dsa.getParams().getQ().bitLength() / 2);
            case DHPublicKey agreement -> factoringBits(agreement.getParams().getP().bitLength());
            case ECPublicKey curve -> curve.getParams().getOrder().bitLength() / 2;
            case EdECPublicKey edwards -> "Ed448".equals(edwards.getParams().getName()) ? 224 : 128;
            default -> UNKNOWN;
        };
    }

    /**
     * How hard it is to factor a number of so many bits: the estimate for the number field sieve in the implementation
     * guidance of FIPS 140-2 (section 7.5), rounded to a multiple of eight.
     */
    static int factoringBits(int length) {
        if (length >= 15_360) {
            return 256;
        }
        if (length < 8) {
            return 0;
        }
        double natural = length * Math.log(2);
        double logarithm = Math.log(natural);
        double work = (1.923 * Math.cbrt(natural * logarithm * logarithm) - 4.69) / Math.log(2);
        int bits = (int) (work + 4) & ~7;
        return Math.min(bits, length <= 7680 ? 192 : 256);
    }

    private static int signatureBits(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if ("RSASSA-PSS".equals(algorithm)) {
            return digestBits(pssDigest(certificate));
        }
        if (algorithm.startsWith("ED")) {
            return algorithm.endsWith("448") ? 224 : 128;
        }
        int with = algorithm.indexOf("WITH");
        return with < 0 ? UNKNOWN : digestBits(algorithm.substring(0, with));
    }

    private static int digestBits(String digest) {
        return DIGESTS.getOrDefault(digest.replace("-", "").toUpperCase(Locale.ROOT), UNKNOWN);
    }

    private static String pssDigest(X509Certificate certificate) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException | NullPointerException unknown) {
            return "SHA1";
        }
    }
}
