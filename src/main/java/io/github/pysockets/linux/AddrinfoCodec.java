package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.stack.NameService.AddressInfo;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** struct addrinfo: the hints for getaddrinfo(3), and the list that it returns. */
final class AddrinfoCodec {
    static final int SIZE = 48;

    private static final int FLAGS = 0;
    private static final int FAMILY = 4;
    private static final int TYPE = 8;
    private static final int PROTOCOL = 12;
    private static final int ADDRESS_LENGTH = 16;
    private static final int ADDRESS = 24;
    private static final int CANONICAL_NAME = 32;
    private static final int NEXT = 40;

    private AddrinfoCodec() {}

    static void encodeHints(MemorySegment into, int family, int type, int protocol, int flags) {
        into.asSlice(0, SIZE).fill((byte) 0);
        into.set(HOST_INT, FLAGS, flags);
        into.set(HOST_INT, FAMILY, family);
        into.set(HOST_INT, TYPE, type);
        into.set(HOST_INT, PROTOCOL, protocol);
    }

    /** @param first address in {@code memory} of the first entry; 0 for none */
    static List<AddressInfo> decode(MemorySegment memory, long first) {
        List<AddressInfo> entries = new ArrayList<>();
        for (long at = first; at != 0; at = memory.get(HOST_LONG, at + NEXT)) {
            entries.add(new AddressInfo(
                    memory.get(HOST_INT, at + FAMILY),
                    memory.get(HOST_INT, at + TYPE),
                    memory.get(HOST_INT, at + PROTOCOL),
                    NativeText.readPointer(memory, memory.get(HOST_LONG, at + CANONICAL_NAME)),
                    address(memory, memory.get(HOST_LONG, at + ADDRESS), memory.get(HOST_INT, at + ADDRESS_LENGTH))));
        }
        return entries;
    }

    private static SocketAddress address(MemorySegment memory, long at, int length) {
        byte[] copy = new byte[Scratch.ADDRESS_SIZE];
        if (at != 0) {
            MemorySegment.copy(memory, BYTE, at, copy, 0, Math.min(length, copy.length));
        }
        return SockaddrCodec.decode(MemorySegment.ofArray(copy), length, 0);
    }
}
