package io.github.pysockets.tls.cert;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The result of verifying a peer's certificate.
 *
 * @param code {@link VerifyErrors#OK}, or what is wrong: one of OpenSSL's X509_V_ERR numbers
 * @param chain from the peer's certificate up to the root, as far as it could be built
 */
record Verification(int code, List<X509Certificate> chain) {
    Verification {
        chain = List.copyOf(chain);
    }

    boolean isGood() {
        return code == VerifyErrors.OK;
    }
}
