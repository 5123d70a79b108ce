package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening socket of the application's own, and its descriptor number. */
final class ApplicationSocket implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final int number;

    ApplicationSocket() throws IOException {
        Descriptors before = Descriptors.now();
        channel = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        number = before.added().entrySet().stream()
                .filter(entry -> entry.getValue().startsWith("socket:"))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** The operating system's number. */
    int number() {
        return number;
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** It takes connections. */
    void assertOpen() throws IOException {
        try (var client = SocketChannel.open(channel.getLocalAddress());
                var accepted = channel.accept()) {
            assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
