package io.github.pysockets.quota;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that a test moves. */
final class FakeClock implements LongSupplier {
    /** A clock of the system may stand anywhere, below 0 too, and pass the greatest number. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1));

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    void pass(long more) {
        nanos.addAndGet(more);
    }

    void passMillis(long millis) {
        pass(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
