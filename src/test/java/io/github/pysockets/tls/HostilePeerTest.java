package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.Identity;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that break the rules: each call then fails with a reason, and nothing else happens. */
final class HostilePeerTest {
    private static final Made CERTIFICATE = TestCertificates.of("CN=localhost").dns("localhost").selfSigned();
    private static final int CASES = 300;

    private final TlsContext clients = new TlsContext(Roles.CLIENT);
    private final TlsContext servers = new TlsContext(Roles.SERVER);

    HostilePeerTest() {
        servers.addIdentity(new Identity(List.of(CERTIFICATE.certificate()), CERTIFICATE.key()));
    }

    private static void assertRefusedOrWaiting(int result, TlsConnection connection, Object seed) {
        if (result == TlsCodes.FAILED) {
            assertNotNull(connection.failure().reason(), "seed " + seed);
        } else {
            assertTrue(TlsCodes.isWant(result) || result == TlsCodes.UNEXPECTED_EOF, result + ", seed " + seed);
        }
    }

    @Test
    void garbageIsRefused() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            byte[] garbage = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(garbage);
            if (seed % 2 == 0) {
                // Half of them begin with a valid header.
                System.arraycopy(new byte[] {22, 3, 1, 0, (byte) 200, 1, 0, 0}, 0, garbage, 0,
                        Math.min(8, garbage.length));
            }
            for (boolean server : new boolean[] {true, false}) {
                Wire wire = new Wire(clients, servers);
                (server ? wire.toServer : wire.toClient).queue.append(garbage.clone());
                TlsConnection victim = server ? wire.server : wire.client;
                assertRefusedOrWaiting(victim.handshake(), victim, seed);
            }
        }
    }

    /** One bit of what goes over the wire is changed: whichever it is, no side accepts it. */
    @ParameterizedTest
    @ValueSource(ints = {0x0303, 0x0304})
    void changedBitsAreFound(int version) {
        clients.setVersions(version, version);
        servers.setVersions(version, version);
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            int place = new Random(seed).nextInt(1_200);
            int bit = seed % 8;
            Wire wire = new Wire(clients, servers);
            (seed % 2 == 0 ? wire.toClient : wire.toServer).change =
                    (at, b) -> at == place ? b ^ 1 << bit : b;
            int[] results = wire.tryHandshake();
            assertTrue(results[0] != 0 || results[1] != 0 || isHarmless(wire, place, seed % 2 == 0), "seed " + seed);
            refused += results[0] == TlsCodes.FAILED || results[1] == TlsCodes.FAILED ? 1 : 0;
        }
        assertTrue(refused > CASES / 4, refused + " of " + CASES);
    }

    /**
     * The record's own version number means nothing (RFC 8446, section 5.1), and what comes after the handshake is not
     * part of it: neither change can be found.
     */
    private static boolean isHarmless(Wire wire, int place, boolean toClient) {
        Wire.Direction way = toClient ? wire.toClient : wire.toServer;
        return place <= 2 || place >= way.sent || toClient || wire.client.version().equals("TLSv1.3");
    }

    @Test
    void aChangedRecordOfDataIsFound() {
        Wire wire = new Wire(clients, servers).open();
        long place = wire.toClient.sent + 20;
        wire.toClient.change = (at, b) -> at == place ? b ^ 1 : b;
        byte[] data = new byte[100];
        assertEquals(100, wire.server.write(Wire.bytes(data), 0, 100, true));
        int result;
        do {
            result = wire.client.read(data, 0, 100);
        } while (result > 0);
        assertEquals(TlsCodes.FAILED, result);
        assertEquals("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", wire.client.failure().reason());
        assertEquals(TlsCodes.BROKEN, wire.client.read(data, 0, 100), "a broken connection stays broken");
    }

    /** A client of TLS 1.2 that begins one handshake after the other. */
    @Test
    void renegotiationIsDeclined() throws SSLException {
        Wire.Direction toServer = new Wire.Direction();
        Wire.Direction toClient = new Wire.Direction();
        TlsConnection server = servers.server(Wire.transport(toServer, toClient));
        SSLEngine engine = EnginePair.context(null, CERTIFICATE.certificate()).createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        EnginePair.Side client = new EnginePair.Side(engine);
        engine.beginHandshake();
        toServer.queue.append(client.act());
        while (server.handshake() == TlsCodes.WANT_READ) {
            client.receive(all(toClient));
            toServer.queue.append(client.act());
        }
        client.receive(all(toClient));
        client.act();
        assertTrue(server.handshakeDone());
        engine.beginHandshake();
        toServer.queue.append(client.act());
        assertEquals(TlsCodes.WANT_READ, server.read(new byte[10], 0, 10));
        assertTrue(toClient.queue.pending() > 0, "the client is told");
    }

    private static byte[] all(Wire.Direction way) {
        byte[] bytes = new byte[way.queue.pending()];
        way.queue.read(bytes, 0, bytes.length);
        return bytes;
    }

    /** The server takes any bytes but NUL as a name. */
    @Test
    void anyBytesAreAName() {
        List<String> heard = new ArrayList<>();
        servers.setServerNameListener((_, name) -> {
            heard.add(name);
            return ServerNameListener.GO_ON;
        });
        Random random = new Random(1);
        for (int length = 0; length <= 257; length++) {
            byte[] name = new byte[length];
            random.nextBytes(name);
            for (int i = 0; i < length; i++) {
                name[i] = name[i] == 0 ? 1 : name[i];
            }
            String text = new String(name, StandardCharsets.ISO_8859_1);
            ClientHelloBytes hello = new ClientHelloBytes();
            hello.suites = "c02bc02c";
            byte[] message = hello.with(0, ClientHelloBytes.serverName(text))
                    .with(10, "0004001d0017")
                    .with(13, "00080403080408070401")
                    .message();
            Wire wire = new Wire(clients, servers);
            wire.toServer.queue.append(record(message, 0, message.length));
            int result = wire.server.handshake();
            if (length > 255) {
                assertEquals(TlsCodes.FAILED, result);
                assertEquals("BAD_EXTENSION", wire.server.failure().reason());
            } else {
                assertEquals(TlsCodes.WANT_READ, result, () -> String.valueOf(wire.server.failure()));
                assertEquals(text, heard.getLast());
            }
        }
        assertEquals(256, heard.size());
    }

    private static byte[] record(byte[] message, int at, int count) {
        ByteBuffer record = ByteBuffer.allocate(5 + count);
        return record.put(new byte[] {22, 3, 1}).putShort((short) count).put(message, at, count).array();
    }

    /** The longest hello, each byte in a record of its own: it is read in time that grows with its length. */
    @Test
    void aHelloInTinyPiecesIsRead() {
        byte[] message = new ClientHelloBytes()
                .with(21, "00".repeat(60_000))
                .with(0xFAFA, "00".repeat(30_000))
                .message();
        Wire wire = new Wire(clients, servers);
        for (int at = 0; at < message.length; at++) {
            wire.toServer.queue.append(record(message, at, 1));
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertRefusedOrWaiting(wire.server.handshake(), wire.server, "tiny"));
    }

    /** A hello that announces more bytes than any client sends. */
    @Test
    void anEndlessHelloIsRefused() {
        Wire wire = new Wire(clients, servers);
        ByteBuffer record = ByteBuffer.allocate(5 + 16_000);
        record.put(new byte[] {22, 3, 1}).putShort((short) 16_000).put(new byte[] {1, (byte) 0xFF, 0, 0});
        wire.toServer.queue.append(record.array());
        assertEquals(TlsCodes.FAILED, wire.server.handshake());
        assertEquals("EXCESSIVE_MESSAGE_SIZE", wire.server.failure().reason());
    }
}
