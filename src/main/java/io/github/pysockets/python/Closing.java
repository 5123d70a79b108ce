package io.github.pysockets.python;

import java.util.concurrent.TimeUnit;

/**
 * Closes everything that a script has left, without keeping the application waiting. Nothing that a script did may
 * delay it: neither many thousands of sockets nor calls that never return. So a separate thread does the work. The
 * application waits for it up to a limit; after that the thread continues in the background.
 */
final class Closing {
    /** The promise is 100 ms. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

    private Closing() {}

    /** Closes things until {@code end}, a {@link System#nanoTime} value, on behalf of the thread {@code closer}. */
    @FunctionalInterface
    interface Work {
        void until(long end, Thread closer);
    }

    /** @param onThisThread whether the calling thread does the work, for up to the limit and one close more */
    static void run(boolean onThisThread, Work work) {
        long end = System.nanoTime() + LONGEST_NANOS;
        Thread closer = Thread.currentThread();
        if (onThisThread) {
            work.until(end, closer);
            return;
        }
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
