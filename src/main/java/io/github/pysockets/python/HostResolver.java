package io.github.pysockets.python;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Resolves the host part of Python's Internet addresses: '' for any, '&lt;broadcast&gt;', numeric forms, and names. Of
 * a name's addresses the first is used. In a host given as text, each char is a byte.
 */
final class HostResolver {
    private static final String BROADCAST = "<broadcast>";
    private static final String BROADCAST_NUMERIC = "255.255.255.255";

    private final SocketRuntime runtime;

    HostResolver(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /** The address of an IPv4 host. */
    SockaddrIn inet(String host, int port) throws CallFailure, NameServiceException, StackException {
        if (host.isEmpty()) {
            return new SockaddrIn(0, port);
        }
        if (host.equals(BROADCAST) || host.equals(BROADCAST_NUMERIC)) {
            return new SockaddrIn(-1, port);
        }
        byte[] numeric = InetText.parse4(host);
        if (numeric != null) {
            return new SockaddrIn(ByteBuffer.wrap(numeric).getInt(), port);
        }
        return new SockaddrIn(((SockaddrIn) lookUp(host, AF_INET)).address(), port);
    }

    /**
     * The address of an IPv6 host. A scope in its text ("%eth0") names an interface to the look-up only. The result has
     * the separate scope id, as in CPython.
     */
    SockaddrIn6 inet6(String host, int port, int flowInfo, int scopeId)
            throws CallFailure, NameServiceException, StackException {
        if (host.isEmpty()) {
            return new SockaddrIn6(0, 0, port, flowInfo, scopeId);
        }
        refuseBroadcast(host);
        SockaddrIn6 found = (SockaddrIn6) lookUp(host, AF_INET6);
        return new SockaddrIn6(found.high(), found.low(), port, flowInfo, scopeId);
    }

    /** The address of a host of either family; its port is 0. */
    SocketAddress any(String host) throws CallFailure, NameServiceException, StackException {
        if (host.isEmpty()) {
            throw new CallFailure(Codes.AMBIGUOUS_WILDCARD);
        }
        if (host.equals(BROADCAST) || host.equals(BROADCAST_NUMERIC)) {
            return inet(host, 0);
        }
        return lookUp(host, AF_UNSPEC);
    }

    private static void refuseBroadcast(String host) throws CallFailure {
        if (host.equals(BROADCAST) || host.equals(BROADCAST_NUMERIC)) {
            throw new CallFailure(Codes.FAMILY_MISMATCHED);
        }
    }

    private SocketAddress lookUp(String host, int family) throws CallFailure, NameServiceException, StackException {
        byte[] numeric = family == AF_INET ? null : InetText.parse6(host);
        if (numeric != null) {
            ByteBuffer bytes = ByteBuffer.wrap(numeric);
            return new SockaddrIn6(bytes.getLong(), bytes.getLong(), 0, 0, 0);
        }
        byte[] name = host.getBytes(StandardCharsets.ISO_8859_1);
        return runtime.ask(names -> names.getaddrinfo(name, null, family, 0, 0, 0))
                .getFirst()
                .address();
    }
}
