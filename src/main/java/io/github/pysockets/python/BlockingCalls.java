package io.github.pysockets.python;

import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_WAITALL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The one blocking helper. Every call on a descriptor that may have to wait goes through here: it enters the descriptor, so that its
 * number is not closed meanwhile, tries, waits as the mode allows, tries again, goes on where the kernel's own blocking call would
 * go on, and leaves the descriptor. How a wait ends is in {@link Waiting}.
 *
 * <p>It tries before it waits: most calls need not wait, and pay for none of this.
 */
final class BlockingCalls {
    private final Waiting waiting;

    BlockingCalls(Waiting waiting) {
        this.waiting = waiting;
    }

    /** A call that moves bytes and never waits: gives how many, or a negated errno. */
    @FunctionalInterface
    interface Transfer {
        int move(Endpoint endpoint, byte[] array, int at, int count, int flags);
    }

    /**
     * A call on a descriptor, which is not closed meanwhile.
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

    /** Repeats a call until it gives something other than {@code -EAGAIN}. */
    int call(Blockable on, Direction direction, ToIntFunction<Endpoint> call) {
        return within(on.descriptor(), descriptor -> {
            Endpoint endpoint = descriptor.endpoint();
            int result = call.applyAsInt(endpoint);
            return result == -Errno.EAGAIN
                    ? retry(on, descriptor, direction, 0, () -> call.applyAsInt(endpoint))
                    : result;
        });
    }

    /** Waits for the outcome of a connection that is under way. */
    int outcome(Blockable on, Descriptor descriptor, Attempt outcome) {
        Deadline deadline = WaitLimit.deadline(descriptor.endpoint(), on.timeout(), 0, Direction.CONNECT);
        return deadline == null ? -Errno.EINPROGRESS : waiting.until(descriptor, Direction.CONNECT, deadline, outcome);
    }

    /** Repeats a call with growing pauses, where the kernel offers nothing to wait for. */
    int poll(Blockable on, Descriptor descriptor, Direction direction, Attempt attempt) {
        Deadline deadline = WaitLimit.deadline(descriptor.endpoint(), on.timeout(), 0, direction);
        return deadline == null ? -Errno.EAGAIN : waiting.untilTried(descriptor, deadline, attempt);
    }

    /** Repeats an attempt to lock until nobody else has the lock: nothing tells when that is. */
    int lock(Descriptor descriptor, Attempt attempt) {
        int result = attempt.run();
        return result == -Errno.EAGAIN ? waiting.untilTried(descriptor, Deadline.never(), attempt) : result;
    }

    /**
     * Repeats a call that waits now for one thing and now for another, as those of TLS do.
     *
     * @param deadline of the whole
     * @param wanted the result of a call that was made already
     * @param wants what a result is to be waited for; null where it is final
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

    /** Repeats a look until it finds something, or until the deadline. */
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
     * Receives. In blocking mode MSG_WAITALL means to go on until all is there, and the kernel would do it were its call not made
     * to return at once; in the other modes it means nothing to the kernel either.
     */
    int receive(Blockable on, Transfer transfer, byte[] into, int at, int count, int flags) {
        return receive(on, Direction.RECEIVE, transfer, into, at, count, flags);
    }

    /** As read(2) does: from what may be no socket. */
    int read(Blockable on, Transfer transfer, byte[] into, int at, int count) {
        return receive(on, Direction.READ, transfer, into, at, count, 0);
    }

    private int receive(
            Blockable on, Direction direction, Transfer transfer, byte[] into, int at, int count, int flags) {
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
                    || (flags & MSG_PEEK) != 0 || on.timeout() >= 0 || !on.isStream();
            return isWhole
                    ? received
                    : rest(on, descriptor, direction, Endpoint::recv, into, at, count, flags, received);
        } finally {
            descriptor.leave();
        }
    }

    // Bytes out

    /**
     * Sends what goes at once, or waits until something does; in blocking mode, goes on until all is sent, as send(2) does on a
     * stream.
     *
     * @param first sends the first part
     * @param next sends what that left over
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

    /** Sends what goes at once. */
    static int trySend(Blockable on, byte[] from, int at, int count, int flags) {
        return within(on.descriptor(), descriptor -> descriptor.endpoint().send(from, at, count, flags));
    }

    /**
     * Sends all.
     *
     * @param deadline of the whole; null where each wait has its own
     * @return {@code count}, or what stopped it
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

    /** Goes on after {@code moved} bytes. An error now is for the next call to tell: what was moved counts. */
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
        while (total < count) {
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

    /** Waits and tries again, after an attempt that gave {@code -EAGAIN}. */
    private int retry(Blockable on, Descriptor descriptor, Direction direction, int flags, Attempt attempt) {
        Deadline deadline = WaitLimit.deadline(descriptor.endpoint(), on.timeout(), flags, direction);
        return deadline == null ? -Errno.EAGAIN : waiting.until(descriptor, direction, deadline, attempt);
    }
}
