package io.github.pysockets.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;

/** What a side sends of its own: a certificate that was loaded alone goes with those of its issuers that are trusted, as OpenSSL has it. */
final class OwnChain {
    private OwnChain() {}

    static List<X509Certificate> of(Identity identity, TrustStore trust) {
        List<X509Certificate> loaded = identity.chain();
        if (loaded.size() > 1 || trust.isEmpty()) {
            return loaded;
        }
        try {
            List<ParsedCertificate> own = List.of(ParsedCertificate.of(loaded.getFirst()));
            ChainBuilder builder = new ChainBuilder(own, trust, VerifyParameters.of(Purpose.SERVER, 0), new Date());
            builder.build();
            return builder.chain().stream().map(ParsedCertificate::certificate).toList();
        } catch (CertificateParsingException unreadable) {
            return loaded;
        }
    }
}
