package io.github.pysockets.python;

import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_WAITALL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackClock;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The one helper for blocking calls. Every call on a descriptor that may wait goes through here. It enters the
 * descriptor, so that its number cannot be closed during the call. It tries, waits as the mode allows, and tries again.
 * It continues where the kernel's own blocking call would continue, and then leaves the descriptor. {@link Waiting}
 * defines how a wait ends.
 *
 * <p>It tries before it waits: most calls need not wait, and pay for none of this.
 */
final class BlockingCalls {
    private final Waiting waiting;

    BlockingCalls(Waiting waiting) {
        this.waiting = waiting;
    }

    /** A call that moves bytes and never waits. Returns the byte count or a negated errno. */
    @FunctionalInterface
    interface Transfer {
        int move(Endpoint endpoint, byte[] array, int at, int count, int flags);

        /** Whether nothing may be added to what was moved so far. */
        default boolean isOver() {
            return false;
        }
    }

    /**
     * Makes a call on a descriptor, which cannot be closed during the call.
     *
     * @return the call's result; {@code -EBADF} once closed or detached
     */
    static int within(Descriptor descriptor, ToIntFunction<Descriptor> call) {
        if (descriptor == null || !descriptor.enter()) {
            return -Errno.EBADF;
        }
        try {
            return call.applyAsInt(descriptor);
        } finally {
            descriptor.leave();
        }
    }

    /** What all waits are measured by. */
    StackClock clock() {
        return waiting.clock();
    }

    private Deadline limit(Blockable on, Descriptor descriptor, int flags, Direction direction) {
        return WaitLimit.deadline(clock(), descriptor.endpoint(), on.timeout(), flags, direction);
    }

    /** Repeats a call until it returns something other than {@code -EAGAIN}. */
    int call(Blockable on, Direction direction, ToIntFunction<Endpoint> call) {
        return within(on.descriptor(), descriptor -> {
            Endpoint endpoint = descriptor.endpoint();
            int result = call.applyAsInt(endpoint);
            return result == -Errno.EAGAIN
                    ? retry(on, descriptor, direction, 0, () -> call.applyAsInt(endpoint))
                    : result;
        });
    }

    /** Waits for the outcome of a connection in progress. */
    int outcome(Blockable on, Descriptor descriptor, Attempt outcome) {
        Deadline deadline = limit(on, descriptor, 0, Direction.CONNECT);
        return deadline == null ? -Errno.EINPROGRESS : waiting.until(descriptor, Direction.CONNECT, deadline, outcome);
    }

    /** Repeats a call with growing pauses, where the kernel offers nothing to wait for. */
    int retryWithBackoff(Blockable on, Descriptor descriptor, Direction direction, Attempt attempt) {
        Deadline deadline = limit(on, descriptor, 0, direction);
        return deadline == null ? -Errno.EAGAIN : waiting.untilTried(descriptor, deadline, attempt);
    }

    /** Repeats an attempt to lock until nobody else has the lock. The kernel does not report when that happens. */
    int lock(Descriptor descriptor, Attempt attempt) {
        int result = attempt.run();
        return result == -Errno.EAGAIN ? waiting.untilTried(descriptor, Deadline.never(), attempt) : result;
    }

    /**
     * Waits for the thread's turn at what threads do one after another.
     *
     * @param timeout of the socket, not 0
     * @return 0 once it is its turn, or a negative code
     */
    int takeTurn(Turn turn, long timeout) {
        return turn.tryTake() ? 0 : turn.take(waiting, WaitLimit.ofTimeout(clock(), timeout));
    }

    /**
     * Repeats a call that waits for different things in turn, as TLS calls do.
     *
     * @param deadline of the whole call
     * @param wanted the result of the first attempt
     * @param wants returns what to wait for after a result; null where the result is final
     */
    int alternate(
            Descriptor descriptor, Deadline deadline, int wanted, IntSupplier call, IntFunction<Direction> wants) {
        int result = wanted;
        for (Direction direction; (direction = wants.apply(result)) != null;) {
            int want = result;
            result = waiting.until(descriptor, direction, deadline, () -> {
                int next = call.getAsInt();
                return next == want ? -Errno.EAGAIN : next;
            });
        }
        return result;
    }

    /** Repeats a check until it finds something or the deadline is over. */
    int look(Descriptor descriptor, Deadline deadline, IntSupplier look) {
        int found = look.getAsInt();
        return found != 0
                ? found
                : waiting.until(descriptor, Direction.READ, deadline, () -> {
                    int now = look.getAsInt();
                    return now == 0 ? -Errno.EAGAIN : now;
                });
    }

    // Bytes in

    /**
     * Receives. In blocking mode MSG_WAITALL continues until all bytes have arrived. The kernel would do so itself, but
     * its call is made to return at once. In the other modes the kernel ignores the flag too.
     */
    int receive(Blockable on, Transfer transfer, byte[] into, int at, int count, int flags) {
        return receive(on, transfer, Endpoint::recv, into, at, count, flags);
    }

    /**
     * As {@link #receive(Blockable, Transfer, byte[], int, int, int)}.
     *
     * @param next receives what MSG_WAITALL still waits for
     */
    int receive(Blockable on, Transfer first, Transfer next, byte[] into, int at, int count, int flags) {
        return receive(on, Direction.RECEIVE, first, next, into, at, count, flags);
    }

    /** Reads as read(2) does. The descriptor need not be a socket. */
    int read(Blockable on, Transfer transfer, byte[] into, int at, int count) {
        return receive(on, Direction.READ, transfer, transfer, into, at, count, 0);
    }

    private int receive(
            Blockable on,
            Direction direction,
            Transfer transfer,
            Transfer next,
            byte[] into,
            int at,
            int count,
            int flags) {
        Descriptor descriptor = on.descriptor();
        if (descriptor == null || !descriptor.enter()) {
            return -Errno.EBADF;
        }
        try {
            int received = transfer.move(descriptor.endpoint(), into, at, count, flags);
            if (received == -Errno.EAGAIN) {
                received = retry(on, descriptor, direction, transfer, into, at, count, flags);
            }
            boolean isWhole = received <= 0 || received >= count || (flags & MSG_WAITALL) == 0
                    || (flags & (MSG_PEEK | MSG_OOB)) != 0 || on.timeout() >= 0 || !on.isStream();
            return isWhole ? received : rest(on, descriptor, direction, next, into, at, count, flags, received);
        } finally {
            descriptor.leave();
        }
    }

    // Bytes out

    /**
     * Sends what it can at once, or waits until it can send something. In blocking mode it continues until all is sent,
     * as send(2) does on a stream.
     *
     * @param first sends the first part
     * @param next sends the rest
     */
    int send(Blockable on, Transfer first, Transfer next, byte[] from, int at, int count, int flags) {
        Descriptor descriptor = on.descriptor();
        if (descriptor == null || !descriptor.enter()) {
            return -Errno.EBADF;
        }
        try {
            int sent = first.move(descriptor.endpoint(), from, at, count, flags);
            if (sent == -Errno.EAGAIN) {
                sent = retry(on, descriptor, Direction.SEND, first, from, at, count, flags);
            }
            return sent <= 0 || sent == count || on.timeout() >= 0
                    ? sent
                    : rest(on, descriptor, Direction.SEND, next, from, at, count, flags, sent);
        } finally {
            descriptor.leave();
        }
    }

    /** Sends what it can at once. */
    static int trySend(Blockable on, byte[] from, int at, int count, int flags) {
        return within(on.descriptor(), descriptor -> descriptor.endpoint().send(from, at, count, flags));
    }

    /**
     * Sends all.
     *
     * @param deadline of the whole call; null where each wait has its own
     * @return {@code count}, or the code of what stopped it
     */
    int sendAll(Blockable on, Deadline deadline, byte[] from, int at, int count, int flags) {
        return within(on.descriptor(), descriptor -> {
            int total = 0;
            do {
                if (deadline != null && deadline.isOver()) {
                    return deadline.code();
                }
                int start = at + total;
                int left = count - total;
                Attempt attempt = () -> descriptor.endpoint().send(from, start, left, flags);
                int sent = attempt.run();
                if (sent == -Errno.EAGAIN) {
                    sent = deadline == null
                            ? retry(on, descriptor, Direction.SEND, flags, attempt)
                            : waiting.until(descriptor, Direction.SEND, deadline, attempt);
                }
                if (sent < 0) {
                    return sent;
                }
                total += sent;
            } while (total < count);
            return total;
        });
    }

    /** Continues after {@code moved} bytes. The next call reports an error that occurs now: the moved bytes count. */
    private int rest(
            Blockable on,
            Descriptor descriptor,
            Direction direction,
            Transfer transfer,
            byte[] array,
            int at,
            int count,
            int flags,
            int moved) {
        int total = moved;
        while (total < count && !transfer.isOver()) {
            int more = retry(on, descriptor, direction, transfer, array, at + total, count - total, flags);
            if (more <= 0) {
                break;
            }
            total += more;
        }
        return total;
    }

    private int retry(
            Blockable on,
            Descriptor descriptor,
            Direction direction,
            Transfer transfer,
            byte[] array,
            int at,
            int count,
            int flags) {
        Endpoint endpoint = descriptor.endpoint();
        return retry(on, descriptor, direction, flags, () -> transfer.move(endpoint, array, at, count, flags));
    }

    /** Waits and tries again after an attempt that returned {@code -EAGAIN}. */
    private int retry(Blockable on, Descriptor descriptor, Direction direction, int flags, Attempt attempt) {
        Deadline deadline = limit(on, descriptor, flags, direction);
        return deadline == null ? -Errno.EAGAIN : waiting.until(descriptor, direction, deadline, attempt);
    }
}
