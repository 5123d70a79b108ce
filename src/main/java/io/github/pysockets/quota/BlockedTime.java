package io.github.pysockets.quota;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.Poller;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The time that calls may wait in all. Thread-safe. */
final class BlockedTime {
    /** Waits of several threads are counted piece by piece, so that together they do not go far beyond the limit. */
    private static final long LEAST_PIECE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int PIECES = 16;

    private final long limit;
    private final LongSupplier clock;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in nanoseconds; {@link Total#NONE} for no limit */
    BlockedTime(long limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
    }

    boolean isLimited() {
        return limit != Total.NONE;
    }

    /** In nanoseconds. */
    long limit() {
        return limit;
    }

    boolean isOver() {
        return used.get() >= limit;
    }

    /** Says why a wait fails, and returns how: {@code -ETIMEDOUT}. */
    int refuse() {
        FailureText.leave(Errno.ETIMEDOUT, "the limit of " + text(Duration.ofNanos(limit)) + " of waiting in all");
        return -Errno.ETIMEDOUT;
    }

    private static String text(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    /** How long a wait of {@code nanos}, which may be {@link Poller#FOREVER}, may take at once. */
    long piece(long nanos) {
        long left = Math.max(0, limit - used.get());
        long piece = Math.min(left, Math.max(LEAST_PIECE, left / PIECES));
        return nanos < 0 ? piece : Math.min(nanos, piece);
    }

    long now() {
        return clock.getAsLong();
    }

    /** Counts a wait. */
    void use(long since) {
        used.addAndGet(Math.max(0, clock.getAsLong() - since));
    }
}
