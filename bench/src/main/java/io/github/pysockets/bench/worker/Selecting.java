package io.github.pysockets.bench.worker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** One wake-up of a selector among idle sockets. */
final class Selecting {
    private Selecting() {}

    /** @param idle the number of sockets that nothing happens on */
    static Workload wakeUp(Peer peer, int idle) throws IOException {
        Pair pair = Pair.connect();
        Selector selector = Selector.open();
        List<Closeable> held = new ArrayList<>(List.of(pair, selector));
        for (int i = 0; i < idle; i++) {
            DatagramChannel channel = DatagramChannel.open();
            held.add(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        pair.far().configureBlocking(false);
        pair.far().register(selector, SelectionKey.OP_READ);
        ByteBuffer b = ByteBuffer.allocateDirect(1);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                pair.near().write(b.clear());
                selector.select();
                selector.selectedKeys().clear();
                pair.far().read(b.clear());
            }
            return new Repeated.Done(count, count);
        }, held.toArray(Closeable[]::new));
    }
}
