package io.github.pysockets.tls.cert;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Bouncy Castle's provider, for what the JDK's own cannot do. It is a class of its own because loading that provider
 * takes longer than all else that most programs need of this package.
 */
final class BouncyCastle {
    private BouncyCastle() {}

    /** Not registered, so nothing else in this JVM uses it. */
    static Provider provider() {
        return new BouncyCastleProvider();
    }
}
