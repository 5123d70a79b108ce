package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.InetText;
import io.github.pysockets.python.Names;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side for names and numbers of hosts, services, protocols and interfaces. Results are as
 * {@link HostExports} says. In a host, service or protocol given as str, each char is a byte.
 */
public final class NameExports {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final Names names;
    private final SocketRuntime runtime;
    private final PythonValues values;

    NameExports(Names names, SocketRuntime runtime, PythonValues values) {
        this.names = names;
        this.runtime = runtime;
        this.values = values;
    }

    /** A tuple of (family, type, protocol, canonical name, address). Host and service may be None. */
    @HostAccess.Export
    public Object getaddrinfo(Value host, Value service, int family, int type, int protocol, int flags) {
        return ResultCodes.value(() -> names.getaddrinfo(
                PythonValues.latin1OrNull(host),
                PythonValues.latin1OrNull(service),
                family,
                type,
                protocol,
                flags));
    }

    /**
     * A tuple (host, service) for a numeric host and a port.
     *
     * @param size how many parts the Python address had: 2 for IPv4
     */
    @HostAccess.Export
    public Object getnameinfo(String host, int port, int flowInfo, long scopeId, int size, int flags) {
        return ResultCodes
                .value(() -> names.getnameinfo(ResultCodes.given(host), port, flowInfo, (int) scopeId, size, flags));
    }

    /** The IPv4 address of a host, as text. */
    @HostAccess.Export
    public Object gethostbyname(String host) {
        return ResultCodes.value(() -> names.gethostbyname(ResultCodes.given(host)));
    }

    /** A tuple (name, (alias, ...), (address, ...)). */
    @HostAccess.Export
    public Object gethostbynameEx(String host) {
        return ResultCodes.value(() -> names.gethostbynameEx(ResultCodes.given(host)));
    }

    /** A tuple (name, (alias, ...), (address, ...)). */
    @HostAccess.Export
    public Object gethostbyaddr(String host) {
        return ResultCodes.value(() -> names.gethostbyaddr(ResultCodes.given(host)));
    }

    /** The port, or -1. Protocol may be None. */
    @HostAccess.Export
    public int getservbyname(Value service, Value protocol) {
        return ResultCodes
                .number(() -> names.getservbyname(PythonValues.latin1(service), PythonValues.latin1OrNull(protocol)));
    }

    /** The name, or None. Protocol may be None. */
    @HostAccess.Export
    public Object getservbyport(int port, Value protocol) {
        return ResultCodes.value(() -> names.getservbyport(port, PythonValues.latin1OrNull(protocol)));
    }

    /** The number, or -1. */
    @HostAccess.Export
    public int getprotobyname(Value protocol) {
        return ResultCodes.number(() -> names.getprotobyname(PythonValues.latin1(protocol)));
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
        return ResultCodes.value(names::interfaces);
    }

    /** The index, or 0. */
    @HostAccess.Export
    public int interfaceIndex(Value name) {
        return ResultCodes.number(() -> names.interfaceIndex(PythonValues.toBytes(name)));
    }

    @HostAccess.Export
    public Object interfaceName(long index) {
        return ResultCodes.value(() -> names.interfaceName(index));
    }

    // Text and bytes of Internet addresses

    /** The four bytes of any form that inet_aton(3) accepts, or None. */
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
        return bytes == null ? null : values.bytes(bytes);
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
