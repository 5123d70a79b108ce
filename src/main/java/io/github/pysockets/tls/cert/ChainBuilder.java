package io.github.pysockets.tls.cert;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * Builds the chain from a peer's certificate to one that is trusted, as OpenSSL does: X509_verify_cert(3). The peer's
 * other certificates may come in any order, and some may be of no use.
 */
final class ChainBuilder {
    /** OpenSSL's default depth. */
    private static final int LONGEST = 100;

    private final TrustStore store;
    private final VerifyParameters parameters;
    private final Date now;
    private final List<ParsedCertificate> offered;
    private final List<ParsedCertificate> chain = new ArrayList<>();

    /** How many at the start of the chain came from the peer, and are not trusted. */
    private int untrusted = 1;

    /** @param presented the peer's certificates, its own first */
    ChainBuilder(List<ParsedCertificate> presented, TrustStore store, VerifyParameters parameters, Date now) {
        this.store = store;
        this.parameters = parameters;
        this.now = now;
        offered = new ArrayList<>(presented.subList(1, presented.size()));
        chain.add(presented.getFirst());
    }

    List<ParsedCertificate> chain() {
        return chain;
    }

    /** Builds the chain as far as possible. Gives {@link VerifyErrors#OK}, or what is missing at its end. */
    int build() {
        boolean trustedFirst = parameters.has(VerifyFlags.TRUSTED_FIRST);
        boolean found = trustedFirst && extendByTrusted();
        while (!found && untrusted == chain.size() && extendByOffered()) {
            found = trustedFirst && extendByTrusted();
        }
        if (!found && untrusted == chain.size() && !trustedFirst) {
            found = extendByTrusted() || !parameters.has(VerifyFlags.NO_ALT_CHAINS) && extendShorter();
        }
        if (!found && !isTrustedItself()) {
            return whatIsMissing();
        }
        return isRejected() ? VerifyErrors.REJECTED : VerifyErrors.OK;
    }

    /**
     * Adds trusted certificates. Once there is one, no more of those that the peer sent are used.
     *
     * @return whether they lead to a certificate that ends a chain
     */
    private boolean extendByTrusted() {
        while (chain.size() <= LONGEST) {
            ParsedCertificate last = chain.getLast();
            if (last.isSelfSigned()) {
                return untrusted < chain.size() || replaceByTrusted(last);
            }
            ParsedCertificate issuer = best(store.bySubject(last.issuer()), last);
            if (issuer == null) {
                return false;
            }
            chain.add(issuer);
            if (issuer.isSelfSigned() || parameters.has(VerifyFlags.PARTIAL_CHAIN) || isDecided(issuer)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the certificate's own settings say that it is trusted for the purpose, or that it is not. */
    private boolean isDecided(ParsedCertificate trusted) {
        return trusted.trust().vouchFor(parameters.purpose()) || trusted.trust().reject(parameters.purpose());
    }

    /** Whether the first trusted certificate that has settings is not trusted for the purpose. */
    private boolean isRejected() {
        for (ParsedCertificate trusted : chain.subList(Math.min(untrusted, chain.size() - 1), chain.size())) {
            if (isDecided(trusted)) {
                return trusted.trust().reject(parameters.purpose());
            }
        }
        return false;
    }

    /** A root that the peer sent has to be the same certificate as a trusted one. Its name alone proves nothing. */
    private boolean replaceByTrusted(ParsedCertificate root) {
        ParsedCertificate trusted = store.same(root);
        if (trusted == null) {
            return false;
        }
        chain.set(chain.size() - 1, trusted);
        untrusted--;
        return true;
    }

    private boolean extendByOffered() {
        ParsedCertificate last = chain.getLast();
        ParsedCertificate issuer = last.isSelfSigned() || chain.size() > LONGEST ? null : best(offered, last);
        if (issuer == null) {
            return false;
        }
        offered.remove(issuer);
        chain.add(issuer);
        untrusted++;
        return true;
    }

    /** Drops the last of the peer's certificates one by one, in case an earlier one has a trusted issuer. */
    private boolean extendShorter() {
        List<ParsedCertificate> whole = List.copyOf(chain);
        for (int length = untrusted - 1; length > 0; length--) {
            chain.subList(length, chain.size()).clear();
            untrusted = length;
            if (extendByTrusted()) {
                return true;
            }
            chain.subList(length, chain.size()).clear();
        }
        chain.clear();
        chain.addAll(whole);
        untrusted = whole.size();
        return false;
    }

    /** Whether the peer's own certificate is trusted, where that is enough. */
    private boolean isTrustedItself() {
        ParsedCertificate leaf = chain.getFirst();
        ParsedCertificate trusted = parameters.has(VerifyFlags.PARTIAL_CHAIN) ? store.same(leaf) : null;
        if (trusted == null) {
            return false;
        }
        chain.clear();
        chain.add(trusted);
        untrusted = 0;
        return true;
    }

    private int whatIsMissing() {
        if (chain.size() > LONGEST) {
            return VerifyErrors.CHAIN_TOO_LONG;
        }
        if (chain.getLast().isSelfSigned()) {
            return chain.size() == 1 ? VerifyErrors.SELF_SIGNED_LEAF : VerifyErrors.SELF_SIGNED_IN_CHAIN;
        }
        return untrusted < chain.size() ? VerifyErrors.UNABLE_TO_GET_ISSUER : VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY;
    }

    /** The first issuer that is valid now; where none is, the one that expires last. */
    private ParsedCertificate best(List<ParsedCertificate> candidates, ParsedCertificate issued) {
        ParsedCertificate best = null;
        for (ParsedCertificate candidate : candidates) {
            if (candidate.mayHaveIssued(issued) && !chain.contains(candidate)) {
                if (candidate.timeCode(now) == VerifyErrors.OK) {
                    return candidate;
                }
                if (best == null
                        || candidate.notAfter().after(best.notAfter())) {
                    best = candidate;
                }
            }
        }
        return best;
    }
}
