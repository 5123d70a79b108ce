package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The name of the host. Results are 0, or the negated errno. */
final class HostCalls {
    private HostCalls() {}

    static int gethostname(MemorySegment into) {
        return Libc.call(Reading.GETHOSTNAME, into.address(), into.byteSize());
    }

    static int sethostname(MemorySegment name) {
        return Libc.call(Writing.SETHOSTNAME, name.address(), name.byteSize());
    }

    private static final class Reading {
        static final MethodHandle GETHOSTNAME = Libc.function("gethostname");
    }

    private static final class Writing {
        static final MethodHandle SETHOSTNAME = Libc.function("sethostname");
    }
}
