package io.github.pysockets.tls.cert;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSecretKeySizeProvider;
import org.bouncycastle.operator.SecretKeySizeProvider;

/** How many bits the keys of ciphers have, with those that Bouncy Castle's own list lacks: ARIA, AES in rarer modes. */
final class CipherKeySizes implements SecretKeySizeProvider {
    private static final String AES = "2.16.840.1.101.3.4.1.";
    private static final String ARIA = "1.2.410.200046.1.1.";

    private static final Map<String, Integer> FURTHER = Map.ofEntries(
            // CBC, CFB, OFB
            Map.entry(ARIA + 2, 128),
            Map.entry(ARIA + 3, 128),
            Map.entry(ARIA + 4, 128),
            Map.entry(ARIA + 7, 192),
            Map.entry(ARIA + 8, 192),
            Map.entry(ARIA + 9, 192),
            Map.entry(ARIA + 12, 256),
            Map.entry(ARIA + 13, 256),
            Map.entry(ARIA + 14, 256),
            // OFB, CFB
            Map.entry(AES + 3, 128),
            Map.entry(AES + 4, 128),
            Map.entry(AES + 23, 192),
            Map.entry(AES + 24, 192),
            Map.entry(AES + 43, 256),
            Map.entry(AES + 44, 256));

    @Override
    public int getKeySize(AlgorithmIdentifier algorithm) {
        Integer size = FURTHER.get(algorithm.getAlgorithm().getId());
        return size != null ? size : DefaultSecretKeySizeProvider.INSTANCE.getKeySize(algorithm);
    }

    @Override
    public int getKeySize(ASN1ObjectIdentifier algorithm) {
        Integer size = FURTHER.get(algorithm.getId());
        return size != null ? size : DefaultSecretKeySizeProvider.INSTANCE.getKeySize(algorithm);
    }
}
