package io.github.pysockets.tls.cert;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** The failures of the application's own trust manager, in OpenSSL's words as far as the reason can be known. */
public final class HostTrustErrors {
    private HostTrustErrors() {}

    /**
     * The failure in OpenSSL's words.
     *
     * @param serverName the server's name as the client knows it; null for none
     * @return null where {@code refused} is not about a certificate
     */
    public static OpenSslException of(SSLException refused, String serverName) {
        CertificateException objection = cause(refused, CertificateException.class);
        if (objection == null) {
            return null;
        }
        int code = code(objection, refused, serverName);
        return OpenSslException.verification(code, VerifyErrors.text(code, serverName));
    }

    private static int code(CertificateException objection, SSLException refused, String serverName) {
        CertPathValidatorException invalid = cause(refused, CertPathValidatorException.class);
        if (invalid != null) {
            return ofReason(invalid.getReason());
        }
        if (cause(refused, CertPathBuilderException.class) != null) {
            return VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY;
        }
        return switch (objection) {
            case CertificateExpiredException _ -> VerifyErrors.EXPIRED;
            case CertificateNotYetValidException _ -> VerifyErrors.NOT_YET_VALID;
            case CertificateRevokedException _ -> VerifyErrors.REVOKED;
            default -> ofText(String.valueOf(objection.getMessage()), serverName);
        };
    }

    private static int ofReason(CertPathValidatorException.Reason reason) {
        return switch (reason) {
            case BasicReason.EXPIRED -> VerifyErrors.EXPIRED;
            case BasicReason.NOT_YET_VALID -> VerifyErrors.NOT_YET_VALID;
            case BasicReason.REVOKED -> VerifyErrors.REVOKED;
            case BasicReason.UNDETERMINED_REVOCATION_STATUS -> VerifyErrors.UNABLE_TO_GET_CRL;
            case BasicReason.INVALID_SIGNATURE -> VerifyErrors.SIGNATURE_FAILURE;
            case BasicReason.ALGORITHM_CONSTRAINED -> VerifyErrors.DIGEST_TOO_WEAK;
            case PKIXReason.NOT_CA_CERT -> VerifyErrors.INVALID_CA;
            case PKIXReason.PATH_TOO_LONG -> VerifyErrors.PATH_LENGTH_EXCEEDED;
            case PKIXReason.INVALID_NAME -> VerifyErrors.PERMITTED_VIOLATION;
            default -> VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY;
        };
    }

    /** The JDK's validators have no class of their own for these failures, only a text. */
    private static int ofText(String message, String serverName) {
        String text = message.toLowerCase(Locale.ROOT);
        if (serverName != null && (text.contains("subject alternative") || text.startsWith("no name matching"))) {
            return AddressText.parse(serverName) != null
                    ? VerifyErrors.IP_ADDRESS_MISMATCH
                    : VerifyErrors.HOSTNAME_MISMATCH;
        }
        if (text.contains("extended key usage") || text.startsWith("keyusage does not allow")) {
            return VerifyErrors.INVALID_PURPOSE;
        }
        return text.startsWith("no trusted certificate")
                ? VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY
                : VerifyErrors.REJECTED;
    }

    private static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
