package io.github.pysockets.python;

/**
 * How often the collector may run for want of descriptors. It stops every thread of the process, so a script that is
 * out of descriptors must not have it run again and again in vain: the process would stand still, for other scripts
 * too.
 *
 * <p>A few collections are free: a script that fails, drops something and tries again is right to. Once those are used
 * up, one more is earned in thirty times the time that one takes, so that all of them together take three percent. A
 * collection that gives back many descriptors costs nothing, lest a script that drops sockets for ever fails; and in
 * any case the collector rests after each as long as it took.
 *
 * <p>Knows no clock: times are nanoseconds of the caller's. Not for several threads at once.
 */
final class CollectionBudget {
    private static final int MOST = 8;
    private static final int LEAST_MOST = 2;
    /** What those that are free may take together. */
    private static final long FREE_NANOS = 4_000_000_000L;
    private static final int TIMES_ITS_COST = 30;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;
    /** So many descriptors make a collection worth its while. */
    private static final double WORTHWHILE = 16;

    private double saved = MOST;
    private long last;
    private long lastCost;
    /** What one takes at its best, of late: at other times the machine has other things to do. */
    private long cost = Long.MAX_VALUE;
    private boolean wasOfUse;

    /**
     * How long to wait before the next collection.
     *
     * @param isPatient whether to wait even if the last one was in vain
     * @return nanoseconds; negative where it is too far off, or not worth to wait for
     */
    long pause(long now, boolean isPatient) {
        if (isFirst()) {
            return 0;
        }
        double lacking = Math.max(0, 1 - saved(now));
        if (lacking > 0 && !wasOfUse) {
            return -1;
        }
        long rest = Math.min(lastCost - (now - last), LONGEST_PAUSE_NANOS);
        long pause = Math.max(rest, (long) (lacking * TIMES_ITS_COST * cost));
        if (pause <= 0) {
            return 0;
        }
        return pause <= LONGEST_PAUSE_NANOS && (isPatient || wasOfUse) ? pause : -1;
    }

    private boolean isFirst() {
        return cost == Long.MAX_VALUE;
    }

    private double saved(long now) {
        if (isFirst()) {
            return saved;
        }
        double earned = (double) (now - last) / cost / TIMES_ITS_COST;
        return Math.min(saved + earned, Math.clamp(FREE_NANOS / cost, LEAST_MOST, MOST));
    }

    /**
     * Notes a collection.
     *
     * @param begin when it began
     * @param end when it was over
     * @param found how many descriptors it gave back
     */
    void spend(long begin, long end, long found) {
        saved = saved(begin) - Math.max(0, 1 - found / WORTHWHILE);
        last = end;
        lastCost = Math.max(1, end - begin);
        cost = isFirst() ? lastCost : Math.min(cost + cost / 4 + 1, lastCost);
        wasOfUse = found > 0;
    }
}
