package io.github.pysockets.linux;

import java.lang.invoke.MethodHandle;

/** getaddrinfo(3) and getnameinfo(3), whose results are 0 or an EAI code. They may wait for a server. */
final class NameCalls {
    private static final MethodHandle GETADDRINFO = Libc.function("getaddrinfo");
    private static final MethodHandle FREEADDRINFO = Libc.function("freeaddrinfo");

    private NameCalls() {}

    /** @param result address of room for a pointer to the list */
    static int getaddrinfo(Scratch scratch, long host, long service, long hints, long result) {
        return (int) Libc.word(GETADDRINFO, scratch, host, service, hints, result, 0, 0);
    }

    static void freeaddrinfo(long list) {
        Libc.word(FREEADDRINFO, Scratch.mine(), list, 0, 0, 0, 0, 0);
    }

    static int getnameinfo(
            Scratch scratch, long address, int length, long host, int hostSize, long service, int serviceSize,
            int flags) {
        return (int) Libc.longWord(
                Reverse.GETNAMEINFO, scratch, address, length, host, hostSize, service, serviceSize, flags, 0);
    }

    private static final class Reverse {
        static final MethodHandle GETNAMEINFO = Libc.longFunction("getnameinfo");
    }
}
