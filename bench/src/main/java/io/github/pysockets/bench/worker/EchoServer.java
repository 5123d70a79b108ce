package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** An echo server of one thread on a selector; the peer is its clients. */
final class EchoServer implements Workload, Runnable {
    private final ServerSocketChannel listener = Connections.listen();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Bulk.PIECE);
    private final SocketChannel talk;

    private EchoServer(Peer peer, int clients) throws IOException {
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().daemon().start(this);
        talk = peer.connect("CLIENTS " + Connections.port(listener));
        Peer.say(talk, "PREPARE " + clients);
        Connections.expect(talk, "prepared");
    }

    static Workload open(Peer peer, int clients) throws IOException {
        return new EchoServer(peer, Math.max(1, clients));
    }

    @Override
    public void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::serve);
            }
        } catch (ClosedSelectorException ended) {
            // The workload is closed.
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel accepted = listener.accept();
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ);
            } else {
                echo((SocketChannel) key.channel());
            }
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }

    private void echo(SocketChannel channel) throws IOException {
        if (channel.read(buffer.clear()) < 0) {
            channel.close();
            return;
        }
        // A client has one small message on its way at a time, so that there is always room for it.
        channel.write(buffer.flip());
    }

    @Override
    public Sample run(double seconds) throws IOException {
        var watch = new Stopwatch();
        Peer.say(talk, "GO " + seconds);
        String[] words = Peer.hear(talk).split(" ");
        if (!words[0].equals("done")) {
            throw new IOException("the peer " + String.join(" ", words));
        }
        long operations = Long.parseLong(words[1]);
        return new Sample(operations, 0, watch.wall(), watch.cpu());
    }

    @Override
    public void close() throws IOException {
        talk.close();
        listener.close();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
