package io.github.pysockets.virtual;

import io.github.pysockets.stack.SockaddrUn;

/** Bytes on their way from one socket of AF_UNIX to another, with what goes along. */
final class UnixMessage {
    /** What the kernel counts for a message besides its bytes, about. */
    static final int OVERHEAD = 768;

    final UnixSocket sender;
    /** Null where it has none. */
    final SockaddrUn from;
    final byte[] data;
    /** How many bytes of a stream were read. */
    int read;
    /** {@link PassedSockets#NONE} once it was handed over. */
    PassedSockets passed;

    UnixMessage(UnixSocket sender, byte[] data, PassedSockets passed) {
        this.sender = sender;
        this.from = sender.name();
        this.data = data;
        this.passed = passed;
    }

    int left() {
        return data.length - read;
    }

    /** What it takes of its sender's buffer. */
    int size() {
        return data.length + OVERHEAD;
    }
}
