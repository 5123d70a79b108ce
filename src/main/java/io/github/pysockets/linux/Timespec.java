package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_LONG;

import java.lang.foreign.MemorySegment;

/** struct timespec: whole seconds, then nanoseconds. */
final class Timespec {
    static final int SIZE = 16;

    private static final int SECONDS = 0;
    private static final int NANOS = 8;
    private static final long SECOND = 1_000_000_000;

    private Timespec() {}

    static void encode(MemorySegment into, long nanos) {
        into.set(HOST_LONG, SECONDS, nanos / SECOND);
        into.set(HOST_LONG, NANOS, nanos % SECOND);
    }
}
