package io.github.pysockets.virtual;

import io.github.pysockets.netdb.HostDatabase.Host;
import io.github.pysockets.stack.Announcement;
import io.github.pysockets.stack.StackClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
 *
 * <h2>Threads</h2>
 *
 * <p>All methods may be called by any thread at any time.
 */
public final class VirtualNetwork {
    private final World world;
    private final Topology topology;
    private final Map<String, VirtualHost> hosts = new LinkedHashMap<>();

    private VirtualNetwork(Builder builder) {
        long wallStart = TimeUnit.SECONDS.toNanos(builder.start.getEpochSecond()) + builder.start.getNano();
        world = builder.scale == 0
                ? new VirtualTime(wallStart)
                : new RealTime(wallStart, builder.scale, builder.isSystemTime);
        Map<String, Host> byName = new HashMap<>();
        Map<NetAddress, Host> byAddress = new HashMap<>();
        topology = new Topology(world, builder.seed, builder.defaultLink);
        builder.hosts.forEach((name, addresses) -> {
            Node node = topology.add(name, addresses);
            hosts.put(name, new VirtualHost(node, new NodeHosts(node, byName, byAddress)));
            List<String> aliases = builder.aliasesOf(name);
            Host entry = NodeHosts.host(node, aliases);
            byName.put(name.toLowerCase(Locale.ROOT), entry);
            aliases.forEach(alias -> byName.put(alias.toLowerCase(Locale.ROOT), entry));
            addresses.forEach(address -> byAddress.put(address, entry));
        });
        builder.links.forEach((ends, link) -> topology.link(ends.getFirst(), ends.getLast(), link));
        builder.cuts.forEach(cut -> {
            cut.some.forEach(this::host);
            cut.others.forEach(this::host);
            at(cut.from, () -> {
                Topology.Cut begun = topology.cut(cut.some, cut.others);
                at(cut.to, begun::mend);
            });
        });
    }

    public static Builder builder() {
        return new Builder();
    }

    /** @throws IllegalArgumentException if there is no host of this name */
    public VirtualHost host(String name) {
        VirtualHost host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no host of this name: " + name);
        }
        return host;
    }

    /** In the order in which they were described. */
    public List<VirtualHost> hosts() {
        return List.copyOf(hosts.values());
    }

    /** The clock that all waits on the network are measured by. Its wall time begins as the builder says. */
    public StackClock clock() {
        return world;
    }

    /** The time since the start, by {@link #clock()}. */
    public Duration elapsed() {
        return Duration.ofNanos(world.nanoTime());
    }

    // What is between the hosts

    /** Has a link behave differently from now on, in both directions. */
    public void link(String one, String other, Link link) {
        host(one);
        host(other);
        Objects.requireNonNull(link, "link");
        world.change(() -> topology.link(one, other, link));
    }

    /** Separates hosts from others, until the result is told to heal. */
    public Partition partition(Set<String> some, Set<String> others) {
        some.forEach(this::host);
        others.forEach(this::host);
        Topology.Cut[] cut = new Topology.Cut[1];
        world.change(() -> cut[0] = topology.cut(some, others));
        return () -> world.change(cut[0]::mend);
    }

    /**
     * Runs something at a time since the start; at once if that is over. It may change links, partitions and ports. It
     * must use no socket, and not wait.
     */
    public void at(Duration time, Runnable action) {
        Objects.requireNonNull(action, "action");
        long nanos = time.toNanos();
        world.change(() -> world.schedule(new Event() {
            @Override
            void fire() {
                action.run();
            }
        }, Math.max(0, nanos - world.now())));
    }

    /** Has a listener told of each packet from now on. */
    void listen(PacketListener listener) {
        topology.listeners().add(listener);
    }

    // Who uses it

    /** Announces a thread that is about to use the network. */
    public Announcement announce() {
        return world.announce();
    }

    /**
     * Runs programs, each on a virtual thread of its own, in the order given, until all have ended. What one of them
     * throws goes to its thread's handler of uncaught exceptions.
     *
     * @throws InterruptedException if this thread is interrupted; the programs are then interrupted too
     */
    public void run(Runnable... programs) throws InterruptedException {
        world.leave();
        List<Announcement> announcements = Arrays.stream(programs).map(_ -> announce()).toList();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < programs.length; i++) {
            Announcement announcement = announcements.get(i);
            Runnable program = programs[i];
            threads.add(Thread.ofVirtual().start(() -> {
                announcement.begin();
                try {
                    program.run();
                } finally {
                    announcement.end();
                }
            }));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            threads.forEach(Thread::interrupt);
            throw interrupted;
        }
    }

    /**
     * Whether all threads but the calling one wait, for nothing that is to come: only a thread from outside can change
     * that.
     */
    public boolean isIdle() {
        return world.isIdle();
    }

    /** Describes a network. */
    public static final class Builder {
        private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

        private final Map<String, List<NetAddress>> hosts = new LinkedHashMap<>();
        private final Set<NetAddress> addresses = new HashSet<>();
        private final Map<String, String> aliases = new LinkedHashMap<>();
        private final Map<List<String>, Link> links = new LinkedHashMap<>();
        private final List<CutFor> cuts = new ArrayList<>();
        private Link defaultLink = Link.perfect();
        private Instant start = NEW_YEAR;
        private long seed;
        /** 0 for virtual time. */
        private double scale;
        private boolean isSystemTime;

        private record CutFor(Duration from, Duration to, Set<String> some, Set<String> others) {}

        private Builder() {}

        /** What all chance is drawn from; 0 unless set. */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Adds a host.
         *
         * @param numeric IPv4 or IPv6 addresses; the first of each family is the one that it sends from
         * @throws IllegalArgumentException if name or address is taken or malformed
         */
        public Builder host(String name, String... numeric) {
            List<NetAddress> own = Arrays.stream(numeric).map(NetAddress::parse).toList();
            if (hosts.containsKey(name) || aliases.containsKey(name)) {
                throw new IllegalArgumentException("a second host of the name " + name);
            }
            for (NetAddress address : own) {
                if (address.isAny() || address.isLoopback() || address.isMulticast()
                        || address.equals(NetAddress.BROADCAST) || !addresses.add(address)) {
                    throw new IllegalArgumentException(
                            "no address that host " + name + " can have: " + Arrays.toString(numeric));
                }
            }
            hosts.put(name, own);
            return this;
        }

        /** Adds a further name for a host. */
        public Builder alias(String name, String alias) {
            if (hosts.containsKey(alias) || aliases.putIfAbsent(alias, name) != null) {
                throw new IllegalArgumentException("a second host of the name " + alias);
            }
            return this;
        }

        /** Describes the link between two hosts, in both directions. */
        public Builder link(String one, String other, Link link) {
            links.put(List.of(one, other), Objects.requireNonNull(link, "link"));
            return this;
        }

        /** Describes all links that are not described by themselves; they are perfect unless this is called. */
        public Builder defaultLink(Link link) {
            defaultLink = Objects.requireNonNull(link, "link");
            return this;
        }

        /** Separates hosts from others for some time. */
        public Builder partition(Duration from, Duration to, Set<String> some, Set<String> others) {
            cuts.add(new CutFor(from, to, Set.copyOf(some), Set.copyOf(others)));
            return this;
        }

        /** The wall time at the start; 2026-01-01T00:00:00Z unless set. */
        public Builder startingAt(Instant newStart) {
            start = Objects.requireNonNull(newStart, "start");
            return this;
        }

        /** Has time pass by itself, this many times as fast as real time. Runs then differ. */
        public Builder realTime(double newScale) {
            if (!(newScale > 0 && newScale < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a scale of time is positive, not " + newScale);
            }
            scale = newScale;
            return this;
        }

        /** Has time be the system's, so that nobody needs another clock. */
        Builder systemTime() {
            isSystemTime = true;
            return startingAt(Instant.now()).realTime(1);
        }

        /** @throws IllegalArgumentException if a link, a partition or an alias names a host that does not exist */
        public VirtualNetwork build() {
            links.keySet().forEach(ends -> ends.forEach(this::check));
            aliases.values().forEach(this::check);
            return new VirtualNetwork(this);
        }

        private List<String> aliasesOf(String name) {
            return aliases.entrySet().stream()
                    .filter(alias -> alias.getValue().equals(name))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private void check(String name) {
            if (!hosts.containsKey(name)) {
                throw new IllegalArgumentException("no host of this name: " + name);
            }
        }
    }
}
