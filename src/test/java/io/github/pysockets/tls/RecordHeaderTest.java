package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures for the first bytes of a stream are those of OpenSSL 3.0. */
final class RecordHeaderTest {
    private static final String HELLO = "1603010200";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String reason(OpenSslException problem) {
        return problem == null ? null : problem.reason();
    }

    @Test
    void headerIsRead() {
        byte[] bytes = bytes("ffff1703031234");
        assertEquals(RecordHeader.APPLICATION_DATA, RecordHeader.type(bytes, 2));
        assertEquals(0x1234, RecordHeader.length(bytes, 2));
        assertNull(RecordHeader.problem(bytes, 2, true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.0', HTTP_REQUEST, http request",
        "'POST /', HTTP_REQUEST, http request",
        "'HEAD /', HTTP_REQUEST, http request",
        "'PUT /x', HTTP_REQUEST, http request",
        "'CONNECT a:1', HTTPS_PROXY_REQUEST, https proxy request",
        "'DELETE /', WRONG_VERSION_NUMBER, wrong version number",
        "'HTTP/1.1 400', WRONG_VERSION_NUMBER, wrong version number",
        "'SSH-2.0-x', WRONG_VERSION_NUMBER, wrong version number",
        "'220 mail', WRONG_VERSION_NUMBER, wrong version number",
    })
    void otherProtocolIsRecognized(String text, String reason, String words) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (boolean server : new boolean[] {true, false}) {
            OpenSslException problem = RecordHeader.problem(bytes, 0, server, false);
            assertEquals("SSL", problem.library());
            assertEquals(reason, problem.reason());
            assertEquals(words, problem.text());
            assertEquals("WRONG_VERSION_NUMBER", reason(RecordHeader.problem(bytes, 0, server, true)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1604000004, WRONG_VERSION_NUMBER",
        "1602000004, WRONG_VERSION_NUMBER",
        "0000000000, WRONG_VERSION_NUMBER",
        "ffffffffff, WRONG_VERSION_NUMBER",
        "1603010000,",
        "1603090004,",
        "1603014140,",
        "1603014141, PACKET_LENGTH_TOO_LONG",
        "160301ffff, PACKET_LENGTH_TOO_LONG",
        "1703030004, UNEXPECTED_MESSAGE",
        "1403030001, UNEXPECTED_MESSAGE",
        "6303030004, UNEXPECTED_MESSAGE",
    })
    void firstRecordIsChecked(String header, String reason) {
        assertEquals(reason, reason(RecordHeader.problem(bytes(header), 0, true, false)));
        assertEquals(reason, reason(RecordHeader.problem(bytes(header), 0, false, false)));
    }

    @Test
    void onlyClientCanReceiveAnAlertFirst() {
        byte[] alert = bytes("1503030002");
        assertNull(RecordHeader.problem(alert, 0, false, false));
        assertEquals("UNEXPECTED_MESSAGE", reason(RecordHeader.problem(alert, 0, true, false)));
    }

    @ParameterizedTest
    @CsvSource({
        "802e010303, UNSUPPORTED_PROTOCOL",
        "8005010303, LENGTH_TOO_SHORT",
        "ffff010303, PACKET_LENGTH_TOO_LONG",
        "802e020303, WRONG_VERSION_NUMBER",
    })
    void helloOfSsl2IsRefused(String header, String reason) {
        assertEquals(reason, reason(RecordHeader.problem(bytes(header), 0, true, false)));
        assertEquals("WRONG_VERSION_NUMBER", reason(RecordHeader.problem(bytes(header), 0, false, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {HELLO, "1403030001", "1503030002", "1703034140"})
    void everyTypeCanComeLater(String header) {
        assertNull(RecordHeader.problem(bytes(header), 0, true, true));
    }
}
