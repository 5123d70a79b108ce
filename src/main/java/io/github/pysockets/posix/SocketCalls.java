package io.github.pysockets.posix;

import java.lang.invoke.MethodHandle;

/** Sockets from their making to their end. Results are zero or more, or the negated errno. */
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

    /** @param descriptors address of room for two ints */
    static int socketpair(int family, int type, int protocol, long descriptors) {
        return Libc.call(Pair.SOCKETPAIR, family, type, protocol, descriptors);
    }

    static int bind(int descriptor, long address, int length) {
        return Libc.call(BIND, descriptor, address, length);
    }

    static int listen(int descriptor, int backlog) {
        return Libc.call(LISTEN, descriptor, backlog);
    }

    static int accept(int descriptor, long address, long length, int flags) {
        return Libc.call(ACCEPT, descriptor, address, length, flags);
    }

    static int connect(int descriptor, long address, int length) {
        return Libc.call(CONNECT, descriptor, address, length);
    }

    static int shutdown(int descriptor, int how) {
        return Libc.call(SHUTDOWN, descriptor, how);
    }

    static int getsockname(int descriptor, long address, long length) {
        return Libc.call(GETSOCKNAME, descriptor, address, length);
    }

    static int getpeername(int descriptor, long address, long length) {
        return Libc.call(GETPEERNAME, descriptor, address, length);
    }

    static int getsockopt(int descriptor, int level, int name, long value, long length) {
        return Libc.call(GETSOCKOPT, descriptor, level, name, value, length);
    }

    static int setsockopt(int descriptor, int level, int name, long value, int length) {
        return Libc.call(SETSOCKOPT, descriptor, level, name, value, length);
    }

    private static final class Pair {
        static final MethodHandle SOCKETPAIR = Libc.function("socketpair");
    }
}
