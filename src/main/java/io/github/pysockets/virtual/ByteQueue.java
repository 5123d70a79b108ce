package io.github.pysockets.virtual;

/** Bytes, first in, first out. It takes no memory while it is empty. */
final class ByteQueue {
    private static final byte[] NONE = {};
    private static final int LEAST_ROOM = 64;

    private byte[] ring = NONE;
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(byte[] from, int at, int count) {
        if (count == 0) {
            return;
        }
        makeRoom(size + count);
        int tail = (head + size) & (ring.length - 1);
        int first = Math.min(count, ring.length - tail);
        System.arraycopy(from, at, ring, tail, first);
        System.arraycopy(from, at + first, ring, 0, count - first);
        size += count;
    }

    private void makeRoom(int wanted) {
        if (wanted > ring.length) {
            byte[] larger = new byte[Math.max(LEAST_ROOM, Integer.highestOneBit(wanted - 1) << 1)];
            copy(0, larger, 0, size);
            ring = larger;
            head = 0;
        }
    }

    /** Copies bytes, which stay, from {@code offset} on. */
    void copy(int offset, byte[] into, int at, int count) {
        if (count == 0) {
            return;
        }
        int start = (head + offset) & (ring.length - 1);
        int first = Math.min(count, ring.length - start);
        System.arraycopy(ring, start, into, at, first);
        System.arraycopy(ring, 0, into, at + first, count - first);
    }

    /** Drops the first bytes. */
    void skip(int count) {
        size -= count;
        if (size == 0) {
            clear();
        } else {
            head = (head + count) & (ring.length - 1);
        }
    }

    void clear() {
        ring = NONE;
        head = 0;
        size = 0;
    }
}
