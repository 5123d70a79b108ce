package io.github.pysockets.virtual;

import java.time.Duration;

/**
 * What a link does to the packets that cross it. A value: each method returns a changed copy.
 *
 * <p>TCP repairs what a link loses, reorders or duplicates, so there only delays show. For datagrams it shows as it is.
 */
public final class Link {
    private static final Link PERFECT = new Link(0, 0, Long.MAX_VALUE, 0, 0, 0);

    private final long latency;
    private final long jitter;
    private final long bandwidth;
    private final double loss;
    private final double reordering;
    private final double duplication;

    private Link(
            long latency, long jitter, long bandwidth, double loss, double reordering, double duplication) {
        this.latency = latency;
        this.jitter = jitter;
        this.bandwidth = bandwidth;
        this.loss = loss;
        this.reordering = reordering;
        this.duplication = duplication;
    }

    /** A link that delivers everything at once. */
    public static Link perfect() {
        return PERFECT;
    }

    /** A link on which each packet takes this time, one way. */
    public static Link latency(Duration oneWay) {
        return new Link(nanos(oneWay), 0, Long.MAX_VALUE, 0, 0, 0);
    }

    /** Each packet takes up to this much longer, evenly distributed. Packets still arrive in the order of sending. */
    public Link jitter(Duration most) {
        return new Link(latency, nanos(most), bandwidth, loss, reordering, duplication);
    }

    /**
     * Each direction carries this many bytes a second, headers included. Packets wait for their turn: the link has room
     * for all that its senders' buffers hold.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Link bandwidth(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a bandwidth is positive, not " + bytesPerSecond);
        }
        return new Link(latency, jitter, bytesPerSecond, loss, reordering, duplication);
    }

    /** The part of the packets that get lost, from 0 to 1. */
    public Link loss(double part) {
        return new Link(latency, jitter, bandwidth, part(part), reordering, duplication);
    }

    /** The part of the packets that later ones may overtake, from 0 to 1: they take up to twice as long. */
    public Link reordering(double part) {
        return new Link(latency, jitter, bandwidth, loss, part(part), duplication);
    }

    /** The part of the datagrams that arrive twice, from 0 to 1. */
    public Link duplication(double part) {
        return new Link(latency, jitter, bandwidth, loss, reordering, part(part));
    }

    private static long nanos(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time on a link is not negative, as " + time + " is");
        }
        return time.toNanos();
    }

    private static double part(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a part is from 0 to 1, not " + part);
        }
        return part;
    }

    /** In nanoseconds. */
    long latency() {
        return latency;
    }

    /** In nanoseconds. */
    long jitter() {
        return jitter;
    }

    /** In bytes a second; {@link Long#MAX_VALUE} for no limit. */
    long bandwidth() {
        return bandwidth;
    }

    double loss() {
        return loss;
    }

    double reordering() {
        return reordering;
    }

    double duplication() {
        return duplication;
    }
}
