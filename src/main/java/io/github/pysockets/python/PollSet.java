package io.github.pysockets.python;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The object that {@code select.poll()} makes: descriptor numbers with the events to wait for, kept between poll(2)
 * calls. Results come in the order of registration.
 *
 * <p>Thread-safe, but only one thread may poll at a time, as in CPython. Changes by others take effect at the next
 * poll.
 */
public final class PollSet {
    private final SocketRuntime runtime;
    private final Map<Integer, Integer> registered = new LinkedHashMap<>();

    private boolean isPolling;

    // For the polling thread.
    private final PollEntries entries = new PollEntries();
    private int[] numbers = {};
    private int[] events = {};
    private boolean isStale;

    public PollSet(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /** Adds a number, or changes its events. {@link #poll} shows whether the number is usable. */
    public synchronized void register(int number, int wanted) {
        registered.put(number, wanted);
        isStale = true;
    }

    /** Returns false where the number is not registered. */
    public synchronized boolean modify(int number, int wanted) {
        isStale = true;
        return registered.replace(number, wanted) != null;
    }

    /** Returns false where the number is not registered. */
    public synchronized boolean unregister(int number) {
        isStale = true;
        return registered.remove(number) != null;
    }

    /**
     * Waits until a descriptor is ready: poll(2). Reports POLLNVAL for numbers that are not open, not this
     * interpreter's, or closed meanwhile.
     *
     * @param nanos longest wait in nanoseconds; negative for no limit
     * @param sink receives what is ready
     * @return 0 or more, or one of {@link Codes}
     */
    public int poll(long nanos, ReadyEvents sink) {
        if (!begin()) {
            return Codes.CONCURRENT_POLL;
        }
        try {
            for (int i = 0; i < numbers.length; i++) {
                entries.add(runtime.table().find(numbers[i], Scope.USABLE), events[i]);
            }
            entries.enter();
            int found = runtime.waiting().any(entries, Deadline.in(runtime.waiting().clock(), nanos));
            for (int i = 0; found > 0 && i < numbers.length; i++) {
                int ready = entries.ready(i);
                if (ready != 0) {
                    sink.add(numbers[i], ready);
                }
            }
            return found;
        } finally {
            entries.leave();
            end();
        }
    }

    private synchronized boolean begin() {
        if (isPolling) {
            return false;
        }
        isPolling = true;
        if (isStale) {
            numbers = registered.keySet().stream().mapToInt(Integer::intValue).toArray();
            events = registered.values().stream().mapToInt(Integer::intValue).toArray();
            isStale = false;
        }
        return true;
    }

    private synchronized void end() {
        isPolling = false;
    }
}
