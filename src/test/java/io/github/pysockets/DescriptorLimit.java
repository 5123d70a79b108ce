package io.github.pysockets;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The process's limit of descriptor numbers, lowered for a while: RLIMIT_NOFILE, see getrlimit(2). */
final class DescriptorLimit implements AutoCloseable {
    private static final int RLIMIT_NOFILE = 7;

    private final long before;

    /** @param limit every number is below it from now on; what is open already stays so */
    DescriptorLimit(long limit) {
        before = exchange(limit);
    }

    @Override
    public void close() {
        exchange(before);
    }

    /** Sets the soft limit, and gives the one before. */
    private static long exchange(long limit) {
        try (Arena arena = Arena.ofConfined()) {
            // struct rlimit: the soft limit, then the hard one, which must be given again as it is.
            MemorySegment limits = arena.allocate(ValueLayout.JAVA_LONG, 2);
            call("getrlimit", limits);
            long old = limits.getAtIndex(ValueLayout.JAVA_LONG, 0);
            limits.setAtIndex(ValueLayout.JAVA_LONG, 0, limit);
            call("setrlimit", limits);
            return old;
        }
    }

    private static void call(String name, MemorySegment limits) {
        Linker linker = Linker.nativeLinker();
        MethodHandle function = linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            if ((int) function.invokeExact(RLIMIT_NOFILE, limits) != 0) {
                throw new IllegalStateException(name + " failed");
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
