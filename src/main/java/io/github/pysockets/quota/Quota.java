package io.github.pysockets.quota;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How much of the network scripts may use: limits, and what of them is used so far. An object that is given to one
 * context limits that one. Given to several contexts, it limits all of them together.
 *
 * <pre>{@code
 * Quota quota = Quota.builder().openSockets(100).bytesOutPerSecond(10_000_000).bytesIn(1_000_000_000).build();
 * }</pre>
 *
 * <p>Where a limit is reached, a call waits, or fails with an errno: each limit says which. The exception's message
 * names the limit. The bytes and connections that count are those of the network: sockets of AF_UNIX, AF_NETLINK and
 * AF_ALG do not leave the host, and are only counted among the open sockets.
 *
 * <p>Thread-safe.
 */
public final class Quota {
    private final LongSupplier clock;
    private final Total openSockets;
    private final Total sockets;
    private final Total connections;
    private final Rate connectionRate;
    private final Flow in;
    private final Flow out;
    private final Total lookups;
    private final Rate lookupRate;
    private final Total bufferMemory;
    private final BlockedTime blocked;

    private Quota(Builder limits) {
        clock = limits.clock;
        openSockets = new Total(limits.openSockets);
        sockets = new Total(limits.sockets);
        connections = new Total(limits.connections);
        connectionRate = events(limits.connectionsPerSecond, clock);
        in = new Flow(bytes(limits.bytesInPerSecond, clock), new Total(limits.bytesIn), "in");
        out = new Flow(bytes(limits.bytesOutPerSecond, clock), new Total(limits.bytesOut), "out");
        lookups = new Total(limits.lookups);
        lookupRate = events(limits.lookupsPerSecond, clock);
        bufferMemory = new Total(limits.bufferMemory);
        blocked = new BlockedTime(limits.blockedNanos, clock);
    }

    private static Rate events(long perSecond, LongSupplier clock) {
        return perSecond == Total.NONE ? null : Rate.ofEvents(perSecond, clock);
    }

    private static ByteRate bytes(long perSecond, LongSupplier clock) {
        return perSecond == Total.NONE ? null : new ByteRate(perSecond, clock);
    }

    /** Returns a builder of a quota without limits. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads limits from text, as the command's option {@code --net-quota} has them: {@code name=value}, separated by
     * commas, as in {@code sockets=100,out=10M/s,in=1G,lookups=20}.
     *
     * <p>The names are {@code sockets} (open at once), {@code all-sockets}, {@code connections}, {@code in},
     * {@code out}, {@code lookups}, {@code buffers} and {@code waiting}. A value is a whole number; K, M, G and T after
     * it stand for thousands and so on, Ki, Mi, Gi and Ti for powers of 1024. With {@code /s}, {@code connections},
     * {@code in}, {@code out} and {@code lookups} are limits for each second. {@code waiting} has a unit: ms, s, m or
     * h.
     *
     * @throws IllegalArgumentException where it is no such text; the message says what is wrong
     */
    public static Quota parse(String text) {
        return QuotaText.parse(Objects.requireNonNull(text, "text")).build();
    }

    Total openSockets() {
        return openSockets;
    }

    Total sockets() {
        return sockets;
    }

    Total connections() {
        return connections;
    }

    /** Null for no limit. */
    Rate connectionRate() {
        return connectionRate;
    }

    Flow in() {
        return in;
    }

    Flow out() {
        return out;
    }

    Total lookups() {
        return lookups;
    }

    /** Null for no limit. */
    Rate lookupRate() {
        return lookupRate;
    }

    Total bufferMemory() {
        return bufferMemory;
    }

    BlockedTime blocked() {
        return blocked;
    }

    long now() {
        return clock.getAsLong();
    }

    /** The limits of a quota. Each call of {@link #build} makes a quota of its own, of which nothing is used yet. */
    public static final class Builder {
        private long openSockets = Total.NONE;
        private long sockets = Total.NONE;
        private long connections = Total.NONE;
        private long connectionsPerSecond = Total.NONE;
        private long bytesIn = Total.NONE;
        private long bytesInPerSecond = Total.NONE;
        private long bytesOut = Total.NONE;
        private long bytesOutPerSecond = Total.NONE;
        private long lookups = Total.NONE;
        private long lookupsPerSecond = Total.NONE;
        private long bufferMemory = Total.NONE;
        private long blockedNanos = Total.NONE;
        private LongSupplier clock = System::nanoTime;

        private Builder() {}

        private static long amount(long limit) {
            if (limit < 0) {
                throw new IllegalArgumentException("A limit is not negative: " + limit);
            }
            return limit;
        }

        private static long rate(long perSecond) {
            if (perSecond < 1 || perSecond > Rate.MOST) {
                throw new IllegalArgumentException("A rate is from 1 to " + Rate.MOST + " a second: " + perSecond);
            }
            return perSecond;
        }

        /**
         * Limits the sockets that are open at once: made, accepted, duplicated, or received by SCM_RIGHTS. One more
         * fails with EMFILE, as in a process that is out of descriptors. Of a message, what is too many is dropped, and
         * MSG_CTRUNC is set.
         */
        public Builder openSockets(long limit) {
            openSockets = amount(limit);
            return this;
        }

        /** Limits the sockets that are made, accepted, duplicated or received in all. One more fails with ENOBUFS. */
        public Builder sockets(long limit) {
            sockets = amount(limit);
            return this;
        }

        /** Limits the connections that are begun and accepted in all. One more fails with ENOBUFS. */
        public Builder connections(long limit) {
            connections = amount(limit);
            return this;
        }

        /**
         * Limits the connections that are begun and accepted each second. What a second has may come at once. One that
         * is too early waits in the listener's backlog, or is in progress for longer, as over a slow network.
         */
        public Builder connectionsPerSecond(long limit) {
            connectionsPerSecond = rate(limit);
            return this;
        }

        /** Limits the bytes that are received in all. A call after that fails with EDQUOT. */
        public Builder bytesIn(long limit) {
            bytesIn = amount(limit);
            return this;
        }

        /**
         * Limits the bytes that are received each second. A call that is too early waits where the socket's timeout
         * allows it. A socket counts as ready when it may receive.
         */
        public Builder bytesInPerSecond(long limit) {
            bytesInPerSecond = rate(limit);
            return this;
        }

        /** Limits the bytes that are sent in all. A call after that fails with EDQUOT. */
        public Builder bytesOut(long limit) {
            bytesOut = amount(limit);
            return this;
        }

        /** Limits the bytes that are sent each second: as {@link #bytesInPerSecond}. */
        public Builder bytesOutPerSecond(long limit) {
            bytesOutPerSecond = rate(limit);
            return this;
        }

        /** Limits the look-ups of hosts in all. One more fails with EDQUOT. A host in digits needs no look-up. */
        public Builder lookups(long limit) {
            lookups = amount(limit);
            return this;
        }

        /**
         * Limits the look-ups of hosts each second. What a second has may come at once. One that is too early waits; if
         * that would take longer than 30 s, it fails with EAI_AGAIN.
         */
        public Builder lookupsPerSecond(long limit) {
            lookupsPerSecond = rate(limit);
            return this;
        }

        /**
         * Limits the sum of SO_RCVBUF and SO_SNDBUF, as scripts set them, of all open sockets. To set more fails with
         * ENOBUFS. Connections inherit the sizes of their listener. Buffers whose size was not set are the kernel's to
         * choose, and do not count.
         */
        public Builder bufferMemory(long bytes) {
            bufferMemory = amount(bytes);
            return this;
        }

        /** Limits the time that calls of all threads wait, together. A wait beyond it fails with ETIMEDOUT. */
        public Builder blockedTime(Duration limit) {
            try {
                blockedNanos = amount(limit.toNanos());
            } catch (ArithmeticException endless) {
                blockedNanos = amount(limit.isNegative() ? -1 : Total.NONE);
            }
            return this;
        }

        /**
         * Replaces the clock, for tests.
         *
         * @param nanos a time in nanoseconds that never goes back; the default is {@link System#nanoTime}
         */
        public Builder clock(LongSupplier nanos) {
            clock = Objects.requireNonNull(nanos, "nanos");
            return this;
        }

        /** Makes a quota. */
        public Quota build() {
            return new Quota(this);
        }
    }
}
