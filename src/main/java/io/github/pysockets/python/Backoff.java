package io.github.pysockets.python;

import java.util.concurrent.TimeUnit;

/**
 * Growing pauses between attempts, for cases where the kernel offers nothing to wait for: poll(2) says "ready", and the
 * call says "not yet". An example is sending to a UNIX-domain datagram socket whose queue is full, unless the sender is
 * connected to it.
 *
 * <p>The first attempts have no pause: another thread may just have been quicker.
 */
final class Backoff {
    private static final int FREE_TRIES = 3;
    private static final long FIRST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private int tries;
    private long nanos = FIRST_NANOS;

    /** Returns the next pause in nanoseconds, within the deadline. */
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
