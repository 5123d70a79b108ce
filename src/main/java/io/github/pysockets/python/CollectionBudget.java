package io.github.pysockets.python;

/**
 * Limits how often the collector runs for dropped objects. A collection takes processor time, and may stop every thread
 * of the process. So a script must not cause one useless collection after another: the process would stand still, for
 * other scripts too.
 *
 * <p>A few collections are free: a script that fails, drops something and tries again is right to. After those, one
 * more is earned in thirty times the time that one takes, so all of them together take three percent. A collection that
 * frees many descriptors costs nothing; otherwise a script that keeps dropping sockets would fail. In any case the
 * collector rests after each collection for as long as it took.
 *
 * <p>Has no clock: the caller passes times in nanoseconds. Not thread-safe.
 */
final class CollectionBudget {
    private static final int MOST = 8;
    private static final int LEAST_MOST = 2;
    /** How long the free collections may take together. */
    private static final long FREE_NANOS = 4_000_000_000L;
    private static final int TIMES_ITS_COST = 30;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;

    private final double worthwhile;
    private final double leastCharge;
    private double saved = MOST;
    private long last;
    private long lastCost;
    /** The best recent cost of a collection. Slower ones compete with other work on the machine. */
    private long cost = Long.MAX_VALUE;
    private boolean wasOfUse;

    /**
     * @param worthwhile how many descriptors a collection must free in order to cost the least
     * @param leastCharge the part of a free collection that it then costs
     */
    CollectionBudget(int worthwhile, double leastCharge) {
        this.worthwhile = worthwhile;
        this.leastCharge = leastCharge;
    }

    /**
     * Returns how long to wait before the next collection.
     *
     * @param isPatient whether to wait even if the last collection freed nothing
     * @return nanoseconds; negative where the next collection is too far off, or not worth waiting for
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
        return Math.min(saved + earned, most());
    }

    private double most() {
        return Math.clamp(FREE_NANOS / cost, LEAST_MOST, MOST);
    }

    /** Whether a collection may run now that nobody has asked for. */
    boolean allows(long now) {
        return isFirst() || saved(now) >= 1;
    }

    /** Whether so many are saved that one with little hope takes none from a better occasion. */
    boolean isPlenty(long now) {
        return isFirst() || saved(now) >= most() / 2;
    }

    /**
     * Records a collection.
     *
     * @param begin when it began
     * @param end when it ended
     * @param found how many descriptors it freed
     */
    void spend(long begin, long end, long found) {
        saved = saved(begin) - Math.max(leastCharge, 1 - found / worthwhile);
        last = end;
        lastCost = Math.max(1, end - begin);
        cost = isFirst() ? lastCost : Math.min(cost + cost / 4 + 1, lastCost);
        wasOfUse = found > 0;
    }
}
