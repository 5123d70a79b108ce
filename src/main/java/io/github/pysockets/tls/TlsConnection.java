package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * One side of a TLS connection: RFC 8446 and RFC 5246 by one of JSSE's engines, behaving towards its caller as OpenSSL
 * does.
 *
 * <p>No call waits. Int results are zero or more, one of {@link TlsCodes}, or a negated errno of the transport. May be
 * used from any thread: calls at the same time take turns.
 */
public final class TlsConnection implements TlsStream {
    /** The most plain bytes that are kept for reading while a call that writes ends a new handshake. */
    private static final int MOST_UNREAD = 1 << 20;

    /** How many full records are made and sent together, where the caller may wait. */
    private static final int RECORDS = 4;

    private static final int PIECE = RECORDS * RecordHeader.MOST_PLAIN;

    private static final String TLS_1_2 = "TLSv1.2";

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ThreadLocal<byte[]> OUTGOING = ThreadLocal.withInitial(() -> new byte[PIECE]);

    private static final OpenSslException INTERNAL_ERROR = OpenSslException.ssl("INTERNAL_ERROR");
    private static final OpenSslException BAD_LENGTH = OpenSslException.ssl("BAD_LENGTH");
    private static final OpenSslException CUT_OFF = OpenSslException.ssl("UNEXPECTED_EOF_WHILE_READING");

    private final ReentrantLock lock = new ReentrantLock();
    private final boolean server;
    private final String serverName;
    private final Settings settings;
    /** The session that the handshake is to resume; null for none. */
    private final TlsSession offered;
    private final int key;
    private final Records records;
    private final Handshake handshake;

    private volatile TlsContext context;
    /** By which a client of TLS 1.2 can resume the session; null for none. */
    private SessionTicket ticket;
    private volatile boolean done;
    /** What broke the connection for good. */
    private volatile OpenSslException failure;
    /** Whether the failure was found by a call that had data to give, so that the next one has to tell of it. */
    private boolean unreported;
    /** What the last call failed with. */
    private volatile OpenSslException lastFailure;
    private boolean closed;
    private boolean inHandshake;
    /** Whether a handshake is under way that the server has asked for on the open connection: RFC 5246, 7.4.1.1. */
    private boolean renegotiating;

    /** Decrypted bytes that the caller had no room for. */
    private ByteBuffer unread = NOTHING;

    /** The most plain bytes that the engine puts into a record: a few less than the protocol allows. */
    private int recordSize = RecordHeader.MOST_PLAIN;

    /** Plain bytes whose records could not be sent whole: the caller has to give them again first. */
    private int pendingWrite;

    TlsConnection(TlsContext context, Transport transport, boolean server, String serverName, TlsSession offered) {
        this.context = context;
        this.server = server;
        this.serverName = serverName;
        settings = context.settings();
        this.offered = offered != null && offered.isGoodFor(serverName, settings) ? offered : null;
        key = server ? 0 : this.offered == null ? TlsContext.newSessionKey() : this.offered.key();
        records = new Records(transport, server);
        handshake = new Handshake(this, records, settings, server, serverName, key);
    }

    public TlsContext context() {
        return context;
    }

    /** Changes the context; once a handshake has begun, only what {@link #context} gives. */
    public void setContext(TlsContext other) {
        context = other;
    }

    /** This one. */
    @Override
    public TlsConnection connection() {
        return this;
    }

    // Handshake

    /** Goes on with the handshake. Gives 0 once it is done. */
    @Override
    public int handshake() {
        lock.lock();
        try {
            boolean wasBroken = failure != null;
            int ready = ready();
            if (ready != 0 && !wasBroken) {
                return ready;
            }
            int flushed = records.outbound().flush();
            return flushed != 0 && !TlsCodes.isWant(flushed) ? flushed : wasBroken ? ready : flushed;
        } finally {
            lock.unlock();
        }
    }

    private int runHandshake() {
        if (inHandshake) {
            // Called by a listener that the handshake itself has called.
            return failCall(INTERNAL_ERROR);
        }
        inHandshake = true;
        try {
            int result = handshake.proceed();
            if (result == 0) {
                finish();
            }
            return result == TlsCodes.UNEXPECTED_EOF ? cutOff() : result;
        } catch (SSLException refused) {
            return fail(refused);
        } catch (OpenSslException refused) {
            return fail(refused);
        } catch (RuntimeException | Error broken) {
            // A handshake cannot go on from the middle.
            failure = INTERNAL_ERROR;
            throw broken;
        } finally {
            inHandshake = false;
        }
    }

    private void finish() {
        done = true;
        records.settle();
        Statistics statistics = context.statistics();
        (server ? statistics.accepted : statistics.connected).incrementAndGet();
        if (records.isResumed()) {
            statistics.hits.incrementAndGet();
        }
        if (!server && agreed().getProtocol().equals(TLS_1_2)) {
            SessionTicket came = records.ticket();
            boolean kept = came == null && offered != null && records.isResumed();
            ticket = kept ? offered.ticket() : came != null && came.isUsableIn(agreed()) ? came : null;
        }
    }

    private int fail(SSLException refused) {
        return fail(handshake.translated(refused));
    }

    private int fail(OpenSslException refused) {
        failure = refused;
        handshake.sendAlert(refused);
        return failCall(refused);
    }

    /** The stream has ended without close_notify. That breaks the connection, unless the settings ignore it. */
    private int cutOff() {
        if (!settings.ignoresCuts()) {
            failure = CUT_OFF;
            records.sendAlert(Alerts.DECODE_ERROR);
        }
        return TlsCodes.UNEXPECTED_EOF;
    }

    /** Fails this call alone: the connection stays usable. */
    private int failCall(OpenSslException refused) {
        lastFailure = refused;
        return TlsCodes.FAILED;
    }

    /** What the last {@link TlsCodes#FAILED} means. */
    public OpenSslException failure() {
        return lastFailure;
    }

    /** 0 where data may be read and written. Does the handshake if it is not done. */
    private int ready() {
        return failure != null ? broken() : done ? 0 : runHandshake();
    }

    /** As OpenSSL does, the calls after a failure only tell that the connection has ended. */
    private int broken() {
        if (unreported) {
            unreported = false;
            return failCall(failure);
        }
        return failure.isFromPeer() ? TlsCodes.ZERO_RETURN : TlsCodes.BROKEN;
    }

    /** Makes the next call tell again of the failure that broke the connection. */
    public void repeatFailure() {
        lock.lock();
        try {
            unreported = failure != null;
        } finally {
            lock.unlock();
        }
    }

    // Data

    /** Reads plain bytes: all that have come, of one record at least. Gives how many. */
    @Override
    public int read(byte[] into, int at, int count) {
        lock.lock();
        try {
            if (unread.hasRemaining()) {
                return take(into, at, count);
            }
            int ready = ready();
            return ready != 0 || count == 0 ? ready : open(into, at, count);
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] into, int at, int count) {
        int taken = Math.min(count, unread.remaining());
        unread.get(into, at, taken);
        return taken;
    }

    private int open(byte[] into, int at, int count) {
        int total = 0;
        try {
            while (total < count && !records.endedByPeer() && (total == 0 || records.inbound().isFull(0))) {
                int flushed = renegotiating ? records.outbound().flush() : 0;
                if (flushed != 0) {
                    return partOr(total, flushed);
                }
                int result = records.inbound().complete(count - total);
                if (result != Inbound.COMPLETE) {
                    return total > 0 ? total : result == Inbound.ENDED ? cutOff() : result;
                }
                total += openRecord(into, at + total, count - total);
            }
        } catch (SSLException refused) {
            return partOr(total, fail(refused));
        } catch (OpenSslException refused) {
            return partOr(total, fail(refused));
        }
        return total > 0 ? total : TlsCodes.ZERO_RETURN;
    }

    /** What came before a failure is valid. The next call reports the failure. */
    private int partOr(int total, int failed) {
        unreported = total > 0;
        return unreported ? total : failed;
    }

    private int openRecord(byte[] into, int at, int room) throws SSLException, OpenSslException {
        if (records.inbound().size(0) <= room) {
            ByteBuffer target = ByteBuffer.wrap(into, at, room);
            openInto(target);
            return target.position() - at;
        }
        // Nothing can be read while the buffer holds bytes that are not yet authenticated.
        unread = NOTHING;
        ByteBuffer target = records.spare();
        openInto(target);
        unread = target.flip();
        return take(into, at, room);
    }

    /** Opens the first record, and does what it asks for. */
    private void openInto(ByteBuffer target) throws SSLException, OpenSslException {
        if (records.inbound().type(0) == RecordHeader.HANDSHAKE && !renegotiating && !renegotiate()) {
            records.outbound().flush();
            return;
        }
        records.openFirst(target);
        if (!records.endedByPeer()) {
            handshake.answer();
            // What cannot be sent now is sent before the next write.
            records.outbound().flush();
        }
        renegotiating = renegotiating && records.isHandshaking();
    }

    /**
     * Lets a server of TLS 1.2 begin a new handshake, mostly to ask for a certificate, as OpenSSL does. A client's wish
     * is declined, as by OpenSSL: it costs the server much and the client little.
     *
     * @return whether the engine is to see the first record
     */
    private boolean renegotiate() throws OpenSslException {
        boolean older = agreed().getProtocol().equals(TLS_1_2);
        if (server || !settings.renegotiation() || !older) {
            if (older && records.declineHandshake(server)) {
                return false;
            }
            records.refuseHandshake(server);
            throw OpenSslException.ssl("NO_RENEGOTIATION");
        }
        renegotiating = true;
        context.statistics().renegotiated.incrementAndGet();
        return true;
    }

    /**
     * Ends a new handshake before anything is written, as OpenSSL does: a server takes no data in the middle of it.
     * What the server has sent before it is kept for the next call that reads.
     */
    private int finishRenegotiation() throws SSLException, OpenSslException {
        while (renegotiating) {
            int flushed = records.outbound().flush();
            if (flushed != 0) {
                return flushed;
            }
            int result = records.inbound().complete(0);
            if (result != Inbound.COMPLETE) {
                return result == Inbound.ENDED ? cutOff() : result;
            }
            // Not the spare buffer: it may hold the unread bytes.
            ByteBuffer target = ByteBuffer.allocate(agreed().getApplicationBufferSize());
            openInto(target);
            keepUnread(target.flip());
            if (records.endedByPeer()) {
                return TlsCodes.ZERO_RETURN;
            }
        }
        return 0;
    }

    private void keepUnread(ByteBuffer more) throws OpenSslException {
        if (!more.hasRemaining()) {
            return;
        }
        if (unread.remaining() + more.remaining() > MOST_UNREAD) {
            throw OpenSslException.ssl("UNEXPECTED_RECORD");
        }
        unread = ByteBuffer.allocate(unread.remaining() + more.remaining()).put(unread).put(more).flip();
    }

    /** How many plain bytes can be read without receiving. */
    public int pending() {
        lock.lock();
        try {
            return unread.remaining();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes all of the bytes, as far as the transport takes them. One in memory takes all; to write only a part would
     * cost its user a second call.
     */
    @Override
    public int write(Plaintext source, int count) {
        int total = 0;
        do {
            int written = write(source, total, count - total, true);
            if (written < 0) {
                return total > 0 ? total : written;
            }
            total += written;
        } while (total < count);
        return total;
    }

    @Override
    public int writeNow(Plaintext source, int count) {
        return write(source, count);
    }

    /**
     * Writes plain bytes. After {@link TlsCodes#WANT_WRITE} the same bytes have to be given again, and more may follow.
     *
     * @param at where they begin in the source
     * @param whole whether more than one record may be made in a call
     * @return how many were sent
     */
    public int write(Plaintext source, int at, int count, boolean whole) {
        lock.lock();
        try {
            if (closed) {
                return failCall(OpenSslException.ssl("PROTOCOL_IS_SHUTDOWN"));
            }
            if (!unreported && count < owed()) {
                failure = failure == null ? BAD_LENGTH : failure;
                return failCall(BAD_LENGTH);
            }
            int ready = ready();
            if (ready != 0) {
                return ready;
            }
            int open = renegotiating ? finishRenegotiation() : 0;
            if (open != 0) {
                return open;
            }
            int flushed = records.outbound().flush();
            if (flushed != 0 || count == 0) {
                return flushed;
            }
            if (pendingWrite > 0) {
                int sent = pendingWrite;
                pendingWrite = 0;
                return sent;
            }
            return send(source, at, size(count, whole));
        } catch (SSLException refused) {
            return fail(refused);
        } catch (OpenSslException refused) {
            return fail(refused);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes a write has to have at least: those that a record is pending with, or an alert. */
    private int owed() {
        boolean alert = failure != null && records.outbound().pending() > 0;
        return pendingWrite == 0 && alert ? Alerts.LENGTH : pendingWrite;
    }

    /** How many bytes one call sends: of many, as many as fill their records. */
    private int size(int count, boolean whole) {
        if (!whole) {
            return Math.min(count, recordSize);
        }
        return count <= PIECE ? count : RECORDS * recordSize;
    }

    private int send(Plaintext source, int at, int count) throws SSLException {
        byte[] array = OUTGOING.get();
        source.copyToEnd(at, array, count);
        ByteBuffer bytes = ByteBuffer.wrap(array, array.length - count, count);
        while (bytes.hasRemaining()) {
            int before = bytes.remaining();
            if (!records.make(bytes)) {
                return failCall(OpenSslException.ssl("PROTOCOL_IS_SHUTDOWN"));
            }
            // The engine may have sent a message of its own instead: new keys.
            if (bytes.hasRemaining() && bytes.remaining() < before) {
                recordSize = before - bytes.remaining();
            }
        }
        int flushed = records.outbound().flush();
        pendingWrite = flushed == 0 ? 0 : count;
        return flushed == 0 ? count : flushed;
    }

    // End

    /** Ends this side by close_notify, then reads the other's. Gives 0 once both are done. */
    @Override
    public int shutdown() {
        lock.lock();
        try {
            if (failure != null || !done) {
                return failCall(OpenSslException.ssl("SHUTDOWN_WHILE_IN_INIT"));
            }
            if (!closed) {
                closed = true;
                records.end();
            }
            int flushed = records.outbound().flush();
            return flushed != 0 ? flushed : awaitEnd();
        } catch (SSLException refused) {
            return fail(refused);
        } catch (OpenSslException refused) {
            return fail(refused);
        } finally {
            lock.unlock();
        }
    }

    private int awaitEnd() throws SSLException, OpenSslException {
        // Not the spare buffer: it may hold unread bytes of the last record.
        ByteBuffer target = records.endedByPeer() ? NOTHING : ByteBuffer.allocate(agreed().getApplicationBufferSize());
        while (!records.endedByPeer()) {
            int result = records.open(target);
            if (result != Inbound.COMPLETE) {
                return result == TlsCodes.UNEXPECTED_EOF ? cutOff() : result;
            }
            if (target.position() > 0) {
                throw OpenSslException.ssl("APPLICATION_DATA_AFTER_CLOSE_NOTIFY");
            }
        }
        return 0;
    }

    // What was agreed on

    private SSLSession agreed() {
        return records.engine().getSession();
    }

    public boolean handshakeDone() {
        return done;
    }

    /** The certificates that the peer sent, its own first; empty where it sent none. */
    public List<X509Certificate> peerChain() {
        if (!done) {
            return List.of();
        }
        try {
            Certificate[] chain = agreed().getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    /** From the peer's certificate up to the trusted one; empty where nothing was verified. */
    public List<X509Certificate> verifiedChain() {
        return done ? handshake.verifiedChain() : List.of();
    }

    /** "TLSv1.3" and its like; null before the handshake is done. */
    public String version() {
        return done ? agreed().getProtocol() : null;
    }

    /** Null before the handshake is done. */
    public CipherSuite cipher() {
        return done ? CipherSuites.byJsse(agreed().getCipherSuite()) : null;
    }

    /** The ciphers of this server that the client has too; null on a client's side. */
    public List<CipherSuite> sharedCiphers() {
        return server && done ? handshake.sharedCiphers() : null;
    }

    /** What ALPN chose; null where it chose nothing. */
    public String applicationProtocol() {
        String protocol = done ? records.engine().getApplicationProtocol() : null;
        return protocol == null || protocol.isEmpty() ? null : protocol;
    }

    /** Null before the handshake is done. */
    public TlsSession session() {
        if (!done) {
            return null;
        }
        boolean kept = offered != null && sessionReused() && offered.hasTicket();
        boolean hasTicket = !server && (ticket != null || records.ticketOfTls13() || kept);
        return new TlsSession(agreed(), context, key, serverName, settings, ticket, hasTicket);
    }

    /** Whether the handshake resumed an earlier session. */
    public boolean sessionReused() {
        return done && records.isResumed();
    }
}
