package io.github.pysockets.tls.cert;

import java.util.Map;

/** What can be wrong with a peer's certificate: OpenSSL's X509_V_ERR numbers and texts, X509_STORE_CTX_get_error(3). */
final class VerifyErrors {
    /** Nothing. */
    static final int OK = 0;

    static final int UNSPECIFIED = 1;
    static final int UNABLE_TO_GET_ISSUER = 2;
    static final int UNABLE_TO_GET_CRL = 3;
    static final int UNABLE_TO_DECODE_ISSUER_KEY = 6;
    static final int SIGNATURE_FAILURE = 7;
    static final int CRL_SIGNATURE_FAILURE = 8;
    static final int NOT_YET_VALID = 9;
    static final int EXPIRED = 10;
    static final int CRL_NOT_YET_VALID = 11;
    static final int CRL_EXPIRED = 12;
    static final int SELF_SIGNED_LEAF = 18;
    static final int SELF_SIGNED_IN_CHAIN = 19;
    static final int UNABLE_TO_GET_ISSUER_LOCALLY = 20;
    static final int CHAIN_TOO_LONG = 22;
    static final int REVOKED = 23;
    static final int PATH_LENGTH_EXCEEDED = 25;
    static final int INVALID_PURPOSE = 26;
    static final int REJECTED = 28;
    static final int NO_CERT_SIGN = 32;
    static final int UNABLE_TO_GET_CRL_ISSUER = 33;
    static final int UNHANDLED_CRITICAL_EXTENSION = 34;
    static final int NO_CRL_SIGN = 35;
    static final int UNHANDLED_CRITICAL_CRL_EXTENSION = 36;
    static final int PROXY_NOT_ALLOWED = 40;
    static final int NO_EXPLICIT_POLICY = 43;
    static final int DIFFERENT_CRL_SCOPE = 44;
    static final int PERMITTED_VIOLATION = 47;
    static final int EXCLUDED_VIOLATION = 48;

    /** The certificate is not for the name by which the peer was reached. */
    static final int HOSTNAME_MISMATCH = 62;
    /** The certificate is not for the address by which the peer was reached. */
    static final int IP_ADDRESS_MISMATCH = 64;

    static final int LEAF_KEY_TOO_SMALL = 66;
    static final int CA_KEY_TOO_SMALL = 67;
    static final int DIGEST_TOO_WEAK = 68;
    static final int INVALID_CA = 79;
    static final int PATH_LENGTH_FOR_NON_CA = 80;
    static final int PATH_LENGTH_WITHOUT_CERT_SIGN = 81;
    static final int CERT_SIGN_FOR_NON_CA = 82;
    static final int ISSUER_EMPTY = 83;
    static final int SUBJECT_EMPTY = 84;
    static final int NO_AUTHORITY_KEY_IDENTIFIER = 85;
    static final int NO_SUBJECT_KEY_IDENTIFIER = 86;
    static final int EMPTY_ALTERNATIVE_NAME = 87;
    static final int EMPTY_SUBJECT_NAMES_NOT_CRITICAL = 88;
    static final int BASIC_CONSTRAINTS_NOT_CRITICAL = 89;
    static final int AUTHORITY_KEY_IDENTIFIER_CRITICAL = 90;
    static final int SUBJECT_KEY_IDENTIFIER_CRITICAL = 91;
    static final int CA_WITHOUT_KEY_USAGE = 92;
    static final int EXTENSIONS_REQUIRE_VERSION_3 = 93;

    /** OpenSSL's alert for each, by its number: RFC 8446, section 6. */
    static final int BAD_CERTIFICATE_ALERT = 42;
    static final int UNSUPPORTED_CERTIFICATE_ALERT = 43;
    static final int CERTIFICATE_REVOKED_ALERT = 44;
    static final int CERTIFICATE_EXPIRED_ALERT = 45;
    static final int CERTIFICATE_UNKNOWN_ALERT = 46;
    private static final int UNKNOWN_CA_ALERT = 48;
    private static final int DECRYPT_ERROR_ALERT = 51;
    private static final int INTERNAL_ERROR_ALERT = 80;

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(OK, "ok"),
            Map.entry(UNSPECIFIED, "unspecified certificate verification error"),
            Map.entry(UNABLE_TO_GET_ISSUER, "unable to get issuer certificate"),
            Map.entry(UNABLE_TO_GET_CRL, "unable to get certificate CRL"),
            Map.entry(UNABLE_TO_DECODE_ISSUER_KEY, "unable to decode issuer public key"),
            Map.entry(SIGNATURE_FAILURE, "certificate signature failure"),
            Map.entry(CRL_SIGNATURE_FAILURE, "CRL signature failure"),
            Map.entry(NOT_YET_VALID, "certificate is not yet valid"),
            Map.entry(EXPIRED, "certificate has expired"),
            Map.entry(CRL_NOT_YET_VALID, "CRL is not yet valid"),
            Map.entry(CRL_EXPIRED, "CRL has expired"),
            Map.entry(SELF_SIGNED_LEAF, "self-signed certificate"),
            Map.entry(SELF_SIGNED_IN_CHAIN, "self-signed certificate in certificate chain"),
            Map.entry(UNABLE_TO_GET_ISSUER_LOCALLY, "unable to get local issuer certificate"),
            Map.entry(CHAIN_TOO_LONG, "certificate chain too long"),
            Map.entry(REVOKED, "certificate revoked"),
            Map.entry(PATH_LENGTH_EXCEEDED, "path length constraint exceeded"),
            Map.entry(INVALID_PURPOSE, "unsuitable certificate purpose"),
            Map.entry(REJECTED, "certificate rejected"),
            Map.entry(NO_CERT_SIGN, "key usage does not include certificate signing"),
            Map.entry(UNABLE_TO_GET_CRL_ISSUER, "unable to get CRL issuer certificate"),
            Map.entry(UNHANDLED_CRITICAL_EXTENSION, "unhandled critical extension"),
            Map.entry(NO_CRL_SIGN, "key usage does not include CRL signing"),
            Map.entry(UNHANDLED_CRITICAL_CRL_EXTENSION, "unhandled critical CRL extension"),
            Map.entry(PROXY_NOT_ALLOWED, "proxy certificates not allowed, please set the appropriate flag"),
            Map.entry(NO_EXPLICIT_POLICY, "no explicit policy"),
            Map.entry(DIFFERENT_CRL_SCOPE, "different CRL scope"),
            Map.entry(PERMITTED_VIOLATION, "permitted subtree violation"),
            Map.entry(EXCLUDED_VIOLATION, "excluded subtree violation"),
            Map.entry(HOSTNAME_MISMATCH, "hostname mismatch"),
            Map.entry(IP_ADDRESS_MISMATCH, "IP address mismatch"),
            Map.entry(LEAF_KEY_TOO_SMALL, "EE certificate key too weak"),
            Map.entry(CA_KEY_TOO_SMALL, "CA certificate key too weak"),
            Map.entry(DIGEST_TOO_WEAK, "CA signature digest algorithm too weak"),
            Map.entry(INVALID_CA, "invalid CA certificate"),
            Map.entry(PATH_LENGTH_FOR_NON_CA, "Path length invalid for non-CA cert"),
            Map.entry(PATH_LENGTH_WITHOUT_CERT_SIGN, "Path length given without key usage keyCertSign"),
            Map.entry(CERT_SIGN_FOR_NON_CA, "Key usage keyCertSign invalid for non-CA cert"),
            Map.entry(ISSUER_EMPTY, "Issuer name empty"),
            Map.entry(SUBJECT_EMPTY, "Subject name empty"),
            Map.entry(NO_AUTHORITY_KEY_IDENTIFIER, "Missing Authority Key Identifier"),
            Map.entry(NO_SUBJECT_KEY_IDENTIFIER, "Missing Subject Key Identifier"),
            Map.entry(EMPTY_ALTERNATIVE_NAME, "Empty Subject Alternative Name extension"),
            Map.entry(EMPTY_SUBJECT_NAMES_NOT_CRITICAL, "Subject empty and Subject Alt Name extension not critical"),
            Map.entry(BASIC_CONSTRAINTS_NOT_CRITICAL, "Basic Constraints of CA cert not marked critical"),
            Map.entry(AUTHORITY_KEY_IDENTIFIER_CRITICAL, "Authority Key Identifier marked critical"),
            Map.entry(SUBJECT_KEY_IDENTIFIER_CRITICAL, "Subject Key Identifier marked critical"),
            Map.entry(CA_WITHOUT_KEY_USAGE, "CA cert does not include key usage extension"),
            Map.entry(EXTENSIONS_REQUIRE_VERSION_3, "Using cert extension requires at least X509v3"));

    private VerifyErrors() {}

    /** The alert that OpenSSL sends to a peer whose certificate it refuses. */
    static int alert(int code) {
        return switch (code) {
            case UNSPECIFIED -> INTERNAL_ERROR_ALERT;
            case UNABLE_TO_GET_ISSUER,
                    UNABLE_TO_GET_CRL,
                    SELF_SIGNED_LEAF,
                    SELF_SIGNED_IN_CHAIN,
                    UNABLE_TO_GET_ISSUER_LOCALLY,
                    CHAIN_TOO_LONG,
                    PATH_LENGTH_EXCEEDED,
                    UNABLE_TO_GET_CRL_ISSUER,
                    INVALID_CA ->
                UNKNOWN_CA_ALERT;
            case SIGNATURE_FAILURE, CRL_SIGNATURE_FAILURE -> DECRYPT_ERROR_ALERT;
            case UNABLE_TO_DECODE_ISSUER_KEY,
                    NOT_YET_VALID,
                    CRL_NOT_YET_VALID,
                    REJECTED,
                    HOSTNAME_MISMATCH,
                    IP_ADDRESS_MISMATCH,
                    LEAF_KEY_TOO_SMALL,
                    CA_KEY_TOO_SMALL,
                    DIGEST_TOO_WEAK ->
                BAD_CERTIFICATE_ALERT;
            case EXPIRED, CRL_EXPIRED -> CERTIFICATE_EXPIRED_ALERT;
            case REVOKED -> CERTIFICATE_REVOKED_ALERT;
            case INVALID_PURPOSE -> UNSUPPORTED_CERTIFICATE_ALERT;
            default -> CERTIFICATE_UNKNOWN_ALERT;
        };
    }

    /** X509_verify_cert_error_string(3). */
    static String text(int code) {
        return TEXTS.getOrDefault(code, "unknown certificate verification error");
    }

    /**
     * Python's {@code SSLCertVerificationError.verify_message}. It names the host where the certificate is not for it.
     *
     * @param host the name or address by which the peer was reached
     */
    static String text(int code, String host) {
        return switch (code) {
            case HOSTNAME_MISMATCH -> "Hostname mismatch, certificate is not valid for '" + host + "'.";
            case IP_ADDRESS_MISMATCH -> "IP address mismatch, certificate is not valid for '" + host + "'.";
            default -> text(code);
        };
    }
}
