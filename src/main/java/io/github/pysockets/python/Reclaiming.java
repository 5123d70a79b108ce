package io.github.pysockets.python;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gets descriptors back from dropped sockets, for the whole process, which shares its collector and its descriptors.
 * There is one collection at a time.
 */
final class Reclaiming {
    /** Longer than most collections take. */
    private static final long LONGEST_FOR_ANOTHERS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** Guarded by the lock. */
    private static final CollectionBudget BUDGET = new CollectionBudget(16, 0);
    /** For limits that an application has set: who meets one must not use up what the process needs. */
    private static final CollectionBudget LIMITS_BUDGET = new CollectionBudget(16, 0);

    private Reclaiming() {}

    /** Returns an argument for {@link #run}, taken before the attempt that failed. */
    static long mark() {
        return Cleanup.closed();
    }

    /**
     * Collects dropped sockets where there is hope for some, or waits for another thread that does.
     *
     * @param isLimit whether it is a limit of the application's that is reached, and not that of the process
     * @param isPatient whether to wait for a collection that is due soon, even if the last one freed nothing
     * @return whether descriptors have come back since {@code mark}; false if interrupted
     */
    static boolean run(long mark, boolean isLimit, boolean isPatient) {
        try {
            look(mark, isLimit ? LIMITS_BUDGET : BUDGET, isPatient);
            return Cleanup.closed() != mark;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void look(long mark, CollectionBudget budget, boolean isPatient) throws InterruptedException {
        boolean isFree = ONE_AT_A_TIME.tryLock();
        if (!isFree && !ONE_AT_A_TIME.tryLock(LONGEST_FOR_ANOTHERS_NANOS, TimeUnit.NANOSECONDS)) {
            return;
        }
        try {
            if (isFree && Cleanup.closed() == mark) {
                collect(budget, isPatient);
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static void collect(CollectionBudget budget, boolean isPatient) throws InterruptedException {
        long pause = budget.pause(System.nanoTime(), isPatient);
        if (pause < 0) {
            return;
        }
        TimeUnit.NANOSECONDS.sleep(pause);
        spend(budget);
    }

    private static long spend(CollectionBudget budget) {
        long before = Cleanup.closed();
        long begin = System.nanoTime();
        Cleanup.look();
        long found = Cleanup.closed() - before;
        budget.spend(begin, System.nanoTime(), found);
        return found;
    }

    /**
     * Runs the collector on behalf of nobody in particular.
     *
     * @param budget its caller's own, which allows it
     * @return how many dropped objects it found; 0 where another thread's collection is under way
     */
    static long search(CollectionBudget budget) {
        if (!ONE_AT_A_TIME.tryLock()) {
            return 0;
        }
        try {
            return spend(budget);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }
}
