package io.github.pysockets.python;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Getting descriptors back from dropped sockets: for the whole process, as the collector and its descriptors are. */
final class Reclaiming {
    /** Longer than most collections take. */
    private static final long LONGEST_FOR_ANOTHERS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** With the lock. */
    private static final CollectionBudget BUDGET = new CollectionBudget();

    private Reclaiming() {}

    /** What to give {@link #run}: taken before the attempt that failed. */
    static long mark() {
        return Cleanup.closed();
    }

    /**
     * Looks for dropped sockets where there is hope for some, or waits for another thread that does.
     *
     * @param isPatient whether to wait where the last look was in vain, and another one is due soon
     * @return whether descriptors have come back since {@code mark}. Not if interrupted
     */
    static boolean run(long mark, boolean isPatient) {
        try {
            look(mark, isPatient);
            return Cleanup.closed() != mark;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void look(long mark, boolean isPatient) throws InterruptedException {
        boolean isFree = ONE_AT_A_TIME.tryLock();
        if (!isFree && !ONE_AT_A_TIME.tryLock(LONGEST_FOR_ANOTHERS_NANOS, TimeUnit.NANOSECONDS)) {
            return;
        }
        try {
            if (isFree && Cleanup.closed() == mark) {
                collect(isPatient);
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static void collect(boolean isPatient) throws InterruptedException {
        long pause = BUDGET.pause(System.nanoTime(), isPatient);
        if (pause < 0) {
            return;
        }
        TimeUnit.NANOSECONDS.sleep(pause);
        long before = Cleanup.closed();
        long begin = System.nanoTime();
        Cleanup.look();
        BUDGET.spend(begin, System.nanoTime(), Cleanup.closed() - before);
    }
}
