package io.github.pysockets.python;

import static io.github.pysockets.abi.MessageFlags.MSG_DONTWAIT;
import static io.github.pysockets.abi.MessageFlags.MSG_ERRQUEUE;
import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Timeval;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackClock;
import io.github.pysockets.stack.StackException;

/** How long a call may wait, given the timeout of its socket: blocking, non-blocking or with a limit. */
final class WaitLimit {
    /** The timeout of a socket that blocks without limit. */
    static final long BLOCKING = -1;

    private WaitLimit() {}

    /**
     * Returns the deadline of a call that begins to wait now, or null where it must not wait. Asked only once a call
     * would have to wait.
     *
     * <p>Blocking mode follows the kernel. There is no wait on a descriptor in O_NONBLOCK mode (another object may have
     * set it), with MSG_DONTWAIT, on the error queue, or for urgent data. SO_RCVTIMEO and SO_SNDTIMEO are limits that
     * end in EAGAIN.
     *
     * @param clock of the stack
     * @param timeout of the socket, in nanoseconds
     * @param flags of the call; 0 where it has none
     */
    static Deadline deadline(
            StackClock clock, Endpoint endpoint, long timeout, int flags, Direction direction) {
        if (timeout >= 0) {
            return ofTimeout(clock, timeout);
        }
        boolean waitsForUrgent = (flags & MSG_OOB) != 0 && direction == Direction.RECEIVE;
        if ((flags & (MSG_DONTWAIT | MSG_ERRQUEUE)) != 0 || waitsForUrgent) {
            return null;
        }
        try {
            if (endpoint.isNonBlocking()) {
                return null;
            }
            long limit = kernelLimit(endpoint, direction.kernelTimeout());
            return limit == 0 ? Deadline.never() : Deadline.in(clock, limit, direction.kernelCode());
        } catch (StackException notASocket) {
            // The next attempt reports what is wrong with it.
            return Deadline.never();
        }
    }

    /**
     * As {@link #deadline}, for a call that depends on the timeout alone, and not on the descriptor's state in the
     * kernel.
     */
    static Deadline ofTimeout(StackClock clock, long timeout) {
        if (timeout == 0) {
            return null;
        }
        return timeout < 0 ? Deadline.never() : Deadline.in(clock, timeout, Codes.TIMED_OUT);
    }

    private static long kernelLimit(Endpoint endpoint, int option) throws StackException {
        byte[] timeval = new byte[Timeval.SIZE];
        return endpoint.getOption(SOL_SOCKET, option, timeval) < Timeval.SIZE ? 0 : Timeval.nanos(timeval);
    }
}
