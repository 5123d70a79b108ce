package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.tls.Plaintext;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsConnection;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TlsSession;
import io.github.pysockets.tls.TlsStream;
import io.github.pysockets.tls.Transport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * A TLS connection over a socket: its calls wait as the socket's timeout says.
 *
 * <p>Int results are zero or more, one of {@link TlsCodes}, or one of {@link Codes}. All calls may be made from any thread.
 */
public final class PyTlsSocket implements TlsStream {
    private final PySocket socket;
    private final TlsConnection connection;

    /** Held while bytes are written, so that those of two threads do not mix. */
    private final ReentrantLock writing = new ReentrantLock();

    private PyTlsSocket(PySocket socket, TlsContext context, boolean server, String name, TlsSession session) {
        this.socket = socket;
        Transport transport = new SocketTransport(socket);
        connection = server ? context.server(transport) : context.client(transport, name, session);
    }

    /** A client's side: see {@link TlsContext#client}. */
    public static PyTlsSocket client(PySocket socket, TlsContext context, String serverName, TlsSession session) {
        return new PyTlsSocket(socket, context, false, serverName, session);
    }

    /** A server's side. */
    public static PyTlsSocket server(PySocket socket, TlsContext context) {
        return new PyTlsSocket(socket, context, true, null, null);
    }

    /** What of the connection needs no waiting. */
    public TlsConnection connection() {
        return connection;
    }

    /** Shakes hands. Gives 0. */
    public int handshake() {
        return call(connection::handshake);
    }

    /** Reads what is there, 1 byte at least, waiting for it. */
    public int read(byte[] into, int at, int count) {
        return call(() -> connection.read(into, at, count));
    }

    /** Ends this side and waits for the other to end its own. Gives 0. */
    public int shutdown() {
        return call(connection::shutdown);
    }

    /** Writes; where it may wait, all, otherwise what goes. Gives how many bytes. */
    public int write(Plaintext source, int count) {
        if (socket.timeout() == 0) {
            return call(() -> connection.write(source, 0, count, false));
        }
        int taken = takeTurn();
        if (taken != 0) {
            return taken;
        }
        try {
            return BlockingCalls.within(socket.descriptor(), descriptor -> writeAll(descriptor, source, count));
        } finally {
            writing.unlock();
        }
    }

    /** Waits until no other thread is writing. */
    private int takeTurn() {
        long limit = socket.timeout();
        try {
            if (limit < 0) {
                writing.lockInterruptibly();
                return 0;
            }
            return writing.tryLock(limit, TimeUnit.NANOSECONDS) ? 0 : Codes.TIMED_OUT;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Codes.INTERRUPTED;
        }
    }

    private int writeAll(Descriptor descriptor, Plaintext source, int count) {
        Deadline deadline = null;
        int total = 0;
        do {
            int from = total;
            IntSupplier step = () -> connection.write(source, from, count - from, true);
            int written = step.getAsInt();
            if (wants(written) != null) {
                if (deadline == null) {
                    deadline = deadline();
                    if (deadline == null) {
                        return total > 0 ? total : written;
                    }
                }
                written = socket.calls().alternate(descriptor, deadline, written, step, PyTlsSocket::wants);
            }
            if (written < 0) {
                // After the start a failure is for the next call to tell: what was sent counts.
                return total > 0 ? total : written;
            }
            total += written;
        } while (total < count);
        return total;
    }

    private int call(IntSupplier step) {
        return BlockingCalls.within(socket.descriptor(), descriptor -> {
            int result = step.getAsInt();
            Deadline deadline = wants(result) == null ? null : deadline();
            return deadline == null
                    ? result
                    : socket.calls().alternate(descriptor, deadline, result, step, PyTlsSocket::wants);
        });
    }

    /**
     * Null where the socket's timeout lets no call wait. What the descriptor's own mode or SO_RCVTIMEO and SO_SNDTIMEO
     * say counts for nothing: OpenSSL takes their EAGAIN for "not yet", and CPython tries again.
     */
    private Deadline deadline() {
        return WaitLimit.ofTimeout(socket.timeout());
    }

    /** What a result is to be waited for; null where it is final. */
    private static Direction wants(int result) {
        return switch (result) {
            case TlsCodes.WANT_READ -> Direction.RECEIVE_MORE;
            case TlsCodes.WANT_WRITE -> Direction.SEND;
            default -> null;
        };
    }

    /** The socket's bytes, as they come and go. Its calls are made by those of the connection, so the descriptor is entered. */
    private record SocketTransport(PySocket socket) implements Transport {
        @Override
        public int receive(byte[] into, int at, int count) {
            Descriptor descriptor = socket.descriptor();
            return descriptor == null ? -Errno.EBADF : descriptor.endpoint().recv(into, at, count, 0);
        }

        @Override
        public int send(byte[] from, int at, int count) {
            Descriptor descriptor = socket.descriptor();
            return descriptor == null ? -Errno.EBADF : descriptor.endpoint().send(from, at, count, 0);
        }
    }
}
