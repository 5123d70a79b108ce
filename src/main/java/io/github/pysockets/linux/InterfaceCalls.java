package io.github.pysockets.linux;

import java.lang.invoke.MethodHandle;

/** The calls of net/if.h. */
final class InterfaceCalls {
    private static final MethodHandle IF_NAMEINDEX = Libc.function("if_nameindex");
    private static final MethodHandle IF_FREENAMEINDEX = Libc.function("if_freenameindex");
    private static final MethodHandle IF_NAMETOINDEX = Libc.function("if_nametoindex");
    private static final MethodHandle IF_INDEXTONAME = Libc.function("if_indextoname");

    private InterfaceCalls() {}

    /** @return the address of the array, or 0 with the errno in {@code scratch} */
    static long nameindex(Scratch scratch) {
        return Libc.word(IF_NAMEINDEX, scratch, 0, 0, 0, 0, 0, 0);
    }

    static void freenameindex(long array) {
        Libc.word(IF_FREENAMEINDEX, Scratch.mine(), array, 0, 0, 0, 0, 0);
    }

    /** @return the index, or 0 */
    static int nametoindex(long name) {
        return (int) Libc.word(IF_NAMETOINDEX, Scratch.mine(), name, 0, 0, 0, 0, 0);
    }

    /** @return the address of the name, or 0 with the errno in {@code scratch} */
    static long indextoname(Scratch scratch, long index, long name) {
        return Libc.word(IF_INDEXTONAME, scratch, index, name, 0, 0, 0, 0);
    }
}
