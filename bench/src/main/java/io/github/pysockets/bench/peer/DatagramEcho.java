package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** Sends each datagram back. */
final class DatagramEcho implements Runnable {
    private static final int LARGEST = 65536;

    private final DatagramChannel channel;

    DatagramEcho(DatagramChannel channel) {
        this.channel = channel;
    }

    @Override
    public void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
        try {
            while (true) {
                SocketAddress sender = channel.receive(buffer.clear());
                channel.send(buffer.flip(), sender);
            }
        } catch (ClosedChannelException ended) {
            // The process ends.
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }
}
