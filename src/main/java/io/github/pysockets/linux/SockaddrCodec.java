package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_CAN;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_RDS;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.WIRE_INT;
import static io.github.pysockets.linux.Fields.WIRE_LONG;
import static io.github.pysockets.linux.Fields.WIRE_SHORT;
import static io.github.pysockets.linux.SockaddrFields.DATA;
import static io.github.pysockets.linux.SockaddrFields.begin;
import static io.github.pysockets.linux.SockaddrFields.bytes;
import static io.github.pysockets.linux.SockaddrFields.family;
import static io.github.pysockets.linux.SockaddrFields.port;
import static io.github.pysockets.linux.SockaddrFields.put;
import static io.github.pysockets.linux.SockaddrFields.untilZero;
import static io.github.pysockets.linux.SockaddrFields.whole;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;

/**
 * Encodes and decodes the structs that Linux has for socket addresses: those of the families that most programs use,
 * and of families without a record. {@link RareSockaddrCodec} has the others. Each family has a part, with the offsets
 * of its fields.
 *
 * <p>If a struct that Linux returns is shorter than its family's, the missing bytes count as 0, as in a buffer that was
 * cleared before the call.
 */
final class SockaddrCodec {
    private SockaddrCodec() {}

    /**
     * @param into room for {@link Scratch#ADDRESS_SIZE} bytes
     * @return the length of the struct; {@code -EINVAL} if its variable part is too small for {@code address}; {@code
     *     -EAFNOSUPPORT} for an address of another stack
     */
    static int encode(SocketAddress address, MemorySegment into) {
        // No switch here, because one takes 6 ms to link.
        if (address instanceof SockaddrIn in) {
            return encode(in, into);
        }
        if (address instanceof SockaddrIn6 in6) {
            return encode(in6, into);
        }
        if (address instanceof SockaddrUn un) {
            return encode(un, into);
        }
        if (address instanceof SockaddrOther other) {
            return encode(other, into);
        }
        return RareSockaddrCodec.encode(address, into);
    }

    /**
     * @param from room for {@link Scratch#ADDRESS_SIZE} bytes; those from {@code length} on are overwritten
     * @param length the length of the address that the kernel returned
     * @param canProtocol the protocol of the socket; used only for AF_CAN
     * @return null if the address has no bytes, or no family
     */
    static SocketAddress decode(MemorySegment from, int length, int canProtocol) {
        if (length < DATA) {
            return null;
        }
        int family = family(from, length);
        int size = Math.min(length, Scratch.ADDRESS_SIZE);
        return switch (family) {
            case AF_INET, AF_RDS -> in(whole(from, size, In.SIZE));
            case AF_INET6 -> in6(whole(from, size, In6.SIZE));
            case AF_UNIX -> un(from, size);
            default -> {
                SocketAddress rare = RareSockaddrCodec.decode(family, from, size, canProtocol);
                yield rare != null ? rare : new SockaddrOther(family, bytes(from, DATA, size - DATA));
            }
        };
    }

    // AF_INET and AF_RDS

    /** struct sockaddr_in: ip(7). */
    static final class In {
        static final int PORT = 2;
        static final int ADDRESS = 4;
        static final int SIZE = 16;

        private In() {}
    }

    private static int encode(SockaddrIn from, MemorySegment into) {
        begin(into, AF_INET, In.SIZE);
        into.set(WIRE_SHORT, In.PORT, (short) from.port());
        into.set(WIRE_INT, In.ADDRESS, from.address());
        return In.SIZE;
    }

    private static SockaddrIn in(MemorySegment from) {
        return new SockaddrIn(from.get(WIRE_INT, In.ADDRESS), port(from, In.PORT));
    }

    // AF_INET6

    /** struct sockaddr_in6: ipv6(7). */
    static final class In6 {
        static final int PORT = 2;
        static final int FLOW_INFO = 4;
        static final int ADDRESS = 8;
        static final int SCOPE_ID = 24;
        static final int SIZE = 28;

        private In6() {}
    }

    private static int encode(SockaddrIn6 from, MemorySegment into) {
        begin(into, AF_INET6, In6.SIZE);
        into.set(WIRE_SHORT, In6.PORT, (short) from.port());
        into.set(WIRE_INT, In6.FLOW_INFO, from.flowInfo());
        into.set(WIRE_LONG, In6.ADDRESS, from.high());
        into.set(WIRE_LONG, In6.ADDRESS + 8, from.low());
        into.set(HOST_INT, In6.SCOPE_ID, from.scopeId());
        return In6.SIZE;
    }

    private static SockaddrIn6 in6(MemorySegment from) {
        return new SockaddrIn6(
                from.get(WIRE_LONG, In6.ADDRESS),
                from.get(WIRE_LONG, In6.ADDRESS + 8),
                port(from, In6.PORT),
                from.get(WIRE_INT, In6.FLOW_INFO),
                from.get(HOST_INT, In6.SCOPE_ID));
    }

    // AF_UNIX

    /** struct sockaddr_un: unix(7). */
    private static final class Un {
        static final int PATH = 2;
        static final int PATH_SIZE = 108;

        private Un() {}
    }

    private static int encode(SockaddrUn from, MemorySegment into) {
        byte[] path = from.path();
        if (path.length > Un.PATH_SIZE) {
            return -Errno.EINVAL;
        }
        int end = Un.PATH + path.length;
        begin(into, AF_UNIX, end + 1);
        put(path, into, Un.PATH);
        // A file name ends with a 0 if there is room for it. A name in the abstract namespace is all that the length
        // covers.
        boolean isFileName = path.length > 0 && path[0] != 0;
        return isFileName && path.length < Un.PATH_SIZE ? end + 1 : end;
    }

    private static SockaddrUn un(MemorySegment from, int size) {
        int room = size - Un.PATH;
        boolean isFileName = room > 0 && from.get(BYTE, Un.PATH) != 0;
        // The kernel counts the final 0 of a file name. A name that fills all of sun_path has none.
        int count = isFileName ? untilZero(from, Un.PATH, room) : room;
        return new SockaddrUn(bytes(from, Un.PATH, count));
    }

    // Families without a record of their own

    private static int encode(SockaddrOther from, MemorySegment into) {
        int end = DATA + from.data().length;
        if (end > Scratch.ADDRESS_SIZE) {
            return -Errno.EINVAL;
        }
        begin(into, from.family(), end);
        put(from.data(), into, DATA);
        return end;
    }
}
