package io.github.pysockets.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who one is: a certificate with those that lead to its issuer, and its key. Its text tells nothing of the key.
 *
 * @param chain the own certificate first; what follows is sent as it is
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    public Identity {
        chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
