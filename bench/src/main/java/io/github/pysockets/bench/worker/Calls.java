package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a call costs where nothing has to be waited for. */
final class Calls {
    private static final int MESSAGE = 64;

    private Calls() {}

    static Workload callCost(Peer peer, int parameter) throws IOException {
        Pair pair = Pair.connect();
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                pair.near().write(buffer.clear());
                pair.far().read(buffer.clear());
            }
            return new Repeated.Done(count, (long) MESSAGE * count);
        }, pair);
    }

    static Workload wouldBlock(Peer peer, int parameter) throws IOException {
        Pair pair = Pair.connect();
        pair.far().configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                if (pair.far().read(buffer.clear()) != 0) {
                    throw new IOException("there is something to read");
                }
            }
            return new Repeated.Done(count, 0);
        }, pair);
    }
}
