package io.github.pysockets.posix;

import static io.github.pysockets.posix.Fields.HOST_INT;
import static io.github.pysockets.posix.Fields.HOST_LONG;

import java.lang.foreign.MemorySegment;

/** struct msghdr, followed by the one struct iovec that it points to. */
final class MessageHeader {
    /** Octets of both. */
    static final int SIZE = 56 + 16;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int DATA = 56;
    private static final int DATA_LENGTH = 64;

    private MessageHeader() {}

    /**
     * Fills in the whole header. All addresses may be 0 for none.
     *
     * @param header room for {@link #SIZE} octets
     * @param base the address that {@code header} has for the kernel
     */
    static void encode(
            MemorySegment header, long base, long name, int nameLength, long data, long dataLength, long control,
            long controlLength) {
        header.set(HOST_LONG, NAME, name);
        // The length is an int with four octets of padding, which musl wants to be 0.
        header.set(HOST_LONG, NAME_LENGTH, 0);
        header.set(HOST_INT, NAME_LENGTH, nameLength);
        header.set(HOST_LONG, VECTOR, base + DATA);
        header.set(HOST_LONG, VECTOR_COUNT, 1);
        header.set(HOST_LONG, CONTROL, control);
        header.set(HOST_LONG, CONTROL_LENGTH, controlLength);
        header.set(HOST_LONG, FLAGS, 0);
        header.set(HOST_LONG, DATA, data);
        header.set(HOST_LONG, DATA_LENGTH, dataLength);
    }

    static int nameLength(MemorySegment header) {
        return header.get(HOST_INT, NAME_LENGTH);
    }

    static long controlLength(MemorySegment header) {
        return header.get(HOST_LONG, CONTROL_LENGTH);
    }

    static int flags(MemorySegment header) {
        return header.get(HOST_INT, FLAGS);
    }
}
