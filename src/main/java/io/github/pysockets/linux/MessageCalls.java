package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Messages with ancillary data. Results are the number of bytes moved, or the negated errno. */
final class MessageCalls {
    private static final MethodHandle SENDMSG = Libc.function("sendmsg");
    private static final MethodHandle RECVMSG = Libc.function("recvmsg");

    private MessageCalls() {}

    /** @param message as {@link Msghdr#encode} left it */
    static int sendmsg(int descriptor, MemorySegment message, int flags) {
        return Libc.call(SENDMSG, descriptor, message.address(), flags);
    }

    /** @param message as {@link Msghdr#encode} left it */
    static int recvmsg(int descriptor, MemorySegment message, int flags) {
        return Libc.call(RECVMSG, descriptor, message.address(), flags);
    }
}
