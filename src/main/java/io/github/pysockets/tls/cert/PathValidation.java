package io.github.pysockets.tls.cert;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Signatures, times and name constraints of a chain that has passed all other checks. The JDK's PKIX validator decides
 * last: what it does not accept is not accepted, whatever the other checks find.
 */
final class PathValidation {
    private final List<ParsedCertificate> chain;
    private final Date now;

    /** @param chain up to a trusted certificate */
    PathValidation(List<ParsedCertificate> chain, Date now) {
        this.chain = chain;
        this.now = now;
    }

    int code() {
        // Where the peer's own certificate is trusted itself, only its time is left to check.
        if (chain.size() == 1) {
            return chain.getFirst().timeCode(now);
        }
        boolean inTime = chain.stream().allMatch(certificate -> certificate.timeCode(now) == VerifyErrors.OK);
        Reason objection = inTime ? objection() : BasicReason.UNSPECIFIED;
        int code = objection == null ? VerifyErrors.OK : signaturesAndTimesCode();
        if (code == VerifyErrors.OK && hasNameConstraints()) {
            code = NameConstraints.code(chain);
        }
        return code == VerifyErrors.OK && objection != null ? code(objection) : code;
    }

    private boolean hasNameConstraints() {
        return chain.stream().anyMatch(certificate -> certificate.extension(ExtensionOids.NAME_CONSTRAINTS) != null);
    }

    /** Why the JDK refuses the chain; null where it accepts it. */
    private Reason objection() {
        Reason objection = objection(chain);
        // OpenSSL looks at policies only where it is told to, the JDK wherever a CA asks for them.
        return objection == PKIXReason.INVALID_POLICY && !hasNameConstraints() ? objectionWithoutPolicies() : objection;
    }

    /**
     * Has the JDK validate each certificate by itself, with its issuer as the one that is trusted: an issuer's own
     * policies do not count then. What holds the chain together is checked before: see {@link ChainRules}.
     */
    private Reason objectionWithoutPolicies() {
        for (int i = 0; i < chain.size() - 1; i++) {
            Reason objection = objection(chain.subList(i, i + 2));
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private Reason objection(List<ParsedCertificate> chain) {
        try {
            List<X509Certificate> path = new ArrayList<>(chain.size());
            for (ParsedCertificate certificate : chain.subList(0, chain.size() - 1)) {
                path.add(certificate.certificate());
            }
            TrustAnchor anchor = new TrustAnchor(chain.getLast().certificate(), null);
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(now);
            parameters.addCertPathChecker(new HandledExtensions());
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return null;
        } catch (CertPathValidatorException refused) {
            return refused.getReason();
        } catch (GeneralSecurityException | IllegalArgumentException notReadable) {
            return BasicReason.UNSPECIFIED;
        }
    }

    /** In OpenSSL's order: from the root down, of each certificate first its signature, then its time. */
    private int signaturesAndTimesCode() {
        int code = chain.getLast().timeCode(now);
        for (int i = chain.size() - 2; i >= 0 && code == VerifyErrors.OK; i--) {
            code = signatureCode(chain.get(i), chain.get(i + 1));
            if (code == VerifyErrors.OK) {
                code = chain.get(i).timeCode(now);
            }
        }
        return code;
    }

    private static int signatureCode(ParsedCertificate certificate, ParsedCertificate issuer) {
        if (!issuer.allows(ParsedCertificate.CERT_SIGN)) {
            return VerifyErrors.NO_CERT_SIGN;
        }
        try {
            certificate.certificate().verify(issuer.certificate().getPublicKey());
            return VerifyErrors.OK;
        } catch (InvalidKeyException unknownKind) {
            return VerifyErrors.UNABLE_TO_DECODE_ISSUER_KEY;
        } catch (GeneralSecurityException wrong) {
            return VerifyErrors.SIGNATURE_FAILURE;
        }
    }

    /** The same reason among OpenSSL's numbers. */
    private static int code(Reason objection) {
        if (objection instanceof PKIXReason reason) {
            return switch (reason) {
                case INVALID_NAME -> VerifyErrors.PERMITTED_VIOLATION;
                case PATH_TOO_LONG -> VerifyErrors.PATH_LENGTH_EXCEEDED;
                case NOT_CA_CERT -> VerifyErrors.INVALID_CA;
                case INVALID_KEY_USAGE -> VerifyErrors.NO_CERT_SIGN;
                case UNRECOGNIZED_CRIT_EXT -> VerifyErrors.UNHANDLED_CRITICAL_EXTENSION;
                case INVALID_POLICY -> VerifyErrors.NO_EXPLICIT_POLICY;
                default -> VerifyErrors.UNSPECIFIED;
            };
        }
        if (objection instanceof BasicReason reason) {
            return switch (reason) {
                case ALGORITHM_CONSTRAINED -> VerifyErrors.DIGEST_TOO_WEAK;
                case INVALID_SIGNATURE -> VerifyErrors.SIGNATURE_FAILURE;
                case EXPIRED -> VerifyErrors.EXPIRED;
                case NOT_YET_VALID -> VerifyErrors.NOT_YET_VALID;
                default -> VerifyErrors.UNSPECIFIED;
            };
        }
        return VerifyErrors.UNSPECIFIED;
    }
}
