package io.github.pysockets.graalpy;

import io.github.pysockets.python.Codes;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.PyTlsSocket;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsConnection;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TlsException;
import io.github.pysockets.tls.TlsSession;
import io.github.pysockets.tls.Transport;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What the Python side calls for TLS connections. Results are as those of {@link SocketExports}, where a negative int is
 * one of {@link Codes} or of {@link TlsCodes}.
 */
public final class TlsExports {
    private static final int HIGHEST_ASCII = 0x7F;

    private final PythonValues python;
    private final SSLContext hostTrust;
    private final TlsFailures failures = new TlsFailures();
    private final ServerNames names = new ServerNames();

    /** @param hostTrust the application's own, for scripts that ask for default certificates; null for the system's */
    TlsExports(PythonValues python, SSLContext hostTrust) {
        this.python = python;
        this.hostTrust = hostTrust;
    }

    @HostAccess.Export
    public Object contexts() {
        return ResultCodes.value(() -> new TlsContextExports(python, failures, names, hostTrust));
    }

    @HostAccess.Export
    public Object materials() {
        return ResultCodes.value(() -> new TlsMaterialExports(python, failures));
    }

    /**
     * What {@link TlsCodes#FAILED} stands for, once: a tuple (library, reason, text, verify code, verify message); None
     * for nothing.
     */
    @HostAccess.Export
    public Object failure() {
        return ResultCodes.value(() -> {
            TlsException failure = failures.take();
            return failure == null
                    ? null
                    : python.tuple(
                            failure.library(),
                            failure.reason(),
                            failure.text(),
                            failure.verifyCode(),
                            failure.verifyMessage());
        });
    }

    // Life

    /**
     * @param name what the server is called, ASCII; None for nothing
     * @param session to be used again, or None
     */
    @HostAccess.Export
    public Object clientOfSocket(TlsContext context, PySocket socket, String name, TlsSession session) {
        return ResultCodes.value(context, it -> new TlsEnd.OverSocket(
                PyTlsSocket.client(ResultCodes.held(socket), it, serverName(name), session)));
    }

    /** @param reference a weak reference to the connection's Python object, to be given to the listener for names */
    @HostAccess.Export
    public Object serverOfSocket(TlsContext context, PySocket socket, Value reference) {
        return ResultCodes.value(
                context,
                it -> named(new TlsEnd.OverSocket(PyTlsSocket.server(ResultCodes.held(socket), it)), reference));
    }

    /** As {@link #clientOfSocket}, between two queues. */
    @HostAccess.Export
    public Object clientOfQueues(
            TlsContext context, MemoryBio incoming, MemoryBio outgoing, String name, TlsSession session) {
        return ResultCodes.value(context, it -> new TlsEnd.BetweenQueues(
                it.client(between(incoming, outgoing), serverName(name), session)));
    }

    /** As {@link #serverOfSocket}, between two queues. */
    @HostAccess.Export
    public Object serverOfQueues(TlsContext context, MemoryBio incoming, MemoryBio outgoing, Value reference) {
        return ResultCodes.value(
                context, it -> named(new TlsEnd.BetweenQueues(it.server(between(incoming, outgoing))), reference));
    }

    private static Transport between(MemoryBio incoming, MemoryBio outgoing) throws StackException {
        return MemoryBio.between(ResultCodes.held(incoming), ResultCodes.held(outgoing));
    }

    private static String serverName(String name) throws StackException {
        if (name != null && (name.isEmpty() || !name.chars().allMatch(c -> c > 0 && c <= HIGHEST_ASCII))) {
            throw new StackException(Errno.EINVAL);
        }
        return name;
    }

    private TlsEnd named(TlsEnd end, Value reference) {
        names.add(end.connection(), reference);
        return end;
    }

    @HostAccess.Export
    public int setContext(TlsEnd end, TlsContext context) {
        return ResultCodes.action(end, it -> it.connection().setContext(ResultCodes.held(context)));
    }

    // Data

    @HostAccess.Export
    public int handshake(TlsEnd end) {
        return failures.number(end, TlsEnd::handshake);
    }

    @HostAccess.Export
    public int read(TlsEnd end, ByteBuffer into, int count) {
        try {
            return failures.told(end, end.read(Lent.array(into, count), count));
        } catch (Throwable failure) {
            return ResultCodes.code(failure, end);
        }
    }

    @HostAccess.Export
    public int write(TlsEnd end, Value data) {
        try {
            return failures.told(end, end.write(new PythonBuffer(data), PythonBuffer.size(data)));
        } catch (Throwable failure) {
            return ResultCodes.code(failure, end);
        }
    }

    @HostAccess.Export
    public int shutdown(TlsEnd end) {
        return failures.number(end, TlsEnd::shutdown);
    }

    @HostAccess.Export
    public int pending(TlsEnd end) {
        return failures.number(end, it -> it.connection().pending());
    }

    // What was agreed on

    @HostAccess.Export
    public Object handshakeDone(TlsEnd end) {
        return ResultCodes.value(end, it -> it.connection().handshakeDone());
    }

    /** The peer's certificate as bytes in DER; None where it sent none. */
    @HostAccess.Export
    public Object peerCertificate(TlsEnd end) {
        return ResultCodes.value(end, it -> {
            List<X509Certificate> chain = it.connection().peerChain();
            return chain.isEmpty() ? null : python.certificate(chain.getFirst());
        });
    }

    /** A tuple of bytes in DER: the certificates as the peer sent them. */
    @HostAccess.Export
    public Object peerChain(TlsEnd end) {
        return ResultCodes.value(end, it -> python.certificates(it.connection().peerChain()));
    }

    /** A tuple of bytes in DER: the certificates from the peer's own to the trusted one. */
    @HostAccess.Export
    public Object verifiedChain(TlsEnd end) {
        return ResultCodes.value(end, it -> python.certificates(it.connection().verifiedChain()));
    }

    @HostAccess.Export
    public Object version(TlsEnd end) {
        return ResultCodes.value(end, it -> it.connection().version());
    }

    /** A tuple (name, protocol, bits), or None. */
    @HostAccess.Export
    public Object cipher(TlsEnd end) {
        return ResultCodes.value(end, it -> {
            CipherSuite cipher = it.connection().cipher();
            return cipher == null ? null : brief(cipher);
        });
    }

    /** A tuple of what {@link #cipher} gives, or None. */
    @HostAccess.Export
    public Object sharedCiphers(TlsEnd end) {
        return ResultCodes.value(end, it -> {
            List<CipherSuite> shared = it.connection().sharedCiphers();
            return shared == null
                    ? null
                    : python.tuple(shared.stream().map(this::brief).toArray());
        });
    }

    private Value brief(CipherSuite cipher) {
        return python.tuple(cipher.name(), cipher.protocol(), cipher.strengthBits());
    }

    @HostAccess.Export
    public Object applicationProtocol(TlsEnd end) {
        return ResultCodes.value(end, it -> it.connection().applicationProtocol());
    }

    /** A tuple (session, id, time, timeout, lifetime hint, has ticket), or None. */
    @HostAccess.Export
    public Object session(TlsEnd end) {
        return ResultCodes.value(end, it -> {
            TlsSession session = it.connection().session();
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
    public Object isSessionOf(TlsSession session, TlsContext context) {
        return ResultCodes.value(session, it -> it.isOf(context));
    }

    @HostAccess.Export
    public Object sessionReused(TlsEnd end) {
        return ResultCodes.value(end, it -> it.connection().sessionReused());
    }
}
