package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons for a refusal are those that OpenSSL 3.0 gives for the same bytes. */
final class ClientHelloTest {
    private static final int SERVER_NAME = 0;
    private static final int PROTOCOLS = 16;
    private static final int PRE_SHARED_KEY = 41;
    private static final int VERSIONS = 43;
    private static final int GREASE = 0x0A0A;

    private static ClientHello parse(byte[] message) throws OpenSslException {
        return ClientHello.parse(message, 0, message.length);
    }

    private static String refusal(byte[] message) {
        OpenSslException refusal = assertThrows(OpenSslException.class, () -> parse(message));
        assertEquals("SSL", refusal.library());
        assertEquals(OpenSslException.ssl(refusal.reason()).text(), refusal.text());
        return refusal.reason();
    }

    private static ClientHelloBytes full() {
        return new ClientHelloBytes()
                .with(GREASE, "")
                .with(SERVER_NAME, ClientHelloBytes.serverName("localhost"))
                .with(VERSIONS, "0403040303")
                .with(PROTOCOLS, "000c" + "026832" + "08" + ClientHelloBytes.text("http/1.1"))
                .with(GREASE, "ab");
    }

    @Test
    void wholeHelloIsRead() throws OpenSslException {
        ClientHelloBytes bytes = full();
        bytes.sessionId = "ab".repeat(32);
        ClientHello hello = parse(bytes.with(PRE_SHARED_KEY, "0000").message());
        assertEquals(0x0303, hello.legacyVersion());
        assertArrayEquals(new int[] {0x0304, 0x0303}, hello.versions());
        assertArrayEquals(new int[] {0x1301, 0x1302, 0xC02F, 0xC030}, hello.cipherSuites());
        assertEquals("localhost", hello.serverName());
        assertEquals(List.of("h2", "http/1.1"), hello.applicationProtocols());
        assertTrue(hello.hasSessionId());
        assertTrue(hello.hasPreSharedKey());
    }

    @Test
    void shortestHelloIsRead() throws OpenSslException {
        ClientHello hello = parse(new ClientHelloBytes().message());
        assertNull(hello.versions());
        assertNull(hello.serverName());
        assertEquals(List.of(), hello.applicationProtocols());
        assertEquals(false, hello.hasSessionId());
        assertEquals(false, hello.hasPreSharedKey());
    }

    @Test
    void messageIsReadFromWhereItIs() throws OpenSslException {
        byte[] message = full().message();
        byte[] array = new byte[message.length + 9];
        System.arraycopy(message, 0, array, 5, message.length);
        assertEquals("localhost", ClientHello.parse(array, 5, message.length).serverName());
    }

    @Test
    void emptyAndOddNamesAreRead() throws OpenSslException {
        for (String name : List.of("", "a".repeat(255), "\u00ff\u00fe", "localhost.")) {
            byte[] message = new ClientHelloBytes()
                    .with(SERVER_NAME, ClientHelloBytes.serverName(name))
                    .message();
            assertEquals(name, parse(message).serverName());
        }
    }

    @Test
    void otherMessageIsUnexpected() {
        byte[] message = full().message();
        message[0] = 2;
        assertEquals("UNEXPECTED_MESSAGE", refusal(message));
        assertEquals("UNEXPECTED_MESSAGE", refusal(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "'', LENGTH_TOO_SHORT",
        "03, LENGTH_TOO_SHORT",
        "0303, LENGTH_MISMATCH",
        "030300, LENGTH_MISMATCH",
    })
    void shortMessageIsRefused(String body, String reason) {
        assertEquals(reason, refusal(ClientHelloBytes.message(body)));
    }

    @Test
    void everyPrefixIsRefused() throws OpenSslException {
        String body = full().body();
        String fixed = new ClientHelloBytes().body();
        for (int end = 0; end < body.length(); end += 2) {
            byte[] message = ClientHelloBytes.message(body.substring(0, end));
            if (end == fixed.length()) {
                assertEquals(4, parse(message).cipherSuites().length);
            } else {
                assertEquals(end < 4 ? "LENGTH_TOO_SHORT" : "LENGTH_MISMATCH", refusal(message));
            }
        }
        byte[] whole = ClientHelloBytes.message(body);
        assertThrows(OpenSslException.class, () -> ClientHello.parse(whole, 0, whole.length - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0303, 000000000000000000000000000000000000000000000000000000000000000000, 1301, 00, '', LENGTH_MISMATCH",
        "0303, '', '', 00, '', NO_CIPHERS_SPECIFIED",
        "0303, '', 130113, 00, '', ERROR_IN_RECEIVED_CIPHER_LIST",
        "0303, '', 1301, '', '', NO_COMPRESSION_SPECIFIED",
        "0303, '', 1301, 01, '', NO_COMPRESSION_SPECIFIED",
        "0303, '', 1301, 00, 00, LENGTH_MISMATCH",
        "0303, '', 1301, 00, 000100, BAD_EXTENSION",
        "0303, '', 1301, 00, 000600000005abcd, BAD_EXTENSION",
        "0303, '', 1301, 00, 0009abcd, LENGTH_MISMATCH",
        "0303, '', 1301, 00, 000000, LENGTH_MISMATCH",
        "0200, '', 1301, 00, '', VERSION_TOO_LOW",
    })
    void wrongPartIsRefused(
            String version, String session, String suites, String compressions, String tail, String reason) {
        ClientHelloBytes bytes = new ClientHelloBytes();
        bytes.version = version;
        bytes.sessionId = session;
        bytes.suites = suites;
        bytes.compressions = compressions;
        bytes.tail = tail;
        assertEquals(reason, refusal(bytes.message()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', BAD_EXTENSION",
        "0, 0000, BAD_EXTENSION",
        "0, 00040100016100, BAD_EXTENSION",
        "0, 000401000161, BAD_EXTENSION",
        "0, 00040000016161, BAD_EXTENSION",
        "0, 000400000100, BAD_EXTENSION",
        "0, 00080000016100000162, BAD_EXTENSION",
        "16, '', BAD_EXTENSION",
        "16, 0000, BAD_EXTENSION",
        "16, 000100, BAD_EXTENSION",
        "16, 0003056162, BAD_EXTENSION",
        "16, 0003026832ff, BAD_EXTENSION",
        "43, '', LENGTH_MISMATCH",
        "43, 03030403, LENGTH_MISMATCH",
        "43, 020304ff, LENGTH_MISMATCH",
    })
    void wrongExtensionIsRefused(int type, String content, String reason) {
        assertEquals(reason, refusal(new ClientHelloBytes().with(type, content).message()));
    }

    @Test
    void nameOfMoreThan255BytesIsRefused() {
        String name = ClientHelloBytes.serverName("a".repeat(256));
        assertEquals("BAD_EXTENSION", refusal(new ClientHelloBytes().with(SERVER_NAME, name).message()));
    }

    @Test
    void extensionMustNotComeTwice() {
        ClientHelloBytes bytes = full().with(SERVER_NAME, ClientHelloBytes.serverName("other"));
        assertEquals("BAD_EXTENSION", refusal(bytes.message()));
    }

    @Test
    void preSharedKeyMustComeLast() {
        ClientHelloBytes bytes = new ClientHelloBytes().with(PRE_SHARED_KEY, "").with(GREASE, "");
        assertEquals("BAD_EXTENSION", refusal(bytes.message()));
    }

    @ParameterizedTest
    @CsvSource({
        "0303, '', 1301, 771, 772,",
        "0303, '', 1301, 772, 772, UNSUPPORTED_PROTOCOL",
        "0303, 020304, 1301, 771, 771, UNSUPPORTED_PROTOCOL",
        "0303, 0403040303, 1301, 771, 771,",
        "0303, 0403040303, 1301, 772, 772,",
        "0303, 00, 1301, 771, 772, UNSUPPORTED_PROTOCOL",
        "0303, 027f1c, 1301, 771, 772, UNSUPPORTED_PROTOCOL",
        "0302, '', 1301, 771, 772, UNSUPPORTED_PROTOCOL",
        "0304, '', 1301, 771, 772,",
        "0304, '', 1301, 772, 772, UNSUPPORTED_PROTOCOL",
        "ffff, '', 1301, 771, 772,",
        "0301, 020304, 1301, 771, 772,",
        "0300, 020304, 1301, 771, 772, BAD_LEGACY_VERSION",
        "0300, '', 1301, 771, 772, VERSION_TOO_LOW",
        "0303, '', c02f5600, 771, 772, INAPPROPRIATE_FALLBACK",
        "0303, '', c02f5600, 771, 771,",
        "0303, 0403040303, c02f5600, 771, 772,",
    })
    void versionsAreChecked(String version, String list, String suites, int lowest, int highest, String reason)
            throws OpenSslException {
        ClientHelloBytes bytes = new ClientHelloBytes();
        bytes.version = version;
        bytes.suites = suites;
        if (!list.isEmpty()) {
            bytes.with(VERSIONS, list);
        }
        OpenSslException problem = parse(bytes.message()).versionProblem(lowest, highest);
        assertEquals(reason, problem == null ? null : problem.reason());
    }

    /** Whatever a peer sends, there is no other exception than the one that callers expect. */
    @Test
    void anyBytesAreReadOrRefused() {
        byte[] good = full().with(PRE_SHARED_KEY, "0000").message();
        Random random = new Random(8446);
        int read = 0;
        int refused = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int at = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : 0;
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length - at + 1) : bytes.length - at;
            try {
                ClientHello.parse(bytes, at, length);
                read++;
            } catch (OpenSslException refusal) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(HexFormat.of().formatHex(bytes, at, at + length), e);
            }
        }
        assertTrue(read > 10_000 && refused > 10_000, read + " read, " + refused + " refused");
    }
}
