package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** An engine with the records that it opens and makes. Not safe for threads. */
final class Records {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_BYTES = {};
    /** Bytes. A change of keys, which is no ticket, is a shorter record. */
    private static final int SHORTEST_TICKET = 64;
    private static final int HELLO_REQUEST = 0;
    private static final int CLIENT_HELLO = 1;

    private final Inbound inbound;
    private final Outbound outbound;
    private final Resumption resumption = new Resumption();
    private final SessionTicket.Finder ticket = new SessionTicket.Finder();
    private SSLEngine engine;
    private ByteBuffer spare = NOTHING;
    private boolean endedByPeer;
    private boolean settled;
    private boolean ticketOfTls13;
    /** Null where a server need not know RFC 5746. */
    private RenegotiationInfo renegotiationInfo;

    Records(Transport transport, boolean server) {
        inbound = new Inbound(transport, server);
        outbound = new Outbound(transport);
    }

    Inbound inbound() {
        return inbound;
    }

    Outbound outbound() {
        return outbound;
    }

    /** Null before {@link #start}. */
    SSLEngine engine() {
        return engine;
    }

    /** Begins the handshake. */
    void start(SSLEngine made) throws SSLException {
        engine = made;
        engine.beginHandshake();
    }

    /** Refuses a server of TLS 1.2 that does not know RFC 5746. */
    void refuseLegacyServers() {
        renegotiationInfo = new RenegotiationInfo();
    }

    /** Whether the version is 1.3, once it has been agreed on. */
    boolean isOfTls13() {
        return "TLSv1.3".equals(engine.getSession().getProtocol());
    }

    /** Whether a handshake is under way, the first one or another. */
    boolean isHandshaking() {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** The first handshake is done. */
    void settle() {
        settled = true;
        renegotiationInfo = null;
    }

    boolean isSettled() {
        return settled;
    }

    boolean isResumed() {
        return resumption.isResumed();
    }

    /** The ticket of a server of TLS 1.2; null where there was none. */
    SessionTicket ticket() {
        return ticket.found();
    }

    /** Whether a server of TLS 1.3 has sent a ticket: nothing else of its size comes without data. */
    boolean ticketOfTls13() {
        return ticketOfTls13;
    }

    /** Whether close_notify has come. */
    boolean endedByPeer() {
        return endedByPeer;
    }

    // In

    /**
     * Receives and opens one record.
     *
     * @param into has room for the content of the record
     * @return {@link Inbound#COMPLETE}, or what {@link Inbound#complete} gives where there is no whole record
     */
    int open(ByteBuffer into) throws SSLException, OpenSslException {
        int result = inbound.complete(0);
        if (result != Inbound.COMPLETE) {
            return result == Inbound.ENDED ? TlsCodes.UNEXPECTED_EOF : result;
        }
        failOnAlert();
        if (renegotiationInfo != null) {
            renegotiationInfo.see(inbound.type(0), inbound.content(0));
        }
        openFirst(into);
        return result;
    }

    /**
     * Fails on a fatal alert that comes unencrypted during the handshake. A peer that refuses a certificate of TLS 1.3
     * may have no keys yet to encrypt it. The engine would not say which alert it is.
     */
    private void failOnAlert() throws OpenSslException {
        byte[] content = inbound.type(0) == RecordHeader.ALERT ? inbound.content(0) : NO_BYTES;
        if (content.length == 2 && content[0] == Alerts.FATAL) {
            inbound.prove();
            throw Alerts.received(content[1] & 0xFF);
        }
    }

    /** Opens the first record, which is whole. */
    void openFirst(ByteBuffer into) throws SSLException {
        ByteBuffer record = inbound.record();
        boolean open = !isHandshaking();
        int length = record.remaining();
        if (!settled) {
            resumption.see(record.array(), record.position(), length);
            ticket.see(record.array(), record.position(), length);
        }
        inbound.prove();
        SSLEngineResult result = open && settled && isAlertOfTls12(record)
                ? EngineEndings.unwrapAlert(engine, record, into)
                : engine.unwrap(record, into);
        inbound.consume();
        ticketOfTls13 |= open && length >= SHORTEST_TICKET && result.bytesProduced() == 0
                && result.getStatus() == Status.OK && isOfTls13();
        endedByPeer |= result.getStatus() == Status.CLOSED;
    }

    private boolean isAlertOfTls12(ByteBuffer record) {
        return RecordHeader.type(record.array(), record.position()) == RecordHeader.ALERT && !isOfTls13();
    }

    /** An empty buffer for decrypted bytes that the caller has no room for. Its contents last until the next call. */
    ByteBuffer spare() {
        if (spare.capacity() == 0) {
            spare = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }
        return spare.clear();
    }

    // Out

    /** Makes a record of plain bytes. Gives whether it could: not after this side's end. */
    boolean make(ByteBuffer plain) throws SSLException {
        return outbound.wrap(engine, plain).getStatus() != Status.CLOSED;
    }

    /** Does what the engine wants done before it receives more: tasks, and records of its own. Sends nothing yet. */
    void answer() throws SSLException {
        for (;;) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    SSLEngineResult result = outbound.wrap(engine, NOTHING);
                    if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
                        return;
                    }
                    if (!settled) {
                        resumption.see(
                                outbound.array(), outbound.end() - result.bytesProduced(), result.bytesProduced());
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /**
     * Answers the first record of TLS 1.2, which asks for a new handshake, by the warning no_renegotiation, as OpenSSL
     * does: the connection goes on.
     *
     * @return whether that can be done here
     * @throws OpenSslException where the record asks for something else
     */
    boolean declineHandshake(boolean server) throws OpenSslException {
        if (!EngineMessages.canOpen(engine)) {
            return false;
        }
        byte[] message = EngineMessages.open(engine, inbound.content(0));
        inbound.skip();
        if (message == null) {
            EngineAlerts.fatal(engine, Alerts.BAD_RECORD_MAC, "a record that is not genuine");
            throw OpenSslException.ssl("DECRYPTION_FAILED_OR_BAD_RECORD_MAC");
        }
        ByteReader hello = new ByteReader(message, 0, message.length);
        int type = hello.number(1);
        hello.vector(3);
        if (type != (server ? CLIENT_HELLO : HELLO_REQUEST) || hello.overran() || hello.left() > 0) {
            EngineAlerts.fatal(engine, Alerts.UNEXPECTED_MESSAGE, "a message out of place");
            throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
        }
        EngineAlerts.send(engine, Alerts.WARNING, Alerts.NO_RENEGOTIATION);
        makeAlert();
        return true;
    }

    /**
     * Refuses the new handshake that the first record asks for, with an alert, which only the engine can encrypt. JSSE
     * has no warning no_renegotiation. So a server's engine gets to see the client's hello, after which it allows no
     * version that the hello can offer; a client's closes the connection.
     */
    void refuseHandshake(boolean server) {
        try {
            if (server) {
                engine.setEnabledProtocols(new String[] {"TLSv1.3"});
                openFirst(spare());
                answer();
            } else {
                end();
            }
        } catch (SSLException expected) {
            // sendAlert sends the alert that goes with it.
        }
    }

    /** Makes the record with close_notify. */
    void end() throws SSLException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            outbound.wrap(engine, NOTHING);
        }
    }

    /**
     * Sends the peer an alert after a failure, if that is possible without waiting: the engine's, or one of ours where
     * there are no keys yet.
     */
    void sendAlert(OpenSslException refused) {
        if (!inbound.isProven() && refused.reason() != null && Alerts.answer(refused) != Alerts.NONE) {
            outbound.add(Alerts.fatal(Alerts.answer(refused)));
        }
        if (settled && Alerts.ofHeader(refused) != Alerts.NONE) {
            // The engine has not seen the record.
            EngineAlerts.send(engine, Alerts.ofHeader(refused));
        }
        makeAlert();
        outbound.flush();
    }

    /**
     * Sends an alert in the place of the engine's, where that one is not encrypted.
     *
     * @param plain whether it may be sent unencrypted in the place of an encrypted one. OpenSSL's clients of TLS 1.3
     *        refuse certificates that way
     */
    void sendAlert(int number, boolean plain) {
        int before = outbound.pending();
        makeAlert();
        outbound.replaceAlert(before, number, plain);
        outbound.flush();
    }

    /** Sends an unencrypted alert in the place of all that was not sent yet. */
    void sendFirstAlert(int number) {
        makeAlert();
        outbound.drop();
        outbound.add(Alerts.fatal(number));
        outbound.flush();
    }

    /** Sends a fatal alert to a peer that has ended its side without notice, where that can be done. */
    void sendAlert(int number) {
        if (engine != null && EngineAlerts.send(engine, number)) {
            makeAlert();
            outbound.flush();
        }
    }

    private void makeAlert() {
        try {
            while (engine != null
                    && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    && outbound.wrap(engine, NOTHING).bytesProduced() > 0) {
                continue;
            }
        } catch (SSLException knownAlready) {
            // The engine throws its failure again.
        }
    }
}
