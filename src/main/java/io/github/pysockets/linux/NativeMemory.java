package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;

/** The process's memory, for following the pointers in what libc returns. */
final class NativeMemory {
    /** All of it: its offsets are addresses. */
    static final MemorySegment ALL = all();

    private NativeMemory() {}

    @SuppressWarnings("restricted")
    private static MemorySegment all() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
