package io.github.pysockets.python;

import java.util.concurrent.TimeUnit;

/**
 * Closes all that a script has left, for an application that must not be kept waiting. Nothing of what a script did may
 * hold it up: neither many thousands of sockets, nor calls that do not come back. So it is done on a thread made for
 * it, which the application waits for only so long; what is left then is done behind its back.
 */
final class Closing {
    /** What is promised is 100 ms. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

    private Closing() {}

    /** Closes something until a time, by {@link System#nanoTime}, for a thread. */
    @FunctionalInterface
    interface Work {
        void until(long end, Thread closer);
    }

    static void run(Work work) {
        long end = System.nanoTime() + LONGEST_NANOS;
        Thread closer = Thread.currentThread();
        Thread helper;
        try {
            helper = Thread.ofPlatform()
                    .daemon()
                    .name("pysockets-closing")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> work.until(end, closer));
        } catch (OutOfMemoryError noThreadLeft) {
            work.until(end, closer);
            return;
        }
        join(helper, end);
    }

    private static void join(Thread helper, long end) {
        boolean interrupted = false;
        for (;;) {
            long left = end - System.nanoTime();
            try {
                if (left > 0) {
                    TimeUnit.NANOSECONDS.timedJoin(helper, left);
                }
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
