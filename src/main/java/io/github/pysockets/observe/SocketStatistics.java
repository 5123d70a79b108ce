package io.github.pysockets.observe;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the scripts of a context did with sockets, up to a moment. The parts agree with each other: {@code total} is the
 * sum of the families, and has the bytes of exactly the sockets that are listed and of those that were closed before.
 *
 * @param taken the moment
 * @param total all families together
 * @param families the counts by the name of the family, such as {@code AF_INET}. A look-up counts for the family that
 *     was asked for, {@code AF_UNSPEC} for any
 * @param sockets those that are open, in the order in which they were opened
 */
public record SocketStatistics(
        Instant taken, SocketCounts total, SortedMap<String, SocketCounts> families, List<SocketState> sockets) {
    public SocketStatistics {
        families = Collections.unmodifiableSortedMap(new TreeMap<>(families));
        sockets = List.copyOf(sockets);
    }

    /** The counts of a family; all zero where there was nothing of it. */
    public SocketCounts family(String name) {
        return families.getOrDefault(name, SocketCounts.NONE);
    }
}
