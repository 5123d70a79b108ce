package io.github.pysockets.bench.worker;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A workload that is done in whole batches; the time is that of the batches alone. */
final class Repeated implements Workload {
    /** Does it {@code count} times. */
    interface Batch {
        Done run(int count) throws IOException;
    }

    /** Runs before each batch, outside the measured time. */
    interface Preparation {
        void run(int count) throws IOException;
    }

    /** What a batch did. */
    record Done(long operations, long bytes) {}

    /** Seconds that a batch takes, so that looking at the clock costs nothing and a run ends when it should. */
    private static final double SHORTEST = 0.01;
    private static final double LONGEST = 0.05;
    private static final int MOST = 1 << 30;

    private final Batch batch;
    private final Preparation preparation;
    private final int most;
    private final List<Closeable> held;
    private int count = 1;

    /** @param held what it needs until it is closed */
    Repeated(Batch batch, Closeable... held) {
        this(batch, ready -> {
        }, MOST, held);
    }

    /** @param most the largest count of a batch */
    Repeated(Batch batch, Preparation preparation, int most, Closeable... held) {
        this.batch = batch;
        this.preparation = preparation;
        this.most = most;
        this.held = List.of(held);
    }

    @Override
    public Sample run(double seconds) throws IOException {
        long operations = 0;
        long bytes = 0;
        double wall = 0;
        double cpu = 0;
        while (wall < seconds) {
            preparation.run(count);
            var watch = new Stopwatch();
            Done done = batch.run(count);
            double taken = watch.wall();
            cpu += watch.cpu();
            wall += taken;
            operations += done.operations();
            bytes += done.bytes();
            adapt(taken);
        }
        return new Sample(operations, bytes, wall, cpu);
    }

    private void adapt(double taken) {
        if (taken < SHORTEST) {
            count = Math.min(count * 2, most);
        } else if (taken > LONGEST && count > 1) {
            count /= 2;
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : held) {
            each.close();
        }
    }
}
