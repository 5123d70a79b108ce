package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_ALG;
import static io.github.pysockets.abi.AddressFamilies.AF_CAN;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_PACKET;
import static io.github.pysockets.abi.AddressFamilies.AF_QIPCRTR;
import static io.github.pysockets.abi.AddressFamilies.AF_TIPC;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
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
import static io.github.pysockets.linux.SockaddrLayout.FAMILY;

import io.github.pysockets.abi.Errno;
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

/** Writes socket addresses as the structs that Linux takes. */
final class SockaddrEncoder {
    private SockaddrEncoder() {}

    /**
     * @param into room for {@link Scratch#ADDRESS_SIZE} bytes
     * @return the length of the struct, or {@code -EINVAL} if its variable part is too small for {@code address}
     */
    static int encode(SocketAddress address, MemorySegment into) {
        // The common families avoid the switch, which takes 6 ms to link.
        if (address instanceof SockaddrIn in) {
            return encode(in, into);
        }
        if (address instanceof SockaddrIn6 in6) {
            return encode(in6, into);
        }
        if (address instanceof SockaddrUn un) {
            return encode(un, into);
        }
        return encodeAny(address, into);
    }

    private static int encodeAny(SocketAddress address, MemorySegment into) {
        return switch (address) {
            case SockaddrIn in -> encode(in, into);
            case SockaddrIn6 in6 -> encode(in6, into);
            case SockaddrUn un -> encode(un, into);
            case SockaddrNl nl -> encode(nl, into);
            case SockaddrLl ll -> encode(ll, into);
            case SockaddrVm vm -> encode(vm, into);
            case SockaddrCan can -> encode(can, into);
            case SockaddrAlg alg -> encode(alg, into);
            case SockaddrTipc tipc -> encode(tipc, into);
            case SockaddrQrtr qrtr -> encode(qrtr, into);
            case SockaddrOther other -> encode(other, into);
        };
    }

    private static int encode(SockaddrIn from, MemorySegment into) {
        begin(into, AF_INET, SockaddrLayout.In.SIZE);
        into.set(WIRE_SHORT, SockaddrLayout.In.PORT, (short) from.port());
        into.set(WIRE_INT, SockaddrLayout.In.ADDRESS, from.address());
        return SockaddrLayout.In.SIZE;
    }

    private static int encode(SockaddrIn6 from, MemorySegment into) {
        begin(into, AF_INET6, SockaddrLayout.In6.SIZE);
        into.set(WIRE_SHORT, SockaddrLayout.In6.PORT, (short) from.port());
        into.set(WIRE_INT, SockaddrLayout.In6.FLOW_INFO, from.flowInfo());
        into.set(WIRE_LONG, SockaddrLayout.In6.ADDRESS, from.high());
        into.set(WIRE_LONG, SockaddrLayout.In6.ADDRESS + 8, from.low());
        into.set(HOST_INT, SockaddrLayout.In6.SCOPE_ID, from.scopeId());
        return SockaddrLayout.In6.SIZE;
    }

    private static int encode(SockaddrUn from, MemorySegment into) {
        byte[] path = from.path();
        if (path.length > SockaddrLayout.Un.PATH_SIZE) {
            return -Errno.EINVAL;
        }
        int end = SockaddrLayout.Un.PATH + path.length;
        begin(into, AF_UNIX, end + 1);
        put(path, into, SockaddrLayout.Un.PATH);
        // A file name ends with a 0 if there is room for it. A name in the abstract namespace is all that the length
        // covers.
        boolean isFileName = path.length > 0 && path[0] != 0;
        return isFileName && path.length < SockaddrLayout.Un.PATH_SIZE ? end + 1 : end;
    }

    private static int encode(SockaddrNl from, MemorySegment into) {
        begin(into, AF_NETLINK, SockaddrLayout.Nl.SIZE);
        into.set(HOST_INT, SockaddrLayout.Nl.PORT_ID, from.portId());
        into.set(HOST_INT, SockaddrLayout.Nl.GROUPS, from.groups());
        return SockaddrLayout.Nl.SIZE;
    }

    private static int encode(SockaddrLl from, MemorySegment into) {
        if (from.address().length > SockaddrLayout.Ll.ADDRESS_SIZE) {
            return -Errno.EINVAL;
        }
        begin(into, AF_PACKET, SockaddrLayout.Ll.SIZE);
        into.set(WIRE_SHORT, SockaddrLayout.Ll.PROTOCOL, (short) from.protocol());
        into.set(HOST_INT, SockaddrLayout.Ll.INTERFACE, from.interfaceIndex());
        into.set(HOST_SHORT, SockaddrLayout.Ll.HARDWARE_TYPE, (short) from.hardwareType());
        into.set(BYTE, SockaddrLayout.Ll.PACKET_TYPE, (byte) from.packetType());
        into.set(BYTE, SockaddrLayout.Ll.ADDRESS_LENGTH, (byte) from.address().length);
        put(from.address(), into, SockaddrLayout.Ll.ADDRESS);
        return SockaddrLayout.Ll.SIZE;
    }

    private static int encode(SockaddrVm from, MemorySegment into) {
        begin(into, AF_VSOCK, SockaddrLayout.Vm.SIZE);
        into.set(HOST_INT, SockaddrLayout.Vm.PORT, from.port());
        into.set(HOST_INT, SockaddrLayout.Vm.CONTEXT_ID, from.contextId());
        return SockaddrLayout.Vm.SIZE;
    }

    private static int encode(SockaddrCan from, MemorySegment into) {
        begin(into, AF_CAN, SockaddrLayout.Can.SIZE);
        into.set(HOST_INT, SockaddrLayout.Can.INTERFACE, from.interfaceIndex());
        switch (from.protocol()) {
            case CAN_ISOTP -> {
                into.set(HOST_INT, SockaddrLayout.Can.RECEIVE_ID, from.receiveId());
                into.set(HOST_INT, SockaddrLayout.Can.SEND_ID, from.sendId());
            }
            case CAN_J1939 -> {
                into.set(HOST_LONG, SockaddrLayout.Can.NAME, from.name());
                into.set(HOST_INT, SockaddrLayout.Can.PARAMETER_GROUP, from.parameterGroup());
                into.set(BYTE, SockaddrLayout.Can.ADDRESS, (byte) from.address());
            }
            default -> {
                // CAN_RAW and CAN_BCM have only the interface.
            }
        }
        return SockaddrLayout.Can.SIZE;
    }

    private static int encode(SockaddrAlg from, MemorySegment into) {
        byte[] type = from.type().getBytes(StandardCharsets.UTF_8);
        byte[] name = from.name().getBytes(StandardCharsets.UTF_8);
        if (type.length >= SockaddrLayout.Alg.TYPE_SIZE || name.length >= SockaddrLayout.Alg.NAME_SIZE) {
            return -Errno.EINVAL;
        }
        begin(into, AF_ALG, SockaddrLayout.Alg.SIZE);
        put(type, into, SockaddrLayout.Alg.TYPE);
        into.set(HOST_INT, SockaddrLayout.Alg.FEATURES, from.features());
        into.set(HOST_INT, SockaddrLayout.Alg.MASK, from.mask());
        put(name, into, SockaddrLayout.Alg.NAME);
        return SockaddrLayout.Alg.SIZE;
    }

    private static int encode(SockaddrTipc from, MemorySegment into) {
        begin(into, AF_TIPC, SockaddrLayout.Tipc.SIZE);
        into.set(BYTE, SockaddrLayout.Tipc.ADDRESS_TYPE, (byte) from.addressType());
        into.set(BYTE, SockaddrLayout.Tipc.SCOPE, (byte) from.scope());
        if (from.addressType() == TIPC_ADDR_ID) {
            into.set(HOST_INT, SockaddrLayout.Tipc.NODE, from.first());
            into.set(HOST_INT, SockaddrLayout.Tipc.REFERENCE, from.second());
        } else {
            into.set(HOST_INT, SockaddrLayout.Tipc.FIRST, from.first());
            into.set(HOST_INT, SockaddrLayout.Tipc.SECOND, from.second());
            into.set(HOST_INT, SockaddrLayout.Tipc.THIRD, from.third());
        }
        return SockaddrLayout.Tipc.SIZE;
    }

    private static int encode(SockaddrQrtr from, MemorySegment into) {
        begin(into, AF_QIPCRTR, SockaddrLayout.Qrtr.SIZE);
        into.set(HOST_INT, SockaddrLayout.Qrtr.NODE, from.node());
        into.set(HOST_INT, SockaddrLayout.Qrtr.PORT, from.port());
        return SockaddrLayout.Qrtr.SIZE;
    }

    private static int encode(SockaddrOther from, MemorySegment into) {
        int end = SockaddrLayout.DATA + from.data().length;
        if (end > Scratch.ADDRESS_SIZE) {
            return -Errno.EINVAL;
        }
        begin(into, from.family(), end);
        put(from.data(), into, SockaddrLayout.DATA);
        return end;
    }

    /** @param size bytes to clear; up to seven more may be cleared too */
    private static void begin(MemorySegment into, int family, int size) {
        for (int at = 0; at < size; at += Long.BYTES) {
            into.set(HOST_LONG, at, 0);
        }
        into.set(HOST_SHORT, FAMILY, (short) family);
    }

    private static void put(byte[] from, MemorySegment into, int at) {
        MemorySegment.copy(from, 0, into, BYTE, at, from.length);
    }
}
