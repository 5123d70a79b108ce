package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;

/** Sends Python's bytes: copies them into an array of the thread, piece by piece, and sends from there. */
final class Outgoing {
    /** Bytes of a stream copied and sent at a time: large enough for throughput, small enough for the cache. */
    private static final int PIECE = 256 * 1024;

    private static final int SMALLEST = 8 * 1024;

    /**
     * A thread's array for outgoing bytes, reused by each call. It grows up to PIECE. Null while a call uses it: where
     * that waits, a signal handler may run on this thread and send something else.
     */
    private static final ThreadLocal<byte[]> ARRAY = ThreadLocal.withInitial(() -> new byte[SMALLEST]);

    private Outgoing() {}

    /** Takes an array of at least {@code count} bytes, which {@link #give} gets back. */
    static byte[] take(int count) {
        byte[] array = ARRAY.get();
        if (array != null && array.length >= count) {
            ARRAY.set(null);
            return array;
        }
        return new byte[count <= SMALLEST ? SMALLEST : count <= PIECE ? Integer.highestOneBit(count - 1) << 1 : count];
    }

    static void give(byte[] array) {
        if (array.length <= PIECE) {
            ARRAY.set(array);
        }
    }

    /**
     * Sends what it can at once, or waits until it can send something. In blocking mode, sends all of a stream's data.
     */
    static int send(BlockingCalls calls, Blockable on, ByteSource data, int length, int flags) {
        if (on.descriptor() == null) {
            return -Errno.EBADF;
        }
        if (length <= PIECE || !on.isStream()) {
            // Nearly every call takes this path.
            byte[] array = take(length);
            try {
                data.copyToEnd(0, array, length);
                return calls.send(on, Endpoint::send, Endpoint::send, array, array.length - length, length, flags);
            } finally {
                give(array);
            }
        }
        int total = 0;
        for (;;) {
            int count = Math.min(PIECE, length - total);
            byte[] array = take(count);
            int sent;
            try {
                data.copyToEnd(total, array, count);
                int at = array.length - count;
                sent = total == 0 || on.timeout() < 0
                        ? calls.send(on, Endpoint::send, Endpoint::send, array, at, count, flags)
                        : BlockingCalls.trySend(on, array, at, count, flags);
            } finally {
                give(array);
            }
            if (sent < 0) {
                // The next call reports an error after the start: the sent bytes count.
                return total == 0 ? sent : total;
            }
            total += sent;
            if (sent < count || total == length) {
                return total;
            }
        }
    }

    /** Sends all, within one deadline. Returns 0, or the code of what stopped it. */
    static int sendAll(BlockingCalls calls, Blockable on, ByteSource data, int length, int flags) {
        Deadline deadline = on.timeout() > 0 ? Deadline.in(calls.clock(), on.timeout(), Codes.TIMED_OUT) : null;
        int piece = on.isStream() ? PIECE : length;
        int total = 0;
        do {
            if (on.descriptor() == null) {
                return -Errno.EBADF;
            }
            int count = Math.min(piece, length - total);
            byte[] array = take(count);
            int sent;
            try {
                data.copyToEnd(total, array, count);
                sent = calls.sendAll(on, deadline, array, array.length - count, count, flags);
            } finally {
                give(array);
            }
            if (sent < 0) {
                return sent;
            }
            total += sent;
        } while (total < length);
        return 0;
    }
}
