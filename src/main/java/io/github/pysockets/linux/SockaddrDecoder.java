package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_ALG;
import static io.github.pysockets.abi.AddressFamilies.AF_CAN;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_PACKET;
import static io.github.pysockets.abi.AddressFamilies.AF_QIPCRTR;
import static io.github.pysockets.abi.AddressFamilies.AF_RDS;
import static io.github.pysockets.abi.AddressFamilies.AF_TIPC;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.AddressFamilies.AF_VSOCK;
import static io.github.pysockets.abi.Protocols.CAN_ISOTP;
import static io.github.pysockets.abi.Protocols.CAN_J1939;
import static io.github.pysockets.abi.Protocols.TIPC_ADDR_ID;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;
import static io.github.pysockets.linux.Fields.HOST_SHORT;
import static io.github.pysockets.linux.Fields.WIRE_INT;
import static io.github.pysockets.linux.Fields.WIRE_LONG;
import static io.github.pysockets.linux.Fields.WIRE_SHORT;

import io.github.pysockets.stack.SockaddrAlg;
import io.github.pysockets.stack.SockaddrCan;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrLl;
import io.github.pysockets.stack.SockaddrNl;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrQrtr;
import io.github.pysockets.stack.SockaddrTipc;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SockaddrVm;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the structs that Linux returns as socket addresses. If one is shorter than its family's struct, the missing
 * bytes count as 0, as in a buffer that was cleared before the call.
 */
final class SockaddrDecoder {
    private SockaddrDecoder() {}

    /**
     * The family of the address, or AF_UNSPEC if it is too short for one.
     *
     * @param length the length of the address that the kernel returned
     */
    static int family(MemorySegment from, int length) {
        return length < SockaddrLayout.DATA
                ? AF_UNSPEC
                : Short.toUnsignedInt(from.get(HOST_SHORT, SockaddrLayout.FAMILY));
    }

    /**
     * @param from room for {@link Scratch#ADDRESS_SIZE} bytes; those from {@code length} on are overwritten
     * @param length the length of the address that the kernel returned
     * @param canProtocol the protocol of the socket; used only for AF_CAN
     * @return null if the address has no bytes, or no family
     */
    static SocketAddress decode(MemorySegment from, int length, int canProtocol) {
        if (length < SockaddrLayout.DATA) {
            return null;
        }
        int family = family(from, length);
        int size = Math.min(length, Scratch.ADDRESS_SIZE);
        return switch (family) {
            case AF_INET, AF_RDS -> in(whole(from, size, SockaddrLayout.In.SIZE));
            case AF_INET6 -> in6(whole(from, size, SockaddrLayout.In6.SIZE));
            case AF_UNIX -> un(from, size);
            case AF_NETLINK -> nl(whole(from, size, SockaddrLayout.Nl.SIZE));
            case AF_PACKET -> ll(whole(from, size, SockaddrLayout.Ll.SIZE), size);
            case AF_VSOCK -> vm(whole(from, size, SockaddrLayout.Vm.SIZE));
            case AF_CAN -> can(whole(from, size, SockaddrLayout.Can.SIZE), canProtocol);
            case AF_ALG -> alg(whole(from, size, SockaddrLayout.Alg.SIZE));
            case AF_TIPC -> tipc(whole(from, size, SockaddrLayout.Tipc.SIZE));
            case AF_QIPCRTR -> qrtr(whole(from, size, SockaddrLayout.Qrtr.SIZE));
            default -> new SockaddrOther(family, bytes(from, SockaddrLayout.DATA, size - SockaddrLayout.DATA));
        };
    }

    private static SockaddrIn in(MemorySegment from) {
        return new SockaddrIn(from.get(WIRE_INT, SockaddrLayout.In.ADDRESS), port(from, SockaddrLayout.In.PORT));
    }

    private static SockaddrIn6 in6(MemorySegment from) {
        return new SockaddrIn6(
                from.get(WIRE_LONG, SockaddrLayout.In6.ADDRESS),
                from.get(WIRE_LONG, SockaddrLayout.In6.ADDRESS + 8),
                port(from, SockaddrLayout.In6.PORT),
                from.get(WIRE_INT, SockaddrLayout.In6.FLOW_INFO),
                from.get(HOST_INT, SockaddrLayout.In6.SCOPE_ID));
    }

    private static SockaddrUn un(MemorySegment from, int size) {
        int room = size - SockaddrLayout.Un.PATH;
        boolean isFileName = room > 0 && from.get(BYTE, SockaddrLayout.Un.PATH) != 0;
        // The kernel counts the final 0 of a file name. A name that fills all of sun_path has none.
        int count = isFileName ? untilZero(from, SockaddrLayout.Un.PATH, room) : room;
        return new SockaddrUn(bytes(from, SockaddrLayout.Un.PATH, count));
    }

    private static SockaddrNl nl(MemorySegment from) {
        return new SockaddrNl(
                from.get(HOST_INT, SockaddrLayout.Nl.PORT_ID), from.get(HOST_INT, SockaddrLayout.Nl.GROUPS));
    }

    private static SockaddrLl ll(MemorySegment from, int size) {
        int count = Byte.toUnsignedInt(from.get(BYTE, SockaddrLayout.Ll.ADDRESS_LENGTH));
        // InfiniBand's addresses are longer than the field: the kernel then returns a longer struct.
        int room = Math.max(size, SockaddrLayout.Ll.SIZE) - SockaddrLayout.Ll.ADDRESS;
        return new SockaddrLl(
                Short.toUnsignedInt(from.get(WIRE_SHORT, SockaddrLayout.Ll.PROTOCOL)),
                from.get(HOST_INT, SockaddrLayout.Ll.INTERFACE),
                Short.toUnsignedInt(from.get(HOST_SHORT, SockaddrLayout.Ll.HARDWARE_TYPE)),
                Byte.toUnsignedInt(from.get(BYTE, SockaddrLayout.Ll.PACKET_TYPE)),
                bytes(from, SockaddrLayout.Ll.ADDRESS, Math.min(count, room)));
    }

    private static SockaddrVm vm(MemorySegment from) {
        return new SockaddrVm(
                from.get(HOST_INT, SockaddrLayout.Vm.CONTEXT_ID), from.get(HOST_INT, SockaddrLayout.Vm.PORT));
    }

    private static SockaddrCan can(MemorySegment from, int protocol) {
        int interfaceIndex = from.get(HOST_INT, SockaddrLayout.Can.INTERFACE);
        return switch (protocol) {
            case CAN_ISOTP -> new SockaddrCan(
                    interfaceIndex,
                    from.get(HOST_INT, SockaddrLayout.Can.RECEIVE_ID),
                    from.get(HOST_INT, SockaddrLayout.Can.SEND_ID),
                    0, 0, 0, protocol);
            case CAN_J1939 -> new SockaddrCan(
                    interfaceIndex, 0, 0,
                    from.get(HOST_LONG, SockaddrLayout.Can.NAME),
                    from.get(HOST_INT, SockaddrLayout.Can.PARAMETER_GROUP),
                    Byte.toUnsignedInt(from.get(BYTE, SockaddrLayout.Can.ADDRESS)),
                    protocol);
            default -> new SockaddrCan(interfaceIndex, 0, 0, 0, 0, 0, protocol);
        };
    }

    private static SockaddrAlg alg(MemorySegment from) {
        return new SockaddrAlg(
                text(from, SockaddrLayout.Alg.TYPE, SockaddrLayout.Alg.TYPE_SIZE),
                text(from, SockaddrLayout.Alg.NAME, SockaddrLayout.Alg.NAME_SIZE),
                from.get(HOST_INT, SockaddrLayout.Alg.FEATURES),
                from.get(HOST_INT, SockaddrLayout.Alg.MASK));
    }

    private static SockaddrTipc tipc(MemorySegment from) {
        int addressType = Byte.toUnsignedInt(from.get(BYTE, SockaddrLayout.Tipc.ADDRESS_TYPE));
        int scope = from.get(BYTE, SockaddrLayout.Tipc.SCOPE);
        if (addressType == TIPC_ADDR_ID) {
            return new SockaddrTipc(
                    addressType,
                    from.get(HOST_INT, SockaddrLayout.Tipc.NODE),
                    from.get(HOST_INT, SockaddrLayout.Tipc.REFERENCE),
                    0, scope);
        }
        return new SockaddrTipc(
                addressType,
                from.get(HOST_INT, SockaddrLayout.Tipc.FIRST),
                from.get(HOST_INT, SockaddrLayout.Tipc.SECOND),
                from.get(HOST_INT, SockaddrLayout.Tipc.THIRD),
                scope);
    }

    private static SockaddrQrtr qrtr(MemorySegment from) {
        return new SockaddrQrtr(
                from.get(HOST_INT, SockaddrLayout.Qrtr.NODE), from.get(HOST_INT, SockaddrLayout.Qrtr.PORT));
    }

    /** Clears the rest of the struct after a short address. */
    private static MemorySegment whole(MemorySegment from, int size, int structSize) {
        if (size < structSize) {
            from.asSlice(size, structSize - size).fill((byte) 0);
        }
        return from;
    }

    private static int port(MemorySegment from, int at) {
        return Short.toUnsignedInt(from.get(WIRE_SHORT, at));
    }

    private static String text(MemorySegment from, int at, int room) {
        return new String(bytes(from, at, untilZero(from, at, room)), StandardCharsets.UTF_8);
    }

    private static int untilZero(MemorySegment from, int at, int room) {
        int count = 0;
        while (count < room && from.get(BYTE, at + count) != 0) {
            count++;
        }
        return count;
    }

    private static byte[] bytes(MemorySegment from, int at, int count) {
        byte[] copy = new byte[count];
        MemorySegment.copy(from, BYTE, at, copy, 0, count);
        return copy;
    }
}
