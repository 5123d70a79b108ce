package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_ALG;
import static io.github.pysockets.abi.AddressFamilies.AF_CAN;
import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_PACKET;
import static io.github.pysockets.abi.AddressFamilies.AF_QIPCRTR;
import static io.github.pysockets.abi.AddressFamilies.AF_TIPC;
import static io.github.pysockets.abi.AddressFamilies.AF_VSOCK;
import static io.github.pysockets.abi.Protocols.CAN_ISOTP;
import static io.github.pysockets.abi.Protocols.CAN_J1939;
import static io.github.pysockets.abi.Protocols.TIPC_ADDR_ID;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;
import static io.github.pysockets.linux.Fields.HOST_SHORT;
import static io.github.pysockets.linux.Fields.WIRE_SHORT;
import static io.github.pysockets.linux.SockaddrFields.begin;
import static io.github.pysockets.linux.SockaddrFields.bytes;
import static io.github.pysockets.linux.SockaddrFields.put;
import static io.github.pysockets.linux.SockaddrFields.text;
import static io.github.pysockets.linux.SockaddrFields.whole;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrAlg;
import io.github.pysockets.stack.SockaddrCan;
import io.github.pysockets.stack.SockaddrLl;
import io.github.pysockets.stack.SockaddrNl;
import io.github.pysockets.stack.SockaddrQrtr;
import io.github.pysockets.stack.SockaddrTipc;
import io.github.pysockets.stack.SockaddrVm;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The part of {@link SockaddrCodec} for the families that few programs use. */
final class RareSockaddrCodec {
    private RareSockaddrCodec() {}

    /** As {@link SockaddrCodec#encode}. */
    static int encode(SocketAddress address, MemorySegment into) {
        return switch (address) {
            case SockaddrNl nl -> encode(nl, into);
            case SockaddrLl ll -> encode(ll, into);
            case SockaddrVm vm -> encode(vm, into);
            case SockaddrCan can -> encode(can, into);
            case SockaddrAlg alg -> encode(alg, into);
            case SockaddrTipc tipc -> encode(tipc, into);
            case SockaddrQrtr qrtr -> encode(qrtr, into);
            default -> -Errno.EAFNOSUPPORT;
        };
    }

    /**
     * As {@link SockaddrCodec#decode}.
     *
     * @return null for a family that is not here
     */
    static SocketAddress decode(int family, MemorySegment from, int size, int canProtocol) {
        return switch (family) {
            case AF_NETLINK -> nl(whole(from, size, Nl.SIZE));
            case AF_PACKET -> ll(whole(from, size, Ll.SIZE), size);
            case AF_VSOCK -> vm(whole(from, size, Vm.SIZE));
            case AF_CAN -> can(whole(from, size, Can.SIZE), canProtocol);
            case AF_ALG -> alg(whole(from, size, Alg.SIZE));
            case AF_TIPC -> tipc(whole(from, size, Tipc.SIZE));
            case AF_QIPCRTR -> qrtr(whole(from, size, Qrtr.SIZE));
            default -> null;
        };
    }

    // AF_NETLINK

    /** struct sockaddr_nl: netlink(7). */
    private static final class Nl {
        static final int PORT_ID = 4;
        static final int GROUPS = 8;
        static final int SIZE = 12;

        private Nl() {}
    }

    private static int encode(SockaddrNl from, MemorySegment into) {
        begin(into, AF_NETLINK, Nl.SIZE);
        into.set(HOST_INT, Nl.PORT_ID, from.portId());
        into.set(HOST_INT, Nl.GROUPS, from.groups());
        return Nl.SIZE;
    }

    private static SockaddrNl nl(MemorySegment from) {
        return new SockaddrNl(
                from.get(HOST_INT, Nl.PORT_ID), from.get(HOST_INT, Nl.GROUPS));
    }

    // AF_PACKET

    /** struct sockaddr_ll: packet(7). */
    private static final class Ll {
        static final int PROTOCOL = 2;
        static final int INTERFACE = 4;
        static final int HARDWARE_TYPE = 8;
        static final int PACKET_TYPE = 10;
        static final int ADDRESS_LENGTH = 11;
        static final int ADDRESS = 12;
        static final int ADDRESS_SIZE = 8;
        static final int SIZE = 20;

        private Ll() {}
    }

    private static int encode(SockaddrLl from, MemorySegment into) {
        if (from.address().length > Ll.ADDRESS_SIZE) {
            return -Errno.EINVAL;
        }
        begin(into, AF_PACKET, Ll.SIZE);
        into.set(WIRE_SHORT, Ll.PROTOCOL, (short) from.protocol());
        into.set(HOST_INT, Ll.INTERFACE, from.interfaceIndex());
        into.set(HOST_SHORT, Ll.HARDWARE_TYPE, (short) from.hardwareType());
        into.set(BYTE, Ll.PACKET_TYPE, (byte) from.packetType());
        into.set(BYTE, Ll.ADDRESS_LENGTH, (byte) from.address().length);
        put(from.address(), into, Ll.ADDRESS);
        return Ll.SIZE;
    }

    private static SockaddrLl ll(MemorySegment from, int size) {
        int count = Byte.toUnsignedInt(from.get(BYTE, Ll.ADDRESS_LENGTH));
        // InfiniBand's addresses are longer than the field: the kernel then returns a longer struct.
        int room = Math.max(size, Ll.SIZE) - Ll.ADDRESS;
        return new SockaddrLl(
                Short.toUnsignedInt(from.get(WIRE_SHORT, Ll.PROTOCOL)),
                from.get(HOST_INT, Ll.INTERFACE),
                Short.toUnsignedInt(from.get(HOST_SHORT, Ll.HARDWARE_TYPE)),
                Byte.toUnsignedInt(from.get(BYTE, Ll.PACKET_TYPE)),
                bytes(from, Ll.ADDRESS, Math.min(count, room)));
    }

    // AF_VSOCK

    /** struct sockaddr_vm: vsock(7). */
    private static final class Vm {
        static final int PORT = 4;
        static final int CONTEXT_ID = 8;
        static final int SIZE = 16;

        private Vm() {}
    }

    private static int encode(SockaddrVm from, MemorySegment into) {
        begin(into, AF_VSOCK, Vm.SIZE);
        into.set(HOST_INT, Vm.PORT, from.port());
        into.set(HOST_INT, Vm.CONTEXT_ID, from.contextId());
        return Vm.SIZE;
    }

    private static SockaddrVm vm(MemorySegment from) {
        return new SockaddrVm(
                from.get(HOST_INT, Vm.CONTEXT_ID), from.get(HOST_INT, Vm.PORT));
    }

    // AF_CAN

    /** struct sockaddr_can: linux/can.h. The fields from RECEIVE_ID on are a union of the protocols' fields. */
    private static final class Can {
        static final int INTERFACE = 4;
        static final int RECEIVE_ID = 8;
        static final int SEND_ID = 12;
        static final int NAME = 8;
        static final int PARAMETER_GROUP = 16;
        static final int ADDRESS = 20;
        static final int SIZE = 24;

        private Can() {}
    }

    private static int encode(SockaddrCan from, MemorySegment into) {
        begin(into, AF_CAN, Can.SIZE);
        into.set(HOST_INT, Can.INTERFACE, from.interfaceIndex());
        switch (from.protocol()) {
            case CAN_ISOTP -> {
                into.set(HOST_INT, Can.RECEIVE_ID, from.receiveId());
                into.set(HOST_INT, Can.SEND_ID, from.sendId());
            }
            case CAN_J1939 -> {
                into.set(HOST_LONG, Can.NAME, from.name());
                into.set(HOST_INT, Can.PARAMETER_GROUP, from.parameterGroup());
                into.set(BYTE, Can.ADDRESS, (byte) from.address());
            }
            default -> {
                // CAN_RAW and CAN_BCM have only the interface.
            }
        }
        return Can.SIZE;
    }

    private static SockaddrCan can(MemorySegment from, int protocol) {
        int interfaceIndex = from.get(HOST_INT, Can.INTERFACE);
        return switch (protocol) {
            case CAN_ISOTP -> new SockaddrCan(
                    interfaceIndex,
                    from.get(HOST_INT, Can.RECEIVE_ID),
                    from.get(HOST_INT, Can.SEND_ID),
                    0, 0, 0, protocol);
            case CAN_J1939 -> new SockaddrCan(
                    interfaceIndex, 0, 0,
                    from.get(HOST_LONG, Can.NAME),
                    from.get(HOST_INT, Can.PARAMETER_GROUP),
                    Byte.toUnsignedInt(from.get(BYTE, Can.ADDRESS)),
                    protocol);
            default -> new SockaddrCan(interfaceIndex, 0, 0, 0, 0, 0, protocol);
        };
    }

    // AF_ALG

    /** struct sockaddr_alg: linux/if_alg.h. */
    private static final class Alg {
        static final int TYPE = 2;
        static final int TYPE_SIZE = 14;
        static final int FEATURES = 16;
        static final int MASK = 20;
        static final int NAME = 24;
        static final int NAME_SIZE = 64;
        static final int SIZE = 88;

        private Alg() {}
    }

    private static int encode(SockaddrAlg from, MemorySegment into) {
        byte[] type = from.type().getBytes(StandardCharsets.UTF_8);
        byte[] name = from.name().getBytes(StandardCharsets.UTF_8);
        if (type.length >= Alg.TYPE_SIZE || name.length >= Alg.NAME_SIZE) {
            return -Errno.EINVAL;
        }
        begin(into, AF_ALG, Alg.SIZE);
        put(type, into, Alg.TYPE);
        into.set(HOST_INT, Alg.FEATURES, from.features());
        into.set(HOST_INT, Alg.MASK, from.mask());
        put(name, into, Alg.NAME);
        return Alg.SIZE;
    }

    private static SockaddrAlg alg(MemorySegment from) {
        return new SockaddrAlg(
                text(from, Alg.TYPE, Alg.TYPE_SIZE),
                text(from, Alg.NAME, Alg.NAME_SIZE),
                from.get(HOST_INT, Alg.FEATURES),
                from.get(HOST_INT, Alg.MASK));
    }

    // AF_TIPC

    /** struct sockaddr_tipc: tipc(7). The fields from FIRST on are a union of the address types' fields. */
    private static final class Tipc {
        static final int ADDRESS_TYPE = 2;
        static final int SCOPE = 3;
        static final int FIRST = 4;
        static final int SECOND = 8;
        static final int THIRD = 12;
        static final int REFERENCE = 4;
        static final int NODE = 8;
        static final int SIZE = 16;

        private Tipc() {}
    }

    private static int encode(SockaddrTipc from, MemorySegment into) {
        begin(into, AF_TIPC, Tipc.SIZE);
        into.set(BYTE, Tipc.ADDRESS_TYPE, (byte) from.addressType());
        into.set(BYTE, Tipc.SCOPE, (byte) from.scope());
        if (from.addressType() == TIPC_ADDR_ID) {
            into.set(HOST_INT, Tipc.NODE, from.first());
            into.set(HOST_INT, Tipc.REFERENCE, from.second());
        } else {
            into.set(HOST_INT, Tipc.FIRST, from.first());
            into.set(HOST_INT, Tipc.SECOND, from.second());
            into.set(HOST_INT, Tipc.THIRD, from.third());
        }
        return Tipc.SIZE;
    }

    private static SockaddrTipc tipc(MemorySegment from) {
        int addressType = Byte.toUnsignedInt(from.get(BYTE, Tipc.ADDRESS_TYPE));
        int scope = from.get(BYTE, Tipc.SCOPE);
        if (addressType == TIPC_ADDR_ID) {
            return new SockaddrTipc(
                    addressType,
                    from.get(HOST_INT, Tipc.NODE),
                    from.get(HOST_INT, Tipc.REFERENCE),
                    0, scope);
        }
        return new SockaddrTipc(
                addressType,
                from.get(HOST_INT, Tipc.FIRST),
                from.get(HOST_INT, Tipc.SECOND),
                from.get(HOST_INT, Tipc.THIRD),
                scope);
    }

    // AF_QIPCRTR

    /** struct sockaddr_qrtr: linux/qrtr.h. */
    private static final class Qrtr {
        static final int NODE = 4;
        static final int PORT = 8;
        static final int SIZE = 12;

        private Qrtr() {}
    }

    private static int encode(SockaddrQrtr from, MemorySegment into) {
        begin(into, AF_QIPCRTR, Qrtr.SIZE);
        into.set(HOST_INT, Qrtr.NODE, from.node());
        into.set(HOST_INT, Qrtr.PORT, from.port());
        return Qrtr.SIZE;
    }

    private static SockaddrQrtr qrtr(MemorySegment from) {
        return new SockaddrQrtr(
                from.get(HOST_INT, Qrtr.NODE), from.get(HOST_INT, Qrtr.PORT));
    }
}
