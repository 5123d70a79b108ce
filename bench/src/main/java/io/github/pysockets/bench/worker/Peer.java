package io.github.pysockets.bench.worker;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The peer's addresses, and connections to it. */
final class Peer {
    private static final int LONGEST_LINE = 256;

    private final InetSocketAddress tcp;
    private final UnixDomainSocketAddress unix;
    private final InetSocketAddress udp;
    private final Path certificate;

    /** @param addresses TCP host and port, UNIX path, UDP port, certificate file */
    Peer(String[] addresses) {
        tcp = new InetSocketAddress(addresses[0], Integer.parseInt(addresses[1]));
        unix = UnixDomainSocketAddress.of(addresses[2]);
        udp = new InetSocketAddress(addresses[0], Integer.parseInt(addresses[3]));
        certificate = Path.of(addresses[4]);
    }

    InetSocketAddress udp() {
        return udp;
    }

    Path certificate() {
        return certificate;
    }

    /** The address of "tls" or "acceptor". */
    InetSocketAddress address(String name) throws IOException {
        try (SocketChannel channel = connect("PORTS")) {
            String[] words = hear(channel).split(" ");
            for (int i = 0; i < words.length; i += 2) {
                if (words[i].equals(name)) {
                    return new InetSocketAddress(tcp.getAddress(), Integer.parseInt(words[i + 1]));
                }
            }
        }
        throw new IOException("the peer has no port " + name);
    }

    /** A connection for a purpose, one of those that the peer's Conversations lists. */
    SocketChannel connect(String purpose) throws IOException {
        SocketChannel channel = introduced(tcp, purpose);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    SocketChannel connectUnix(String purpose) throws IOException {
        return introduced(unix, purpose);
    }

    private static SocketChannel introduced(SocketAddress address, String purpose) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        say(channel, purpose);
        return channel;
    }

    static void say(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line of a conversation in which the peer only answers. */
    static String hear(SocketChannel channel) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
        do {
            if (channel.read(line) < 0) {
                throw new EOFException("the peer ended the conversation");
            }
        } while (line.get(line.position() - 1) != '\n');
        return StandardCharsets.US_ASCII.decode(line.flip()).toString().strip();
    }
}
