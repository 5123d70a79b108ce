package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls that make descriptors of other files than sockets. Results are zero or more, or the negated errno. */
final class FileMakingCalls {
    /** The same on all architectures. glibc has the function only since 2.36. */
    private static final int SYS_PIDFD_OPEN = 434;

    private FileMakingCalls() {}

    /** @param name a C string */
    static int memfd(MemorySegment name, int flags) {
        return Libc.call(Memory.MEMFD_CREATE, name.address(), flags);
    }

    /** @param pair room for two ints */
    static int pipe(MemorySegment pair, int flags) {
        return Libc.call(Pipes.PIPE2, pair.asSlice(0, 2 * Integer.BYTES).address(), flags);
    }

    static int pidfd(int process, int flags) {
        return Libc.call(ProcessCalls.SYSCALL, SYS_PIDFD_OPEN, process, flags);
    }

    private static final class Memory {
        static final MethodHandle MEMFD_CREATE = Libc.function("memfd_create");
    }

    private static final class Pipes {
        static final MethodHandle PIPE2 = Libc.function("pipe2");
    }
}
