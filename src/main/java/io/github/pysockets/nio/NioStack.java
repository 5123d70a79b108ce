package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDP;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_NONBLOCK;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.ErrnoTexts;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.netdb.LocalHostName;
import io.github.pysockets.netdb.NetdbNames;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.Map;

/**
 * Sockets of Java's own channels: TCP, UDP and streams of AF_UNIX, on every system that a JVM runs on. It needs no
 * native access.
 *
 * <p>What channels lack does not exist here: other families and types of sockets, ancillary data, abstract names of
 * AF_UNIX, options that Java has no name for, descriptor numbers, epoll. The names of these are not among
 * the {@link #constants}, and calls fail with what Linux returns where a kernel lacks them. What differs:
 *
 * <ul>
 *   <li>Urgent data of TCP can be sent, and received among other data (SO_OOBINLINE), not apart.
 *   <li>A connected socket of UDP sends only to its peer: to others it fails with EISCONN.
 *   <li>IPV6_V6ONLY can be set, but then the socket cannot be bound to "any address": EADDRNOTAVAIL.
 *   <li>The address of a socket that connects is known once it is connected, unless it was bound.
 *   <li>A backlog of 0 is one of 1.
 *   <li>Datagrams and packets of AF_UNIX are only exchanged by the ends of a pair.
 *   <li>What closes a stream of AF_UNIX cannot be told from what shuts it down, except for pairs.
 * </ul>
 *
 * <p>The path of a call: {@link StreamEndpoint} or {@link DatagramEndpoint} makes it on a channel that never blocks.
 * {@link JavaAddress} translates addresses, {@link EndpointOptions} options, {@link ExceptionErrno} failures.
 */
public final class NioStack implements SocketStack {
    private static final NioStack INSTANCE = new NioStack();

    private final NameService names = NetdbNames.ofPlatform();

    private NioStack() {}

    /** Returns the only instance. */
    public static NioStack open() {
        return INSTANCE;
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        int bare = check(family, type, protocol);
        if (family == AF_UNIX && bare != SOCK_STREAM) {
            throw new StackException(Errno.ESOCKTNOSUPPORT);
        }
        NioEndpoint endpoint = bare == SOCK_STREAM
                ? StreamEndpoint.open(family, bare, protocolOf(family, bare))
                : DatagramEndpoint.open(family, bare, protocolOf(family, bare));
        endpoint.setNonBlocking((type & SOCK_NONBLOCK) != 0);
        return endpoint;
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        int bare = check(family, type, protocol);
        if (family != AF_UNIX) {
            throw new StackException(Errno.EOPNOTSUPP);
        }
        EndpointPair pair = bare == SOCK_STREAM ? Pairs.open(bare, 0) : MessagePairEnd.open(bare);
        pair.first().setNonBlocking((type & SOCK_NONBLOCK) != 0);
        pair.second().setNonBlocking((type & SOCK_NONBLOCK) != 0);
        return pair;
    }

    /** Refuses what there is not. Returns the type without flags. */
    private static int check(int family, int type, int protocol) throws StackException {
        if (family != AF_INET && family != AF_INET6 && family != AF_UNIX) {
            throw new StackException(Errno.EAFNOSUPPORT);
        }
        int bare = SocketTypes.withoutFlags(type);
        if (bare != SOCK_STREAM && bare != SOCK_DGRAM && (bare != SOCK_SEQPACKET || family != AF_UNIX)) {
            throw new StackException(bare < 0 || bare > LAST_TYPE ? Errno.EINVAL : Errno.ESOCKTNOSUPPORT);
        }
        if (protocol != 0 && protocol != (family == AF_UNIX ? AF_UNIX : protocolOf(family, bare))) {
            throw new StackException(Errno.EPROTONOSUPPORT);
        }
        return bare;
    }

    /** The largest number that Linux has for a type. */
    private static final int LAST_TYPE = 10;

    private static int protocolOf(int family, int type) {
        return family == AF_UNIX ? 0 : type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
    }

    @Override
    public Poller newPoller() throws StackException {
        return new NioPoller();
    }

    /** Messages, without ancillary data. */
    @Override
    public boolean offers(Class<? extends Endpoint> ability) {
        return ability == MessageEndpoint.class;
    }

    @Override
    public NameService names() {
        return names;
    }

    @Override
    public String hostName() throws StackException {
        return LocalHostName.read();
    }

    @Override
    public void setHostName(byte[] name) throws StackException {
        throw new StackException(Errno.EOPNOTSUPP);
    }

    @Override
    public Map<String, Long> constants() {
        return NioConstants.all();
    }

    @Override
    public String errorText(int errno) {
        return ErrnoTexts.of(errno);
    }
}
