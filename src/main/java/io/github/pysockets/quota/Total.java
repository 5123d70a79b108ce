package io.github.pysockets.quota;

/**
 * So many of something in all, or at once. What a call may need is reserved before it and settled after it, so that
 * calls of several threads together never go beyond the limit. Thread-safe.
 */
final class Total {
    /** No limit. */
    static final long NONE = Long.MAX_VALUE;

    private final long limit;
    private long used;
    private long reserved;

    Total(long limit) {
        this.limit = limit;
    }

    boolean isLimited() {
        return limit != NONE;
    }

    long limit() {
        return limit;
    }

    /** Reserves at most {@code count}. Returns how many; 0 where none are left, or others have reserved them. */
    synchronized long reserve(long count) {
        if (!isLimited()) {
            return count;
        }
        long granted = Math.max(0, Math.min(count, limit - used - reserved));
        reserved += granted;
        return granted;
    }

    /**
     * Ends what {@link #reserve} began.
     *
     * @param granted its result
     * @param count how many were needed in the end
     */
    synchronized void settle(long granted, long count) {
        if (isLimited()) {
            reserved -= granted;
            used += count;
        }
    }

    /** Whether nothing is left, whatever comes of the calls under way. */
    synchronized boolean isOver() {
        return used >= limit;
    }

    /** Whether calls under way have reserved all that is left. */
    synchronized boolean isBusy() {
        return isLimited() && used < limit && used + reserved >= limit;
    }

    /** Takes all of {@code count}, or nothing. */
    synchronized boolean take(long count) {
        if (isLimited()) {
            if (count > limit - used - reserved) {
                return false;
            }
            used += count;
        }
        return true;
    }

    synchronized void giveBack(long count) {
        if (isLimited()) {
            used -= count;
        }
    }

    /** How many are left. */
    synchronized long left() {
        return isLimited() ? Math.max(0, limit - used) : NONE;
    }
}
