package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** Makes listening channels. */
final class Listeners {
    /** The kernel takes less where it allows less. A client that finds the queue full waits for a second. */
    private static final int BACKLOG = 4096;

    private Listeners() {}

    static ServerSocketChannel tcp(InetAddress address) throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(address, 0), BACKLOG);
    }

    static ServerSocketChannel unix(UnixDomainSocketAddress address) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address, BACKLOG);
    }
}
