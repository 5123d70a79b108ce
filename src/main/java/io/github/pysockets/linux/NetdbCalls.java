package io.github.pysockets.linux;

import java.lang.invoke.MethodHandle;

/**
 * The older calls of netdb.h, in the form that writes the answer to the caller's memory. Results are 0 or an errno.
 * Names are addresses of C strings; that of a protocol may be 0 for any.
 */
final class NetdbCalls {
    private NetdbCalls() {}

    static int gethostbyname(NetdbAnswer to, long name) {
        return (int) Libc.word(
                Hosts.BY_NAME, Scratch.mine(), name, to.entryPointer(), to.bufferPointer(), to.bufferSize(),
                to.foundPointer(), to.hostErrorPointer());
    }

    static int gethostbyaddr(NetdbAnswer to, long address, int length, int family) {
        return (int) Libc.longWord(
                Hosts.BY_ADDRESS, Scratch.mine(), address, length, family, to.entryPointer(), to.bufferPointer(),
                to.bufferSize(), to.foundPointer(), to.hostErrorPointer());
    }

    static int getservbyname(NetdbAnswer to, long name, long protocol) {
        return (int) Libc.word(
                Services.BY_NAME, Scratch.mine(), name, protocol, to.entryPointer(), to.bufferPointer(),
                to.bufferSize(), to.foundPointer());
    }

    /** @param port in network byte order */
    static int getservbyport(NetdbAnswer to, int port, long protocol) {
        return (int) Libc.word(
                Services.BY_PORT, Scratch.mine(), port, protocol, to.entryPointer(), to.bufferPointer(),
                to.bufferSize(), to.foundPointer());
    }

    static int getprotobyname(NetdbAnswer to, long name) {
        return (int) Libc.word(
                Protocols.BY_NAME, Scratch.mine(), name, to.entryPointer(), to.bufferPointer(), to.bufferSize(),
                to.foundPointer(), 0);
    }

    private static final class Hosts {
        static final MethodHandle BY_NAME = Libc.function("gethostbyname_r");
        static final MethodHandle BY_ADDRESS = Libc.longFunction("gethostbyaddr_r");
    }

    private static final class Services {
        static final MethodHandle BY_NAME = Libc.function("getservbyname_r");
        static final MethodHandle BY_PORT = Libc.function("getservbyport_r");
    }

    private static final class Protocols {
        static final MethodHandle BY_NAME = Libc.function("getprotobyname_r");
    }
}
