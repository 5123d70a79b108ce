package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.tls.Plaintext;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsConnection;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TlsSession;
import io.github.pysockets.tls.TlsStream;
import io.github.pysockets.tls.Transport;
import java.util.function.IntSupplier;

/**
 * A TLS connection over a socket. Its calls wait as the socket's timeout says.
 *
 * <p>Int results are zero or more, one of {@link TlsCodes}, or one of {@link Codes}. Thread-safe.
 */
public final class PyTlsSocket implements TlsStream {
    private final PySocket socket;
    private final TlsConnection connection;

    /** Held during a write, so that the bytes of two threads do not mix. */
    private final Turn writing = new Turn();

    private PyTlsSocket(PySocket socket, TlsContext context, boolean server, String name, TlsSession session) {
        this.socket = socket;
        Transport transport = new SocketTransport(socket, server ? null : name);
        connection = server ? context.server(transport) : context.client(transport, name, session);
    }

    /** The client side: see {@link TlsContext#client}. */
    public static PyTlsSocket client(PySocket socket, TlsContext context, String serverName, TlsSession session) {
        return new PyTlsSocket(socket, context, false, serverName, session);
    }

    /** The server side. */
    public static PyTlsSocket server(PySocket socket, TlsContext context) {
        return new PyTlsSocket(socket, context, true, null, null);
    }

    /** The connection, for what needs no waiting. */
    public TlsConnection connection() {
        return connection;
    }

    /** Performs the handshake. Returns 0. */
    public int handshake() {
        return call(connection::handshake);
    }

    /** Reads the available bytes, and waits for at least 1. */
    public int read(byte[] into, int at, int count) {
        return call(() -> connection.read(into, at, count));
    }

    /** Shuts down this side and waits for the peer to shut down its own. Returns 0. */
    public int shutdown() {
        return call(connection::shutdown);
    }

    /** Writes all bytes where it may wait, otherwise what it can. Returns the byte count. */
    public int write(Plaintext source, int count) {
        long timeout = socket.timeout();
        if (timeout == 0) {
            return call(() -> connection.write(source, 0, count, false));
        }
        int taken = socket.calls().takeTurn(writing, timeout);
        if (taken != 0) {
            return taken;
        }
        try {
            return BlockingCalls.within(socket.descriptor(), descriptor -> writeAll(descriptor, source, count));
        } finally {
            writing.end();
        }
    }

    /** Writes what it can without waiting, for another thread's write neither. Returns the byte count. */
    @Override
    public int writeNow(Plaintext source, int count) {
        if (!writing.tryTake()) {
            return TlsCodes.WANT_WRITE;
        }
        try {
            return BlockingCalls.within(
                    socket.descriptor(), descriptor -> connection.write(source, 0, count, false));
        } finally {
            writing.end();
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
                // The next call reports a failure after the start: the sent bytes count.
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
     * Null where the socket's timeout allows no wait. The descriptor's own mode, SO_RCVTIMEO and SO_SNDTIMEO are
     * ignored: OpenSSL takes their EAGAIN as "not yet", and CPython tries again.
     */
    private Deadline deadline() {
        return WaitLimit.ofTimeout(socket.calls().clock(), socket.timeout());
    }

    /** What to wait for after a result; null where the result is final. */
    private static Direction wants(int result) {
        return switch (result) {
            case TlsCodes.WANT_READ -> Direction.RECEIVE_MORE;
            case TlsCodes.WANT_WRITE -> Direction.SEND;
            default -> null;
        };
    }

    /** The socket's bytes. Only calls of the connection use it, so the descriptor is already entered. */
    private static final class SocketTransport implements Transport {
        private final PySocket socket;
        /** The server's name, until the stack has been asked about it; null for none. */
        private volatile String unasked;

        SocketTransport(PySocket socket, String serverName) {
            this.socket = socket;
            unasked = serverName;
        }

        @Override
        public int receive(byte[] into, int at, int count) {
            Descriptor descriptor = socket.descriptor();
            return descriptor == null ? -Errno.EBADF : descriptor.endpoint().recv(into, at, count, 0);
        }

        @Override
        public int send(byte[] from, int at, int count) {
            Descriptor descriptor = socket.descriptor();
            if (descriptor == null) {
                return -Errno.EBADF;
            }
            // Before the first bytes, which name the server: the socket is connected by then.
            String name = unasked;
            int checked = name == null ? 0 : socket.checkServerName(descriptor.endpoint(), name);
            if (checked < 0) {
                return checked;
            }
            unasked = null;
            return descriptor.endpoint().send(from, at, count, 0);
        }
    }
}
