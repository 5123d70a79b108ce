package io.github.pysockets.python;

/** A call that an event loop makes at a time. Python code holds it as an opaque object, to cancel it. */
public final class LoopTimer {
    /** Not in a heap: due, cancelled, or of a loop that was closed. */
    static final int NOWHERE = -1;

    /** In seconds of the loop's clock. */
    final double when;
    /** Among timers for one time, the first to be set is the first to be due. */
    final long number;
    /** The interpreter's object for the call. */
    final Object owner;
    /** The place in the heap. */
    int place = NOWHERE;

    LoopTimer(double when, long number, Object owner) {
        this.when = when;
        this.number = number;
        this.owner = owner;
    }

    boolean isBefore(LoopTimer other) {
        int order = Double.compare(when, other.when);
        return order < 0 || order == 0 && number < other.number;
    }
}
