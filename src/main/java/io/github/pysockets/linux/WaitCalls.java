package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Waiting, and what ends it. Results are zero or more, or the negated errno. */
final class WaitCalls {
    private static final MethodHandle PPOLL = Libc.function("ppoll");
    private static final MethodHandle EVENTFD = Libc.function("eventfd");

    private WaitCalls() {}

    /**
     * @param descriptors structs pollfd, all of which are checked
     * @param timeout a struct timespec; null to wait for ever
     */
    static int ppoll(MemorySegment descriptors, MemorySegment timeout) {
        return Libc.call(
                PPOLL, descriptors.address(), descriptors.byteSize() / Pollfd.SIZE,
                timeout == null ? 0 : timeout.address(), 0);
    }

    static int eventfd(int value, int flags) {
        return Libc.call(EVENTFD, value, flags);
    }
}
