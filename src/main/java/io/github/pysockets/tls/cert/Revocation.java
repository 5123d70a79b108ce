package io.github.pysockets.tls.cert;

import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Whether certificates of a chain are revoked, by the lists of the trust store: RFC 5280, section 6.3. */
final class Revocation {
    private static final Set<String> HANDLED =
            Set.of(ExtensionOids.ISSUING_DISTRIBUTION_POINT, ExtensionOids.DELTA_CRL_INDICATOR);

    private final List<ParsedCertificate> chain;
    private final TrustStore store;
    private final VerifyParameters parameters;
    private final Date now;

    Revocation(List<ParsedCertificate> chain, TrustStore store, VerifyParameters parameters, Date now) {
        this.chain = chain;
        this.store = store;
        this.parameters = parameters;
        this.now = now;
    }

    int code() {
        if (!parameters.has(VerifyFlags.CRL_CHECK)) {
            return VerifyErrors.OK;
        }
        int last = parameters.has(VerifyFlags.CRL_CHECK_ALL) ? chain.size() - 1 : 0;
        for (int i = 0; i <= last; i++) {
            int code = code(i);
            if (code != VerifyErrors.OK) {
                return code;
            }
        }
        return VerifyErrors.OK;
    }

    private int code(int place) {
        ParsedCertificate certificate = chain.get(place);
        if (certificate.isProxy()) {
            return VerifyErrors.OK;
        }
        ParsedCertificate issuer = chain.get(Math.min(place + 1, chain.size() - 1));
        X509CRL list = best(certificate, issuer);
        if (list == null) {
            return VerifyErrors.UNABLE_TO_GET_CRL;
        }
        if (place == chain.size() - 1 && !issuer.mayHaveIssued(issuer)) {
            return VerifyErrors.UNABLE_TO_GET_CRL_ISSUER;
        }
        int code = listCode(list, certificate, issuer);
        return code == VerifyErrors.OK ? entryCode(list, certificate) : code;
    }

    /** The list that fits best: first one that covers this certificate, then one that is current, then the newest. */
    private X509CRL best(ParsedCertificate certificate, ParsedCertificate issuer) {
        X509CRL best = null;
        int bestScore = -1;
        for (X509CRL list : store.revocationLists(certificate.issuer())) {
            if (!isDelta(list) && isBy(issuer, list)) {
                int score = (CrlScope.covers(list, certificate) ? 2 : 0)
                        + (timeCode(list) == VerifyErrors.OK ? 1 : 0);
                boolean newer = best == null || list.getThisUpdate().after(best.getThisUpdate());
                if (score > bestScore || score == bestScore && newer) {
                    best = list;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    private static boolean isDelta(X509CRL list) {
        return list.getExtensionValue(ExtensionOids.DELTA_CRL_INDICATOR) != null;
    }

    private static boolean isBy(ParsedCertificate issuer, X509CRL list) {
        byte[] wrapped = list.getExtensionValue(ExtensionOids.AUTHORITY_KEY_IDENTIFIER);
        return wrapped == null
                || issuer.isIdentifiedBy(AuthorityKeyIdentifier.of(Der.of(wrapped).octetString()));
    }

    private int timeCode(X509CRL list) {
        if (list.getThisUpdate().after(now)) {
            return VerifyErrors.CRL_NOT_YET_VALID;
        }
        Date next = list.getNextUpdate();
        return next == null || next.after(now) ? VerifyErrors.OK : VerifyErrors.CRL_EXPIRED;
    }

    private int listCode(X509CRL list, ParsedCertificate certificate, ParsedCertificate issuer) {
        if (!issuer.allows(ParsedCertificate.CRL_SIGN)) {
            return VerifyErrors.NO_CRL_SIGN;
        }
        if (!CrlScope.covers(list, certificate)) {
            return VerifyErrors.DIFFERENT_CRL_SCOPE;
        }
        int code = timeCode(list);
        if (code != VerifyErrors.OK) {
            return code;
        }
        try {
            list.verify(issuer.certificate().getPublicKey());
            return VerifyErrors.OK;
        } catch (GeneralSecurityException notItsOwn) {
            return VerifyErrors.CRL_SIGNATURE_FAILURE;
        }
    }

    private int entryCode(X509CRL list, ParsedCertificate certificate) {
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (critical != null && !HANDLED.containsAll(critical) && !parameters.has(VerifyFlags.IGNORE_CRITICAL)) {
            return VerifyErrors.UNHANDLED_CRITICAL_CRL_EXTENSION;
        }
        X509CRLEntry entry =
                list.getRevokedCertificate(certificate.certificate().getSerialNumber());
        boolean revoked = entry != null && entry.getRevocationReason() != CRLReason.REMOVE_FROM_CRL;
        return revoked ? VerifyErrors.REVOKED : VerifyErrors.OK;
    }
}
