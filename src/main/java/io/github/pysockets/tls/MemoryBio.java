package io.github.pysockets.tls;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A queue of bytes in memory, used instead of a socket: {@code ssl.MemoryBIO}. May be used from any thread. */
public final class MemoryBio {
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    /** How many bytes of the first piece are already read. */
    private int taken;
    private int pending;
    private boolean ended;

    /** Appends bytes. Gives how many: all. */
    public int write(byte[] from, int at, int count) {
        return append(Arrays.copyOfRange(from, at, at + count));
    }

    /** Appends an array, which then belongs to the queue. Gives how many bytes: all. */
    public synchronized int append(byte[] piece) {
        if (piece.length > 0) {
            pending = Math.addExact(pending, piece.length);
            pieces.addLast(piece);
        }
        return piece.length;
    }

    /** Reads at most {@code count} bytes. Gives how many; 0 where there are none. */
    public synchronized int read(byte[] into, int at, int count) {
        int wanted = Math.min(count, pending);
        int done = 0;
        while (done < wanted) {
            byte[] piece = pieces.getFirst();
            int part = Math.min(wanted - done, piece.length - taken);
            System.arraycopy(piece, taken, into, at + done, part);
            done += part;
            taken += part;
            if (taken == piece.length) {
                pieces.removeFirst();
                taken = 0;
            }
        }
        pending -= done;
        return done;
    }

    /** Reads at most {@code count} bytes, as an array of just their number. */
    public synchronized byte[] take(int count) {
        byte[] bytes = new byte[Math.min(count, pending)];
        read(bytes, 0, bytes.length);
        return bytes;
    }

    /** Puts an array, which then belongs to the queue, before all that is there: bytes that were taken in vain. */
    public synchronized void putBack(byte[] piece) {
        if (piece.length > 0) {
            if (taken > 0) {
                byte[] first = pieces.removeFirst();
                pieces.addFirst(Arrays.copyOfRange(first, taken, first.length));
                taken = 0;
            }
            pending = Math.addExact(pending, piece.length);
            pieces.addFirst(piece);
        }
    }

    /** How many bytes are there. */
    public synchronized int pending() {
        return pending;
    }

    /** Says that no more bytes will be written. */
    public synchronized void writeEof() {
        ended = true;
    }

    /** Whether all has been read and no more will come. */
    public synchronized boolean atEnd() {
        return ended && pending == 0;
    }

    /** The transport that reads from one queue and writes to another. */
    public static Transport between(MemoryBio incoming, MemoryBio outgoing) {
        return new Transport() {
            @Override
            public int receive(byte[] into, int at, int count) {
                int received = incoming.read(into, at, count);
                return received > 0 || incoming.atEnd() ? received : Transport.WOULD_BLOCK;
            }

            @Override
            public int send(byte[] from, int at, int count) {
                return outgoing.write(from, at, count);
            }
        };
    }
}
