package io.github.pysockets.virtual;

import io.github.pysockets.stack.StackClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A network of hosts that exists only in memory.
 *
 * <pre>{@code
 * VirtualNetwork network = VirtualNetwork.builder()
 *         .seed(42)
 *         .host("a", "10.0.0.1", "fd00::1")
 *         .host("b", "10.0.0.2", "fd00::2")
 *         .link("a", "b", Link.latency(Duration.ofMillis(20)).loss(0.01))
 *         .partition(Duration.ofMinutes(1), Duration.ofMinutes(2), Set.of("a"), Set.of("b"))
 *         .build();
 * SocketStack stack = network.host("a").stack();
 * }</pre>
 *
 * <h2>Time</h2>
 *
 * <p>Time is virtual unless the builder says otherwise. It stands still while any thread that uses the network runs,
 * and moves to the next event once all of them wait. So an hour of heartbeats takes milliseconds.
 *
 * <h2>One seed, one run</h2>
 *
 * <p>At most one thread at a time has its turn: it runs until it waits in a {@link io.github.pysockets.stack.Poller},
 * blocks elsewhere or ends. The next turn goes to the thread that was first to have something to do. What a link does
 * to a packet is drawn from the seed. So a program that is itself deterministic, on threads that are
 * {@linkplain #announce announced}, has the same run each time.
 */
public final class VirtualNetwork {
    private VirtualNetwork() {}

    public static Builder builder() {
        return new Builder();
    }

    /** @throws IllegalArgumentException if there is no host of this name */
    public VirtualHost host(String name) {
        throw new UnsupportedOperationException();
    }

    /** The clock that all waits on the network are measured by. Its wall time begins as the builder says. */
    public StackClock clock() {
        throw new UnsupportedOperationException();
    }

    /** The time since the start, by {@link #clock()}. */
    public Duration elapsed() {
        throw new UnsupportedOperationException();
    }

    /** Has a link behave differently from now on, in both directions. */
    public void link(String one, String other, Link link) {
        throw new UnsupportedOperationException();
    }

    /** Separates hosts from others, until the result is told to heal. */
    public Partition partition(Set<String> some, Set<String> others) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs something at a time since the start; at once if that is over. It may change links, partitions and ports. It
     * must use no socket, and not wait.
     */
    public void at(Duration time, Runnable action) {
        throw new UnsupportedOperationException();
    }

    /** Announces a thread that is about to use the network. */
    public Announcement announce() {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs programs, each on a virtual thread of its own, in the order given, until all have ended.
     *
     * @throws InterruptedException if this thread is interrupted; the programs are then interrupted too
     */
    public void run(Runnable... programs) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Whether all threads wait, for nothing that is to come: only a thread from outside can change that. */
    public boolean isIdle() {
        throw new UnsupportedOperationException();
    }

    /** Has a listener told of each packet from now on. */
    void listen(PacketListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Describes a network. */
    public static final class Builder {
        private Builder() {}

        /** What all chance is drawn from; 0 unless set. */
        public Builder seed(long seed) {
            return this;
        }

        /**
         * Adds a host.
         *
         * @param addresses numeric, IPv4 or IPv6; the first of each family is the one that it sends from
         * @throws IllegalArgumentException if name or address is taken or malformed
         */
        public Builder host(String name, String... addresses) {
            return this;
        }

        /** Adds a further name for a host. */
        public Builder alias(String name, String alias) {
            return this;
        }

        /** Describes the link between two hosts, in both directions. */
        public Builder link(String one, String other, Link link) {
            return this;
        }

        /** Describes all links that are not described by themselves. */
        public Builder defaultLink(Link link) {
            return this;
        }

        /** Separates hosts from others for some time. */
        public Builder partition(Duration from, Duration to, Set<String> some, Set<String> others) {
            return this;
        }

        /** The wall time at the start; 2026-01-01T00:00:00Z unless set. */
        public Builder startingAt(Instant start) {
            return this;
        }

        /** Has time pass by itself, this many times as fast as real time. Runs then differ. */
        public Builder realTime(double scale) {
            return this;
        }

        public VirtualNetwork build() {
            return new VirtualNetwork();
        }
    }
}
