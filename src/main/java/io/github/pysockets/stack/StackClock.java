package io.github.pysockets.stack;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What a stack's waits are measured by: clock_gettime(2). */
public interface StackClock {
    /** The process's own clocks. */
    StackClock SYSTEM = new StackClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long wallTimeNanos() {
            Instant now = Instant.now();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }
    };

    /** The clock of a stack that has one of its own, otherwise {@link #SYSTEM}. */
    static StackClock of(SocketStack stack) {
        ClockStack own = stack.ability(ClockStack.class);
        return own == null ? SYSTEM : own.clock();
    }

    /** CLOCK_MONOTONIC: nanoseconds since some time that never changes. May be negative: compare differences. */
    long nanoTime();

    /** CLOCK_REALTIME: nanoseconds since the beginning of 1970, in UTC. */
    long wallTimeNanos();
}
