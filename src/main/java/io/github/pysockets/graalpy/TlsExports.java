package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.PyTlsSocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.LastFailure;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.SslConstants;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TlsSession;
import io.github.pysockets.tls.TlsStream;
import io.github.pysockets.tls.Transport;
import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side on TLS connections. Results are as {@link HostExports} says; a negative int is one of
 * {@link Codes} or {@link TlsCodes}.
 */
public final class TlsExports {
    private final SocketRuntime runtime;
    private final PythonValues python;
    private final SSLContext hostTrust;
    private final LastFailure failures = new LastFailure();
    private final ServerNames names = new ServerNames();

    /**
     * @param hostTrust the application's own context, for scripts that ask for default certificates; null for the
     *     system's
     */
    TlsExports(SocketRuntime runtime, PythonValues python, SSLContext hostTrust) {
        this.runtime = runtime;
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

    /** The names and values of {@link TlsCodes}, as words {@code NAME=value}. */
    @HostAccess.Export
    public Object codes() {
        return ResultCodes.value(() -> HostExports.words(TlsCodes.byName()));
    }

    /** The names and values of {@link SslConstants}, as words {@code NAME=value}. */
    @HostAccess.Export
    public Object constants() {
        return ResultCodes.value(() -> HostExports.words(SslConstants.byName()));
    }

    /**
     * The failure behind {@link TlsCodes#FAILED}, returned once: a tuple (library, reason, text, number, verify code,
     * verify message), see {@link OpenSslException}. None where there is none.
     */
    @HostAccess.Export
    public Object failure() {
        return ResultCodes.value(() -> {
            OpenSslException failure = failures.take();
            return failure == null
                    ? null
                    : python.tuple(
                            failure.library(),
                            failure.reason(),
                            failure.text(),
                            failure.number(),
                            failure.verifyCode(),
                            failure.verifyMessage());
        });
    }

    // Life

    /**
     * @param name the server's name, ASCII; None for none
     * @param session the session to resume; None for a new one
     */
    @HostAccess.Export
    public Object clientOfSocket(TlsContext context, PySocket socket, String name, TlsSession session) {
        return ResultCodes.value(
                context,
                it -> client(name, known -> PyTlsSocket.client(ResultCodes.held(socket), it, known, session)));
    }

    /** @param reference a weak reference to the connection's Python object, passed to the server name listener */
    @HostAccess.Export
    public Object serverOfSocket(TlsContext context, PySocket socket, Value reference) {
        return ResultCodes.value(
                context, it -> named(PyTlsSocket.server(ResultCodes.held(socket), it), reference));
    }

    /** As {@link #clientOfSocket}, between two queues. */
    @HostAccess.Export
    public Object clientOfQueues(
            TlsContext context, MemoryBio incoming, MemoryBio outgoing, String name, TlsSession session) {
        return ResultCodes.value(
                context,
                it -> client(name, known -> {
                    runtime.requireServerName(known);
                    return it.client(between(incoming, outgoing), known, session);
                }));
    }

    /** As {@link #serverOfSocket}, between two queues. */
    @HostAccess.Export
    public Object serverOfQueues(TlsContext context, MemoryBio incoming, MemoryBio outgoing, Value reference) {
        return ResultCodes.value(context, it -> named(it.server(between(incoming, outgoing)), reference));
    }

    private static Transport between(MemoryBio incoming, MemoryBio outgoing) throws StackException {
        return MemoryBio.between(ResultCodes.held(incoming), ResultCodes.held(outgoing));
    }

    /** Makes a client's end by the server's name. */
    @FunctionalInterface
    private interface ByName {
        TlsStream make(String name) throws StackException;
    }

    private Object client(String name, ByName end) throws StackException {
        if (name != null && !TlsContext.isServerName(name)) {
            throw new StackException(Errno.EINVAL);
        }
        return failures.<StackException>value(() -> {
            TlsContext.requireLength(name);
            return end.make(name);
        });
    }

    private TlsStream named(TlsStream server, Value reference) {
        names.add(server.connection(), reference);
        return server;
    }

    @HostAccess.Export
    public int setContext(TlsStream stream, TlsContext context) {
        return ResultCodes.action(stream, it -> it.connection().setContext(ResultCodes.held(context)));
    }

    // Data

    @HostAccess.Export
    public int handshake(TlsStream stream) {
        return ResultCodes.number(stream, it -> failures.result(it, it.handshake()));
    }

    @HostAccess.Export
    public int read(TlsStream stream, ByteBuffer into, int count) {
        try {
            return failures.result(stream, stream.read(LentBuffer.array(into, count), 0, count));
        } catch (Throwable failure) {
            return ResultCodes.code(failure, stream);
        }
    }

    @HostAccess.Export
    public int write(TlsStream stream, Value data) {
        try {
            return failures.result(stream, stream.write(new PythonBuffer(data), PythonBuffer.size(data)));
        } catch (Throwable failure) {
            return ResultCodes.code(failure, stream);
        }
    }

    /** As {@link #write}, but never waits. */
    @HostAccess.Export
    public int writeNow(TlsStream stream, Value data) {
        return ResultCodes.number(
                stream,
                it -> failures.result(it, it.writeNow(new PythonBuffer(data), PythonBuffer.size(data))));
    }

    @HostAccess.Export
    public int shutdown(TlsStream stream) {
        return ResultCodes.number(stream, it -> failures.result(it, it.shutdown()));
    }

    @HostAccess.Export
    public int pending(TlsStream stream) {
        return ResultCodes.number(stream, it -> it.connection().pending());
    }

    // What was agreed on

    @HostAccess.Export
    public Object handshakeDone(TlsStream stream) {
        return ResultCodes.value(stream, it -> it.connection().handshakeDone());
    }

    /** The peer's certificate as bytes in DER; None where it sent none. */
    @HostAccess.Export
    public Object peerCertificate(TlsStream stream) {
        return ResultCodes.value(stream, it -> {
            List<X509Certificate> chain = it.connection().peerChain();
            return chain.isEmpty() ? null : python.certificate(chain.getFirst());
        });
    }

    /** A tuple of bytes in DER: the certificates as the peer sent them. */
    @HostAccess.Export
    public Object peerChain(TlsStream stream) {
        return ResultCodes.value(stream, it -> python.certificates(it.connection().peerChain()));
    }

    /** A tuple of bytes in DER: the certificates from the peer's own to the trusted one. */
    @HostAccess.Export
    public Object verifiedChain(TlsStream stream) {
        return ResultCodes.value(stream, it -> python.certificates(it.connection().verifiedChain()));
    }

    @HostAccess.Export
    public Object version(TlsStream stream) {
        return ResultCodes.value(stream, it -> it.connection().version());
    }

    /** A tuple (name, protocol, bits), or None. */
    @HostAccess.Export
    public Object cipher(TlsStream stream) {
        return ResultCodes.value(stream, it -> {
            CipherSuite cipher = it.connection().cipher();
            return cipher == null ? null : brief(cipher);
        });
    }

    /** A tuple of the tuples that {@link #cipher} returns, or None. */
    @HostAccess.Export
    public Object sharedCiphers(TlsStream stream) {
        return ResultCodes.value(stream, it -> {
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
    public Object applicationProtocol(TlsStream stream) {
        return ResultCodes.value(stream, it -> it.connection().applicationProtocol());
    }

    /** A tuple (session, id, time, timeout, lifetime hint, has ticket), or None. */
    @HostAccess.Export
    public Object session(TlsStream stream) {
        return ResultCodes.value(stream, it -> {
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
    public Object sessionReused(TlsStream stream) {
        return ResultCodes.value(stream, it -> it.connection().sessionReused());
    }
}
