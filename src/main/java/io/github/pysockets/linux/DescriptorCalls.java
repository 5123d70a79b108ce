package io.github.pysockets.linux;

import java.lang.invoke.MethodHandle;

/** Calls on descriptors of any kind. Results are zero or more, or the negated errno. */
final class DescriptorCalls {

    private static final MethodHandle CLOSE = Libc.function("close");
    private static final MethodHandle FCNTL = Libc.function("fcntl");

    private DescriptorCalls() {}

    static int close(int descriptor) {
        return Libc.call(CLOSE, descriptor);
    }

    static int fcntl(int descriptor, int command, long argument) {
        return Libc.call(FCNTL, descriptor, command, argument);
    }

    /** @param argument a number or an address, depending on the request */
    static int ioctl(int descriptor, long request, long argument) {
        return Libc.call(Control.IOCTL, descriptor, request, argument);
    }

    private static final class Control {
        static final MethodHandle IOCTL = Libc.function("ioctl");
    }
}
