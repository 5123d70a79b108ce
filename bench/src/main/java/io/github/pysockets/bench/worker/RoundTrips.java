package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/** 64 bytes to the peer and back. */
final class RoundTrips {
    private static final int MESSAGE = 64;

    private RoundTrips() {}

    static Workload stream(SocketChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                channel.write(buffer.clear());
                channel.read(buffer.clear());
            }
            return new Repeated.Done(count, (long) MESSAGE * count);
        }, channel);
    }

    static Workload datagrams(Peer peer, int parameter) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                channel.send(buffer.clear(), peer.udp());
                channel.receive(buffer.clear());
            }
            return new Repeated.Done(count, (long) MESSAGE * count);
        }, channel);
    }
}
