package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** What idle connections take of the heap of a worker that has done nothing else before. */
final class IdleMemory {
    private static final int WARM_UP = 200;
    private static final int LOOKS = 4;

    private IdleMemory() {}

    /** They are made and looked at once; running it again gives the same figure. */
    static Workload open(Peer peer, int count) throws IOException {
        connected(peer, WARM_UP, () -> 0);
        long before = used();
        long taken = connected(peer, count, () -> used() - before);
        return new Workload() {
            @Override
            public Sample run(double seconds) {
                return new Sample(count, taken, 0, 0);
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    private interface Look {
        long look();
    }

    private static long connected(Peer peer, int count, Look look) throws IOException {
        List<SocketChannel> connections = new ArrayList<>();
        try (ServerSocketChannel listener = Connections.listen();
                SocketChannel talk = peer.connect("CONNECT " + Connections.port(listener))) {
            Peer.say(talk, Integer.toString(count));
            while (connections.size() < count) {
                connections.add(listener.accept());
            }
            Connections.expect(talk, "connected " + count);
            return look.look();
        } finally {
            for (SocketChannel each : connections) {
                each.close();
            }
        }
    }

    /** Bytes: the least of some looks, each after garbage is collected. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < LOOKS; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
