package io.github.pysockets.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;

/** The limits of a process: see prlimit(2). */
final class ResourceLimits {
    private ResourceLimits() {}

    /**
     * Gets the limits of a process, and sets them where there are new ones. Arguments: the process, or 0 for this one;
     * the resource; and, to set them, the soft and the hard limit.
     *
     * @return the limits before, soft and hard; or an errno
     */
    static Object prlimit(Value... arguments) {
        MethodHandle prlimit = NativeCalls.function(
                "prlimit",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                NativeCalls.setsErrno());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(NativeCalls.state());
            MemorySegment before = arena.allocate(ValueLayout.JAVA_LONG, 2);
            MemorySegment wanted = MemorySegment.NULL;
            if (arguments.length > 2) {
                wanted = arena.allocateFrom(ValueLayout.JAVA_LONG, arguments[2].asLong(), arguments[3].asLong());
            }
            int failed = (int) prlimit.invokeExact(state, arguments[0].asInt(), arguments[1].asInt(), wanted, before);
            return failed != 0
                    ? NativeCalls.errno(state)
                    : ProxyArray.fromArray(
                            before.getAtIndex(ValueLayout.JAVA_LONG, 0), before.getAtIndex(ValueLayout.JAVA_LONG, 1));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
