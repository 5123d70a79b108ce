package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Connections that are made and ended at once. */
final class Connections {
    private static final int BACKLOG = 1024;
    private static final int FEW = 500;

    private Connections() {}

    static Workload connect(Peer peer, int parameter) throws IOException {
        InetSocketAddress address = peer.address("acceptor");
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                try (SocketChannel channel = SocketChannel.open()) {
                    channel.connect(address);
                }
            }
            return new Repeated.Done(count, 0);
        });
    }

    /** Connections that the peer has made before the clock runs. */
    static Workload accept(Peer peer, int parameter) throws IOException {
        ServerSocketChannel listener = listen();
        SocketChannel talk = peer.connect("CONNECT " + port(listener));
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                listener.accept().close();
            }
            return new Repeated.Done(count, 0);
        }, count -> request(talk, count), FEW, listener, talk);
    }

    /** Has the peer make connections. */
    static void request(SocketChannel talk, int count) throws IOException {
        Peer.say(talk, Integer.toString(count));
        expect(talk, "connected " + count);
    }

    static void expect(SocketChannel talk, String line) throws IOException {
        String heard = Peer.hear(talk);
        if (!heard.equals(line)) {
            throw new IOException("the peer says " + heard);
        }
    }

    static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
    }

    static int port(ServerSocketChannel listener) {
        return listener.socket().getLocalPort();
    }
}
