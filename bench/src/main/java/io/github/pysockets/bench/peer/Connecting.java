package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Connects to a worker. Each line of the conversation is a number: those connected before are dropped, as many as it
 * says are made, and {@code connected N} is the answer. They last until the conversation ends.
 */
final class Connecting {
    private final InetSocketAddress server;
    private final Queue<SocketChannel> connected = new ArrayDeque<>();

    Connecting(InetSocketAddress server) {
        this.server = server;
    }

    void obey(Connection connection) throws IOException {
        try {
            while (true) {
                int count = Integer.parseInt(connection.line());
                drop();
                for (int i = 0; i < count; i++) {
                    connect();
                }
                connection.write("connected " + count + "\n");
            }
        } finally {
            drop();
        }
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        connected.add(channel);
        // Closing is a reset then, and leaves no connection behind that waits for late packets and occupies its port.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.connect(server);
    }

    private void drop() throws IOException {
        while (!connected.isEmpty()) {
            connected.remove().close();
        }
    }
}
