package io.github.pysockets.quota;

/** What one socket has had of a {@link ByteRate} in its current round. Guarded by that rate. */
final class Share {
    private long round = -1;
    private long taken;
    private boolean hasClaimed;

    /** Begins a new round, if it is one. */
    void enter(long newRound) {
        if (round != newRound) {
            round = newRound;
            taken = 0;
            hasClaimed = false;
        }
    }

    long taken() {
        return taken;
    }

    void take(long count) {
        taken += count;
    }

    /** Whether this is the first claim of the round. */
    boolean claims() {
        boolean isFirst = !hasClaimed;
        hasClaimed = true;
        return isFirst;
    }
}
