package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.HashMap;
import java.util.Map;

/**
 * Alerts: by number, as on the wire; by Java's name, as in its messages; in OpenSSL's words, as for one that has come.
 *
 * <p>See RFC 8446, section 6, RFC 5246, section 7.2, and RFC 6066, section 9.
 */
final class Alerts {
    static final int CLOSE_NOTIFY = 0;
    static final int UNEXPECTED_MESSAGE = 10;
    static final int BAD_RECORD_MAC = 20;
    static final int RECORD_OVERFLOW = 22;
    static final int HANDSHAKE_FAILURE = 40;
    static final int NO_CERTIFICATE = 41;
    static final int ILLEGAL_PARAMETER = 47;
    static final int DECODE_ERROR = 50;
    static final int PROTOCOL_VERSION = 70;
    static final int INTERNAL_ERROR = 80;
    static final int INAPPROPRIATE_FALLBACK = 86;
    static final int NO_RENEGOTIATION = 100;
    static final int UNRECOGNIZED_NAME = 112;

    /** No alert is sent, because the peer would not understand it. */
    static final int NONE = -1;

    static final int WARNING = 1;
    static final int FATAL = 2;
    /** How many bytes an alert has: level and number. */
    static final int LENGTH = 2;

    private static final int UNKNOWN = -1;

    /** Number, Java's name, reason; null where Python has none. */
    private static final Object[][] TABLE = {
        {0, "close_notify", null},
        {10, "unexpected_message", "SSLV3_ALERT_UNEXPECTED_MESSAGE"},
        {20, "bad_record_mac", "SSLV3_ALERT_BAD_RECORD_MAC"},
        {21, "decryption_failed", "TLSV1_ALERT_DECRYPTION_FAILED"},
        {22, "record_overflow", "TLSV1_ALERT_RECORD_OVERFLOW"},
        {30, "decompression_failure", "SSLV3_ALERT_DECOMPRESSION_FAILURE"},
        {40, "handshake_failure", "SSLV3_ALERT_HANDSHAKE_FAILURE"},
        {41, "no_certificate", "SSLV3_ALERT_NO_CERTIFICATE"},
        {42, "bad_certificate", "SSLV3_ALERT_BAD_CERTIFICATE"},
        {43, "unsupported_certificate", "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"},
        {44, "certificate_revoked", "SSLV3_ALERT_CERTIFICATE_REVOKED"},
        {45, "certificate_expired", "SSLV3_ALERT_CERTIFICATE_EXPIRED"},
        {46, "certificate_unknown", "SSLV3_ALERT_CERTIFICATE_UNKNOWN"},
        {47, "illegal_parameter", "SSLV3_ALERT_ILLEGAL_PARAMETER"},
        {48, "unknown_ca", "TLSV1_ALERT_UNKNOWN_CA"},
        {49, "access_denied", "TLSV1_ALERT_ACCESS_DENIED"},
        {50, "decode_error", "TLSV1_ALERT_DECODE_ERROR"},
        {51, "decrypt_error", "TLSV1_ALERT_DECRYPT_ERROR"},
        {60, "export_restriction", "TLSV1_ALERT_EXPORT_RESTRICTION"},
        {70, "protocol_version", "TLSV1_ALERT_PROTOCOL_VERSION"},
        {71, "insufficient_security", "TLSV1_ALERT_INSUFFICIENT_SECURITY"},
        {80, "internal_error", "TLSV1_ALERT_INTERNAL_ERROR"},
        {86, "inappropriate_fallback", "TLSV1_ALERT_INAPPROPRIATE_FALLBACK"},
        {90, "user_canceled", "TLSV1_ALERT_USER_CANCELLED"},
        {100, "no_renegotiation", "TLSV1_ALERT_NO_RENEGOTIATION"},
        {109, "missing_extension", "TLSV13_ALERT_MISSING_EXTENSION"},
        {110, "unsupported_extension", "TLSV1_UNSUPPORTED_EXTENSION"},
        {111, "certificate_unobtainable", "TLSV1_CERTIFICATE_UNOBTAINABLE"},
        {112, "unrecognized_name", "TLSV1_UNRECOGNIZED_NAME"},
        {113, "bad_certificate_status_response", "TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE"},
        {114, "bad_certificate_hash_value", "TLSV1_BAD_CERTIFICATE_HASH_VALUE"},
        {115, "unknown_psk_identity", null},
        {116, "certificate_required", "TLSV13_ALERT_CERTIFICATE_REQUIRED"},
        {120, "no_application_protocol", null},
    };

    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final Map<Integer, String> NAMES = new HashMap<>();
    private static final Map<Integer, String> REASONS = new HashMap<>();

    static {
        for (Object[] row : TABLE) {
            NUMBERS.put((String) row[1], (Integer) row[0]);
            NAMES.put((Integer) row[0], (String) row[1]);
            REASONS.put((Integer) row[0], (String) row[2]);
        }
    }

    /** OpenSSL has a text for these, but Python has no reason. */
    private static final Map<Integer, String> UNNAMED = Map.of(
            115, "tlsv1 alert unknown psk identity",
            120, "tlsv1 alert no application protocol");

    private Alerts() {}

    /** The number of the alert that has this name in Java's messages; -1 where there is none. */
    static int number(String name) {
        return NUMBERS.getOrDefault(name, UNKNOWN);
    }

    /** Java's name of an alert; null where it has none. */
    static String name(int number) {
        return NAMES.get(number);
    }

    /**
     * The alert for the header of a record on an open connection.
     *
     * @return {@link #NONE} where the failure is another
     */
    static int ofHeader(OpenSslException failure) {
        return switch (failure.reason() == null ? "" : failure.reason()) {
            case "WRONG_VERSION_NUMBER" -> PROTOCOL_VERSION;
            case "PACKET_LENGTH_TOO_LONG" -> RECORD_OVERFLOW;
            default -> NONE;
        };
    }

    /** Whether OpenSSL sends the alert of this number where a callback asks for it. */
    static boolean isSent(int number) {
        return number != NO_CERTIFICATE && NAMES.containsKey(number);
    }

    /** OpenSSL's failure for a fatal alert that the peer has sent. */
    static OpenSslException received(int number) {
        return OpenSslException.alert(REASONS.get(number), UNNAMED.getOrDefault(number, "unknown error"));
    }

    /** An unencrypted record with a fatal alert, for a peer with which there are no keys yet. */
    static byte[] fatal(int number) {
        return new byte[] {RecordHeader.ALERT, 3, 3, 0, LENGTH, FATAL, (byte) number};
    }

    /**
     * The alert that OpenSSL sends before there are keys, where JSSE chooses another or has keys already, or did not
     * find the failure.
     *
     * @return {@link #NONE} for what is left to JSSE
     */
    static int refusal(OpenSslException failure, boolean server) {
        String reason = failure.reason() == null ? "" : failure.reason();
        return switch (reason) {
            case "NO_SHARED_CIPHER", "NO_SUITABLE_KEY_SHARE", "NO_SUITABLE_SIGNATURE_ALGORITHM" ->
                server ? HANDSHAKE_FAILURE : NONE;
            case "UNSAFE_LEGACY_RENEGOTIATION_DISABLED" -> server ? NONE : HANDSHAKE_FAILURE;
            case "NO_CIPHERS_AVAILABLE", "NO_SUITABLE_GROUPS" -> server ? NONE : INTERNAL_ERROR;
            default -> NONE;
        };
    }

    /** Whether a record, which is there from {@code at} on, is an unencrypted alert. */
    static boolean isUnencrypted(byte[] bytes, int at, int length) {
        return length == RecordHeader.LENGTH + LENGTH
                && RecordHeader.type(bytes, at) == RecordHeader.ALERT
                && RecordHeader.length(bytes, at) == LENGTH;
    }

    /**
     * The alert that OpenSSL sends for a fault in bytes that came unencrypted.
     *
     * @param failure of {@link RecordHeader} or {@link ClientHello}
     * @return {@link #NONE} for none
     */
    static int answer(OpenSslException failure) {
        return switch (failure.reason()) {
            case "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "WRONG_VERSION_NUMBER" -> NONE;
            case "PACKET_LENGTH_TOO_LONG", "DATA_LENGTH_TOO_LONG" -> RECORD_OVERFLOW;
            case "UNEXPECTED_MESSAGE" -> UNEXPECTED_MESSAGE;
            case "UNSUPPORTED_PROTOCOL", "VERSION_TOO_LOW", "BAD_LEGACY_VERSION" -> PROTOCOL_VERSION;
            case "INAPPROPRIATE_FALLBACK" -> INAPPROPRIATE_FALLBACK;
            case "EXCESSIVE_MESSAGE_SIZE", "NO_CIPHERS_SPECIFIED" -> ILLEGAL_PARAMETER;
            default -> DECODE_ERROR;
        };
    }
}
