package io.github.pysockets.python;

import io.github.pysockets.stack.Poller;

/** The end of a whole call, however often it waits, and the call's result after that time. */
final class Deadline {
    private final boolean bounded;
    private final long end;
    private final int code;

    private Deadline(boolean bounded, long end, int code) {
        this.bounded = bounded;
        this.end = end;
        this.code = code;
    }

    private static final Deadline NEVER = new Deadline(false, 0, 0);

    static Deadline never() {
        return NEVER;
    }

    /**
     * @param nanos from now
     * @param code the result of a call that is not done by then
     */
    static Deadline in(long nanos, int code) {
        return new Deadline(true, System.nanoTime() + nanos, code);
    }

    /** A deadline for a call that may normally end with nothing: its result is then 0. Negative for no end. */
    static Deadline in(long nanos) {
        return nanos < 0 ? NEVER : in(nanos, 0);
    }

    /** The nanoseconds left, at least 0; {@link Poller#FOREVER} where there is no end. */
    long left() {
        return bounded ? Math.max(0, end - System.nanoTime()) : Poller.FOREVER;
    }

    boolean isOver() {
        return bounded && end - System.nanoTime() <= 0;
    }

    int code() {
        return code;
    }
}
