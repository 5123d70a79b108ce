package io.github.pysockets.tls;

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
 * One side of a TLS connection: RFC 8446 and RFC 5246 by one of JSSE's engines, with OpenSSL's manners towards its caller.
 *
 * <p>No call waits. Int results are zero or more, one of {@link TlsCodes}, or a negated errno of the transport. May be used from any
 * thread: reading and writing at the same time take turns, one record after the other.
 */
public final class TlsConnection {
    /** Full records that one call makes and sends, where the caller may wait. */
    private static final int RECORDS = 4;

    private static final int PIECE = RECORDS * RecordHeader.MOST_PLAIN;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ThreadLocal<byte[]> OUTGOING = ThreadLocal.withInitial(() -> new byte[PIECE]);

    private static final TlsException INTERNAL_ERROR = TlsException.ssl("INTERNAL_ERROR", "internal error");

    private final ReentrantLock lock = new ReentrantLock();
    private final boolean server;
    private final String serverName;
    private final Settings settings;
    private final int key;
    private final Records records;
    private final Handshake handshake;

    private volatile TlsContext context;
    private volatile boolean done;
    /** What broke the connection for good. */
    private volatile TlsException failure;
    /** What the last call failed for. */
    private volatile TlsException told;
    private boolean closed;
    private boolean shaking;

    /** Opened bytes that the caller had no room for. */
    private ByteBuffer left = NOTHING;

    /** The most plain bytes that the engine puts into a record: a few less than it might. */
    private int recordSize = RecordHeader.MOST_PLAIN;

    /** Plain bytes whose records could not be sent whole: the next write begins with them. */
    private int owed;

    TlsConnection(TlsContext context, Transport transport, boolean server, String serverName, TlsSession offered) {
        this.context = context;
        this.server = server;
        this.serverName = serverName;
        settings = context.settings();
        key = server ? 0 : key(offered);
        records = new Records(transport, server);
        handshake = new Handshake(this, records, settings, server, serverName, key);
    }

    private int key(TlsSession offered) {
        return offered != null && offered.isGoodFor(serverName, settings) ? offered.key() : TlsContext.newSessionKey();
    }

    public TlsContext context() {
        return context;
    }

    /** Changes the context; once a handshake has begun, only what {@link #context} gives. */
    public void setContext(TlsContext other) {
        context = other;
    }

    // Handshake

    /** Goes on with the handshake. Gives 0 once it is done. */
    public int handshake() {
        lock.lock();
        try {
            int ready = ready();
            return ready == 0 ? records.outbound().flush() : ready;
        } finally {
            lock.unlock();
        }
    }

    private int shake() {
        if (shaking) {
            // Called by what the handshake asks, out of the handshake.
            return tell(INTERNAL_ERROR);
        }
        shaking = true;
        try {
            int result = handshake.go();
            if (result == 0) {
                finish();
            }
            return result;
        } catch (SSLException refused) {
            return fail(refused);
        } catch (TlsException refused) {
            return fail(refused);
        } catch (RuntimeException | Error broken) {
            // There is no going on from the middle of it.
            failure = INTERNAL_ERROR;
            throw broken;
        } finally {
            shaking = false;
        }
    }

    private void finish() {
        done = true;
        Statistics statistics = context.statistics();
        (server ? statistics.accepted : statistics.connected).incrementAndGet();
        if (records.isResumed()) {
            statistics.hits.incrementAndGet();
        }
    }

    private int fail(SSLException refused) {
        return fail(handshake.meaning(refused));
    }

    private int fail(TlsException refused) {
        failure = refused;
        records.sendAlert(refused);
        return tell(refused);
    }

    /** Lets a call fail, and the connection live on. */
    private int tell(TlsException refused) {
        told = refused;
        return TlsCodes.FAILED;
    }

    /** What the last {@link TlsCodes#FAILED} means. */
    public TlsException failure() {
        return told;
    }

    /** 0 where data may be read and written; shakes hands before. */
    private int ready() {
        return failure != null ? tell(failure) : done ? 0 : shake();
    }

    // Data

    /** Reads plain bytes: as many as are there already, of one record at least. Gives how many. */
    public int read(byte[] into, int at, int count) {
        lock.lock();
        try {
            if (left.hasRemaining()) {
                return take(into, at, count);
            }
            int ready = ready();
            return ready != 0 || count == 0 ? ready : open(into, at, count);
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] into, int at, int count) {
        int taken = Math.min(count, left.remaining());
        left.get(into, at, taken);
        return taken;
    }

    private int open(byte[] into, int at, int count) {
        int total = 0;
        try {
            while (total < count && !records.endedByPeer() && (total == 0 || records.inbound().hasRecord())) {
                int result = records.inbound().complete(count - total);
                if (result != Inbound.COMPLETE) {
                    return result == Inbound.ENDED ? TlsCodes.UNEXPECTED_EOF : result;
                }
                total += openRecord(into, at + total, count - total);
            }
        } catch (SSLException refused) {
            return partOr(total, fail(refused));
        } catch (TlsException refused) {
            return partOr(total, fail(refused));
        }
        return partOr(total, TlsCodes.ZERO_RETURN);
    }

    /** What came before a failure is good; the next call tells of the failure. */
    private static int partOr(int total, int otherwise) {
        return total > 0 ? total : otherwise;
    }

    private int openRecord(byte[] into, int at, int room) throws SSLException, TlsException {
        Inbound inbound = records.inbound();
        if (inbound.type(0) == RecordHeader.HANDSHAKE) {
            // A new handshake on an open connection, as TLS 1.2 had it, costs a server much and its peer little: OpenSSL refuses it too.
            throw TlsException.ssl("NO_RENEGOTIATION", "no renegotiation");
        }
        int taken;
        if (inbound.size(0) <= room) {
            ByteBuffer target = ByteBuffer.wrap(into, at, room);
            records.openFirst(target);
            taken = target.position() - at;
        } else {
            // Nothing is left while the buffer holds what is not yet found to be true.
            left = NOTHING;
            ByteBuffer target = records.spare();
            records.openFirst(target);
            left = target.flip();
            taken = take(into, at, room);
        }
        if (!records.endedByPeer()) {
            handshake.answer();
            // What cannot go now goes before the next that is written.
            records.outbound().flush();
        }
        return taken;
    }

    /** How many plain bytes can be read without receiving. */
    public int pending() {
        lock.lock();
        try {
            return left.remaining();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes plain bytes. After {@link TlsCodes#WANT_WRITE} they have to be given again, and may be followed by more.
     *
     * @param at the first of the source's bytes that is meant
     * @param whole whether more than one record may be made at a time
     * @return how many were sent
     */
    public int write(Plaintext source, int at, int count, boolean whole) {
        lock.lock();
        try {
            int ready = ready();
            if (ready != 0) {
                return ready;
            }
            if (closed) {
                return tell(TlsException.ssl("PROTOCOL_IS_SHUTDOWN", "protocol is shutdown"));
            }
            if (count < owed) {
                return tell(TlsException.ssl("BAD_WRITE_RETRY", "bad write retry"));
            }
            int flushed = records.outbound().flush();
            if (flushed != 0 || count == 0) {
                return flushed;
            }
            if (owed > 0) {
                int sent = owed;
                owed = 0;
                return sent;
            }
            return send(source, at, size(count, whole));
        } catch (SSLException refused) {
            return fail(refused);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes go at a time: of many, as many as fill their records. */
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
                return tell(TlsException.ssl("PROTOCOL_IS_SHUTDOWN", "protocol is shutdown"));
            }
            if (bytes.hasRemaining()) {
                recordSize = before - bytes.remaining();
            }
        }
        int flushed = records.outbound().flush();
        if (flushed == TlsCodes.WANT_WRITE) {
            owed = count;
        }
        return flushed == 0 ? count : flushed;
    }

    // End

    /** Ends this side by close_notify and waits for the other's. Gives 0 once both are done. */
    public int shutdown() {
        lock.lock();
        try {
            if (failure != null) {
                return tell(failure);
            }
            if (!done) {
                return tell(TlsException.ssl("SHUTDOWN_WHILE_IN_INIT", "shutdown while in init"));
            }
            if (!closed) {
                closed = true;
                records.end();
            }
            int flushed = records.outbound().flush();
            return flushed != 0 ? flushed : awaitEnd();
        } catch (SSLException refused) {
            return fail(refused);
        } catch (TlsException refused) {
            return fail(refused);
        } finally {
            lock.unlock();
        }
    }

    private int awaitEnd() throws SSLException, TlsException {
        // Not the spare buffer: what is left of the last record may be in it.
        ByteBuffer target = records.endedByPeer() ? NOTHING : ByteBuffer.allocate(agreed().getApplicationBufferSize());
        while (!records.endedByPeer()) {
            int result = records.open(target);
            if (result != Inbound.COMPLETE) {
                return result;
            }
            if (target.position() > 0) {
                throw TlsException.ssl(
                        "APPLICATION_DATA_AFTER_CLOSE_NOTIFY", "application data after close notify");
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
        return done ? handshake.judgement().verified() : List.of();
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
        return done ? new TlsSession(agreed(), context, key, serverName, settings) : null;
    }

    /** Whether the handshake took up an earlier session. */
    public boolean sessionReused() {
        return done && records.isResumed();
    }
}
