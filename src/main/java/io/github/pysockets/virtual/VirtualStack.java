package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDP;
import static io.github.pysockets.abi.SocketTypes.SOCK_CLOEXEC;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_NONBLOCK;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.ErrnoTexts;
import io.github.pysockets.netdb.LocalHostName;
import io.github.pysockets.stack.Announcement;
import io.github.pysockets.stack.ClockStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackClock;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The sockets of one host in memory: TCP, UDP and AF_UNIX. The hosts of a {@link VirtualNetwork} have theirs;
 * {@link #open} makes one that is alone.
 */
public final class VirtualStack implements ClockStack {
    /** HOST_NAME_MAX. */
    private static final int LONGEST_NAME = 64;

    private final Node node;
    private final World world;
    private final NameService names;
    private volatile String hostName;

    VirtualStack(Node node, NodeHosts hosts) {
        this.node = node;
        names = new VirtualNames(hosts);
        world = node.world();
        hostName = node.name();
    }

    /**
     * Makes a host that is alone on a network: what uses it reaches itself, and nothing else. It has the name of this
     * machine, and time is the system's. Each call makes another one.
     */
    public static SocketStack open() {
        String name = LocalHostName.read();
        return VirtualNetwork.builder()
                .host(name, "10.0.0.1", "fd00::1")
                .systemTime()
                .build()
                .host(name)
                .stack();
    }

    /** {@inheritDoc} There is no clock to ask where time is the system's. */
    @Override
    public <A> A ability(Class<A> type) {
        return type == ClockStack.class && world.isSystemTime() ? null : ClockStack.super.ability(type);
    }

    @Override
    public String name() {
        return "virtual";
    }

    @Override
    public StackClock clock() {
        return world;
    }

    @Override
    public Announcement announce() {
        return world.announce();
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        int kind = kind(type);
        world.enter();
        try {
            OpenSocket socket = make(family, kind, protocol);
            socket.setNonBlocking((type & SOCK_NONBLOCK) != 0);
            return new VirtualEndpoint(socket);
        } finally {
            world.exit();
        }
    }

    private static int kind(int type) throws StackException {
        int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (kind < 0 || kind > 0xf) {
            throw new StackException(Errno.EINVAL);
        }
        return kind;
    }

    private OpenSocket make(int family, int kind, int protocol) throws StackException {
        return switch (family) {
            case AF_INET, AF_INET6 -> switch (kind) {
                case SOCK_STREAM -> new TcpSocket(node, new OptionValues(family, kind, only(protocol, IPPROTO_TCP)));
                case SOCK_DGRAM -> new UdpSocket(node, new OptionValues(family, kind, only(protocol, IPPROTO_UDP)));
                default -> throw new StackException(Errno.ESOCKTNOSUPPORT);
            };
            case AF_UNIX -> {
                only(protocol, AF_UNIX);
                yield makeUnix(kind);
            }
            default -> throw new StackException(Errno.EAFNOSUPPORT);
        };
    }

    private UnixSocket makeUnix(int kind) throws StackException {
        OptionValues options = new OptionValues(AF_UNIX, kind, 0);
        return switch (kind) {
            case SOCK_STREAM, SOCK_SEQPACKET -> new UnixStreamSocket(node, options);
            case SOCK_DGRAM -> new UnixDatagramSocket(node, options);
            default -> throw new StackException(Errno.ESOCKTNOSUPPORT);
        };
    }

    private static int only(int protocol, int supported) throws StackException {
        if (protocol != 0 && protocol != supported) {
            throw new StackException(Errno.EPROTONOSUPPORT);
        }
        return supported;
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        int kind = kind(type);
        if (family != AF_UNIX) {
            throw new StackException(family == AF_INET || family == AF_INET6 ? Errno.EOPNOTSUPP : Errno.EAFNOSUPPORT);
        }
        only(protocol, AF_UNIX);
        world.enter();
        try {
            UnixSocket first = makeUnix(kind);
            UnixSocket second = makeUnix(kind);
            if (first instanceof UnixStreamSocket stream) {
                UnixStreamSocket.join(stream, (UnixStreamSocket) second);
            } else {
                UnixDatagramSocket.join((UnixDatagramSocket) first, (UnixDatagramSocket) second);
            }
            first.setNonBlocking((type & SOCK_NONBLOCK) != 0);
            second.setNonBlocking((type & SOCK_NONBLOCK) != 0);
            return new EndpointPair(new VirtualEndpoint(first), new VirtualEndpoint(second));
        } finally {
            world.exit();
        }
    }

    @Override
    public Poller newPoller() {
        return new VirtualPoller(node);
    }

    /** Messages. */
    @Override
    public boolean offers(Class<? extends Endpoint> ability) {
        return ability == MessageEndpoint.class;
    }

    @Override
    public NameService names() {
        return names;
    }

    @Override
    public String hostName() {
        return hostName;
    }

    /** {@inheritDoc} It changes what {@link #hostName} returns, and nothing else. */
    @Override
    public void setHostName(byte[] newName) throws StackException {
        if (newName.length > LONGEST_NAME) {
            throw new StackException(Errno.EINVAL);
        }
        hostName = new String(newName, StandardCharsets.ISO_8859_1);
    }

    @Override
    public Map<String, Long> constants() {
        return VirtualConstants.ALL;
    }

    @Override
    public String errorText(int errno) {
        return ErrnoTexts.of(errno);
    }
}
