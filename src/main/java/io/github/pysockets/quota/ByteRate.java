package io.github.pysockets.quota;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bytes for each second, for any number of sockets at once. Time is divided into rounds. In a round each socket gets an
 * equal part of what is there, as counted by the sockets that wanted some in the rounds before, and waits for the next
 * round once it has had that. So none starves, and one event loop or a hundred threads do few calls for many bytes.
 *
 * <p>What is not taken in a round is there in the next: a stalled process catches up, within limits. Thread-safe.
 */
final class ByteRate {
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_ROUND = TimeUnit.MILLISECONDS.toNanos(100);
    /** For how long what was not taken is kept. */
    private static final long CAPACITY = TimeUnit.MILLISECONDS.toNanos(200);
    /** The smallest part of a round that is worth a call. With more sockets, rounds become longer. */
    private static final long LEAST_PART = 512;

    private final Rate rate;
    private final LongSupplier clock;
    private long round;
    private long roundEnd;
    /** The bytes of this round. */
    private long budget;
    private int claimants;
    /** How many sockets are expected to claim a part of this round. */
    private int expected;

    ByteRate(long perSecond, LongSupplier clock) {
        this.clock = clock;
        rate = new Rate(perSecond, CAPACITY, ROUND, clock);
        begin(clock.getAsLong());
    }

    long perSecond() {
        return rate.perSecond();
    }

    private void begin(long now) {
        round++;
        // Not forgotten at once: in a process that stalls, a round may pass in which most did not get to ask.
        expected = Math.max(1, Math.max(claimants, expected / 2));
        claimants = 0;
        long wanted = Math.min(expected * LEAST_PART, LONGEST_ROUND / ROUND * rate.perSecond());
        long length = Math.clamp(wanted * TimeUnit.SECONDS.toNanos(1) / rate.perSecond(), ROUND, LONGEST_ROUND);
        roundEnd = now + length;
        budget = Math.max(rate.free(), length / 1000 * rate.perSecond() / 1_000_000);
    }

    private void enter(Share share) {
        long now = clock.getAsLong();
        if (now - roundEnd >= 0) {
            begin(now);
        }
        share.enter(round);
    }

    /** What a socket may still have in this round, as far as the others leave it. */
    private long left(Share share) {
        return Math.max(1, budget / Math.max(expected, claimants)) - share.taken();
    }

    private void claim(Share share) {
        if (share.claims()) {
            claimants++;
        }
    }

    /** How many bytes a socket may move now; 0 where it is held back. */
    synchronized long allowance(Share share) {
        enter(share);
        long allowed = Math.min(rate.free(), left(share));
        if (allowed <= 0) {
            claim(share);
            return 0;
        }
        return allowed;
    }

    /** Counts bytes that a socket has moved: more than its allowance where a message could not be cut. */
    synchronized void take(Share share, long count) {
        if (count > 0) {
            enter(share);
            claim(share);
            share.take(count);
            rate.take(count);
        }
    }

    /** The nanoseconds until the socket may move a byte; 0 for now. */
    synchronized long pause(Share share) {
        enter(share);
        boolean isFree = rate.free() > 0;
        if (isFree && left(share) > 0) {
            return 0;
        }
        long untilNext = Math.max(1, roundEnd - clock.getAsLong());
        return isFree ? untilNext : Math.max(untilNext, rate.untilOne());
    }
}
