package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_LONG;
import static io.github.pysockets.linux.Fields.HOST_SHORT;
import static io.github.pysockets.linux.Fields.WIRE_SHORT;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** What the structs of all families have in common: they begin with the family, two bytes in the host's order. */
final class SockaddrFields {
    private static final int FAMILY = 0;

    /** sa_data of struct sockaddr: what follows the family. */
    static final int DATA = 2;

    private SockaddrFields() {}

    /**
     * The family of the address, or AF_UNSPEC if it is too short for one.
     *
     * @param length the length of the address that the kernel returned
     */
    static int family(MemorySegment from, int length) {
        return length < DATA
                ? AF_UNSPEC
                : Short.toUnsignedInt(from.get(HOST_SHORT, FAMILY));
    }

    /** @param size bytes to clear; up to seven more may be cleared too */
    static void begin(MemorySegment into, int family, int size) {
        for (int at = 0; at < size; at += Long.BYTES) {
            into.set(HOST_LONG, at, 0);
        }
        into.set(HOST_SHORT, FAMILY, (short) family);
    }

    static void put(byte[] from, MemorySegment into, int at) {
        MemorySegment.copy(from, 0, into, BYTE, at, from.length);
    }

    /** Clears the rest of the struct after a short address. */
    static MemorySegment whole(MemorySegment from, int size, int structSize) {
        if (size < structSize) {
            from.asSlice(size, structSize - size).fill((byte) 0);
        }
        return from;
    }

    static int port(MemorySegment from, int at) {
        return Short.toUnsignedInt(from.get(WIRE_SHORT, at));
    }

    static String text(MemorySegment from, int at, int room) {
        return new String(bytes(from, at, untilZero(from, at, room)), StandardCharsets.UTF_8);
    }

    static int untilZero(MemorySegment from, int at, int room) {
        int count = 0;
        while (count < room && from.get(BYTE, at + count) != 0) {
            count++;
        }
        return count;
    }

    static byte[] bytes(MemorySegment from, int at, int count) {
        byte[] copy = new byte[count];
        MemorySegment.copy(from, BYTE, at, copy, 0, count);
        return copy;
    }
}
