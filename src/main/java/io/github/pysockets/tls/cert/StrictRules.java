package io.github.pysockets.tls.cert;

/** What X509_V_FLAG_X509_STRICT requires in addition: RFC 5280, sections 4.1 and 4.2.1. */
final class StrictRules {
    private StrictRules() {}

    static int code(ParsedCertificate certificate, boolean last) {
        int code = constraintsCode(certificate);
        if (code == VerifyErrors.OK) {
            code = namesCode(certificate);
        }
        return code == VerifyErrors.OK ? identifiersCode(certificate, last) : code;
    }

    private static int constraintsCode(ParsedCertificate certificate) {
        boolean authority = certificate.isMarkedAuthority();
        boolean signs = certificate.allows(ParsedCertificate.CERT_SIGN);
        if (certificate.pathLength() >= 0) {
            if (!authority) {
                return VerifyErrors.PATH_LENGTH_FOR_NON_CA;
            }
            if (!signs) {
                return VerifyErrors.PATH_LENGTH_WITHOUT_CERT_SIGN;
            }
        }
        if (authority && !certificate.isCritical(ExtensionOids.BASIC_CONSTRAINTS)) {
            return VerifyErrors.BASIC_CONSTRAINTS_NOT_CRITICAL;
        }
        if (authority) {
            return certificate.hasKeyUsage() ? VerifyErrors.OK : VerifyErrors.CA_WITHOUT_KEY_USAGE;
        }
        return certificate.hasKeyUsage() && signs ? VerifyErrors.CERT_SIGN_FOR_NON_CA : VerifyErrors.OK;
    }

    private static int namesCode(ParsedCertificate certificate) {
        byte[] names = certificate.extension(ExtensionOids.SUBJECT_ALTERNATIVE_NAME);
        boolean nameless = certificate.subject().isEmpty();
        if (certificate.issuer().isEmpty()) {
            return VerifyErrors.ISSUER_EMPTY;
        }
        boolean signsLists = certificate.hasKeyUsage() && certificate.allows(ParsedCertificate.CRL_SIGN);
        if (nameless && (certificate.isMarkedAuthority() || signsLists || names == null)) {
            return VerifyErrors.SUBJECT_EMPTY;
        }
        if (nameless && !certificate.isCritical(ExtensionOids.SUBJECT_ALTERNATIVE_NAME)) {
            return VerifyErrors.EMPTY_SUBJECT_NAMES_NOT_CRITICAL;
        }
        return names != null && Der.of(names).sequence().isEmpty()
                ? VerifyErrors.EMPTY_ALTERNATIVE_NAME
                : VerifyErrors.OK;
    }

    private static int identifiersCode(ParsedCertificate certificate, boolean last) {
        AuthorityKeyIdentifier issuerKey = certificate.issuerKey();
        if (issuerKey != null && certificate.isCritical(ExtensionOids.AUTHORITY_KEY_IDENTIFIER)) {
            return VerifyErrors.AUTHORITY_KEY_IDENTIFIER_CRITICAL;
        }
        if (certificate.subjectKey() != null && certificate.isCritical(ExtensionOids.SUBJECT_KEY_IDENTIFIER)) {
            return VerifyErrors.SUBJECT_KEY_IDENTIFIER_CRITICAL;
        }
        if (certificate.version() < 3) {
            return certificate.hasExtensions() ? VerifyErrors.EXTENSIONS_REQUIRE_VERSION_3 : VerifyErrors.OK;
        }
        if (!last && (issuerKey == null || issuerKey.key() == null)) {
            return VerifyErrors.NO_AUTHORITY_KEY_IDENTIFIER;
        }
        return certificate.isMarkedAuthority() && certificate.subjectKey() == null
                ? VerifyErrors.NO_SUBJECT_KEY_IDENTIFIER
                : VerifyErrors.OK;
    }
}
