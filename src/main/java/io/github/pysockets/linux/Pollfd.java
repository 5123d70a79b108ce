package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_SHORT;

import java.lang.foreign.MemorySegment;

/** struct pollfd, in an array. */
final class Pollfd {
    static final int SIZE = 8;

    private static final int DESCRIPTOR = 0;
    private static final int EVENTS = 4;
    private static final int READY = 6;

    private Pollfd() {}

    static void encode(MemorySegment array, int index, int descriptor, short events) {
        long at = (long) index * SIZE;
        array.set(HOST_INT, at + DESCRIPTOR, descriptor);
        array.set(HOST_SHORT, at + EVENTS, events);
        array.set(HOST_SHORT, at + READY, (short) 0);
    }

    /** What the kernel found: revents. */
    static short ready(MemorySegment array, int index) {
        return array.get(HOST_SHORT, (long) index * SIZE + READY);
    }
}
