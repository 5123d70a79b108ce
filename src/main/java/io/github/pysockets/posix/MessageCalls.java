package io.github.pysockets.posix;

import java.lang.invoke.MethodHandle;

/** Messages with ancillary data. Results are the octets moved, or the negated errno. */
final class MessageCalls {
    private static final MethodHandle SENDMSG = Libc.function("sendmsg");
    private static final MethodHandle RECVMSG = Libc.function("recvmsg");

    private MessageCalls() {}

    static int sendmsg(int descriptor, long message, int flags) {
        return Libc.call(SENDMSG, descriptor, message, flags);
    }

    static int recvmsg(int descriptor, long message, int flags) {
        return Libc.call(RECVMSG, descriptor, message, flags);
    }
}
