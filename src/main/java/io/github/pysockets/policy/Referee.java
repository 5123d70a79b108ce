package io.github.pysockets.policy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Judges what one script asks for. Each check returns 0 or {@code -EACCES}; then it has left the text of what was
 * refused for the exception, and told the application.
 */
final class Referee {
    private static final System.Logger LOG = System.getLogger("io.github.pysockets");

    private static final int ALLOWED = 0;
    private static final int REFUSED = -Errno.EACCES;
    private static final int LOOPBACK = 0x7f00_0001;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final IpAddress ANY_4 = IpRange.ALL_4.first();
    private static final IpAddress ANY_6 = IpRange.ALL_6.first();

    private final Rules rules;
    private final KnownNames names;
    private final Consumer<Refused> onRefusal;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    Referee(NetworkPolicy policy, Consumer<Refused> onRefusal) {
        rules = policy.rules();
        names = new KnownNames(policy.namesKept().toNanos(), System::nanoTime);
        this.onRefusal = onRefusal;
    }

    /** Throws what a check returned, unless that is 0. */
    static void require(int checked) throws StackException {
        if (checked != ALLOWED) {
            throw new StackException(-checked);
        }
    }

    /**
     * The address to judge and use in place of one that is written: one that leads to the same place whatever else
     * changes meanwhile.
     *
     * @return null where there is none; then {@link #address} refuses it
     */
    static SocketAddress plain(Action action, SocketAddress written) {
        return switch (written) {
            case SockaddrUn path -> UnixPaths.plain(path);
            // The kernel would take the socket's own address in place of these, as it is by then.
            case SockaddrIn(int address, int port) when address == 0 && isDestination(action) ->
                new SockaddrIn(LOOPBACK, port);
            case SockaddrIn6 in when in.high() == 0 && isDestination(action) && (in.low() == 0 || in.low() == MAPPED) ->
                new SockaddrIn6(0, in.low() == 0 ? 1 : MAPPED | LOOPBACK, in.port(), in.flowInfo(), in.scopeId());
            default -> written;
        };
    }

    private static boolean isDestination(Action action) {
        return action == Action.CONNECT || action == Action.SEND;
    }

    /** Of the use of an address, whatever its family. It is a plain one, or nobody's choice. */
    int address(Action action, SocketAddress address) {
        return switch (address) {
            case null -> refuse(Ruling.UNMENTIONED, action, "unix:a path that cannot be judged");
            case SockaddrIn _,SockaddrIn6 _ -> internet(action, address);
            case SockaddrUn path -> unix(action, path);
            // It ends an association. The kernel takes no address from it, as it has none.
            case SockaddrOther(int family, byte[] data) when family == 0 && isZero(data) -> ALLOWED;
            // Only sockets that a rule allows have addresses of other families.
            case SockaddrOther(int family, _) when family == 0 ->
                refuse(Ruling.UNMENTIONED, action, "an address without a family");
            default -> ALLOWED;
        };
    }

    private static boolean isZero(byte[] data) {
        for (byte one : data) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /** Of an address that a socket has, or its peer, by whatever path others have named it. */
    int found(Action action, SocketAddress address) {
        return address(action, plain(action, address));
    }

    private int internet(Action action, SocketAddress address) {
        IpAddress written = IpAddress.of(address);
        IpAddress judged = isDestination(action) ? written.asDestination() : written;
        int port = IpAddress.portOf(address);
        Ruling ruling = rules.address(action, judged, port, names.of(judged));
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, action, judged.beforePort() + ":" + port);
    }

    private int unix(Action action, SockaddrUn address) {
        if (address.path().length == 0) {
            // Unnamed, or named by the kernel.
            return ALLOWED;
        }
        String path = UnixPaths.text(address);
        Ruling ruling = rules.path(action, path);
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, action, "unix:" + path);
    }

    /** Whether an address may be used, without a word to anybody. */
    boolean mayUse(Action action, SocketAddress address) {
        return switch (address) {
            case SockaddrIn _,SockaddrIn6 _ -> {
                IpAddress judged = IpAddress.of(address);
                yield rules.address(action, judged, IpAddress.portOf(address), names.of(judged)).isAllowed();
            }
            case SockaddrUn named -> {
                SockaddrUn plain = UnixPaths.plain(named);
                yield plain != null
                        && (plain.path().length == 0 || rules.path(action, UnixPaths.text(plain)).isAllowed());
            }
            case null, default -> true;
        };
    }

    /**
     * Of a connection that has come to a wildcard address: by which of this host's addresses it came.
     *
     * @param local the connection's own address
     */
    int arrival(SocketAddress local) {
        IpAddress address = IpAddress.of(local);
        int port = IpAddress.portOf(local);
        Ruling denial = address == null ? null : rules.denial(Action.LISTEN, address, port);
        return denial == null ? ALLOWED : refuse(denial, Action.LISTEN, address.beforePort() + ":" + port);
    }

    /** Whether {@link #arrival} may refuse something. */
    boolean judgesArrivals() {
        return rules.isAnyDenied(Action.LISTEN);
    }

    /** Of a connection that somebody has begun, nobody can tell to whom. */
    int unknownPeer() {
        boolean isAllowed = !rules.isAnyDenied(Action.CONNECT)
                && rules.address(Action.CONNECT, ANY_4, 0, List.of()).isAllowed()
                && rules.address(Action.CONNECT, ANY_6, 0, List.of()).isAllowed();
        return isAllowed ? ALLOWED : refuse(Ruling.UNMENTIONED, Action.CONNECT, "an address that cannot be told yet");
    }

    /** Of membership in a multicast group. */
    int group(IpAddress group) {
        if (group == null) {
            // The kernel says what is wrong with it.
            return ALLOWED;
        }
        Ruling ruling = rules.address(Action.MULTICAST, group);
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, Action.MULTICAST, group.toString());
    }

    /** Of making a socket. */
    int socket(int family, int type, int protocol) {
        Ruling ruling = SocketKinds.isUsual(family, type, protocol) ? Ruling.FREE : rules.kind(family, type);
        return ruling.isAllowed()
                ? option(GuardedOptions.ofSocket(family, type, protocol))
                : refuse(ruling, Action.SOCKET, RuleParser.kindText(family, type));
    }

    /** Of an option, ancillary data or a command; null for one that need not be asked about. */
    int option(String name) {
        Ruling ruling = name == null ? Ruling.FREE : rules.option(name);
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, Action.OPTION, name);
    }

    int process(String what) {
        Ruling ruling = rules.process();
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, Action.PROCESS, what);
    }

    /** Of a question about a name. {@code canonical} is null for what can be no host's name. */
    int lookup(String canonical, String written) {
        Ruling ruling = canonical == null
                ? rules.oddName(Action.LOOKUP, HostName.odd(written))
                : rules.name(Action.LOOKUP, canonical);
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, Action.LOOKUP, written);
    }

    /** Of a question about the name of an address. */
    int reverse(SocketAddress address) {
        IpAddress asked = IpAddress.of(address);
        if (asked == null) {
            return ALLOWED;
        }
        Ruling ofAddress = rules.address(Action.LOOKUP, asked);
        boolean isAllowed = ofAddress.rule() == null
                ? rules.name(Action.LOOKUP, "").isAllowed() || !names.of(asked).isEmpty()
                : ofAddress.isAllowed();
        return isAllowed ? ALLOWED : refuse(ofAddress, Action.LOOKUP, asked.toString());
    }

    /** Keeps what the name service has answered. */
    void answered(String canonical, List<SocketAddress> addresses) {
        if (canonical == null) {
            return;
        }
        for (SocketAddress address : addresses) {
            IpAddress found = IpAddress.of(address);
            // RFC 6761: whoever says anything else of these names is wrong, or worse.
            if (found != null && (!HostName.isLocal(canonical) || found.isLoopback())) {
                names.add(canonical, found);
            }
        }
    }

    /**
     * Of the name by which a TLS client calls a server (SNI). An address that is allowed by a name alone may be called
     * by such a name only.
     *
     * @param address the peer's; null where that is unknown
     */
    int serverName(SocketAddress address, String name) {
        String canonical = HostName.canonical(name);
        IpAddress peer = IpAddress.of(address);
        if (peer == null || canonical == null || IpAddress.parse(name) != null) {
            return ALLOWED;
        }
        int port = IpAddress.portOf(address);
        Ruling ruling = rules.address(Action.CONNECT, peer.asDestination(), port, List.of(canonical));
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, Action.CONNECT, canonical + ":" + port);
    }

    /** As above, where nobody knows over which connection the bytes will go: the name has to be that of some host. */
    int serverName(String name) {
        String canonical = HostName.canonical(name);
        if (canonical == null || IpAddress.parse(name) != null) {
            return ALLOWED;
        }
        Ruling ruling = rules.name(Action.CONNECT, canonical);
        boolean isAllowed = ruling.rule() == null ? rules.hasAddresses(Action.CONNECT) : ruling.isAllowed();
        return isAllowed ? ALLOWED : refuse(ruling, Action.CONNECT, canonical);
    }

    private int refuse(Ruling ruling, Action action, String target) {
        Refused refused = new Refused(action, target, ruling.rule() == null ? null : ruling.rule().text());
        tell(refused);
        // Last: whoever is told may have failed at something himself.
        FailureText.leave(Errno.EACCES, refused.toString());
        return REFUSED;
    }

    private void tell(Refused refused) {
        try {
            onRefusal.accept(refused);
        } catch (Throwable failure) {
            // The call is refused all the same, and closes what it has received.
            if (hasFailed.compareAndSet(false, true)) {
                LOG.log(System.Logger.Level.ERROR,
                        "onRefusal of a policy failed; what it throws from now on is not told", failure);
            }
        }
    }
}
