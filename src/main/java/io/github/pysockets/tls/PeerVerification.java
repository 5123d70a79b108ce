package io.github.pysockets.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether one connection's peer is who it should be, by the rules of the connection's context; and if not, why. */
final class PeerVerification {
    private final TrustStore trust;
    private final Settings settings;
    private final String serverName;
    private List<X509Certificate> verified = List.of();
    private TlsException objection;

    /** @param serverName what a client calls its server; null where it has no name for it */
    PeerVerification(TrustStore trust, Settings settings, String serverName) {
        this.trust = trust;
        this.settings = settings;
        this.serverName = serverName;
    }

    void ofServer(List<X509Certificate> chain) throws CertificateException {
        VerifyParameters demands = demands(Purpose.SERVER);
        require(chain, settings.checkHost() ? demands.forHost(serverName, settings.hostFlags()) : demands);
    }

    void ofClient(List<X509Certificate> chain) throws CertificateException {
        require(chain, demands(Purpose.CLIENT));
    }

    private VerifyParameters demands(Purpose purpose) {
        return VerifyParameters.of(purpose, settings.verifyFlags()).atLevel(settings.securityLevel());
    }

    private void require(List<X509Certificate> chain, VerifyParameters demands) throws CertificateException {
        if (settings.verifyMode() == TlsContext.VERIFY_NONE) {
            return;
        }
        Verification verification = ChainVerifier.verify(chain, trust, demands);
        if (verification.code() != 0) {
            throw refusal(verification.code(), VerifyErrors.text(verification.code(), serverName));
        }
        verified = verification.chain();
    }

    /** The cause tells JSSE which alert to send. */
    private CertificateException refusal(int code, String message) {
        objection = TlsException.verification(code, message);
        BasicReason reason =
                switch (code) {
                    case VerifyErrors.EXPIRED -> BasicReason.EXPIRED;
                    case VerifyErrors.REVOKED -> BasicReason.REVOKED;
                    case VerifyErrors.SIGNATURE_FAILURE -> BasicReason.INVALID_SIGNATURE;
                    // Said to be what gives bad_certificate.
                    case VerifyErrors.NOT_YET_VALID,
                            VerifyErrors.HOSTNAME_MISMATCH,
                            VerifyErrors.IP_ADDRESS_MISMATCH ->
                        BasicReason.NOT_YET_VALID;
                    // Likewise for unsupported_certificate.
                    case VerifyErrors.INVALID_PURPOSE -> BasicReason.ALGORITHM_CONSTRAINED;
                    default -> BasicReason.UNSPECIFIED;
                };
        return new CertificateException(
                message, new CertPathValidatorException(message, null, null, -1, reason));
    }

    /** Why the peer was refused; null where it was not. */
    TlsException objection() {
        return objection;
    }

    /** From the peer's certificate up to the one that is trusted; empty where nothing was verified. */
    List<X509Certificate> verified() {
        return verified;
    }
}
