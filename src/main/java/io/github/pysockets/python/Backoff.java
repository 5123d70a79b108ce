package io.github.pysockets.python;

import java.util.concurrent.TimeUnit;

/**
 * Growing pauses between tries, for the cases in which the kernel has nothing to wait for: poll(2) says "ready", and the call says "not yet". Sending to a
 * UNIX-domain datagram socket whose queue is full is one, unless connected to it.
 *
 * <p>At first there is none: another thread may just have been quicker.
 */
final class Backoff {
    private static final int FREE_TRIES = 3;
    private static final long FIRST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private int tries;
    private long nanos = FIRST_NANOS;

    /** Nanoseconds of the next pause, within the deadline. */
    long next(Deadline deadline) {
        if (++tries <= FREE_TRIES) {
            return 0;
        }
        long pause = nanos;
        nanos = Math.min(2 * nanos, LONGEST_NANOS);
        long left = deadline.left();
        return left < 0 ? pause : Math.min(left, pause);
    }
}
