package io.github.pysockets.tls.cert;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether one connection's peer is who it should be; and if not, why. */
public final class PeerVerification {
    private final TrustStore trust;
    private final VerifyParameters parameters;
    private List<X509Certificate> chain = List.of();
    private OpenSslException failure;
    private int alert;
    private boolean chosenByReason;

    public PeerVerification(TrustStore trust, VerifyParameters parameters) {
        this.trust = trust;
        this.parameters = parameters;
    }

    /**
     * Verifies the peer's certificate.
     *
     * @param presented the peer's certificates: its own first, others in any order
     * @throws CertificateException where it is not accepted. The cause tells JSSE's clients which alert to send, where
     *         they know it
     */
    public void verify(List<X509Certificate> presented) throws CertificateException {
        Verification verification = ChainVerifier.verify(presented, trust, parameters);
        if (!verification.isGood()) {
            throw refusal(verification.code(), VerifyErrors.text(verification.code(), parameters.host()));
        }
        chain = verification.chain();
    }

    private CertificateException refusal(int code, String message) {
        failure = OpenSslException.verification(code, message);
        alert = VerifyErrors.alert(code);
        BasicReason reason =
                switch (alert) {
                    case VerifyErrors.CERTIFICATE_EXPIRED_ALERT -> BasicReason.EXPIRED;
                    case VerifyErrors.CERTIFICATE_REVOKED_ALERT -> BasicReason.REVOKED;
                    case VerifyErrors.BAD_CERTIFICATE_ALERT -> BasicReason.NOT_YET_VALID;
                    case VerifyErrors.UNSUPPORTED_CERTIFICATE_ALERT -> BasicReason.ALGORITHM_CONSTRAINED;
                    // JSSE sends certificate_unknown.
                    default -> BasicReason.UNSPECIFIED;
                };
        chosenByReason = reason != BasicReason.UNSPECIFIED || alert == VerifyErrors.CERTIFICATE_UNKNOWN_ALERT;
        return new CertificateException(
                message, new CertPathValidatorException(message, null, null, -1, reason));
    }

    /** Why the peer was refused; null where it was not. */
    public OpenSslException failure() {
        return failure;
    }

    /** The alert that tells the peer why, by its number; after a refusal. */
    public int alert() {
        return alert;
    }

    /** Whether a client of JSSE chooses that alert by itself. */
    public boolean isAlertOfClients() {
        return chosenByReason;
    }

    /** From the peer's certificate up to the one that is trusted; empty where none was verified. */
    public List<X509Certificate> chain() {
        return chain;
    }
}
