package io.github.pysockets.graalpy;

import io.github.pysockets.python.Codes;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.PyTlsSocket;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsConnection;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TlsException;
import io.github.pysockets.tls.TlsSession;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What the Python side calls for TLS connections. Results are as those of {@link SocketCalls}, where a negative int is
 * one of {@link Codes} or of {@link TlsCodes}.
 */
public final class TlsCalls {
    private final PythonValues python;
    private final SSLContext hostTrust;
    private final TlsFailures failures = new TlsFailures();
    private final ServerNames names = new ServerNames();

    /** @param hostTrust the application's own, for scripts that ask for default certificates; null for the system's */
    TlsCalls(PythonValues python, SSLContext hostTrust) {
        this.python = python;
        this.hostTrust = hostTrust;
    }

    @HostAccess.Export
    public TlsContextCalls contexts() {
        return new TlsContextCalls(python, failures, names, hostTrust);
    }

    @HostAccess.Export
    public TlsMaterialCalls materials() {
        return new TlsMaterialCalls(python, failures);
    }

    /**
     * What {@link TlsCodes#FAILED} stands for, once: a tuple (library, reason, text, verify code, verify message); None
     * for nothing.
     */
    @HostAccess.Export
    public Object failure() {
        TlsException failure = failures.take();
        return failure == null
                ? null
                : python.tuple(
                        failure.library(),
                        failure.reason(),
                        failure.text(),
                        failure.verifyCode(),
                        failure.verifyMessage());
    }

    // Life

    /**
     * @param name what the server is called; None for nothing
     * @param session to be used again, or None
     */
    @HostAccess.Export
    public Object clientOfSocket(TlsContext context, PySocket socket, String name, TlsSession session) {
        return Guard.value(() -> new TlsEnd.OverSocket(PyTlsSocket.client(socket, context, name, session)));
    }

    /** @param reference a weak reference to the connection's Python object, to be given to the listener for names */
    @HostAccess.Export
    public Object serverOfSocket(TlsContext context, PySocket socket, Value reference) {
        return server(() -> new TlsEnd.OverSocket(PyTlsSocket.server(socket, context)), reference);
    }

    /** As {@link #clientOfSocket}, between two queues. */
    @HostAccess.Export
    public Object clientOfQueues(
            TlsContext context, MemoryBio incoming, MemoryBio outgoing, String name, TlsSession session) {
        return Guard.value(() -> new TlsEnd.BetweenQueues(
                context.client(MemoryBio.between(incoming, outgoing), name, session)));
    }

    /** As {@link #serverOfSocket}, between two queues. */
    @HostAccess.Export
    public Object serverOfQueues(TlsContext context, MemoryBio incoming, MemoryBio outgoing, Value reference) {
        return server(
                () -> new TlsEnd.BetweenQueues(context.server(MemoryBio.between(incoming, outgoing))), reference);
    }

    private Object server(Guard.Call make, Value reference) {
        Object made = Guard.value(make);
        if (made instanceof TlsEnd end) {
            names.add(end.connection(), reference);
        }
        return made;
    }

    @HostAccess.Export
    public void setContext(TlsEnd end, TlsContext context) {
        end.connection().setContext(context);
    }

    // Data

    @HostAccess.Export
    public int handshake(TlsEnd end) {
        return failures.number(end, end::handshake);
    }

    @HostAccess.Export
    public int read(TlsEnd end, ByteBuffer into, int count) {
        return failures.number(end, () -> end.read(into.array(), count));
    }

    @HostAccess.Export
    public int write(TlsEnd end, Value data, int length) {
        return failures.number(
                end, () -> end.write((from, array, count) -> copyToEnd(data, from, array, count), length));
    }

    private static void copyToEnd(Value data, int from, byte[] array, int count) {
        if (count > 0) {
            data.readBuffer(from, array, array.length - count, count);
        }
    }

    @HostAccess.Export
    public int shutdown(TlsEnd end) {
        return failures.number(end, end::shutdown);
    }

    @HostAccess.Export
    public int pending(TlsEnd end) {
        return failures.number(end, end.connection()::pending);
    }

    // What was agreed on

    @HostAccess.Export
    public boolean handshakeDone(TlsEnd end) {
        return end.connection().handshakeDone();
    }

    /** The peer's certificate as bytes in DER; None where it sent none. */
    @HostAccess.Export
    public Object peerCertificate(TlsEnd end) {
        return Guard.value(() -> {
            List<X509Certificate> chain = end.connection().peerChain();
            return chain.isEmpty() ? null : python.certificate(chain.getFirst());
        });
    }

    /** A tuple of bytes in DER: the certificates as the peer sent them. */
    @HostAccess.Export
    public Object peerChain(TlsEnd end) {
        return Guard.value(() -> python.certificates(end.connection().peerChain()));
    }

    /** A tuple of bytes in DER: the certificates from the peer's own to the trusted one. */
    @HostAccess.Export
    public Object verifiedChain(TlsEnd end) {
        return Guard.value(() -> python.certificates(end.connection().verifiedChain()));
    }

    @HostAccess.Export
    public String version(TlsEnd end) {
        return end.connection().version();
    }

    /** A tuple (name, protocol, bits), or None. */
    @HostAccess.Export
    public Object cipher(TlsEnd end) {
        CipherSuite cipher = end.connection().cipher();
        return cipher == null ? null : brief(cipher);
    }

    /** A tuple of what {@link #cipher} gives, or None. */
    @HostAccess.Export
    public Object sharedCiphers(TlsEnd end) {
        List<CipherSuite> shared = end.connection().sharedCiphers();
        return shared == null
                ? null
                : python.tuple(shared.stream().map(this::brief).toArray());
    }

    private Value brief(CipherSuite cipher) {
        return python.tuple(cipher.name(), cipher.protocol(), cipher.strengthBits());
    }

    @HostAccess.Export
    public String applicationProtocol(TlsEnd end) {
        return end.connection().applicationProtocol();
    }

    /** A tuple (session, id, time, timeout, lifetime hint, has ticket), or None. */
    @HostAccess.Export
    public Object session(TlsEnd end) {
        return Guard.value(() -> {
            TlsSession session = end.connection().session();
            return session == null
                    ? null
                    : python.tuple(
                            session,
                            python.bytes(session.id()),
                            session.time(),
                            session.timeout(),
                            session.ticketLifetimeHint(),
                            session.hasTicket());
        });
    }

    @HostAccess.Export
    public boolean isSessionOf(TlsSession session, TlsContext context) {
        return session.isOf(context);
    }

    @HostAccess.Export
    public boolean sessionReused(TlsEnd end) {
        return end.connection().sessionReused();
    }
}
