package io.github.pysockets.tls.cert;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Verifies a peer's certificate: X509_verify_cert(3). Of several faults it reports the one that OpenSSL reports. */
final class ChainVerifier {
    private ChainVerifier() {}

    /** Verifies at the default security level, for any host. */
    static Verification verify(List<X509Certificate> presented, TrustStore store, Purpose purpose, int flags) {
        return verify(presented, store, VerifyParameters.of(purpose, flags));
    }

    /**
     * Verifies a peer's certificate.
     *
     * @param presented the peer's certificates: its own first, others in any order
     */
    static Verification verify(List<X509Certificate> presented, TrustStore store, VerifyParameters parameters) {
        List<ParsedCertificate> parsed = new ArrayList<>(presented.size());
        for (X509Certificate certificate : presented) {
            try {
                parsed.add(ParsedCertificate.of(certificate));
            } catch (CertificateParsingException broken) {
                // A certificate that is not needed may be broken, the peer's own may not.
                if (parsed.isEmpty()) {
                    return new Verification(VerifyErrors.UNSPECIFIED, presented.subList(0, 1));
                }
            }
        }
        if (!SecurityLevel.isKeyEnough(presented.getFirst().getPublicKey(), parameters.securityLevel())) {
            return new Verification(VerifyErrors.LEAF_KEY_TOO_SMALL, presented.subList(0, 1));
        }
        Date now = new Date();
        ChainBuilder builder = new ChainBuilder(parsed, store, parameters, now);
        int code = builder.build();
        List<ParsedCertificate> chain = builder.chain();
        if (code == VerifyErrors.OK) {
            code = checkedCode(chain, store, parameters, now);
        }
        return new Verification(
                code, chain.stream().map(ParsedCertificate::certificate).toList());
    }

    private static int checkedCode(List<ParsedCertificate> chain, TrustStore store, VerifyParameters parameters,
            Date now) {
        try {
            return chainCode(chain, store, parameters, now);
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | ClassCastException broken) {
            // Broken extensions, as this package, Bouncy Castle or the JDK find them.
            return VerifyErrors.UNSPECIFIED;
        }
    }

    private static int chainCode(List<ParsedCertificate> chain, TrustStore store, VerifyParameters parameters,
            Date now) {
        ChainRules rules = new ChainRules(chain, parameters);
        int code = rules.extensionsCode();
        if (code == VerifyErrors.OK) {
            code = rules.strengthCode();
        }
        if (code == VerifyErrors.OK && parameters.host() != null) {
            code = HostNames.check(chain.getFirst().certificate(), parameters.host(), parameters.hostFlags());
        }
        if (code == VerifyErrors.OK) {
            code = new Revocation(chain, store, parameters, now).code();
        }
        return code == VerifyErrors.OK ? new PathValidation(chain, now).code() : code;
    }
}
