package io.github.pysockets.observe;

import java.util.concurrent.TimeUnit;

/**
 * The time of day to within 50 ms, for what happens so often that reading the system's clock, 25 ns, would tell. A
 * thread reads it meanwhile, which rests while nobody asks.
 */
final class CoarseClock {
    private static final long TICK_MILLIS = 50;
    /** After so many ticks the thread rests, until the next question. */
    private static final int MOST_TICKS = 20;

    private static final long RESTING = Long.MIN_VALUE;

    private static volatile long now = RESTING;
    private static boolean isStarted;
    private static volatile boolean cannotStart;

    private CoarseClock() {}

    /** As {@link System#currentTimeMillis}. */
    static long now() {
        long known = now;
        return known == RESTING ? wake() : known;
    }

    private static long wake() {
        return cannotStart ? System.currentTimeMillis() : wakeThread();
    }

    private static synchronized long wakeThread() {
        long exact = System.currentTimeMillis();
        if (!isStarted && !start()) {
            return exact;
        }
        if (now == RESTING) {
            now = exact;
            CoarseClock.class.notifyAll();
        }
        return exact;
    }

    private static boolean start() {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .name("pysockets-clock")
                    .inheritInheritableThreadLocals(false)
                    .start(CoarseClock::run);
            isStarted = true;
        } catch (OutOfMemoryError noThread) {
            // The process may not be allowed one more.
            cannotStart = true;
        }
        return isStarted;
    }

    private static void run() {
        for (;;) {
            try {
                awaitQuestion();
                for (int i = 0; i < MOST_TICKS; i++) {
                    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
                    now = System.currentTimeMillis();
                }
            } catch (InterruptedException byNobody) {
                continue;
            } finally {
                now = RESTING;
            }
        }
    }

    private static synchronized void awaitQuestion() throws InterruptedException {
        while (now == RESTING) {
            CoarseClock.class.wait();
        }
    }
}
