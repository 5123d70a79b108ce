package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.stack.ControlMessage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Ancillary data: a row of items, each a struct cmsghdr with its data, padded to a multiple of eight bytes. See
 * cmsg(3).
 */
final class ControlCodec {
    private static final int LENGTH = 0;
    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int HEADER = 16;
    private static final int ALIGNMENT = 8;

    /**
     * What a buffer of ancillary data held.
     *
     * @param items what was whole, and at its end what there was of an item that claims more than the buffer holds
     * @param damaged whether the last item claims more than the buffer holds, or less than a header
     */
    record Decoded(List<ControlMessage> items, boolean damaged) {}

    private static final Decoded NOTHING = new Decoded(List.of(), false);

    private ControlCodec() {}

    /** CMSG_LEN. */
    static long length(long dataLength) {
        return HEADER + dataLength;
    }

    /** CMSG_SPACE. */
    static long space(long dataLength) {
        return HEADER + align(dataLength);
    }

    /** Bytes that {@link #encode} writes. */
    static long space(List<ControlMessage> items) {
        long sum = 0;
        for (ControlMessage item : items) {
            sum += space(item.data().length);
        }
        return sum;
    }

    static void encode(List<ControlMessage> items, MemorySegment into) {
        long at = 0;
        for (ControlMessage item : items) {
            byte[] data = item.data();
            long space = space(data.length);
            into.set(HOST_LONG, at + LENGTH, length(data.length));
            into.set(HOST_INT, at + LEVEL, item.level());
            into.set(HOST_INT, at + TYPE, item.type());
            MemorySegment.copy(data, 0, into, BYTE, at + HEADER, data.length);
            into.asSlice(at + length(data.length), space - length(data.length)).fill((byte) 0);
            at += space;
        }
    }

    /** @param size bytes that the kernel set */
    static Decoded decode(MemorySegment from, long size) {
        if (size < HEADER) {
            return NOTHING;
        }
        List<ControlMessage> items = new ArrayList<>(1);
        for (long at = 0; at + HEADER <= size;) {
            // An unsigned number in C: what does not fit a Java long is more than any buffer holds.
            long claimed = from.get(HOST_LONG, at + LENGTH);
            if (claimed >= 0 && claimed < HEADER) {
                return new Decoded(items, true);
            }
            boolean isCut = claimed < 0 || claimed > size - at;
            long end = isCut ? size : at + claimed;
            items.add(item(from, at, end));
            if (isCut) {
                return new Decoded(items, true);
            }
            at += align(claimed);
        }
        return new Decoded(items, false);
    }

    private static ControlMessage item(MemorySegment from, long at, long end) {
        byte[] data = new byte[(int) (end - at - HEADER)];
        MemorySegment.copy(from, BYTE, at + HEADER, data, 0, data.length);
        return new ControlMessage(from.get(HOST_INT, at + LEVEL), from.get(HOST_INT, at + TYPE), data);
    }

    private static long align(long length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
