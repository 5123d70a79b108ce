package io.github.pysockets.posix;

import java.lang.invoke.MethodHandle;

/** Sets of descriptors: epoll(7). Results are zero or more, or the negated errno. */
final class EpollCalls {
    private static final MethodHandle CREATE = Libc.function("epoll_create1");
    private static final MethodHandle CONTROL = Libc.function("epoll_ctl");
    private static final MethodHandle WAIT = Libc.function("epoll_wait");

    private EpollCalls() {}

    static int create(int flags) {
        return Libc.call(CREATE, flags);
    }

    /** @param event address of a struct epoll_event */
    static int control(int set, int operation, int descriptor, long event) {
        return Libc.call(CONTROL, set, operation, descriptor, event);
    }

    /**
     * @param events address of room for {@code most} structs epoll_event
     * @param timeout in milliseconds
     */
    static int await(int set, long events, int most, int timeout) {
        return Libc.call(WAIT, set, events, most, timeout);
    }
}
