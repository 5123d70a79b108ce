package io.github.pysockets.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * Calls of the C library. Nothing is linked before the first call. Strings cross with a character for each byte.
 */
final class NativeCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private NativeCalls() {}

    /** A function of the C library that returns an int or a pointer. */
    static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    /** The option for a function that sets errno: its first argument becomes a segment of {@link #state}. */
    static Linker.Option setsErrno() {
        return Linker.Option.captureCallState("errno");
    }

    static MemoryLayout state() {
        return STATE;
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** The string that a pointer of the C library leads to. */
    static String string(MemorySegment pointer) {
        return pointer.equals(MemorySegment.NULL)
                ? ""
                : pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.ISO_8859_1);
    }

    /** The pointer in a struct at an offset. */
    static MemorySegment pointer(MemorySegment struct, long offset) {
        return struct.get(ValueLayout.ADDRESS, offset);
    }
}
