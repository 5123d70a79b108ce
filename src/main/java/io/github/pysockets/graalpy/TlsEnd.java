package io.github.pysockets.graalpy;

import io.github.pysockets.python.PyTlsSocket;
import io.github.pysockets.tls.Plaintext;
import io.github.pysockets.tls.TlsConnection;

/** One side of a TLS connection, as the Python side holds it. Results are as those of {@link TlsExports}. */
public abstract sealed class TlsEnd {
    /** What of it needs no waiting. */
    abstract TlsConnection connection();

    abstract int handshake();

    abstract int read(byte[] into, int count);

    abstract int write(Plaintext data, int length);

    abstract int shutdown();

    /** Over a socket: calls wait as the socket's timeout says. */
    static final class OverSocket extends TlsEnd {
        private final PyTlsSocket socket;

        OverSocket(PyTlsSocket socket) {
            this.socket = socket;
        }

        @Override
        TlsConnection connection() {
            return socket.connection();
        }

        @Override
        int handshake() {
            return socket.handshake();
        }

        @Override
        int read(byte[] into, int count) {
            return socket.read(into, 0, count);
        }

        @Override
        int write(Plaintext data, int length) {
            return socket.write(data, length);
        }

        @Override
        int shutdown() {
            return socket.shutdown();
        }
    }

    /** Between two queues in memory: no call waits. */
    static final class BetweenQueues extends TlsEnd {
        private final TlsConnection connection;

        BetweenQueues(TlsConnection connection) {
            this.connection = connection;
        }

        @Override
        TlsConnection connection() {
            return connection;
        }

        @Override
        int handshake() {
            return connection.handshake();
        }

        @Override
        int read(byte[] into, int count) {
            return connection.read(into, 0, count);
        }

        /** All of it: queues take whatever comes, and every piece that goes alone is a call from Python more. */
        @Override
        int write(Plaintext data, int length) {
            int total = 0;
            do {
                int written = connection.write(data, total, length - total, true);
                if (written < 0) {
                    return total > 0 ? total : written;
                }
                total += written;
            } while (total < length);
            return total;
        }

        @Override
        int shutdown() {
            return connection.shutdown();
        }
    }
}
