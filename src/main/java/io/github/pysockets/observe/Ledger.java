package io.github.pysockets.observe;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened so far, and the sockets that are open. The lock is held only to change or copy numbers, so that nobody
 * waits for a thread that asks.
 */
final class Ledger {
    private final Map<Integer, FamilyCounts> families = new HashMap<>();
    private final Set<SocketRecord> open = new LinkedHashSet<>();
    private final ReferenceQueue<OpenDescriptors> dropped = new ReferenceQueue<>();
    private long lastId;

    /** Where records of dropped sockets are found. */
    ReferenceQueue<OpenDescriptors> dropped() {
        return dropped;
    }

    private FamilyCounts of(int family) {
        return families.computeIfAbsent(family, first -> new FamilyCounts());
    }

    /** Takes in a socket that was opened. Returns false where it is here already. */
    synchronized boolean add(SocketRecord socket, int family, int type) {
        removeDropped();
        if (socket.isListed()) {
            return false;
        }
        socket.identify(++lastId, family, type);
        open.add(socket);
        FamilyCounts counts = of(family);
        counts.open++;
        counts.opened++;
        counts.accepted += socket.isAccepted() ? 1 : 0;
        return true;
    }

    /** Counts a socket among the closed ones; nothing happens where it is not open. */
    synchronized void remove(SocketRecord socket) {
        if (open.remove(socket)) {
            FamilyCounts counts = of(socket.family());
            counts.open--;
            counts.bytesIn += socket.bytesIn();
            counts.bytesOut += socket.bytesOut();
        }
    }

    private void removeDropped() {
        for (Reference<?> found; (found = dropped.poll()) != null;) {
            remove((SocketRecord) found);
        }
    }

    synchronized void addConnected(int family) {
        of(family).connected++;
    }

    synchronized void addRefused(int family) {
        of(family).refused++;
    }

    synchronized void addLookUp(int family) {
        of(family).lookUps++;
    }

    SocketStatistics statistics(String label) {
        SortedMap<String, SocketCounts> counts = new TreeMap<>();
        List<SocketRecord> records;
        synchronized (this) {
            removeDropped();
            records = new ArrayList<>(open);
            families.forEach((family, of) -> counts.put(SocketText.family(family), of.counts()));
        }
        List<SocketState> states = new ArrayList<>(records.size());
        for (SocketRecord socket : records) {
            SocketState state = socket.state(label);
            states.add(state);
            counts.merge(
                    state.family(),
                    new SocketCounts(0, 0, 0, 0, 0, 0, state.bytesIn(), state.bytesOut()),
                    SocketCounts::plus);
        }
        SocketCounts total = counts.values().stream().reduce(SocketCounts.NONE, SocketCounts::plus);
        return new SocketStatistics(Instant.now(), total, counts, states);
    }
}
