package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;
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

    /** @param event a struct epoll_event */
    static int control(int set, int operation, int descriptor, MemorySegment event) {
        return Libc.call(CONTROL, set, operation, descriptor, event.address());
    }

    /**
     * @param events room for as many structs epoll_event as are wanted
     * @param timeout in milliseconds
     */
    static int await(int set, MemorySegment events, int timeout) {
        return Libc.call(WAIT, set, events.address(), events.byteSize() / EpollEvent.HERE.size(), timeout);
    }
}
