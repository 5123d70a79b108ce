package io.github.pysockets.posix;

import java.lang.invoke.MethodHandle;

/** The name of the host. Results are 0, or the negated errno. */
final class HostCalls {
    private HostCalls() {}

    static int gethostname(long name, long size) {
        return Libc.call(Reading.GETHOSTNAME, name, size);
    }

    static int sethostname(long name, long length) {
        return Libc.call(Writing.SETHOSTNAME, name, length);
    }

    private static final class Reading {
        static final MethodHandle GETHOSTNAME = Libc.function("gethostname");
    }

    private static final class Writing {
        static final MethodHandle SETHOSTNAME = Libc.function("sethostname");
    }
}
