package io.github.pysockets.proxy;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A stack whose TCP sockets connect through a proxy. All else is as on the stack that it wraps. */
public final class ProxyStack extends ForwardingStack {
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private final Proxy proxy;

    /** @param delegate the stack that does the work */
    public ProxyStack(SocketStack delegate, Proxy proxy) {
        super(delegate);
        this.proxy = Objects.requireNonNull(proxy, "proxy");
    }

    /** A way through the proxy; null where a connection does not go through it. */
    Tunnel tunnel(SocketAddress remote) {
        InetSocketAddress target = target(remote);
        return target == null || !proxy.goesThrough(target)
                ? null
                : new Tunnel(remote, proxy.handshake(target));
    }

    private static InetSocketAddress target(SocketAddress remote) {
        try {
            return switch (remote) {
                case SockaddrIn in -> new InetSocketAddress(
                        InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(in.address()).array()),
                        in.port());
                case SockaddrIn6 in -> new InetSocketAddress(InetAddress.getByAddress(
                        ByteBuffer.allocate(2 * Long.BYTES).putLong(in.high()).putLong(in.low()).array()), in.port());
                case null, default -> null;
            };
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The proxy's own address, in the family of a target. An IPv4 socket does not reach a proxy of IPv6. */
    SocketAddress proxyFor(SocketAddress remote) {
        byte[] bytes = proxy.address().getAddress().getAddress();
        int port = proxy.address().getPort();
        ByteBuffer address = ByteBuffer.wrap(bytes);
        if (bytes.length == Integer.BYTES) {
            int four = address.getInt();
            return remote instanceof SockaddrIn
                    ? new SockaddrIn(four, port)
                    : new SockaddrIn6(0, MAPPED | Integer.toUnsignedLong(four), port, 0, 0);
        }
        return new SockaddrIn6(address.getLong(), address.getLong(), port, 0, 0);
    }

    @Override
    protected Poller wrap(Poller poller) {
        return new ProxyPoller(poller);
    }

    @Override
    protected Epoll wrap(Epoll epoll) {
        return new ProxyEpoll(epoll, wrap(epoll.endpoint()));
    }

    /** {@inheritDoc} All of them: a TCP socket may also come from elsewhere, by SCM_RIGHTS or by its number. */
    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return new ProxyEndpoint(endpoint, this);
    }
}
