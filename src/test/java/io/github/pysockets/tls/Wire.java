package io.github.pysockets.tls;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Two connections in one thread, and the bytes between them, which a test can hold back, cut, change and count. */
final class Wire {
    private static final int ROUNDS = 200_000;

    /** One direction. */
    static final class Direction {
        final MemoryBio queue = new MemoryBio();
        /** The most bytes that one call sends or receives. */
        int step = Integer.MAX_VALUE;
        /** The most bytes that can wait to be received. */
        int capacity = Integer.MAX_VALUE;
        /** Changes a byte; gets its position in the stream and its value. */
        Change change = (_, b) -> b;
        long sent;

        @FunctionalInterface
        interface Change {
            int of(long place, int b);
        }

        int send(byte[] from, int at, int count) {
            int going = Math.min(Math.min(step, count), capacity - queue.pending());
            if (going <= 0) {
                return Transport.WOULD_BLOCK;
            }
            byte[] bytes = Arrays.copyOfRange(from, at, at + going);
            for (int i = 0; i < going; i++) {
                bytes[i] = (byte) change.of(sent + i, bytes[i] & 0xFF);
            }
            sent += going;
            return queue.append(bytes);
        }

        int receive(byte[] into, int at, int count) {
            int received = queue.read(into, at, Math.min(step, count));
            return received > 0 || queue.atEnd() ? received : Transport.WOULD_BLOCK;
        }
    }

    final Direction toServer = new Direction();
    final Direction toClient = new Direction();
    final TlsConnection client;
    final TlsConnection server;

    Wire(TlsContext clients, TlsContext servers, String name, TlsSession session) {
        client = clients.client(transport(toClient, toServer), name, session);
        server = servers.server(transport(toServer, toClient));
    }

    Wire(TlsContext clients, TlsContext servers) {
        this(clients, servers, "localhost", null);
    }

    static Transport transport(Direction in, Direction out) {
        return new Transport() {
            @Override
            public int receive(byte[] into, int at, int count) {
                return in.receive(into, at, count);
            }

            @Override
            public int send(byte[] from, int at, int count) {
                return out.send(from, at, count);
            }
        };
    }

    /** Does the handshake as far as it goes. Gives the results of the client and of the server. */
    int[] tryHandshake() {
        int ofClient = client.handshake();
        int ofServer = server.handshake();
        for (int i = 0; i < ROUNDS && (TlsCodes.isWant(ofClient) || TlsCodes.isWant(ofServer)); i++) {
            long before = toServer.sent + toClient.sent;
            int held = toServer.queue.pending() + toClient.queue.pending();
            ofClient = TlsCodes.isWant(ofClient) ? client.handshake() : ofClient;
            ofServer = TlsCodes.isWant(ofServer) ? server.handshake() : ofServer;
            boolean stuck = before == toServer.sent + toClient.sent
                    && held == toServer.queue.pending() + toClient.queue.pending();
            if (stuck && i > 2) {
                break;
            }
        }
        return new int[] {ofClient, ofServer};
    }

    /** Does the handshake, which has to succeed. */
    Wire open() {
        int[] results = tryHandshake();
        if (results[0] != 0 || results[1] != 0) {
            throw new AssertionError("handshake: " + Arrays.toString(results) + " " + client.failure() + " "
                    + server.failure());
        }
        return this;
    }

    /** {@code data} as a connection's write takes it. */
    static Plaintext bytes(byte[] data) {
        return (from, array, count) -> System.arraycopy(data, from, array, array.length - count, count);
    }

    /** Writes all of {@code data} at one end and reads it at the other, by turns. */
    static byte[] carry(TlsConnection from, TlsConnection to, byte[] data, IntUnaryOperator readSize) {
        byte[] result = new byte[data.length];
        int written = 0;
        int read = 0;
        for (int i = 0; i < ROUNDS && read < data.length; i++) {
            if (written < data.length) {
                int count = from.write(bytes(data), written, data.length - written, true);
                written += require(count, from);
            }
            int size = Math.min(data.length - read, readSize.applyAsInt(i));
            read += require(to.read(result, read, size), to);
        }
        return Arrays.copyOf(result, read);
    }

    private static int require(int count, TlsConnection connection) {
        if (count < 0 && !TlsCodes.isWant(count)) {
            throw new AssertionError(count + " " + connection.failure());
        }
        return Math.max(0, count);
    }
}
