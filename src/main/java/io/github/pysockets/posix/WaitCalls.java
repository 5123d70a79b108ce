package io.github.pysockets.posix;

import java.lang.invoke.MethodHandle;

/** Waiting, and what ends it. Results are zero or more, or the negated errno. */
final class WaitCalls {
    private static final MethodHandle PPOLL = Libc.function("ppoll");
    private static final MethodHandle EVENTFD = Libc.function("eventfd");

    private WaitCalls() {}

    /** @param timeout address of a struct timespec; 0 to wait for ever */
    static int ppoll(long descriptors, int count, long timeout) {
        return Libc.call(PPOLL, descriptors, count, timeout, 0);
    }

    static int eventfd(int value, int flags) {
        return Libc.call(EVENTFD, value, flags);
    }
}
