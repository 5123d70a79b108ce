package io.github.pysockets.tls.cert;

import java.math.BigInteger;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * How much the derivation of a key from a password (KDF) may cost. Whoever writes an encrypted key sets the cost, and
 * its reader pays it: in memory, and in time during which nothing can end the call.
 */
final class KdfLimits {
    /** Five times what is recommended for new keys today; some seconds. OpenSSL has no limit. */
    private static final BigInteger MOST_ROUNDS = BigInteger.valueOf(3_000_000);

    /** OpenSSL's own limit: EVP_PBE_scrypt(3). */
    private static final BigInteger MOST_MEMORY = BigInteger.valueOf(32 << 20);

    /** Sixteen times what openssl-pkcs8(1) uses; a second or two. OpenSSL limits the memory only. */
    private static final BigInteger MOST_BLOCKS = BigInteger.valueOf(1 << 21);

    private static final BigInteger BLOCK = BigInteger.valueOf(128);

    private KdfLimits() {}

    /** Whether the cost is low enough. Invalid parameters are an IllegalArgumentException. */
    static boolean allows(AlgorithmIdentifier scheme) {
        if (!PKCSObjectIdentifiers.id_PBES2.equals(scheme.getAlgorithm())) {
            return allowsRounds(PKCS12PBEParams.getInstance(scheme.getParameters()).getIterations());
        }
        KeyDerivationFunc function =
                PBES2Parameters.getInstance(scheme.getParameters()).getKeyDerivationFunc();
        if (PKCSObjectIdentifiers.id_PBKDF2.equals(function.getAlgorithm())) {
            return allowsRounds(PBKDF2Params.getInstance(function.getParameters()).getIterationCount());
        }
        return MiscObjectIdentifiers.id_scrypt.equals(function.getAlgorithm())
                && allows(ScryptParams.getInstance(function.getParameters()));
    }

    private static boolean allowsRounds(BigInteger rounds) {
        return rounds.compareTo(MOST_ROUNDS) <= 0;
    }

    private static boolean allows(ScryptParams scrypt) {
        BigInteger blocks = scrypt.getBlockSize();
        BigInteger cost = scrypt.getCostParameter();
        BigInteger lanes = scrypt.getParallelizationParameter();
        if (blocks.signum() <= 0 || cost.signum() <= 0 || lanes.signum() <= 0) {
            return false;
        }
        BigInteger memory = blocks.multiply(BLOCK).multiply(cost.add(lanes).add(BigInteger.TWO));
        return memory.compareTo(MOST_MEMORY) <= 0
                && blocks.multiply(cost).multiply(lanes).compareTo(MOST_BLOCKS) <= 0;
    }
}
