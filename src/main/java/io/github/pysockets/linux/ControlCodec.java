package io.github.pysockets.linux;

import static io.github.pysockets.abi.ControlMessages.HEADER;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Ancillary data: a sequence of items, each a struct cmsghdr with its data, padded to a multiple of eight bytes. See
 * cmsg(3).
 */
final class ControlCodec {
    private static final int LENGTH = 0;
    private static final int LEVEL = 8;
    private static final int TYPE = 12;

    /**
     * The contents of a buffer of ancillary data.
     *
     * @param items the whole items, then what there is of an item that claims more than the buffer holds
     * @param damaged whether the last item claims more than the buffer holds, or less than a header
     */
    record Decoded(List<ControlMessage> items, boolean damaged) {}

    private static final Decoded NOTHING = new Decoded(List.of(), false);

    private ControlCodec() {}

    /** The number of bytes that {@link #encode} writes. */
    static long space(List<ControlMessage> items) {
        long sum = 0;
        for (ControlMessage item : items) {
            sum += ControlMessages.space(length(item));
        }
        return sum;
    }

    /** Bytes of the content. */
    private static long length(ControlMessage item) {
        return (long) item.endpoints().size() * Integer.BYTES + item.data().length;
    }

    /**
     * Makes the endpoints in the items ready for their receiver.
     *
     * @return 0, or a negated errno
     */
    static int publish(List<ControlMessage> items) {
        try {
            for (ControlMessage item : items) {
                for (Endpoint endpoint : item.endpoints()) {
                    LinuxEndpoint own = endpoint.ability(LinuxEndpoint.class);
                    if (own != null) {
                        own.publish();
                    }
                }
            }
            return 0;
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    /** Returns false if an endpoint in one of the items is not of this stack. */
    static boolean encode(List<ControlMessage> items, MemorySegment into) {
        long at = 0;
        for (ControlMessage item : items) {
            long length = length(item);
            into.set(HOST_LONG, at + LENGTH, ControlMessages.length(length));
            into.set(HOST_INT, at + LEVEL, item.level());
            into.set(HOST_INT, at + TYPE, item.type());
            long end = at + HEADER;
            for (Endpoint endpoint : item.endpoints()) {
                LinuxEndpoint own = endpoint.ability(LinuxEndpoint.class);
                if (own == null) {
                    return false;
                }
                into.set(HOST_INT, end, own.descriptor());
                end += Integer.BYTES;
            }
            MemorySegment.copy(item.data(), 0, into, BYTE, end, item.data().length);
            end += item.data().length;
            at += ControlMessages.space(length);
            into.asSlice(end, at - end).fill((byte) 0);
        }
        return true;
    }

    /** @param size bytes that the kernel set */
    static Decoded decode(MemorySegment from, long size) {
        if (size < HEADER) {
            return NOTHING;
        }
        List<ControlMessage> items = new ArrayList<>(1);
        for (long at = 0; at + HEADER <= size;) {
            // Unsigned in C: a number that does not fit a Java long is more than any buffer holds.
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
            at += ControlMessages.align(claimed);
        }
        return new Decoded(items, false);
    }

    private static ControlMessage item(MemorySegment from, long at, long end) {
        int level = from.get(HOST_INT, at + LEVEL);
        int type = from.get(HOST_INT, at + TYPE);
        long start = at + HEADER;
        List<Endpoint> endpoints = List.of();
        if (ControlMessages.bringsDescriptors(level, type)) {
            endpoints = new ArrayList<>();
            for (; start + Integer.BYTES <= end; start += Integer.BYTES) {
                endpoints.add(new LinuxEndpoint(from.get(HOST_INT, start)));
            }
        }
        byte[] data = new byte[(int) (end - start)];
        MemorySegment.copy(from, BYTE, start, data, 0, data.length);
        return new ControlMessage(level, type, data, endpoints);
    }
}
