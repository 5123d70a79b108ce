package io.github.pysockets.python;

import static io.github.pysockets.abi.MessageFlags.MSG_DONTWAIT;
import static io.github.pysockets.abi.MessageFlags.MSG_ERRQUEUE;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How long a call on a socket may wait, by the socket's timeout: blocking, non-blocking or with a limit. NameLookup only once a call
 * would have to wait.
 */
final class WaitLimit {
    /** The timeout, in nanoseconds, of a socket that blocks without limit. */
    static final long BLOCKING = -1;

    /** Bytes of struct timeval. */
    private static final int TIMEVAL = 16;

    private WaitLimit() {}

    /**
     * The end of a call that begins to wait now, or null where it must not wait.
     *
     * <p>Blocking mode is what the kernel makes of it: a descriptor in O_NONBLOCK mode (another object may have set it) does not wait, nor does a call
     * with MSG_DONTWAIT or on the error queue, and SO_RCVTIMEO and SO_SNDTIMEO are limits that end in EAGAIN.
     *
     * @param timeout of the socket, in nanoseconds
     * @param flags of the call; 0 where it has none
     * @param kernelTimeout SO_RCVTIMEO or SO_SNDTIMEO
     * @param kernelCode what the call gives when the kernel's own limit is over
     */
    static Deadline deadline(Endpoint endpoint, long timeout, int flags, int kernelTimeout, int kernelCode) {
        if (timeout == 0) {
            return null;
        }
        if (timeout > 0) {
            return Deadline.in(timeout, Codes.TIMED_OUT);
        }
        if ((flags & (MSG_DONTWAIT | MSG_ERRQUEUE)) != 0) {
            return null;
        }
        try {
            if (endpoint.isNonBlocking()) {
                return null;
            }
            long limit = kernelLimit(endpoint, kernelTimeout);
            return limit == 0 ? Deadline.never() : Deadline.in(limit, kernelCode);
        } catch (StackException notASocket) {
            // The next attempt says what is wrong with it.
            return Deadline.never();
        }
    }

    private static long kernelLimit(Endpoint endpoint, int option) throws StackException {
        byte[] timeval = new byte[TIMEVAL];
        if (endpoint.getOption(SOL_SOCKET, option, timeval) < TIMEVAL) {
            return 0;
        }
        ByteBuffer fields = ByteBuffer.wrap(timeval).order(ByteOrder.nativeOrder());
        long seconds = fields.getLong();
        long micros = fields.getLong();
        return seconds * 1_000_000_000L + micros * 1_000L;
    }
}
