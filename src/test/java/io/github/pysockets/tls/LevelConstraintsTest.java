package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.spec.DHPublicKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which security level on something is refused. The levels are OpenSSL's. */
final class LevelConstraintsTest {
    private static final Set<CryptoPrimitive> ANY = EnumSet.of(CryptoPrimitive.SIGNATURE);
    private static final int LEVELS = 6;

    private static int highest(AlgorithmNames of) {
        int highest = -1;
        for (int level = 0; level < LEVELS; level++) {
            if (of.permitted(new LevelConstraints(level, null))) {
                assertEquals(level - 1, highest, "a higher level permits no more");
                highest = level;
            }
        }
        return highest;
    }

    @FunctionalInterface
    private interface AlgorithmNames {
        boolean permitted(LevelConstraints constraints);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa_pkcs1_sha1, 0", "ecdsa_sha1, 0", "SHA1withRSA, 0", "SHA1withECDSA, 0",
        "rsa_sha224, 2", "SHA224withECDSA, 2",
        "rsa_pkcs1_sha256, 3", "rsa_pss_rsae_sha256, 3", "ecdsa_secp256r1_sha256, 3", "ed25519, 3",
        "rsa_pss_pss_sha384, 4", "SHA384withRSA, 4", "ed448, 4", "rsa_pkcs1_sha512, 5",
        "ffdhe2048, 2", "ffdhe3072, 3", "secp256r1, 3", "x25519, 3", "secp384r1, 4", "secp521r1, 5",
        "TLS_AES_128_GCM_SHA256, 5", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, 5", "RSA, 5", "EC, 5", "RSASSA-PSS, 5",
    })
    void byName(String name, int highest) {
        assertEquals(highest, highest(constraints -> constraints.permits(ANY, name, (AlgorithmParameters) null)));
    }

    @ParameterizedTest
    @CsvSource({"512, 0", "1024, 1", "2048, 2", "3072, 3", "4096, 3", "8192, 4"})
    void byTheLengthOfAPrime(int bits, int highest) throws GeneralSecurityException {
        BigInteger prime = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        Key key = KeyFactory.getInstance("DH")
                .generatePublic(new DHPublicKeySpec(BigInteger.TWO, prime, BigInteger.TWO));
        assertEquals(highest, highest(constraints -> constraints.permits(ANY, key)));
    }

    /** Those of an application's context. */
    @Test
    void othersCountToo() {
        AlgorithmConstraints none = new AlgorithmConstraints() {
            @Override
            public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
                return false;
            }

            @Override
            public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
                return false;
            }

            @Override
            public boolean permits(
                    Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
                return false;
            }
        };
        assertFalse(new LevelConstraints(1, none).permits(ANY, "SHA512withRSA", (AlgorithmParameters) null));
        assertTrue(new LevelConstraints(1, null).permits(ANY, "SHA512withRSA", (AlgorithmParameters) null));
    }
}
