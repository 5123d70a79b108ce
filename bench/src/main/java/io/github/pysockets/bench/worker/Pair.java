package io.github.pysockets.bench.worker;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two UNIX sockets that are connected with each other. */
record Pair(SocketChannel near, SocketChannel far) implements Closeable {
    static Pair connect() throws IOException {
        Path folder = Files.createTempDirectory("bench-pair-");
        Path path = folder.resolve("pair");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            listener.bind(address);
            SocketChannel near = SocketChannel.open(address);
            return new Pair(near, listener.accept());
        } finally {
            Files.deleteIfExists(path);
            Files.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
