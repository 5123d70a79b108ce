package io.github.pysockets.nio;

import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * What comes in on a connected stream. Java cannot look at bytes without taking them, nor ask whether the stream has
 * ended. So bytes are read ahead where that is needed, and all reading begins with these.
 *
 * <p>The channel is that of the one connection; there is no other one after it.
 */
final class StreamInput {
    /** How far is read ahead to find the end of the stream. */
    private static final int ENOUGH = 1 << 16;
    /** How far MSG_PEEK sees: about as much as a kernel holds. */
    private static final int FARTHEST = 1 << 20;
    private static final int FIRST_CAPACITY = 1 << 10;
    /** What is read by one call of the channel, which needs as much memory outside the heap. */
    private static final int CHUNK = 1 << 17;

    private static final byte[] EMPTY = {};

    private final NioEndpoint endpoint;

    /** Guarded by this object, as is what follows. */
    private byte[] ahead = EMPTY;
    private int from;
    private int to;
    private int failure;

    private volatile boolean hasSome;
    private volatile boolean isOver;
    private volatile boolean isBroken;

    StreamInput(NioEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Whether there are bytes, or a failure to report, without asking the channel. */
    boolean hasSome() {
        return hasSome;
    }

    /** Whether the end of the stream was seen. */
    boolean isOver() {
        return isOver;
    }

    /** Whether the stream has ended by force: then nothing can be sent either. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether it has, and that is not reported yet. */
    synchronized boolean hasFailed() {
        return failure != 0;
    }

    /** The positive errno of the stream's end by force, which is then forgotten; otherwise 0. */
    synchronized int takeFailure() {
        int last = failure;
        failure = 0;
        note();
        return last;
    }

    /** Whether reading ahead may find out more. */
    synchronized boolean mayLookFurther() {
        return !isOver && to - from < ENOUGH;
    }

    /** Reads ahead, to see whether the stream has ended and all was read. */
    synchronized void look(SocketChannel channel) {
        fill(channel, 1);
    }

    /** Reads ahead what there is, to see whether the stream ends behind it. */
    synchronized void lookFar(SocketChannel channel) {
        fill(channel, ENOUGH);
    }

    /** Reads ahead all that there is: nothing can be read later. */
    synchronized void drain(SocketChannel channel) {
        fill(channel, FARTHEST);
    }

    /**
     * recv(2).
     *
     * @param isShut whether the socket was shut down for reading: then no more than what is there will come
     */
    synchronized int receive(SocketChannel channel, byte[] into, int at, int count, int flags, boolean isShut) {
        if ((flags & MSG_PEEK) != 0 || count == 0) {
            fill(channel, Math.clamp(count, 1, FARTHEST));
        }
        int done = Math.min(count, to - from);
        System.arraycopy(ahead, from, into, at, done);
        if ((flags & MSG_PEEK) == 0) {
            from += done;
            if (from == to) {
                from = 0;
                to = 0;
            }
            done += isOver ? 0 : readAll(channel, into, at + done, count - done);
        }
        if (done == 0 && failure != 0) {
            return -takeFailure();
        }
        note();
        boolean isThere = done > 0 || count == 0 && to > from;
        return isThere || isOver || isShut ? done : -Errno.EAGAIN;
    }

    /** Reads until all is read or nothing is there. */
    private int readAll(SocketChannel channel, byte[] into, int at, int count) {
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, CHUNK);
            int read = read(channel, ByteBuffer.wrap(into, at + done, part));
            done += read;
            if (read < part) {
                break;
            }
        }
        return done;
    }

    private void fill(SocketChannel channel, int enough) {
        while (!isOver && to - from < enough) {
            if (to == ahead.length) {
                makeRoom();
            }
            int room = Math.min(ahead.length - to, CHUNK);
            int read = read(channel, ByteBuffer.wrap(ahead, to, room));
            to += read;
            if (read < room) {
                break;
            }
        }
        note();
    }

    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(ahead, from, ahead, 0, to - from);
            to -= from;
            from = 0;
        } else {
            ahead = Arrays.copyOf(ahead, Math.max(FIRST_CAPACITY, 2 * ahead.length));
        }
    }

    /** Reads once. Returns how many bytes; 0 also at the end. */
    private int read(SocketChannel channel, ByteBuffer into) {
        try {
            int read = channel.read(into);
            if (read < 0) {
                isOver = true;
                return 0;
            }
            return read;
        } catch (IOException | RuntimeException reason) {
            failure = endpoint.errno(reason, Call.READ);
            isBroken = true;
            isOver = true;
            return 0;
        }
    }

    private void note() {
        hasSome = to > from || failure != 0;
        if (to == from && ahead.length > FIRST_CAPACITY) {
            ahead = EMPTY;
        }
    }
}
