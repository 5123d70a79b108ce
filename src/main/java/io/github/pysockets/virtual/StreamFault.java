package io.github.pysockets.virtual;

import java.time.Duration;

/** What happens to a connection at a byte. Seen from the host whose port the connection was made to. */
public final class StreamFault {
    /** Of {@link #stall()}: forever. */
    static final long FOREVER = Long.MAX_VALUE;

    private final boolean resets;
    private final long stallNanos;
    private final boolean ofSent;
    private final long at;

    private StreamFault(boolean resets, long stallNanos, boolean ofSent, long at) {
        this.resets = resets;
        this.stallNanos = stallNanos;
        this.ofSent = ofSent;
        this.at = at;
    }

    /** The connection is reset for both sides: ECONNRESET. At once, unless a byte is named. */
    public static StreamFault reset() {
        return new StreamFault(true, 0, true, 0);
    }

    /** No further byte arrives, and nobody is told. From the first byte on, unless another is named. */
    public static StreamFault stall() {
        return new StreamFault(false, FOREVER, true, 0);
    }

    /** Further bytes arrive this much later. */
    public static StreamFault stall(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time is not negative, as " + time + " is");
        }
        return new StreamFault(false, time.toNanos(), true, 0);
    }

    /** Once the peer has received this many bytes from the host. */
    public StreamFault afterSending(long bytes) {
        return new StreamFault(resets, stallNanos, true, bytes(bytes));
    }

    /** Once the host has received this many bytes from the peer. */
    public StreamFault afterReceiving(long bytes) {
        return new StreamFault(resets, stallNanos, false, bytes(bytes));
    }

    private static long bytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a number of bytes is not negative, as " + bytes + " is");
        }
        return bytes;
    }

    boolean resets() {
        return resets;
    }

    long stallNanos() {
        return stallNanos;
    }

    boolean ofSent() {
        return ofSent;
    }

    long at() {
        return at;
    }
}
