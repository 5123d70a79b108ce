package io.github.pysockets.tls.cert;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;

/**
 * Who one is: a certificate with those that lead to its issuer, and its key. {@link #toString} shows nothing of the
 * key.
 *
 * @param chain the own certificate first; what follows is sent as it is
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    public Identity {
        chain = List.copyOf(chain);
    }

    /**
     * The certificates that are sent to a peer. As with OpenSSL (SSL_MODE_NO_AUTO_CHAIN in SSL_CTX_set_mode(3)), a
     * certificate that was loaded alone goes together with those of its issuers that are trusted.
     */
    public List<X509Certificate> chainToSend(TrustStore trust) {
        if (chain.size() > 1 || trust.isEmpty()) {
            return chain;
        }
        try {
            List<ParsedCertificate> own = List.of(ParsedCertificate.of(chain.getFirst()));
            ChainBuilder builder = new ChainBuilder(own, trust, VerifyParameters.of(Purpose.SERVER, 0), new Date());
            builder.build();
            return builder.chain().stream().map(ParsedCertificate::certificate).toList();
        } catch (CertificateParsingException unreadable) {
            return chain;
        }
    }

    @Override
    public String toString() {
        return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
