package io.github.pysockets.python;

import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.StackClock;

/** The end of a whole call, however often it waits, and the call's result after that time. */
final class Deadline {
    /** Null where there is no end. */
    private final StackClock clock;
    private final long end;
    private final int code;

    private Deadline(StackClock clock, long end, int code) {
        this.clock = clock;
        this.end = end;
        this.code = code;
    }

    private static final Deadline NEVER = new Deadline(null, 0, 0);

    static Deadline never() {
        return NEVER;
    }

    /**
     * @param clock what the time is measured by: that of the stack that waits
     * @param nanos from now
     * @param code the result of a call that is not done by then
     */
    static Deadline in(StackClock clock, long nanos, int code) {
        return new Deadline(clock, clock.nanoTime() + nanos, code);
    }

    /** A deadline for a call that may normally end with nothing: its result is then 0. Negative for no end. */
    static Deadline in(StackClock clock, long nanos) {
        return nanos < 0 ? NEVER : in(clock, nanos, 0);
    }

    /** The nanoseconds left, at least 0; {@link Poller#FOREVER} where there is no end. */
    long left() {
        return clock == null ? Poller.FOREVER : Math.max(0, end - clock.nanoTime());
    }

    boolean isOver() {
        return clock != null && end - clock.nanoTime() <= 0;
    }

    int code() {
        return code;
    }
}
