package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import java.lang.foreign.MemorySegment;

/** struct msghdr, followed by the one struct iovec that it points to. */
final class Msghdr {
    /** Bytes of both. */
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

    private Msghdr() {}

    /**
     * Fills in the whole header. Each part is as long as its segment.
     *
     * @param header room for {@link #SIZE} bytes
     * @param name null for none
     * @param control null for none
     */
    static void encode(MemorySegment header, MemorySegment name, MemorySegment data, MemorySegment control) {
        header.set(HOST_LONG, NAME, address(name));
        // The length is an int with four bytes of padding, which musl requires to be 0.
        header.set(HOST_LONG, NAME_LENGTH, 0);
        header.set(HOST_INT, NAME_LENGTH, (int) size(name));
        header.set(HOST_LONG, VECTOR, header.address() + DATA);
        header.set(HOST_LONG, VECTOR_COUNT, 1);
        header.set(HOST_LONG, CONTROL, address(control));
        header.set(HOST_LONG, CONTROL_LENGTH, size(control));
        header.set(HOST_LONG, FLAGS, 0);
        header.set(HOST_LONG, DATA, data.address());
        header.set(HOST_LONG, DATA_LENGTH, data.byteSize());
    }

    private static long address(MemorySegment part) {
        return part == null ? 0 : part.address();
    }

    private static long size(MemorySegment part) {
        return part == null ? 0 : part.byteSize();
    }

    /** The length that the kernel set; at most {@code most}. */
    static int nameLength(MemorySegment header, int most) {
        return Math.clamp(header.get(HOST_INT, NAME_LENGTH), 0, most);
    }

    /** The length that the kernel set; at most {@code most}. */
    static long controlLength(MemorySegment header, long most) {
        return Math.clamp(header.get(HOST_LONG, CONTROL_LENGTH), 0, most);
    }

    static int flags(MemorySegment header) {
        return header.get(HOST_INT, FLAGS);
    }
}
