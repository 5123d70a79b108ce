package io.github.pysockets.tls.cert;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;

/** Tells the JDK's validator of the critical extensions that have been looked at before it was asked. */
final class HandledExtensions extends PKIXCertPathChecker {
    private static final Set<String> HANDLED =
            Set.of(Extensions.NETSCAPE_TYPE, Extensions.CRL_DISTRIBUTION_POINTS);

    @Override
    public void init(boolean forward) {
        // It remembers nothing.
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return HANDLED;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) {
        unresolved.removeAll(HANDLED);
    }
}
