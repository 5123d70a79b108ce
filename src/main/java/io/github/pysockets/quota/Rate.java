package io.github.pysockets.quota;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * So many of something each second: a token bucket. It is kept as the time up to which all that was taken is paid for,
 * in whole nanoseconds and a fraction. So nothing is lost by rounding, however small the parts.
 *
 * <p>More than there is may be taken: the debt then delays what comes next. Thread-safe.
 */
final class Rate {
    /** The most a second. The products below stay within a long. */
    static final long MOST = 8_000_000_000L;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long capacity;
    private final LongSupplier clock;
    private long paidUntil;
    /** The fraction of the last nanosecond, in parts of {@link #perSecond}. */
    private long fraction;

    /**
     * @param perSecond from 1 to {@link #MOST}
     * @param capacity the nanoseconds for which what was not taken is kept
     * @param filled the nanoseconds of them that are there at the start
     */
    Rate(long perSecond, long capacity, long filled, LongSupplier clock) {
        this.perSecond = perSecond;
        // One must fit.
        this.capacity = Math.max(capacity, nanosFor(1));
        this.clock = clock;
        paidUntil = clock.getAsLong() - filled;
    }

    /** One that lets through at once what a second has. */
    static Rate ofEvents(long perSecond, LongSupplier clock) {
        return new Rate(perSecond, SECOND, SECOND, clock);
    }

    private long nanosFor(long count) {
        return Math.ceilDiv(count * SECOND, perSecond);
    }

    long perSecond() {
        return perSecond;
    }

    /** How many may be taken now; negative for a debt. */
    synchronized long free() {
        long now = clock.getAsLong();
        long earliest = now - capacity;
        if (earliest - paidUntil > 0) {
            paidUntil = earliest;
            fraction = 0;
        }
        return Math.floorDiv((now - paidUntil) * perSecond - fraction, SECOND);
    }

    /** Takes some, whether they are there or not. */
    synchronized void take(long count) {
        free();
        long parts = count * SECOND + fraction;
        paidUntil += parts / perSecond;
        fraction = parts % perSecond;
    }

    /** The nanoseconds until one may be taken. */
    synchronized long untilOne() {
        if (free() > 0) {
            return 0;
        }
        return Math.max(1, paidUntil - clock.getAsLong() + Math.ceilDiv(SECOND + fraction, perSecond));
    }

    /** Takes one for later. Returns the nanoseconds until it is there. Each caller gets a time of its own. */
    synchronized long reserve() {
        long wait = untilOne();
        take(1);
        return wait;
    }
}
