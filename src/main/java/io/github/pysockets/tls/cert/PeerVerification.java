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

    public PeerVerification(TrustStore trust, VerifyParameters parameters) {
        this.trust = trust;
        this.parameters = parameters;
    }

    /**
     * Verifies the peer's certificate.
     *
     * @param presented the peer's certificates: its own first, others in any order
     * @throws CertificateException where it is not accepted. The cause tells JSSE which alert to send
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
        BasicReason reason =
                switch (code) {
                    case VerifyErrors.EXPIRED -> BasicReason.EXPIRED;
                    case VerifyErrors.REVOKED -> BasicReason.REVOKED;
                    case VerifyErrors.SIGNATURE_FAILURE -> BasicReason.INVALID_SIGNATURE;
                    // JSSE sends bad_certificate for this reason.
                    case VerifyErrors.NOT_YET_VALID,
                            VerifyErrors.HOSTNAME_MISMATCH,
                            VerifyErrors.IP_ADDRESS_MISMATCH ->
                        BasicReason.NOT_YET_VALID;
                    // And unsupported_certificate for this one.
                    case VerifyErrors.INVALID_PURPOSE -> BasicReason.ALGORITHM_CONSTRAINED;
                    default -> BasicReason.UNSPECIFIED;
                };
        return new CertificateException(
                message, new CertPathValidatorException(message, null, null, -1, reason));
    }

    /** Why the peer was refused; null where it was not. */
    public OpenSslException failure() {
        return failure;
    }

    /** From the peer's certificate up to the one that is trusted; empty where none was verified. */
    public List<X509Certificate> chain() {
        return chain;
    }
}
