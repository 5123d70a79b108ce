package io.github.pysockets.nio;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * socketpair(2), which Java has not: a connection between two channels of this process. By AF_UNIX it goes through a
 * file in a directory that nobody else may enter, and both are gone before the pair is there. Without AF_UNIX it is a
 * connection of TCP on this host.
 */
final class Pairs {
    private static final int LONGEST_PATH = 108;

    private Pairs() {}

    static EndpointPair open(int type, int protocol) throws StackException {
        try {
            return open(type, protocol, byFile());
        } catch (UnsupportedOperationException | IOException noUnixSockets) {
            return openByTcp(type, protocol);
        }
    }

    /** Where AF_UNIX is missing, or there is no directory for its file. */
    static EndpointPair openByTcp(int type, int protocol) throws StackException {
        try {
            return open(type, protocol, byLoopback());
        } catch (IOException failure) {
            throw new StackException(ExceptionErrno.of(failure, Call.OPEN));
        }
    }

    private static EndpointPair open(int type, int protocol, Channels channels) throws StackException {
        StreamEndpoint first = StreamEndpoint.connected(AddressFamilies.AF_UNIX, type, protocol, channels.first);
        StreamEndpoint second;
        try {
            second = StreamEndpoint.connected(AddressFamilies.AF_UNIX, type, protocol, channels.second);
        } catch (StackException failure) {
            first.close();
            throw failure;
        }
        PairLink.join(first, second);
        return new EndpointPair(first, second);
    }

    private record Channels(SocketChannel first, SocketChannel second) {}

    private static Channels byFile() throws IOException {
        Path directory = Files.createTempDirectory("pysockets");
        try {
            Path file = directory.resolve("s");
            if (file.toString().length() >= LONGEST_PATH) {
                throw new IOException("the directory for temporary files has a long name");
            }
            try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listener.bind(UnixDomainSocketAddress.of(file), 1);
                try {
                    return connect(listener, StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(file));
                } finally {
                    Files.delete(file);
                }
            }
        } finally {
            Files.delete(directory);
        }
    }

    private static Channels byLoopback() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            listener.bind(new InetSocketAddress(JavaAddress.inet4(0x7f00_0001), 0), 1);
            Channels channels = connect(listener, StandardProtocolFamily.INET, listener.getLocalAddress());
            channels.first.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channels.second.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return channels;
        }
    }

    private static Channels connect(ServerSocketChannel listener, StandardProtocolFamily family, SocketAddress address)
            throws IOException {
        SocketChannel first = SocketChannel.open(family);
        try {
            first.connect(address);
            return new Channels(first, acceptFrom(listener, first));
        } catch (IOException | RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    /** Accepts the connection of {@code first}. Whoever else has connected to the port is sent away. */
    static SocketChannel acceptFrom(ServerSocketChannel listener, SocketChannel first) throws IOException {
        for (;;) {
            SocketChannel accepted = listener.accept();
            if (accepted.getRemoteAddress().equals(first.getLocalAddress())) {
                return accepted;
            }
            accepted.close();
        }
    }
}
