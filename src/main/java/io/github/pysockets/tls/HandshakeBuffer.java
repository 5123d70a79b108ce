package io.github.pysockets.tls;

import java.util.Arrays;

/** Bytes of handshake messages, joined from the records that they came in. */
final class HandshakeBuffer {
    private byte[] bytes = new byte[512];
    private int size;

    int size() {
        return size;
    }

    void append(byte[] content) {
        if (bytes.length - size < content.length) {
            // Twice as much: a peer may send a long message in records of one byte.
            bytes = Arrays.copyOf(bytes, Math.max(size + content.length, 2 * size));
        }
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    /** Forgets all but the last {@code count} bytes. */
    void keepLast(int count) {
        System.arraycopy(bytes, size - count, bytes, 0, count);
        size = count;
    }

    /** Reads from the first byte on. */
    ByteReader reader() {
        return new ByteReader(bytes, 0, size);
    }

    byte[] array() {
        return bytes;
    }
}
