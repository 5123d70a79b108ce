package io.github.pysockets.virtual;

import java.util.concurrent.TimeUnit;

/** How long to wait for an acknowledgment: RFC 6298, with Linux's limits. In nanoseconds. */
final class RoundTrip {
    static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long MOST = TimeUnit.SECONDS.toNanos(120);
    private static final int SMOOTHING = 8;
    private static final int VARIATION = 4;

    private long smoothed = -1;
    private long variation;
    private long timeout = FIRST;

    long timeout() {
        return timeout;
    }

    void measured(long time) {
        if (smoothed < 0) {
            smoothed = time;
            variation = time / 2;
        } else {
            variation += (Math.abs(smoothed - time) - variation) / VARIATION;
            smoothed += (time - smoothed) / SMOOTHING;
        }
        reset();
    }

    void backOff() {
        timeout = Math.min(2 * timeout, MOST);
    }

    /** Ends the effect of {@link #backOff}. */
    void reset() {
        timeout = smoothed < 0
                ? FIRST
                : Math.min(smoothed + Math.max(LEAST, VARIATION * variation), MOST);
    }
}
