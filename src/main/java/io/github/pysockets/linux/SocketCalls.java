package io.github.pysockets.linux;

import io.github.pysockets.abi.SocketOption;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls on sockets, from socket(2) to shutdown(2). Results are zero or more, or the negated errno. A call that sets a
 * length leaves it in {@link Scratch#length}.
 */
final class SocketCalls {
    private static final MethodHandle SOCKET = Libc.function("socket");
    private static final MethodHandle BIND = Libc.function("bind");
    private static final MethodHandle LISTEN = Libc.function("listen");
    private static final MethodHandle ACCEPT = Libc.function("accept4");
    private static final MethodHandle CONNECT = Libc.function("connect");
    private static final MethodHandle SHUTDOWN = Libc.function("shutdown");
    private static final MethodHandle GETSOCKNAME = Libc.function("getsockname");
    private static final MethodHandle GETPEERNAME = Libc.function("getpeername");
    private static final MethodHandle GETSOCKOPT = Libc.function("getsockopt");
    private static final MethodHandle SETSOCKOPT = Libc.function("setsockopt");

    private SocketCalls() {}

    static int socket(int family, int type, int protocol) {
        return Libc.call(SOCKET, family, type, protocol);
    }

    /** @param descriptors room for two ints */
    static int socketpair(int family, int type, int protocol, MemorySegment descriptors) {
        return Libc.call(Pair.SOCKETPAIR, family, type, protocol, atLeast(2 * Integer.BYTES, descriptors).address());
    }

    static int bind(int descriptor, MemorySegment address) {
        return Libc.call(BIND, descriptor, address.address(), address.byteSize());
    }

    static int listen(int descriptor, int backlog) {
        return Libc.call(LISTEN, descriptor, backlog);
    }

    /** The peer's address is left in {@link Scratch#address}. */
    static int accept(Scratch scratch, int descriptor, int flags) {
        MemorySegment peer = scratch.emptyAddress();
        return Libc.call(
                ACCEPT, descriptor, peer.address(), scratch.lengthPointer(peer, Scratch.ADDRESS_SIZE), flags);
    }

    static int acceptWithoutAddress(int descriptor, int flags) {
        return Libc.call(ACCEPT, descriptor, 0, 0, flags);
    }

    static int connect(int descriptor, MemorySegment address) {
        return Libc.call(CONNECT, descriptor, address.address(), address.byteSize());
    }

    static int shutdown(int descriptor, int how) {
        return Libc.call(SHUTDOWN, descriptor, how);
    }

    /** The address is left in {@link Scratch#address}. */
    static int getsockname(Scratch scratch, int descriptor) {
        MemorySegment name = scratch.emptyAddress();
        return Libc.call(
                GETSOCKNAME, descriptor, name.address(), scratch.lengthPointer(name, Scratch.ADDRESS_SIZE));
    }

    /** The address is left in {@link Scratch#address}. */
    static int getpeername(Scratch scratch, int descriptor) {
        MemorySegment name = scratch.emptyAddress();
        return Libc.call(
                GETPEERNAME, descriptor, name.address(), scratch.lengthPointer(name, Scratch.ADDRESS_SIZE));
    }

    /** @param told the length passed to the kernel, which is not always in bytes: {@link SocketOption#room} */
    static int getsockopt(Scratch scratch, int descriptor, int level, int name, MemorySegment value, int told) {
        return Libc.call(
                GETSOCKOPT, descriptor, level, name, value.address(), scratch.lengthPointer(value, told));
    }

    static int setsockopt(int descriptor, int level, int name, MemorySegment value) {
        return Libc.call(
                SETSOCKOPT, descriptor, level, name, value.address(), Math.toIntExact(value.byteSize()));
    }

    /** Passes no value, but a length, which some options read instead. */
    static int setsockoptLength(int descriptor, int level, int name, int length) {
        return Libc.call(SETSOCKOPT, descriptor, level, name, 0, length);
    }

    private static MemorySegment atLeast(int size, MemorySegment room) {
        return room.asSlice(0, size);
    }

    private static final class Pair {
        static final MethodHandle SOCKETPAIR = Libc.function("socketpair");
    }
}
