package io.github.pysockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The sockets and the wake-up descriptors that this process has open, as the kernel tells. */
final class Descriptors {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static {
        // The JVM's first socket makes another one, which stays.
        try {
            ServerSocketChannel.open().close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private final Map<Integer, String> before = open();

    private Descriptors() {}

    /** What is open now, to compare with later. */
    static Descriptors now() {
        return new Descriptors();
    }

    /** The numbers that have come since, each with what it stands for. */
    Map<Integer, String> added() {
        Map<Integer, String> added = open();
        added.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return added;
    }

    /** As {@link #added}, of what is closed in the background. Waits until none is left, but not for ever. */
    Map<Integer, String> addedAfterClosing() {
        long end = System.nanoTime() + LIMIT.toNanos();
        Map<Integer, String> left = added();
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
            left = added();
        }
        return left;
    }

    /**
     * The sockets that have come since, after the garbage collector has done what it can. Waits until none is left, but
     * not for ever.
     */
    Map<Integer, String> socketsAddedAfterCollection() {
        long end = System.nanoTime() + LIMIT.toNanos();
        Map<Integer, String> left;
        do {
            System.gc();
            LockSupport.parkNanos(10_000_000);
            left = added();
            left.values().removeIf(target -> !target.startsWith("socket:"));
        } while (!left.isEmpty() && System.nanoTime() < end);
        return left;
    }

    private static Map<Integer, String> open() {
        Map<Integer, String> open = new TreeMap<>();
        for (int number : ProcessFiles.numbers()) {
            String target = ProcessFiles.target(number);
            if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
                open.put(number, target);
            }
        }
        return open;
    }
}
