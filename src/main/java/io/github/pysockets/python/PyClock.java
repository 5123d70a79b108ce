package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Announcement;
import io.github.pysockets.stack.ClockStack;
import io.github.pysockets.stack.StackClock;
import io.github.pysockets.stack.StackException;

/** The stack's clock, for Python's {@code time} and {@code threading}. */
public final class PyClock {
    /**
     * The shortest wait. A loop that sleeps for no time gives its turn to others, and time passes in it: otherwise
     * what it waits for would never come.
     */
    private static final long SHORTEST_NANOS = 1_000;

    private final SocketRuntime runtime;
    private final StackClock clock;

    /** The clock of a runtime's stack: the process's own clocks, where that has none. */
    public PyClock(SocketRuntime runtime) {
        this.runtime = runtime;
        clock = runtime.clock();
    }

    /** CLOCK_MONOTONIC in nanoseconds. */
    public long nanoTime() {
        return clock.nanoTime();
    }

    /** CLOCK_REALTIME: nanoseconds since the beginning of 1970, in UTC. */
    public long wallTimeNanos() {
        return clock.wallTimeNanos();
    }

    /** Announces a thread that is about to begin: time stands still until it has. */
    public Announcement announce() throws StackException {
        return runtime.stack().require(ClockStack.class).announce();
    }

    /**
     * Waits: nanosleep(2).
     *
     * @return 0, or one of {@link Codes} where the wait was ended
     * @throws StackException EINVAL for less than 0 nanoseconds
     */
    public int sleep(long nanos) throws StackException {
        if (nanos < 0) {
            throw new StackException(Errno.EINVAL);
        }
        Deadline end = Deadline.in(clock, Math.max(nanos, SHORTEST_NANOS));
        return runtime.waiting().untilDone(_ -> {}, () -> false, end);
    }
}
