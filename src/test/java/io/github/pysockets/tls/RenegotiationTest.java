package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.Identity;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new handshake on an open connection of TLS 1.2: RFC 5246, section 7.4.1.1. The other side is the JDK's engine. */
final class RenegotiationTest {
    private static final Made CERTIFICATE = TestCertificates.of("CN=localhost").dns("localhost").selfSigned();
    private static final Made CLIENT = TestCertificates.of("CN=client").selfSigned();
    private static final int ROUNDS = 20;

    private final Wire.Direction toServer = new Wire.Direction();
    private final Wire.Direction toClient = new Wire.Direction();
    private final TlsContext contexts = new TlsContext(Roles.BOTH);
    private final byte[] into = new byte[4096];
    private TlsConnection ours;
    private EnginePair.Side theirs;

    @BeforeEach
    void settings() {
        contexts.setVersions(0x0303, 0x0303);
    }

    private void openClient() throws SSLException {
        ours = contexts.client(Wire.transport(toClient, toServer), "localhost", null);
        open(EnginePair.context(CERTIFICATE, CLIENT.certificate()).createSSLEngine(), false);
    }

    private void open(SSLEngine engine, boolean client) throws SSLException {
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        theirs = new EnginePair.Side(engine);
        engine.beginHandshake();
        for (int i = 0; i < ROUNDS && ours.handshake() != 0 | !isSettled(); i++) {
            exchange();
        }
        assertTrue(ours.handshakeDone());
    }

    private boolean isSettled() {
        return theirs.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Lets the engine take all that was sent to it, and sends what it answers. */
    private void exchange() {
        Wire.Direction in = theirs.engine.getUseClientMode() ? toClient : toServer;
        byte[] bytes = new byte[in.queue.pending()];
        in.queue.read(bytes, 0, bytes.length);
        theirs.receive(bytes);
        send(theirs.act());
    }

    private void send(byte[] bytes) {
        (theirs.engine.getUseClientMode() ? toServer : toClient).queue.append(bytes);
    }

    /** The server asks for a new handshake, in which the client is to show a certificate. */
    private void ask() throws SSLException {
        theirs.engine.setNeedClientAuth(true);
        theirs.engine.beginHandshake();
        send(theirs.act());
    }

    private static Plaintext text(String text) {
        return Wire.bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String read() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < ROUNDS; i++) {
            int count = ours.read(into, 0, into.length);
            if (count > 0) {
                all.write(into, 0, count);
            } else {
                assertEquals(TlsCodes.WANT_READ, count, () -> String.valueOf(ours.failure()));
                exchange();
            }
        }
        return all.toString(StandardCharsets.US_ASCII);
    }

    private void showCertificate() {
        contexts.addIdentity(new Identity(List.of(CLIENT.certificate()), CLIENT.key()));
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() throws SSLException {
        showCertificate();
        openClient();
        assertThrows(
                SSLPeerUnverifiedException.class,
                () -> theirs.engine.getSession().getPeerCertificates());
        send(theirs.seal("before,"));
        ask();
        assertEquals("before,", read());
        assertTrue(isSettled());
        assertArrayEquals(
                new Object[] {CLIENT.certificate()}, theirs.engine.getSession().getPeerCertificates());
        send(theirs.seal("after"));
        assertEquals("after", read());
        assertEquals(5, ours.write(text("hello"), 5));
        assertEquals(1, contexts.sessionStatistics()[3]);
    }

    @Test
    void dataBeforeTheServersHelloIsRead() throws SSLException {
        showCertificate();
        openClient();
        send(theirs.seal("one,"));
        ask();
        send(theirs.seal("two,"));
        assertEquals("one,two,", read());
        assertTrue(isSettled());
    }

    /** As with OpenSSL, whose servers take no data between the hello and the end of the new handshake. */
    @Test
    void whatIsWrittenWaitsForTheEndOfTheNewHandshake() throws SSLException {
        showCertificate();
        openClient();
        ask();
        assertEquals(TlsCodes.WANT_READ, ours.read(into, 0, into.length));
        send(theirs.seal("kept"));
        int written = TlsCodes.WANT_READ;
        for (int i = 0; i < ROUNDS && written == TlsCodes.WANT_READ; i++) {
            written = ours.write(text("hello"), 5);
            if (written == TlsCodes.WANT_READ) {
                exchange();
            }
        }
        assertEquals(5, written);
        assertTrue(isSettled());
        assertEquals(4, ours.pending());
        assertEquals("kept", read());
    }

    /** A server that sends and sends in the middle of a handshake, to a client that does not read. */
    @Test
    void noMoreThanSomeIsKept() throws SSLException {
        openClient();
        theirs.engine.beginHandshake();
        send(theirs.act());
        assertEquals(TlsCodes.WANT_READ, ours.read(into, 0, into.length));
        for (int i = 0; i < 80; i++) {
            send(theirs.seal("x".repeat(16_000)));
        }
        assertEquals(TlsCodes.FAILED, ours.write(text("hello"), 5));
        assertEquals("UNEXPECTED_RECORD", ours.failure().reason());
    }

    /** JSSE's server, which has asked, ends the connection after the warning. */
    @Test
    void aClientMayDecline() throws SSLException {
        contexts.setOptions(SslConstants.OP_NO_RENEGOTIATION);
        openClient();
        ask();
        assertEquals(TlsCodes.WANT_READ, ours.read(into, 0, into.length));
        assertEquals(5, ours.write(text("hello"), 5), "the client goes on");
        exchange();
        assertEquals("TLSV1_ALERT_NO_RENEGOTIATION", theirs.failure().reason());
    }

    /** It costs a server much and its client little. */
    @Test
    void aServerDeclinesAndGoesOn() throws SSLException {
        contexts.addIdentity(new Identity(List.of(CERTIFICATE.certificate()), CERTIFICATE.key()));
        ours = contexts.server(Wire.transport(toServer, toClient));
        open(EnginePair.context(null, CERTIFICATE.certificate()).createSSLEngine(), true);
        theirs.engine.beginHandshake();
        send(theirs.act());
        assertEquals(TlsCodes.WANT_READ, ours.read(into, 0, into.length));
        assertEquals(5, ours.write(text("hello"), 5), "the server goes on");
        exchange();
        assertEquals("TLSV1_ALERT_NO_RENEGOTIATION", theirs.failure().reason());
    }

    /** A record in the place of the hello, which nobody has sealed. */
    @Test
    void aHelloThatIsNotGenuineBreaksTheConnection() throws SSLException {
        contexts.setOptions(SslConstants.OP_NO_RENEGOTIATION);
        openClient();
        send(new byte[] {22, 3, 3, 0, 40, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
            23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40});
        assertEquals(TlsCodes.FAILED, ours.read(into, 0, into.length));
        assertEquals("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", ours.failure().reason());
        exchange();
        assertEquals("SSLV3_ALERT_BAD_RECORD_MAC", theirs.failure().reason());
    }
}
