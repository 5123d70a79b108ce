package io.github.pysockets.python;

import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers Python's questions about names of hosts, services, protocols and interfaces, in Python's form. In a host
 * given as text, each char is a byte.
 */
public final class Names {
    /** The number of parts in Python's form of an IPv4 address. */
    private static final int INET_SIZE = 2;

    private final SocketRuntime runtime;
    private final Values values;
    private final AddressTuples addresses;

    public Names(SocketRuntime runtime, Values values, AddressTuples addresses) {
        this.runtime = runtime;
        this.values = values;
        this.addresses = addresses;
    }

    /** For questions that are answered at once. */
    private NameService names() {
        return runtime.stack().names();
    }

    /** A tuple of (family, type, protocol, canonical name, address). Host and service may be null. */
    public Object getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws CallFailure, NameServiceException, StackException {
        return values.tuple(
                runtime.ask(names -> names.getaddrinfo(host, service, family, type, protocol, flags)).stream()
                        .map(this::addressTuple)
                        .toArray());
    }

    private Object addressTuple(NameService.AddressInfo info) {
        String canonicalName = info.canonicalName() == null ? "" : info.canonicalName();
        return values.tuple(
                info.family(), info.type(), info.protocol(), canonicalName, addresses.toPython(info.address()));
    }

    /**
     * A tuple (host, service) for a numeric host and a port.
     *
     * @param size how many parts the Python address had: 2 for IPv4
     */
    public Object getnameinfo(String host, int port, int flowInfo, int scopeId, int size, int flags)
            throws CallFailure, NameServiceException, StackException {
        SocketAddress address = numeric(host, port, flowInfo, scopeId, size);
        NameService.HostService answer = runtime.ask(names -> names.getnameinfo(address, flags));
        return values.tuple(answer.host(), answer.service());
    }

    private SocketAddress numeric(String host, int port, int flowInfo, int scopeId, int size)
            throws CallFailure, NameServiceException, StackException {
        byte[] service = Integer.toString(port).getBytes(StandardCharsets.US_ASCII);
        List<NameService.AddressInfo> answers =
                names().getaddrinfo(bytes(host), service, 0, SOCK_DGRAM, 0, AI_NUMERICHOST);
        if (answers.size() > 1) {
            throw new CallFailure(Codes.MULTIPLE_ADDRESSES);
        }
        return switch (answers.getFirst().address()) {
            case SockaddrIn6 in6 -> new SockaddrIn6(in6.high(), in6.low(), in6.port(), flowInfo, scopeId);
            case SocketAddress inet when size == INET_SIZE -> inet;
            default -> throw new CallFailure(Codes.NOT_A_PAIR);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The IPv4 address of a host, as text. */
    public String gethostbyname(String host) throws CallFailure, NameServiceException, StackException {
        return InetText.format(runtime.inet(host, 0).address());
    }

    /** A tuple (name, (alias, ...), (address, ...)). */
    public Object gethostbynameEx(String host) throws CallFailure, NameServiceException, StackException {
        // This look-up comes first for the sake of its errors, as in CPython.
        runtime.inet(host, 0);
        return hostTuple(runtime.ask(names -> names.gethostbyname(bytes(host))));
    }

    /** A tuple (name, (alias, ...), (address, ...)). */
    public Object gethostbyaddr(String host) throws CallFailure, NameServiceException, StackException {
        SocketAddress address = runtime.host(host);
        return hostTuple(runtime.ask(names -> names.gethostbyaddr(address)));
    }

    private Object hostTuple(NameService.HostEntry entry) {
        return values.tuple(
                entry.name(),
                values.tuple(entry.aliases().toArray()),
                values.tuple(entry.addresses().stream().map(Names::text).toArray()));
    }

    private static String text(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> InetText.format(in.address());
            case SockaddrIn6 in6 -> InetText.format(in6.high(), in6.low());
            default -> throw new IllegalArgumentException("not an Internet address: " + address);
        };
    }

    /** The port, or -1. The protocol may be null. */
    public int getservbyname(byte[] service, byte[] protocol)
            throws CallFailure, NameServiceException, StackException {
        return runtime.ask(names -> names.getservbyname(service, protocol));
    }

    /** The name, or null. The protocol may be null. */
    public String getservbyport(int port, byte[] protocol)
            throws CallFailure, NameServiceException, StackException {
        return runtime.ask(names -> names.getservbyport(port, protocol));
    }

    /** The number, or -1. */
    public int getprotobyname(byte[] protocol) throws CallFailure, NameServiceException, StackException {
        return runtime.ask(names -> names.getprotobyname(protocol));
    }

    /** A tuple of (index, name). */
    public Object interfaces() throws StackException {
        return values.tuple(names().interfaces().stream()
                .map(found -> values.tuple(found.index(), found.name()))
                .toArray());
    }

    /** The index, or 0. */
    public int interfaceIndex(byte[] name) {
        return names().interfaceIndex(name);
    }

    public String interfaceName(long index) throws StackException {
        return names().interfaceName(index);
    }
}
