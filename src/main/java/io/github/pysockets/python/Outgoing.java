package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;

/** Python's bytes on their way out: copied into an array of the thread, piece by piece, and sent from there. */
final class Outgoing {
    /** Bytes of a stream that are copied and sent at a time: large enough for throughput, small enough for the cache. */
    private static final int PIECE = 256 * 1024;

    private static final int SMALLEST = 8 * 1024;

    /** A thread's array for bytes on their way out, used again by each call. It grows up to PIECE. */
    private static final ThreadLocal<byte[]> ARRAY = ThreadLocal.withInitial(() -> new byte[SMALLEST]);

    private Outgoing() {}

    /** The bytes, which are at the end of an array that is this thread's until its next call. */
    static byte[] copy(ByteSource data, int from, int count) {
        byte[] array = array(count);
        data.copyToEnd(from, array, count);
        return array;
    }

    private static byte[] array(int count) {
        byte[] array = ARRAY.get();
        if (array.length >= count) {
            return array;
        }
        int size = count <= PIECE ? Integer.highestOneBit(count - 1) << 1 : count;
        array = new byte[size];
        if (size <= PIECE) {
            ARRAY.set(array);
        }
        return array;
    }

    /** Sends what goes at once, or waits until something does; in blocking mode, sends all of a stream's data. */
    static int send(BlockingCalls calls, Blockable on, ByteSource data, int length, int flags) {
        if (on.descriptor() == null) {
            return -Errno.EBADF;
        }
        if (length <= PIECE || !on.isStream()) {
            // As nearly every call goes.
            byte[] array = copy(data, 0, length);
            return calls.send(on, Endpoint::send, Endpoint::send, array, array.length - length, length, flags);
        }
        int total = 0;
        for (;;) {
            int count = Math.min(PIECE, length - total);
            byte[] array = copy(data, total, count);
            int at = array.length - count;
            int sent = total == 0 || on.timeout() < 0
                    ? calls.send(on, Endpoint::send, Endpoint::send, array, at, count, flags)
                    : BlockingCalls.trySend(on, array, at, count, flags);
            if (sent < 0) {
                // An error after the start is for the next call to tell: what was sent counts.
                return total == 0 ? sent : total;
            }
            total += sent;
            if (sent < count || total == length) {
                return total;
            }
        }
    }

    /** Sends all, within one deadline. Gives 0, or what stopped it. */
    static int sendAll(BlockingCalls calls, Blockable on, ByteSource data, int length, int flags) {
        Deadline deadline = on.timeout() > 0 ? Deadline.in(on.timeout(), Codes.TIMED_OUT) : null;
        int piece = on.isStream() ? PIECE : length;
        int total = 0;
        do {
            if (on.descriptor() == null) {
                return -Errno.EBADF;
            }
            int count = Math.min(piece, length - total);
            byte[] array = copy(data, total, count);
            int sent = calls.sendAll(on, deadline, array, array.length - count, count, flags);
            if (sent < 0) {
                return sent;
            }
            total += sent;
        } while (total < length);
        return 0;
    }
}
