package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.Identity;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets of TLS 1.2. */
final class SessionTicketTest {
    private static final Made CERTIFICATE = TestCertificates.of("CN=localhost").dns("localhost").selfSigned();
    private static final String TICKET = "a ticket that no other hello has";

    private static SessionTicket find(String... records) {
        SessionTicket.Finder finder = new SessionTicket.Finder();
        for (String record : records) {
            byte[] bytes = HexFormat.of().parseHex("ff" + record);
            finder.see(bytes, 1, bytes.length - 1);
        }
        return finder.found();
    }

    private static String record(String message) {
        return "160303" + ClientHelloBytes.vector(2, message);
    }

    private static String message(String hint, String ticket) {
        return "04" + ClientHelloBytes.vector(3, hint + ClientHelloBytes.vector(2, ticket));
    }

    @Test
    void itIsFoundWithItsHint() {
        SessionTicket ticket = find(record("02000000"), record(message("ffffffff", "0102")));
        assertEquals(0xFFFF_FFFFL, ticket.lifetimeHint());
        assertArrayEquals(new byte[] {1, 2}, ticket.bytes());
    }

    @Test
    void anEmptyOneIsNone() {
        assertNull(find(record(message("00000e10", ""))));
    }

    @Test
    void itIsFoundAfterAnotherMessageOfItsRecord() {
        assertEquals(300, find(record("02000002aabb" + message("0000012c", "0102"))).lifetimeHint());
    }

    @Test
    void messagesInSeveralRecordsAreFollowed() {
        assertEquals(300, find(record("0b000004aabb"), record("ccdd" + message("0000012c", "0102"))).lifetimeHint());
    }

    @Test
    void contentOfAnotherMessageIsNone() {
        String inner = message("0000012c", "0102");
        assertNull(find(record("0b" + ClientHelloBytes.vector(3, inner))));
    }

    /** What comes after it is encrypted, and may look like anything. */
    @Test
    void nothingIsFoundAfterTheChangeOfKeys() {
        assertNull(find("140303000101", record(message("00000e10", "0102"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"160303" + "0000", "160303" + "000104", "160303" + "000404000000", "1603030005040000ff00"})
    void whatIsCutOffIsNone(String record) {
        assertNull(find(record));
    }

    /** How long each promise makes JSSE keep a ticket, and that one which it drops is used all the same. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 604_800, 604_801, 2_147_483_647, 0xFFFF_FFFFL})
    void anyPromiseMakesItUsable(long hint) {
        byte[] bytes = TICKET.getBytes(StandardCharsets.US_ASCII);
        SSLSession session = new EnginePair(
                client(EnginePair.context(null, CERTIFICATE.certificate())),
                client(EnginePair.context(CERTIFICATE, null)))
                .exchange().client.engine
                .getSession();
        assertTrue(new SessionTicket(hint, bytes).isUsableIn(session));
    }

    private static SSLEngine client(SSLContext context) {
        SSLEngine engine = context.createSSLEngine("localhost", 1);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        return engine;
    }

    /** The next hello shows the ticket that JSSE had dropped. */
    @Test
    void aTicketThatJsseDropsIsShown() {
        TlsContext clients = new TlsContext(Roles.CLIENT);
        clients.setVersions(0x0303, 0x0303);
        TlsContext servers = new TlsContext(Roles.SERVER);
        servers.addIdentity(new Identity(List.of(CERTIFICATE.certificate()), CERTIFICATE.key()));
        Wire first = new Wire(clients, servers).open();
        TlsSession session = first.client.session();
        assertTrue(session.hasTicket());
        assertEquals(TlsContext.SESSION_SECONDS, session.ticketLifetimeHint());
        byte[] bytes = TICKET.getBytes(StandardCharsets.US_ASCII);
        assertTrue(new SessionTicket(604_801, bytes).isUsableIn(session.jsse()));
        Wire second = new Wire(clients, servers, "localhost", session);
        second.client.handshake();
        byte[] hello = new byte[second.toServer.queue.pending()];
        second.toServer.queue.read(hello, 0, hello.length);
        assertTrue(new String(hello, StandardCharsets.ISO_8859_1).contains(TICKET));
    }

    @Test
    void aResumedSessionKeepsItsTicket() {
        TlsContext clients = new TlsContext(Roles.CLIENT);
        clients.setVersions(0x0303, 0x0303);
        TlsContext servers = new TlsContext(Roles.SERVER);
        servers.addIdentity(new Identity(List.of(CERTIFICATE.certificate()), CERTIFICATE.key()));
        TlsSession session = new Wire(clients, servers).open().client.session();
        for (int i = 0; i < 3; i++) {
            Wire next = new Wire(clients, servers, "localhost", session).open();
            assertTrue(next.client.sessionReused());
            session = next.client.session();
            assertTrue(session.hasTicket());
        }
        assertFalse(new Wire(clients, servers).open().client.sessionReused());
    }
}
