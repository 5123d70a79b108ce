package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Many bytes in one direction. */
final class Bulk {
    static final int PIECE = 64 * 1024;
    static final int LARGE = 1024 * 1024;
    private static final int FILE = 64 * LARGE;

    private Bulk() {}

    static Workload send(Peer peer, int size) throws IOException {
        SocketChannel channel = peer.connect("SINK");
        ByteBuffer piece = ByteBuffer.allocateDirect(size);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                piece.clear();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
            return new Repeated.Done(count, (long) count * size);
        }, channel);
    }

    /** Into a new array each time, as Python's recv gives a new object. */
    static Workload receive(Peer peer, int parameter) throws IOException {
        SocketChannel channel = peer.connect("SOURCE");
        return new Repeated(count -> {
            long received = 0;
            for (int i = 0; i < count; i++) {
                received += channel.read(ByteBuffer.allocate(PIECE));
            }
            return new Repeated.Done(count, received);
        }, channel);
    }

    static Workload receiveInto(Peer peer, int parameter) throws IOException {
        SocketChannel channel = peer.connect("SOURCE");
        ByteBuffer target = ByteBuffer.allocateDirect(PIECE);
        return new Repeated(count -> {
            long received = 0;
            for (int i = 0; i < count; i++) {
                received += channel.read(target.clear());
            }
            return new Repeated.Done(count, received);
        }, channel);
    }

    static Workload sendFile(Peer peer, int parameter) throws IOException {
        SocketChannel channel = peer.connect("SINK");
        Path path = Files.createTempFile("bench-", ".file");
        FileChannel file = FileChannel
                .open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(FILE);
        while (zeros.hasRemaining()) {
            file.write(zeros);
        }
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                for (long sent = 0; sent < FILE;) {
                    sent += file.transferTo(sent, FILE - sent, channel);
                }
            }
            return new Repeated.Done(count, (long) count * FILE);
        }, channel, file);
    }
}
