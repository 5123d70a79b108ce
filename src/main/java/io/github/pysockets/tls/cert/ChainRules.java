package io.github.pysockets.tls.cert;

import io.github.pysockets.tls.cert.ParsedCertificate.Authority;
import java.util.List;

/**
 * What the certificates of a chain have to be, each for itself and for its place. Signatures and times are not checked
 * here. The order of the checks is OpenSSL's, so that of several faults the same one is reported.
 */
final class ChainRules {
    static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    /** The last two are older purposes for servers: Microsoft's and Netscape's "server gated crypto". */
    private static final String[] SERVER_PURPOSES = {
        SERVER_AUTHENTICATION, "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"
    };

    private final List<ParsedCertificate> chain;
    private final VerifyParameters parameters;

    ChainRules(List<ParsedCertificate> chain, VerifyParameters parameters) {
        this.chain = chain;
        this.parameters = parameters;
    }

    int extensionsCode() {
        int below = 0;
        for (int i = 0; i < chain.size(); i++) {
            ParsedCertificate certificate = chain.get(i);
            int code = extensionsCode(i, certificate);
            if (code != VerifyErrors.OK) {
                return code;
            }
            int length = certificate.pathLength();
            if (i > 1 && length >= 0 && below > length) {
                return VerifyErrors.PATH_LENGTH_EXCEEDED;
            }
            if (i > 0 && !certificate.isSelfIssued()) {
                below++;
            }
        }
        return VerifyErrors.OK;
    }

    int strengthCode() {
        int level = parameters.securityLevel();
        for (int i = 0; i < chain.size(); i++) {
            if (i > 0 && !SecurityLevel.isKeyEnough(chain.get(i).certificate().getPublicKey(), level)) {
                return VerifyErrors.CA_KEY_TOO_SMALL;
            }
            if (i < chain.size() - 1
                    && !SecurityLevel.isSignatureEnough(chain.get(i).certificate(), level)) {
                return VerifyErrors.DIGEST_TOO_WEAK;
            }
        }
        return VerifyErrors.OK;
    }

    private int extensionsCode(int place, ParsedCertificate certificate) {
        boolean strict = parameters.has(VerifyFlags.X509_STRICT);
        if (certificate.hasUnhandledCriticalExtension() && !parameters.has(VerifyFlags.IGNORE_CRITICAL)) {
            return VerifyErrors.UNHANDLED_CRITICAL_EXTENSION;
        }
        if (certificate.isProxy() && !parameters.has(VerifyFlags.ALLOW_PROXY_CERTS)) {
            return VerifyErrors.PROXY_NOT_ALLOWED;
        }
        if (!isAuthorityAsNeeded(place, certificate.authority(), strict)) {
            return VerifyErrors.INVALID_CA;
        }
        if (strict && chain.size() > 1) {
            int code = StrictRules.code(certificate, place == chain.size() - 1);
            if (code != VerifyErrors.OK) {
                return code;
            }
        }
        return isFit(place, certificate, strict) ? VerifyErrors.OK : VerifyErrors.INVALID_PURPOSE;
    }

    /** The peer's own may be a CA or not, the last may be one of an older form, all others have to be marked as CA. */
    private boolean isAuthorityAsNeeded(int place, Authority authority, boolean strict) {
        if (place == 0) {
            return !strict || authority == Authority.CONSTRAINTS || authority == Authority.NONE;
        }
        boolean older = place == chain.size() - 1 && !strict;
        return authority == Authority.CONSTRAINTS || older && authority != Authority.NONE;
    }

    private boolean isFit(int place, ParsedCertificate certificate, boolean strict) {
        return place == 0 ? isFitAtTheEnd(certificate) : isFitAbove(certificate, strict);
    }

    private boolean isFitAtTheEnd(ParsedCertificate certificate) {
        return switch (parameters.purpose()) {
            case SERVER -> certificate.allowsPurpose(SERVER_PURPOSES)
                    && certificate.allowsNetscapeType(ParsedCertificate.NETSCAPE_SERVER)
                    && certificate.allows(
                            ParsedCertificate.DIGITAL_SIGNATURE,
                            ParsedCertificate.KEY_ENCIPHERMENT,
                            ParsedCertificate.KEY_AGREEMENT);
            case CLIENT -> certificate.allowsPurpose(CLIENT_AUTHENTICATION)
                    && certificate.allows(ParsedCertificate.DIGITAL_SIGNATURE, ParsedCertificate.KEY_AGREEMENT)
                    && certificate.allowsNetscapeType(ParsedCertificate.NETSCAPE_CLIENT);
        };
    }

    private boolean isFitAbove(ParsedCertificate certificate, boolean strict) {
        boolean purpose = parameters.purpose() == Purpose.SERVER
                ? certificate.allowsPurpose(SERVER_PURPOSES)
                : certificate.allowsPurpose(CLIENT_AUTHENTICATION);
        Authority authority = certificate.authority();
        boolean netscape = authority != Authority.NETSCAPE
                || certificate.allowsNetscapeType(ParsedCertificate.NETSCAPE_TLS_CA);
        return purpose && netscape && (!strict || authority == Authority.CONSTRAINTS);
    }
}
