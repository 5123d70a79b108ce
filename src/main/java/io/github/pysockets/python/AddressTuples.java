package io.github.pysockets.python;

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
import static io.github.pysockets.abi.Errno.ENODEV;
import static io.github.pysockets.abi.Protocols.CAN_ISOTP;
import static io.github.pysockets.abi.Protocols.CAN_J1939;
import static io.github.pysockets.abi.Protocols.TIPC_ADDR_NAME;
import static io.github.pysockets.abi.Protocols.TIPC_ADDR_NAMESEQ;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.NameServiceException;
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
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Converts socket addresses between Java and Python. The Python side has checked and completed incoming tuples, so each
 * family has one tuple length.
 */
public final class AddressTuples {
    /** Bytes of sa_data in struct sockaddr. Python shows these for a family that it does not know. */
    private static final int SA_DATA = 14;

    // Limits of the kernel's structs. The Python side has checked them already, with better error messages.
    private static final int SUN_PATH = 108;
    private static final int HARDWARE_ADDRESS = 8;
    private static final int ALG_TYPE = 13;
    private static final int ALG_NAME = 63;
    private static final int HIGHEST_PORT = 65_535;

    private final SocketRuntime runtime;
    private final Values values;

    public AddressTuples(SocketRuntime runtime, Values values) {
        this.runtime = runtime;
        this.values = values;
    }

    /** Returns the address for a checked tuple. Looks up a host name, which may wait. */
    public SocketAddress fromPython(int family, TupleItems tuple)
            throws StackException, NameServiceException, CallFailure {
        return switch (family) {
            case AF_INET, AF_RDS -> runtime.inet(tuple.text(0), port(tuple, 1));
            case AF_INET6 -> runtime.inet6(tuple.text(0), port(tuple, 1), number(tuple, 2), number(tuple, 3));
            case AF_UNIX -> new SockaddrUn(tuple.bytes(0, SUN_PATH));
            case AF_NETLINK -> new SockaddrNl(number(tuple, 0), number(tuple, 1));
            case AF_PACKET -> packet(tuple);
            case AF_CAN -> can(tuple);
            case AF_TIPC -> tipc(tuple);
            case AF_ALG ->
                new SockaddrAlg(
                        text(tuple, 0, ALG_TYPE), text(tuple, 1, ALG_NAME), number(tuple, 2), number(tuple, 3));
            case AF_VSOCK -> new SockaddrVm(number(tuple, 0), number(tuple, 1));
            case AF_QIPCRTR -> new SockaddrQrtr(number(tuple, 0), number(tuple, 1));
            default -> throw new StackException(Errno.EAFNOSUPPORT);
        };
    }

    private SockaddrLl packet(TupleItems tuple) throws StackException {
        int index = interfaceIndex(tuple.text(0));
        return new SockaddrLl(
                number(tuple, 1),
                index,
                number(tuple, 3),
                number(tuple, 2),
                tuple.bytes(4, HARDWARE_ADDRESS));
    }

    private SockaddrCan can(TupleItems tuple) throws StackException {
        String name = tuple.text(0);
        return new SockaddrCan(
                name.isEmpty() ? 0 : interfaceIndex(name),
                number(tuple, 1),
                number(tuple, 2),
                tuple.number(3),
                number(tuple, 4),
                number(tuple, 5),
                number(tuple, 6));
    }

    private int interfaceIndex(String name) throws StackException {
        int index = runtime.stack().names().interfaceIndex(name.getBytes(StandardCharsets.ISO_8859_1));
        if (index == 0) {
            throw new StackException(ENODEV);
        }
        return index;
    }

    private static String text(TupleItems tuple, int at, int most) throws StackException {
        String text = tuple.text(at);
        require(text.length() <= most);
        return text;
    }

    /** A signed or unsigned 32-bit int. */
    private static int number(TupleItems tuple, int at) {
        return (int) tuple.number(at);
    }

    private static int port(TupleItems tuple, int at) throws StackException {
        int port = number(tuple, at);
        require(port >= 0 && port <= HIGHEST_PORT);
        return port;
    }

    private static void require(boolean fits) throws StackException {
        if (!fits) {
            throw new StackException(Errno.EINVAL);
        }
    }

    /** The Python value for an address; None for null. */
    public Object toPython(SocketAddress address) {
        return switch (address) {
            case null -> null;
            case SockaddrIn in -> values.tuple(InetText.format(in.address()), in.port());
            case SockaddrIn6 in6 ->
                values.tuple(
                        InetText.format(in6.high(), in6.low()),
                        in6.port(),
                        in6.flowInfo(),
                        Integer.toUnsignedLong(in6.scopeId()));
            case SockaddrUn un ->
                un.path().length > 0 && un.path()[0] == 0 ? values.bytes(un.path()) : values.path(un.path());
            case SockaddrNl nl ->
                values.tuple(Integer.toUnsignedLong(nl.portId()), Integer.toUnsignedLong(nl.groups()));
            case SockaddrLl ll ->
                values.tuple(
                        interfaceName(ll.interfaceIndex()),
                        ll.protocol(),
                        ll.packetType(),
                        ll.hardwareType(),
                        values.bytes(ll.address()));
            case SockaddrVm vm ->
                values.tuple(Integer.toUnsignedLong(vm.contextId()), Integer.toUnsignedLong(vm.port()));
            case SockaddrCan can -> canToPython(can);
            case SockaddrAlg alg -> values.tuple(alg.type(), alg.name(), alg.features(), alg.mask());
            case SockaddrTipc tipc -> tipcToPython(tipc);
            case SockaddrQrtr qrtr ->
                values.tuple(Integer.toUnsignedLong(qrtr.node()), Integer.toUnsignedLong(qrtr.port()));
            case SockaddrOther other ->
                values.tuple(other.family(), values.bytes(Arrays.copyOf(other.data(), SA_DATA)));
            // Known to its stack alone.
            default -> values.tuple(AF_UNSPEC, values.bytes(new byte[SA_DATA]));
        };
    }

    /** Python's v3 is the upper bound of a sequence. It holds neither the domain of a name nor anything of an id. */
    private static SockaddrTipc tipc(TupleItems tuple) {
        int type = number(tuple, 0);
        int third = type == TIPC_ADDR_NAMESEQ ? number(tuple, 3) : 0;
        return new SockaddrTipc(type, number(tuple, 1), number(tuple, 2), third, number(tuple, 4));
    }

    private Object tipcToPython(SockaddrTipc tipc) {
        int third = switch (tipc.addressType()) {
            case TIPC_ADDR_NAMESEQ -> tipc.third();
            case TIPC_ADDR_NAME -> tipc.second();
            default -> 0;
        };
        return values.tuple(
                Integer.toUnsignedLong(tipc.addressType()),
                Integer.toUnsignedLong(tipc.first()),
                Integer.toUnsignedLong(tipc.second()),
                Integer.toUnsignedLong(third),
                Integer.toUnsignedLong(tipc.scope()));
    }

    private Object canToPython(SockaddrCan can) {
        String name = interfaceName(can.interfaceIndex());
        return switch (can.protocol()) {
            case CAN_ISOTP ->
                values.tuple(
                        name, Integer.toUnsignedLong(can.receiveId()), Integer.toUnsignedLong(can.sendId()));
            case CAN_J1939 ->
                values.tuple(
                        name,
                        values.unsigned(can.name()),
                        Integer.toUnsignedLong(can.parameterGroup()),
                        can.address());
            default -> values.tuple(name);
        };
    }

    private String interfaceName(int index) {
        if (index == 0) {
            return "";
        }
        try {
            return runtime.stack().names().interfaceName(index);
        } catch (StackException goneMeanwhile) {
            return "";
        }
    }
}
