package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.Identity;
import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.SecurityLevel;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of connections over a wire in memory. */
final class TlsConnectionTest {
    private static final Made AUTHORITY = TestCertificates.authority("CN=Test CA");
    private static final Made LOCALHOST = TestCertificates.server(AUTHORITY, "localhost");
    private static final Made OTHER = TestCertificates.server(AUTHORITY, "other.example");

    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    private final TlsContext clients = new TlsContext(Roles.CLIENT);
    private final TlsContext servers = new TlsContext(Roles.SERVER);

    private Wire wire(int version) throws OpenSslException {
        set(version);
        return new Wire(clients, servers);
    }

    private void set(int version) throws OpenSslException {
        clients.setVersions(version, version);
        clients.setVerification(TlsContext.VERIFY_REQUIRED, 0);
        clients.setHostChecking(true, 0);
        clients.trust().addPem(AUTHORITY.pem().getBytes(StandardCharsets.US_ASCII));
        servers.setVersions(version, version);
        servers.addIdentity(identity(LOCALHOST));
    }

    private static Identity identity(Made made) {
        return new Identity(List.of(made.certificate()), made.key());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void dataGoesBothWays(int version) throws OpenSslException {
        Wire wire = wire(version).open();
        for (int length : new int[] {1, 16_383, 16_384, 16_385, 65_536, 1_000_000}) {
            byte[] data = random(length);
            assertArrayEquals(data, Wire.carry(wire.client, wire.server, data, _ -> 65_536), "" + length);
            assertArrayEquals(data, Wire.carry(wire.server, wire.client, data, i -> 1 + 37 * i), "" + length);
        }
    }

    /** Each call of the transport carries one byte, and few may be under way: so calls stop at every possible place. */
    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void aByteAtATime(int version) throws OpenSslException {
        Wire wire = wire(version);
        for (Wire.Direction way : List.of(wire.toClient, wire.toServer)) {
            way.step = 1;
            way.capacity = 7;
        }
        // The server is done only when its client has read the tickets that follow the handshake.
        assertEquals(0, wire.tryHandshake()[0]);
        byte[] data = random(3_000);
        assertArrayEquals(data, Wire.carry(wire.server, wire.client, data, _ -> 5_000));
        assertArrayEquals(data, Wire.carry(wire.client, wire.server, data, _ -> 100));
    }

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void agreesOnWhatBothSupport(int version) throws OpenSslException {
        clients.setApplicationProtocols(List.of("http/1.1", "h2"));
        servers.setApplicationProtocols(List.of("h2", "http/1.1"));
        Wire wire = wire(version).open();
        assertEquals(version == TLS_1_2 ? "TLSv1.2" : "TLSv1.3", wire.client.version());
        assertEquals(wire.client.cipher(), wire.server.cipher());
        assertTrue(wire.server.sharedCiphers().contains(wire.server.cipher()));
        assertNull(wire.client.sharedCiphers());
        assertEquals("h2", wire.client.applicationProtocol());
        assertEquals("h2", wire.server.applicationProtocol());
        assertEquals(List.of(LOCALHOST.certificate()), wire.client.peerChain());
        assertEquals(List.of(LOCALHOST.certificate(), AUTHORITY.certificate()), wire.client.verifiedChain());
        assertEquals(List.of(), wire.server.peerChain());
    }

    @Test
    void goesOnWithoutACommonApplicationProtocol() throws OpenSslException {
        clients.setApplicationProtocols(List.of("a"));
        servers.setApplicationProtocols(List.of("b"));
        Wire wire = wire(TLS_1_3).open();
        assertNull(wire.client.applicationProtocol());
        assertNull(wire.server.applicationProtocol());
    }

    // End

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void eitherSideEnds(int version) throws OpenSslException {
        Wire wire = wire(version).open();
        byte[] one = new byte[1];
        assertEquals(TlsCodes.WANT_READ, wire.client.shutdown());
        assertEquals(TlsCodes.ZERO_RETURN, wire.server.read(one, 0, 1));
        assertEquals(TlsCodes.ZERO_RETURN, wire.server.read(one, 0, 1));
        assertEquals(0, wire.server.shutdown());
        assertEquals(0, wire.client.shutdown());
        assertEquals(TlsCodes.FAILED, wire.client.write(Wire.bytes(one), 0, 1, true));
        assertEquals("PROTOCOL_IS_SHUTDOWN", wire.client.failure().reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void anEndWithoutCloseNotifyHasACodeOfItsOwn(int version) throws OpenSslException {
        Wire wire = wire(version).open();
        wire.toClient.queue.writeEof();
        assertEquals(TlsCodes.UNEXPECTED_EOF, readUntilFailure(wire.client));
    }

    /** What follows the end of TLS belongs to the socket: it is not received. */
    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void leavesPlainTextAfterTheEnd(int version) throws OpenSslException {
        Wire wire = wire(version).open();
        byte[] one = new byte[1];
        assertEquals(TlsCodes.WANT_READ, readUntilFailure(wire.client));
        wire.client.shutdown();
        wire.server.read(one, 0, 1);
        assertEquals(0, wire.server.shutdown());
        byte[] plain = "plain".getBytes(StandardCharsets.US_ASCII);
        wire.toClient.queue.append(plain);
        assertEquals(0, wire.client.shutdown());
        assertEquals(plain.length, wire.toClient.queue.pending());
    }

    /** select must see records that are left: so none are received that the caller has no room for. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_384, 65_536})
    void noWholeRecordIsHeldBack(int room) throws OpenSslException {
        Wire wire = wire(TLS_1_3).open();
        assertEquals(TlsCodes.WANT_READ, readUntilFailure(wire.client));
        for (int length : new int[] {10, 16_384, 50, 16_384, 3_000}) {
            wire.server.write(Wire.bytes(random(length)), 0, length, true);
        }
        int total = 0;
        byte[] into = new byte[room];
        while (total < 2 * 16_384 + 3_060) {
            assertTrue(wire.client.pending() > 0 || wire.toClient.queue.pending() > 0, "at " + total);
            int count = wire.client.read(into, 0, room);
            assertTrue(count > 0);
            total += count;
        }
        assertEquals(0, wire.client.pending());
        assertEquals(TlsCodes.WANT_READ, wire.client.read(into, 0, room));
    }

    @Test
    void shutdownTooEarlyFails() throws OpenSslException {
        Wire wire = wire(TLS_1_3);
        assertEquals(TlsCodes.FAILED, wire.client.shutdown());
        assertEquals("SHUTDOWN_WHILE_IN_INIT", wire.client.failure().reason());
        wire.open();
    }

    @Test
    void unreadDataOutlivesShutdown() throws OpenSslException {
        Wire wire = wire(TLS_1_3).open();
        byte[] data = random(100);
        wire.server.write(Wire.bytes(data), 0, 100, true);
        byte[] into = new byte[100];
        assertEquals(40, wire.client.read(into, 0, 40));
        assertEquals(TlsCodes.WANT_READ, wire.client.shutdown());
        assertEquals(60, wire.client.pending());
        assertEquals(60, wire.client.read(into, 40, 60));
        assertArrayEquals(data, into);
    }

    @Test
    void streamIsWrittenWholeWhereTheTransportTakesAll() throws OpenSslException {
        Wire wire = wire(TLS_1_3).open();
        TlsStream client = wire.client;
        byte[] data = random(200_000);
        assertEquals(data.length, client.write(Wire.bytes(data), data.length));
        byte[] into = new byte[data.length];
        int read = 0;
        while (read < into.length) {
            read += wire.server.read(into, read, into.length - read);
        }
        assertArrayEquals(data, into);
        assertEquals(0, client.write(Wire.bytes(data), 0));
    }

    @Test
    void streamIsWrittenInPartWhereTheTransportTakesNoMore() throws OpenSslException {
        Wire wire = wire(TLS_1_3).open();
        TlsStream client = wire.client;
        byte[] data = random(200_000);
        wire.toServer.capacity = 100_000;
        int written = client.write(Wire.bytes(data), data.length);
        assertTrue(written > 0 && written < data.length, "written: " + written);
        assertEquals(TlsCodes.WANT_WRITE, client.write(Wire.bytes(data), data.length));
    }

    // Writing that cannot go on

    @Test
    void blockedWriteThatIsRepeatedWithLessBreaksTheConnection() throws OpenSslException {
        Wire wire = wire(TLS_1_3).open();
        byte[] data = random(50_000);
        wire.toServer.capacity = 100;
        assertEquals(TlsCodes.WANT_WRITE, wire.client.write(Wire.bytes(data), 0, data.length, false));
        for (int i = 0; i < 2; i++) {
            assertEquals(TlsCodes.FAILED, wire.client.write(Wire.bytes(data), 0, 10, false));
            assertEquals("BAD_LENGTH", wire.client.failure().reason());
        }
        assertEquals(TlsCodes.BROKEN, wire.client.write(Wire.bytes(data), 0, data.length, false));
        assertEquals(TlsCodes.BROKEN, wire.client.read(data, 0, 1));
    }

    @Test
    void blockedWriteIsRepeated() throws OpenSslException {
        Wire wire = wire(TLS_1_3).open();
        byte[] data = random(50_000);
        wire.toServer.capacity = 100;
        assertEquals(TlsCodes.WANT_WRITE, wire.client.write(Wire.bytes(data), 0, data.length, false));
        assertEquals(TlsCodes.WANT_WRITE, wire.client.write(Wire.bytes(data), 0, data.length, false));
        wire.toServer.capacity = Integer.MAX_VALUE;
        assertEquals(16_384, wire.client.write(Wire.bytes(data), 0, data.length, false));
        byte[] into = new byte[16_384];
        int read = 0;
        while (read < into.length) {
            read += wire.server.read(into, read, into.length - read);
        }
        assertArrayEquals(Arrays.copyOf(data, 16_384), into);
        assertEquals(TlsCodes.WANT_READ, wire.server.read(into, 0, 1));
    }

    // Sessions

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void resumesASession(int version) throws OpenSslException {
        Wire first = wire(version).open();
        readUntilFailure(first.client);
        assertFalse(first.client.sessionReused());
        TlsSession session = first.client.session();
        Wire second = new Wire(clients, servers, "localhost", session).open();
        assertTrue(second.client.sessionReused());
        assertTrue(second.server.sessionReused());
        assertEquals(1, clients.sessionStatistics()[7], "hits");
        assertEquals(1, servers.sessionStatistics()[7], "hits");
        Wire third = new Wire(clients, servers).open();
        assertFalse(third.client.sessionReused());
        assertFalse(third.server.sessionReused());
        assertNotEquals(session, third.client.session());
    }

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void resumesNoSessionWhereNoneIsWanted(int version) throws OpenSslException {
        servers.setResumption(false);
        Wire first = wire(version).open();
        readUntilFailure(first.client);
        Wire second = new Wire(clients, servers, "localhost", first.client.session()).open();
        assertFalse(second.client.sessionReused());
        assertFalse(second.server.sessionReused());
    }

    /** A resumed session comes without a certificate, so it must be for the same name and for a verified server. */
    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void resumesNoSessionForAnotherName(int version) throws OpenSslException {
        set(version);
        clients.setVerification(TlsContext.VERIFY_NONE, 0);
        clients.setHostChecking(false, 0);
        Wire unverified = new Wire(clients, servers, "localhost", null).open();
        readUntilFailure(unverified.client);
        TlsSession session = unverified.client.session();
        assertFalse(new Wire(clients, servers, "other.example", session).open().client.sessionReused());
        set(version);
        Wire verified = new Wire(clients, servers, "localhost", session).open();
        assertFalse(verified.client.sessionReused());
        readUntilFailure(verified.client);
        Wire refused = new Wire(clients, servers, "other.example", verified.client.session());
        assertEquals(TlsCodes.FAILED, refused.tryHandshake()[0]);
        assertEquals(62, refused.client.failure().verifyCode());
    }

    // Settings that come after the connection

    /** Otherwise an unverified session would count as a verified one. */
    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void aClientKeepsToItsMode(int version) throws OpenSslException {
        servers.addIdentity(identity(TestCertificates.server(TestCertificates.authority("CN=Nobody"), "localhost")));
        clients.setVersions(version, version);
        clients.setVerification(TlsContext.VERIFY_REQUIRED, 0);
        Wire wire = new Wire(clients, servers);
        clients.setVerification(TlsContext.VERIFY_NONE, 0);
        assertEquals(TlsCodes.FAILED, wire.tryHandshake()[0]);
        assertEquals("CERTIFICATE_VERIFY_FAILED", wire.client.failure().reason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerKeepsToItsMode(boolean switched) throws OpenSslException {
        set(TLS_1_2);
        servers.setVerification(TlsContext.VERIFY_REQUIRED, 0);
        Wire wire = new Wire(clients, servers);
        if (switched) {
            TlsContext lax = new TlsContext(Roles.SERVER);
            lax.addIdentity(identity(LOCALHOST));
            wire.server.setContext(lax);
        } else {
            servers.setVerification(TlsContext.VERIFY_NONE, 0);
        }
        assertEquals(TlsCodes.FAILED, wire.tryHandshake()[1]);
        assertEquals("PEER_DID_NOT_RETURN_A_CERTIFICATE", wire.server.failure().reason());
    }

    @Test
    void aServersCiphersAndProtocolsAreThoseOfItsContextAtTheHandshake() throws OpenSslException {
        set(TLS_1_2);
        clients.setApplicationProtocols(List.of("a", "b"));
        servers.setApplicationProtocols(List.of("a"));
        Wire wire = new Wire(clients, servers);
        servers.setCiphers("ECDHE-ECDSA-AES128-GCM-SHA256", SecurityLevel.DEFAULT);
        servers.setApplicationProtocols(List.of("b"));
        servers.setVersions(TLS_1_3, TLS_1_3);
        wire.open();
        assertEquals("ECDHE-ECDSA-AES128-GCM-SHA256", wire.client.cipher().name());
        assertEquals("b", wire.client.applicationProtocol());
        assertEquals("TLSv1.2", wire.client.version());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void orderOfCiphersIsThatOfOneSide(boolean serverChooses) throws OpenSslException {
        set(TLS_1_2);
        clients.setCiphers("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384", SecurityLevel.DEFAULT);
        servers.setCiphers("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256", SecurityLevel.DEFAULT);
        servers.setOptions(serverChooses ? SslConstants.OP_CIPHER_SERVER_PREFERENCE : 0);
        Wire wire = new Wire(clients, servers).open();
        assertEquals(serverChooses ? 256 : 128, wire.client.cipher().strengthBits());
    }

    // Names

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void listenerChoosesAnotherContext(int version) throws OpenSslException {
        TlsContext others = new TlsContext(Roles.SERVER);
        others.addIdentity(identity(OTHER));
        servers.setServerNameListener((connection, name) -> {
            connection.setContext("other.example".equals(name) ? others : servers);
            return ServerNameListener.GO_ON;
        });
        set(version);
        Wire wire = new Wire(clients, servers, "other.example", null).open();
        assertEquals(List.of(OTHER.certificate()), wire.client.peerChain());
        assertEquals(List.of(LOCALHOST.certificate()), wire(version).open().client.peerChain());
    }

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void listenerRefuses(int version) throws OpenSslException {
        servers.setServerNameListener((_, _) -> 49);
        Wire wire = wire(version);
        assertArrayEquals(new int[] {TlsCodes.FAILED, TlsCodes.FAILED}, wire.tryHandshake());
        assertEquals("TLSV1_ALERT_ACCESS_DENIED", wire.client.failure().reason());
        assertEquals("CALLBACK_FAILED", wire.server.failure().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void anAddressIsNoServerName(String address) throws OpenSslException {
        String[] received = {"nothing"};
        servers.setServerNameListener((_, name) -> {
            received[0] = name;
            return ServerNameListener.GO_ON;
        });
        set(TLS_1_3);
        clients.setHostChecking(false, 0);
        new Wire(clients, servers, address, null).open();
        assertNull(received[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {TLS_1_2, TLS_1_3})
    void anotherNameIsRefused(int version) throws OpenSslException {
        set(version);
        Wire wire = new Wire(clients, servers, "other.example", null);
        assertEquals(TlsCodes.FAILED, wire.tryHandshake()[0]);
        OpenSslException failure = wire.client.failure();
        assertEquals("CERTIFICATE_VERIFY_FAILED", failure.reason());
        assertEquals(62, failure.verifyCode());
        assertEquals(
                "Hostname mismatch, certificate is not valid for 'other.example'.", failure.verifyMessage());
    }

    private static int readUntilFailure(TlsConnection connection) {
        byte[] into = new byte[100];
        int result;
        do {
            result = connection.read(into, 0, into.length);
        } while (result > 0);
        return result;
    }
}
