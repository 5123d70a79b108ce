package io.github.pysockets.linux;

import static io.github.pysockets.abi.Errno.ENOTSOCK;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_COOKIE;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The kernel's number for an open socket: SO_COOKIE. All descriptors of the socket have the same number, and no other
 * socket ever gets it.
 */
final class SocketCookie {
    private static final SocketCookie NO_SOCKET = new SocketCookie(0, false);

    private final long value;
    private final boolean isFromKernel;

    private SocketCookie(long value, boolean isFromKernel) {
        this.value = value;
        this.isFromKernel = isFromKernel;
    }

    static SocketCookie of(int descriptor) {
        Scratch scratch = Scratch.mine();
        MemorySegment room = scratch.room(Long.BYTES);
        int result = SocketCalls.getsockopt(scratch, descriptor, SOL_SOCKET, SO_COOKIE, room, Long.BYTES);
        if (result == -ENOTSOCK) {
            return NO_SOCKET;
        }
        // A kernel without the option: the descriptor's own number is used, made negative so that it is no cookie.
        return result < 0 ? new SocketCookie(~descriptor, false) : new SocketCookie(room.get(HOST_LONG, 0), true);
    }

    /** False for a file, a pipe and the like, which have no cookie. */
    boolean isSocket() {
        return this != NO_SOCKET;
    }

    /** Whether the kernel supplied it, so that it stands for the open socket and not just for this descriptor. */
    boolean isFromKernel() {
        return isFromKernel;
    }

    long value() {
        return value;
    }
}
