package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts in the words that CPython 3.12 has for them with OpenSSL 3.0. */
final class AlertsTest {
    @ParameterizedTest
    @CsvSource({
        "10, unexpected_message, SSLV3_ALERT_UNEXPECTED_MESSAGE, sslv3 alert unexpected message",
        "40, handshake_failure, SSLV3_ALERT_HANDSHAKE_FAILURE, sslv3 alert handshake failure",
        "48, unknown_ca, TLSV1_ALERT_UNKNOWN_CA, tlsv1 alert unknown ca",
        "90, user_canceled, TLSV1_ALERT_USER_CANCELLED, tlsv1 alert user cancelled",
        "109, missing_extension, TLSV13_ALERT_MISSING_EXTENSION, tlsv13 alert missing extension",
        "112, unrecognized_name, TLSV1_UNRECOGNIZED_NAME, tlsv1 unrecognized name",
        "115, unknown_psk_identity, , tlsv1 alert unknown psk identity",
        "116, certificate_required, TLSV13_ALERT_CERTIFICATE_REQUIRED, tlsv13 alert certificate required",
        "120, no_application_protocol, , tlsv1 alert no application protocol",
    })
    void alertHasItsNames(int number, String name, String reason, String text) {
        assertEquals(number, Alerts.number(name));
        assertEquals(name, Alerts.name(number));
        OpenSslException received = Alerts.received(number);
        assertEquals("SSL", received.library());
        assertEquals(reason, received.reason());
        assertEquals(text, received.text());
    }

    @Test
    void numberWithoutMeaningIsAnUnknownError() {
        OpenSslException received = Alerts.received(121);
        assertEquals("SSL", received.library());
        assertNull(received.reason());
        assertEquals("unknown error", received.text());
        assertNull(Alerts.name(121));
        assertEquals(-1, Alerts.number("no such alert"));
    }

    @Test
    void fatalAlertIsOneRecord() {
        assertArrayEquals(HexFormat.of().parseHex("15030300020250"), Alerts.fatal(Alerts.INTERNAL_ERROR));
        assertArrayEquals(HexFormat.of().parseHex("15030300020270"), Alerts.fatal(Alerts.UNRECOGNIZED_NAME));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_REQUEST, -1",
        "WRONG_VERSION_NUMBER, -1",
        "PACKET_LENGTH_TOO_LONG, 22",
        "UNEXPECTED_MESSAGE, 10",
        "UNSUPPORTED_PROTOCOL, 70",
        "INAPPROPRIATE_FALLBACK, 86",
        "NO_CIPHERS_SPECIFIED, 47",
        "LENGTH_MISMATCH, 50",
        "BAD_EXTENSION, 50",
    })
    void faultOfThePeerHasItsAnswer(String reason, int alert) {
        assertEquals(alert, Alerts.answer(OpenSslException.ssl(reason, "")));
    }
}
