package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SO_SNDTIMEO;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.abi.Errno;

/**
 * One sending call: copies Python's bytes out piece by piece, and waits where the mode allows it.
 *
 * <p>In blocking mode a stream's send takes all that it is given, as send(2) does there; the endpoint's own send never waits, so
 * the going on is here.
 */
final class Sending {
    /** Bytes of a stream that are copied and sent at a time: large enough for throughput, small enough for the cache. */
    static final int PIECE = 256 * 1024;

    private static final int SMALLEST = 8 * 1024;

    /** A thread's array for bytes on their way out, used again by each call. It grows up to PIECE. */
    private static final ThreadLocal<byte[]> OUTGOING = ThreadLocal.withInitial(() -> new byte[SMALLEST]);

    private final Waiting waiting;
    private final Descriptor descriptor;
    private final Endpoint endpoint;
    private final long timeout;
    private final int flags;
    private Deadline deadline;
    private int failure;

    Sending(Waiting waiting, Descriptor descriptor, long timeout, int flags) {
        this.waiting = waiting;
        this.descriptor = descriptor;
        this.timeout = timeout;
        this.flags = flags;
        endpoint = descriptor.endpoint();
    }

    /** An array of at least {@code count} bytes, this thread's until its next call. */
    static byte[] array(int count) {
        byte[] array = OUTGOING.get();
        if (array.length >= count) {
            return array;
        }
        int size = count <= PIECE ? Integer.highestOneBit(count - 1) << 1 : count;
        array = new byte[size];
        if (size <= PIECE) {
            OUTGOING.set(array);
        }
        return array;
    }

    /** Sends what goes at once, or waits until something does; in blocking mode, sends all of a stream's data. */
    int send(ByteSource data, int length, boolean stream) {
        int total = inPieces(data, length, stream, (array, count, done) -> sendPiece(array, count, done == 0));
        // An error after the start is for the next call to tell: what was sent counts.
        return total == 0 ? failure : total;
    }

    /** Sends one piece, which is at the end of {@code array}; {@code done} bytes came before it. Gives how many bytes, or what failed. */
    @FunctionalInterface
    private interface Piece {
        int send(byte[] array, int count, int done);
    }

    /** Copies data out and sends it until a piece fails, which {@link #failure} tells, or is not sent whole. Gives how many bytes. */
    private int inPieces(ByteSource data, int length, boolean stream, Piece piece) {
        int most = stream ? Math.min(length, PIECE) : length;
        byte[] array = array(most);
        int total = 0;
        int count;
        int sent;
        do {
            count = Math.min(most, length - total);
            data.copyToEnd(total, array, count);
            sent = piece.send(array, count, total);
            if (sent < 0) {
                failure = sent;
                return total;
            }
            total += sent;
        } while (sent == count && total < length);
        return total;
    }

    /** One piece: its first part as the mode allows, and in blocking mode the rest too. */
    private int sendPiece(byte[] array, int count, boolean mayWait) {
        int at = array.length - count;
        int sent = endpoint.send(array, at, count, flags);
        return sent == count || !mayWait && timeout >= 0 ? sent : sendOn(array, at, count, sent);
    }

    /** What becomes of a piece whose first attempt gave {@code sent}: waits and tries again where the mode allows it. */
    int sendOn(byte[] array, int at, int count, int sent) {
        int first = sent == -Errno.EAGAIN ? retry(() -> endpoint.send(array, at, count, flags)) : sent;
        return first < 0 || first == count || timeout >= 0
                ? first
                : first + sendRest(array, at + first, count - first);
    }

    /** Sends on in blocking mode. An error now is for the next call to tell: what was sent counts. */
    private int sendRest(byte[] array, int at, int count) {
        int total = 0;
        while (total < count) {
            int start = at + total;
            int left = count - total;
            int sent = retry(() -> endpoint.send(array, start, left, flags));
            if (sent < 0) {
                break;
            }
            total += sent;
        }
        return total;
    }

    /** Sends all, within one deadline. Gives 0, or what stopped it. */
    int sendAll(ByteSource data, int length, boolean stream) {
        if (timeout > 0) {
            deadline = Deadline.in(timeout, Codes.TIMED_OUT);
        }
        inPieces(data, length, stream, (array, count, _) -> sendAllOf(array, count));
        return failure;
    }

    private int sendAllOf(byte[] array, int count) {
        int done = 0;
        do {
            if (deadline != null && deadline.isOver()) {
                return deadline.code();
            }
            int at = array.length - count + done;
            int left = count - done;
            int sent = attempt(() -> endpoint.send(array, at, left, flags));
            if (sent < 0) {
                return sent;
            }
            done += sent;
        } while (done < count);
        return count;
    }

    /**
     * Sends what {@code first} sends, a call on {@code count} bytes of {@code array} at {@code at}; in blocking mode, goes on with the
     * bytes that a stream left over.
     */
    int sendWhole(byte[] array, int at, int count, Attempt first) {
        int sent = attempt(first);
        return sent <= 0 || sent == count || timeout >= 0 ? sent : sent + sendRest(array, at + sent, count - sent);
    }

    /** Tries, and waits and tries again where the mode allows it. */
    private int attempt(Attempt attempt) {
        int result = attempt.run();
        return result == -Errno.EAGAIN ? retry(attempt) : result;
    }

    private int retry(Attempt attempt) {
        Deadline end = deadline != null
                ? deadline
                : WaitLimit.deadline(endpoint, timeout, flags, SO_SNDTIMEO, -Errno.EAGAIN);
        return end == null
                ? -Errno.EAGAIN
                : waiting.until(descriptor, POLLOUT, end, Waiting.NO_HANG_UP, attempt);
    }
}
