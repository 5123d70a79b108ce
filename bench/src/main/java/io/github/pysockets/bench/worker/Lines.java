package io.github.pysockets.bench.worker;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Lines of 60 bytes through buffers of 8 KiB. */
final class Lines {
    private static final int LENGTH = 60;
    private static final int FLUSH_EACH = 100;

    private Lines() {}

    static Workload read(Peer peer, int parameter) throws IOException {
        SocketChannel channel = peer.connect("LINES");
        var reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                reader.readLine();
            }
            return new Repeated.Done(count, (long) count * LENGTH);
        }, channel);
    }

    static Workload write(Peer peer, int parameter) throws IOException {
        SocketChannel channel = peer.connect("SINK");
        OutputStream output = new BufferedOutputStream(Channels.newOutputStream(channel), 8192);
        byte[] line = ("x".repeat(LENGTH - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < FLUSH_EACH; j++) {
                    output.write(line);
                }
                output.flush();
            }
            long lines = (long) count * FLUSH_EACH;
            return new Repeated.Done(lines, lines * LENGTH);
        }, channel);
    }
}
