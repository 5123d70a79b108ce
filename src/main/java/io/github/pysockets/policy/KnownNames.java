package io.github.pysockets.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The names that addresses go by: what the name service has told one context, as long as that may be kept. */
final class KnownNames {
    /** A script that asks for more loses the oldest. */
    private static final int MOST = 10_000;
    /** Of one address. */
    private static final int MOST_NAMES = 100;

    private final long nanos;
    private final LongSupplier clock;
    /** By address and name the time when the answer ends; the least recently given address first. */
    private final Map<IpAddress, Map<String, Long>> ends = new LinkedHashMap<>();

    /**
     * @param nanos how long an answer is kept
     * @param clock as {@link System#nanoTime}
     */
    KnownNames(long nanos, LongSupplier clock) {
        this.nanos = nanos;
        this.clock = clock;
    }

    /** Keeps an answer. */
    synchronized void add(String name, IpAddress address) {
        Map<String, Long> names = ends.remove(address);
        names = names == null ? new LinkedHashMap<>() : names;
        long now = clock.getAsLong();
        names.values().removeIf(end -> end - now <= 0);
        names.remove(name);
        names.put(name, now + nanos);
        if (names.size() > MOST_NAMES) {
            names.remove(names.keySet().iterator().next());
        }
        ends.put(address, names);
        if (ends.size() > MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
    }

    /** The names for which the name service has given this address. */
    synchronized List<String> of(IpAddress address) {
        Map<String, Long> names = ends.get(address);
        if (names == null) {
            return List.of();
        }
        long now = clock.getAsLong();
        names.values().removeIf(end -> end - now <= 0);
        if (names.isEmpty()) {
            ends.remove(address);
        }
        return List.copyOf(names.keySet());
    }
}
