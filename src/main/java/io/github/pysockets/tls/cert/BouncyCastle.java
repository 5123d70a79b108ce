package io.github.pysockets.tls.cert;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Bouncy Castle's provider, for what the JDK's own do not do. It is a class of its own because loading that provider
 * takes longer than all that most programs need of this package.
 */
final class BouncyCastle {
    private BouncyCastle() {}

    /** Not registered: nothing else in this JVM gets to see it. */
    static Provider provider() {
        return new BouncyCastleProvider();
    }
}
