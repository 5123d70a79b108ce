package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * JSSE's failures in OpenSSL's words.
 *
 * <p>JSSE says what went wrong only in its message: mostly the alert that it sends, in parentheses, and a sentence. A
 * known sentence gives OpenSSL's reason for the same; any other gives the reason that goes with the alert. So a
 * sentence that a later Java words differently still gives a reason of the right kind.
 */
final class JsseErrors {
    private static final Pattern MESSAGE = Pattern.compile("(?:\\((\\w+)\\) )?(.*)", Pattern.DOTALL);
    private static final Pattern RECEIVED_ALERT =
            Pattern.compile("(?:Received fatal alert|received handshake warning): (\\w+)");
    private static final Pattern UNKNOWN_ALERT = Pattern.compile("Unknown alert description \\((-?\\d+)\\)");

    /** Parts of JSSE's sentences, and OpenSSL's reasons for the same. The first part that is found counts. */
    private static final String[][] SENTENCES = {
        {"no cipher suites in common", "NO_SHARED_CIPHER"},
        {"No available authentication scheme", "NO_SUITABLE_SIGNATURE_ALGORITHM"},
        {"No X.509 certificate for server authentication", "NO_SHARED_CIPHER"},
        {"Empty client certificate chain", "PEER_DID_NOT_RETURN_A_CERTIFICATE"},
        {"No common named group", "NO_SUITABLE_KEY_SHARE"},
        {"No key_share extension", "NO_SUITABLE_KEY_SHARE"},
        {"legacy_version", "BAD_LEGACY_VERSION"},
        {"are not accepted by server preferences", "UNSUPPORTED_PROTOCOL"},
        {"not enabled or supported in server context", "UNSUPPORTED_PROTOCOL"},
        {"is not accepted by client preferences", "UNSUPPORTED_PROTOCOL"},
        {"No appropriate protocol", "NO_PROTOCOLS_AVAILABLE"},
        {"downgrade attack", "INAPPROPRIATE_FALLBACK"},
        {"SSLv2Hello", "UNSUPPORTED_PROTOCOL"},
        {"Unrecognized SSL message", "WRONG_VERSION_NUMBER"},
        {"Unsupported or unrecognized SSL message", "WRONG_VERSION_NUMBER"},
        {"Unrecognized record version", "WRONG_VERSION_NUMBER"},
        {"Bad input record size", "PACKET_LENGTH_TOO_LONG"},
        {"Input record too big", "PACKET_LENGTH_TOO_LONG"},
        {"Unexpected plaintext alert received", "BAD_RECORD_TYPE"},
        {"Unexpected content: ", "BAD_RECORD_TYPE"},
        {"Receiving application data before handshake complete", "APP_DATA_IN_HANDSHAKE"},
        {"Handshake packets must not be zero-length", "UNEXPECTED_MESSAGE"},
        {"Unknown handshake type", "UNEXPECTED_MESSAGE"},
        {"Expecting a handshake fragment", "UNEXPECTED_MESSAGE"},
        {"The size of the handshake message", "EXCESSIVE_MESSAGE_SIZE"},
        {"exceeds the maximum allowed length", "EXCESSIVE_MESSAGE_SIZE"},
        {"Invalid Alert message", "INVALID_ALERT"},
        {"Finished message cannot be verified", "DIGEST_CHECK_FAILED"},
        {"Invalid CertificateVerify message: invalid signature", "BAD_SIGNATURE"},
        {"Invalid CertificateVerify signature", "BAD_SIGNATURE"},
        {"ServerKeyExchange signature", "BAD_SIGNATURE"},
        {"used in CertificateVerify", "WRONG_SIGNATURE_TYPE"},
        {"improper ciphersuite", "WRONG_CIPHER_RETURNED"},
        {"does not support the server cipher suite", "WRONG_CIPHER_RETURNED"},
        {"compression type not supported", "UNSUPPORTED_COMPRESSION_ALGORITHM"},
        {"does not comply to algorithm constraints", "DH_KEY_TOO_SMALL"},
        {"enegotiation_info", "RENEGOTIATION_MISMATCH"},
        {"nsafe renegotiation", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED"},
        {"enegotiation", "NO_RENEGOTIATION"},
        {"signature_algorithms extension", "MISSING_SIGALGS_EXTENSION"},
        {"No supported_groups", "MISSING_SUPPORTED_GROUPS_EXTENSION"},
        {"No supported signature algorithm for", "NO_SHARED_CIPHER"},
        {"No supported signature algorithm", "NO_SHARED_SIGNATURE_ALGORITHMS"},
        {"No supported CertificateVerify signature algorithm", "NO_SUITABLE_SIGNATURE_ALGORITHM"},
        {"should not be presented in", "UNSOLICITED_EXTENSION"},
        {"closing inbound before receiving peer's close_notify", "UNEXPECTED_EOF_WHILE_READING"},
        {"Illegal server name", "BAD_EXTENSION"},
        {"server name", "BAD_EXTENSION"},
        {"Incorrect extensions", "LENGTH_MISMATCH"},
        {"Insufficient extensions data", "LENGTH_MISMATCH"},
        {"Insufficient space in the buffer", "LENGTH_MISMATCH"},
        {"Illegal handshake message", "LENGTH_MISMATCH"},
        {"Invalid session ID length", "LENGTH_MISMATCH"},
    };

    /** The reasons for all other sentences, by the alert. */
    private static final Map<String, String> ALERTS = Map.ofEntries(
            Map.entry("unexpected_message", "UNEXPECTED_MESSAGE"),
            Map.entry("bad_record_mac", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            Map.entry("decryption_failed", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            Map.entry("record_overflow", "ENCRYPTED_LENGTH_TOO_LONG"),
            Map.entry("handshake_failure", "SSL_HANDSHAKE_FAILURE"),
            Map.entry("illegal_parameter", "BAD_VALUE"),
            Map.entry("decode_error", "LENGTH_MISMATCH"),
            Map.entry("decrypt_error", "BAD_SIGNATURE"),
            Map.entry("protocol_version", "UNSUPPORTED_PROTOCOL"),
            Map.entry("insufficient_security", "INSUFFICIENT_SECURITY"),
            Map.entry("inappropriate_fallback", "INAPPROPRIATE_FALLBACK"),
            Map.entry("no_renegotiation", "NO_RENEGOTIATION"),
            Map.entry("missing_extension", "EXTENSION_NOT_RECEIVED"),
            Map.entry("unsupported_extension", "UNSOLICITED_EXTENSION"),
            Map.entry("no_application_protocol", "NO_APPLICATION_PROTOCOL"),
            Map.entry("bad_certificate", "CERTIFICATE_VERIFY_FAILED"),
            Map.entry("unsupported_certificate", "CERTIFICATE_VERIFY_FAILED"),
            Map.entry("certificate_revoked", "CERTIFICATE_VERIFY_FAILED"),
            Map.entry("certificate_expired", "CERTIFICATE_VERIFY_FAILED"),
            Map.entry("certificate_unknown", "CERTIFICATE_VERIFY_FAILED"),
            Map.entry("unknown_ca", "CERTIFICATE_VERIFY_FAILED"),
            Map.entry("certificate_required", "PEER_DID_NOT_RETURN_A_CERTIFICATE"),
            Map.entry("bad_certificate_status_response", "INVALID_STATUS_RESPONSE"));

    private JsseErrors() {}

    /**
     * What OpenSSL would have said.
     *
     * @param failure as the engine threw it
     * @param server whether it was a server's engine
     */
    static OpenSslException of(SSLException failure, boolean server) {
        Matcher message = MESSAGE.matcher(messages(failure));
        message.matches();
        String alert = message.group(1);
        String sentence = message.group(2);
        Matcher came = RECEIVED_ALERT.matcher(sentence);
        if (came.find()) {
            return Alerts.received(Alerts.number(came.group(1)));
        }
        Matcher unknown = UNKNOWN_ALERT.matcher(sentence);
        if (unknown.find()) {
            return Alerts.received(Integer.parseInt(unknown.group(1)) & 0xFF);
        }
        String reason = reason(alert, sentence);
        if (reason == null) {
            return OpenSslException.ssl(null, "internal_error".equals(alert) ? "internal error" : sentence);
        }
        if (server && reason.equals("SSL_HANDSHAKE_FAILURE")) {
            // For OpenSSL, a server that cannot go on has no cipher in common with the client.
            reason = "NO_SHARED_CIPHER";
        }
        return OpenSslException.ssl(reason);
    }

    private static String reason(String alert, String sentence) {
        for (String[] known : SENTENCES) {
            if (sentence.contains(known[0])) {
                return known[1];
            }
        }
        if (sentence.contains("extension") && !sentence.contains("renegotiation")) {
            return "BAD_EXTENSION";
        }
        return ALERTS.get(alert == null ? "" : alert);
    }

    /** The message, followed by those of its causes: some are wrapped in one that says nothing. */
    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at.getMessage() != null && all.indexOf(at.getMessage()) < 0) {
                all.append(all.isEmpty() ? "" : ": ").append(at.getMessage());
            }
        }
        return all.toString();
    }
}
