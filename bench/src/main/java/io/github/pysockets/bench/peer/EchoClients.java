package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients of a worker's echo server: one thread for all, messages of 64 bytes. */
final class EchoClients extends Driving {
    private static final int MESSAGE = 64;
    private static final long PATIENCE_MS = 10_000;

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
    private long deadline;
    private long answered;
    private int waiting;

    EchoClients(InetSocketAddress server) throws IOException {
        this.server = server;
    }

    @Override
    void prepare(int count) throws IOException {
        while (channels.size() < count) {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new int[1]);
        }
    }

    @Override
    long drive(long nanoseconds) throws IOException {
        answered = 0;
        waiting = 0;
        deadline = System.nanoTime() + nanoseconds;
        for (SocketChannel channel : channels) {
            send(channel);
        }
        while (waiting > 0) {
            if (selector.select(this::answer, PATIENCE_MS) == 0) {
                throw new IOException("the server does not answer");
            }
        }
        return answered;
    }

    private void send(SocketChannel channel) throws IOException {
        if (channel.write(buffer.clear()) < MESSAGE) {
            throw new IOException("the server does not read");
        }
        waiting++;
    }

    private void answer(SelectionKey key) {
        // The bytes of this client's answer that are there.
        int[] there = (int[]) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            int read = channel.read(buffer.clear());
            if (read < 0) {
                throw new IOException("the server ends the connection");
            }
            there[0] += read;
            if (there[0] == MESSAGE) {
                there[0] = 0;
                answered++;
                waiting--;
                if (System.nanoTime() < deadline) {
                    send(channel);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    void end() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
