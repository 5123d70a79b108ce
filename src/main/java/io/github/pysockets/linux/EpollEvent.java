package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import java.lang.foreign.MemorySegment;

/**
 * struct epoll_event, in an array: the events, then eight bytes of the caller's own. x86-64 packs the two, so that
 * 32-bit programs have the same struct; every other architecture aligns the second.
 */
record EpollEvent(int dataAt, int size) {
    static final EpollEvent PACKED = new EpollEvent(4, 12);
    static final EpollEvent ALIGNED = new EpollEvent(8, 16);

    /** The layout on this machine. */
    static final EpollEvent HERE = of(System.getProperty("os.arch"));

    private static final int EVENTS = 0;

    static EpollEvent of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> PACKED;
            default -> ALIGNED;
        };
    }

    void encode(MemorySegment array, int index, int events, int data) {
        long at = (long) index * size;
        array.set(HOST_INT, at + EVENTS, events);
        array.set(HOST_LONG, at + dataAt, data);
    }

    int events(MemorySegment array, int index) {
        return array.get(HOST_INT, (long) index * size + EVENTS);
    }

    int data(MemorySegment array, int index) {
        return (int) array.get(HOST_LONG, (long) index * size + dataAt);
    }
}
