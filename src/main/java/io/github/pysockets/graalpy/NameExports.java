package io.github.pysockets.graalpy;

import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What the Python side calls for names and numbers of hosts, services, protocols and interfaces. Results are as those of
 * {@link SocketExports}. In a host, service or protocol that comes as str, each char is a byte.
 */
public final class NameExports {
    private static final int INET_SIZE = 2;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final SocketRuntime runtime;
    private final PythonValues python;
    private final AddressTuples forms;

    NameExports(SocketRuntime runtime, PythonValues python, AddressTuples forms) {
        this.runtime = runtime;
        this.python = python;
        this.forms = forms;
    }

    /** For what is answered at once. */
    private NameService names() {
        return runtime.stack().names();
    }

    /** A tuple of (family, type, protocol, canonical name, address). Host and service may be None. */
    @HostAccess.Export
    public Object getaddrinfo(Value host, Value service, int family, int type, int protocol, int flags) {
        return ResultCodes.value(() -> {
            byte[] name = PythonValues.latin1OrNull(host);
            byte[] port = PythonValues.latin1OrNull(service);
            return python.tuple(
                    runtime.ask(names -> names.getaddrinfo(name, port, family, type, protocol, flags)).stream()
                            .map(this::toPython)
                            .toArray());
        });
    }

    private Value toPython(NameService.AddressInfo info) {
        String canonicalName = info.canonicalName() == null ? "" : info.canonicalName();
        return python.tuple(
                info.family(), info.type(), info.protocol(), canonicalName, forms.toPython(info.address()));
    }

    /**
     * A tuple (host, service) for a numeric host and a port.
     *
     * @param size how many parts the Python address had: 2 for IPv4
     */
    @HostAccess.Export
    public Object getnameinfo(String host, int port, int flowInfo, long scopeId, int size, int flags) {
        return ResultCodes.value(() -> {
            SocketAddress address = numeric(ResultCodes.given(host), port, flowInfo, (int) scopeId, size);
            NameService.HostService answer = runtime.ask(names -> names.getnameinfo(address, flags));
            return python.tuple(answer.host(), answer.service());
        });
    }

    private SocketAddress numeric(String host, int port, int flowInfo, int scopeId, int size)
            throws StackException, NameServiceException, CallFailure {
        byte[] bytes = host.getBytes(StandardCharsets.ISO_8859_1);
        byte[] service = Integer.toString(port).getBytes(StandardCharsets.US_ASCII);
        List<NameService.AddressInfo> answers =
                names().getaddrinfo(bytes, service, 0, SOCK_DGRAM, 0, AI_NUMERICHOST);
        if (answers.size() > 1) {
            throw new CallFailure(Codes.MULTIPLE_ADDRESSES);
        }
        return switch (answers.getFirst().address()) {
            case SockaddrIn6 in6 -> new SockaddrIn6(in6.high(), in6.low(), in6.port(), flowInfo, scopeId);
            case SocketAddress inet when size == INET_SIZE -> inet;
            default -> throw new CallFailure(Codes.NOT_A_PAIR);
        };
    }

    /** The IPv4 address of a host, as text. */
    @HostAccess.Export
    public Object gethostbyname(String host) {
        return ResultCodes.value(() -> InetText.format(runtime.inet(ResultCodes.given(host), 0).address()));
    }

    /** A tuple (name, (alias, ...), (address, ...)). */
    @HostAccess.Export
    public Object gethostbynameEx(String host) {
        return ResultCodes.value(() -> {
            // Looked up this way first for the sake of its errors, as in CPython.
            runtime.inet(ResultCodes.given(host), 0);
            byte[] name = host.getBytes(StandardCharsets.ISO_8859_1);
            return hostTuple(runtime.ask(names -> names.gethostbyname(name)));
        });
    }

    /** A tuple (name, (alias, ...), (address, ...)). */
    @HostAccess.Export
    public Object gethostbyaddr(String host) {
        return ResultCodes.value(() -> {
            SocketAddress address = runtime.host(ResultCodes.given(host));
            return hostTuple(runtime.ask(names -> names.gethostbyaddr(address)));
        });
    }

    private Value hostTuple(NameService.HostEntry entry) {
        return python.tuple(
                entry.name(),
                python.tuple(entry.aliases().toArray()),
                python.tuple(entry.addresses().stream().map(NameExports::text).toArray()));
    }

    private static String text(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> InetText.format(in.address());
            case SockaddrIn6 in6 -> InetText.format(in6.high(), in6.low());
            default -> throw new IllegalArgumentException("not an Internet address: " + address);
        };
    }

    /** The port, or -1. Protocol may be None. */
    @HostAccess.Export
    public int getservbyname(Value service, Value protocol) {
        return ResultCodes.number(() -> {
            byte[] name = PythonValues.latin1(service);
            byte[] over = PythonValues.latin1OrNull(protocol);
            return runtime.ask(names -> names.getservbyname(name, over));
        });
    }

    /** The name, or None. Protocol may be None. */
    @HostAccess.Export
    public Object getservbyport(int port, Value protocol) {
        return ResultCodes.value(() -> {
            byte[] over = PythonValues.latin1OrNull(protocol);
            return runtime.ask(names -> names.getservbyport(port, over));
        });
    }

    /** The number, or -1. */
    @HostAccess.Export
    public int getprotobyname(Value protocol) {
        return ResultCodes.number(() -> {
            byte[] name = PythonValues.latin1(protocol);
            return runtime.ask(names -> names.getprotobyname(name));
        });
    }

    @HostAccess.Export
    public Object gethostname() {
        return ResultCodes.value(() -> runtime.stack().hostName());
    }

    @HostAccess.Export
    public int sethostname(Value name) {
        return ResultCodes.action(() -> runtime.setHostName(PythonValues.toBytes(name)));
    }

    /** A tuple of (index, name). */
    @HostAccess.Export
    public Object interfaces() {
        return ResultCodes.value(() -> python.tuple(names().interfaces().stream()
                .map(found -> python.tuple(found.index(), found.name()))
                .toArray()));
    }

    /** The index, or 0. */
    @HostAccess.Export
    public int interfaceIndex(Value name) {
        return ResultCodes.number(() -> names().interfaceIndex(PythonValues.toBytes(name)));
    }

    @HostAccess.Export
    public Object interfaceName(long index) {
        return ResultCodes.value(() -> names().interfaceName(index));
    }

    // Text and bytes of Internet addresses

    /** The four bytes of any form that inet_aton(3) takes, or None. */
    @HostAccess.Export
    public Object inetAton(String text) {
        return ResultCodes.value(() -> bytesOrNull(InetText.parseAton(ResultCodes.given(text))));
    }

    /** The bytes of an address of AF_INET or AF_INET6, or None: inet_pton(3). */
    @HostAccess.Export
    public Object inetPton(boolean ipv6, String text) {
        return ResultCodes.value(() -> {
            String given = ResultCodes.given(text);
            return bytesOrNull(ipv6 ? InetText.parse6(given) : InetText.parse4(given));
        });
    }

    private Value bytesOrNull(byte[] bytes) {
        return bytes == null ? null : python.bytes(bytes);
    }

    /** The text of 4 or 16 bytes: inet_ntop(3). */
    @HostAccess.Export
    public Object inetNtop(Value bytes) {
        return ResultCodes.value(() -> {
            byte[] address = PythonValues.toBytes(bytes);
            if (address.length != IPV4_BYTES && address.length != IPV6_BYTES) {
                throw new StackException(Errno.EINVAL);
            }
            return InetText.format(address);
        });
    }
}
