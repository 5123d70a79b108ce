package io.github.pysockets.tls.cert;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;

/** Tells the JDK's validator which critical extensions were already checked here. */
final class HandledExtensions extends PKIXCertPathChecker {
    private static final Set<String> HANDLED =
            Set.of(ExtensionOids.NETSCAPE_TYPE, ExtensionOids.CRL_DISTRIBUTION_POINTS);

    @Override
    public void init(boolean forward) {
        // It has no state.
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
