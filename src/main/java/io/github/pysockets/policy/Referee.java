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
import java.util.function.Consumer;

/**
 * Judges what one script asks for. Each check returns 0 or {@code -EACCES}; then it has left the text of what was
 * refused for the exception, and told the application.
 */
final class Referee {
    private static final int ALLOWED = 0;
    private static final int REFUSED = -Errno.EACCES;

    private final Rules rules;
    private final KnownNames names;
    private final Consumer<Refused> onRefusal;

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

    /** Of the use of an address, whatever its family. */
    int address(Action action, SocketAddress address) {
        return switch (address) {
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

    private int internet(Action action, SocketAddress address) {
        IpAddress written = IpAddress.of(address);
        boolean isDestination = action == Action.CONNECT || action == Action.SEND;
        IpAddress judged = isDestination ? written.asDestination() : written;
        int port = IpAddress.portOf(address);
        Ruling ruling = rules.address(action, judged, port, names.of(judged));
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, action, judged.beforePort() + ":" + port);
    }

    private int unix(Action action, SockaddrUn address) {
        if (address.path().length == 0) {
            // Unnamed, or named by the kernel.
            return ALLOWED;
        }
        String path = UnixPaths.of(address);
        Ruling ruling = path == null ? Ruling.UNMENTIONED : rules.path(action, path);
        return ruling.isAllowed()
                ? ALLOWED
                : refuse(ruling, action, "unix:" + (path == null ? "a path that is no text" : path));
    }

    /** Whether an address may be used, without a word to anybody. */
    boolean mayUse(Action action, SocketAddress address) {
        return switch (address) {
            case SockaddrIn _,SockaddrIn6 _ -> {
                IpAddress judged = IpAddress.of(address);
                yield rules.address(action, judged, IpAddress.portOf(address), names.of(judged)).isAllowed();
            }
            case SockaddrUn unix -> {
                String path = unix.path().length == 0 ? null : UnixPaths.of(unix);
                yield unix.path().length == 0 || path != null && rules.path(action, path).isAllowed();
            }
            case null, default -> true;
        };
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
        return ruling.isAllowed() ? ALLOWED : refuse(ruling, Action.SOCKET, RuleParser.kindText(family, type));
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
        Ruling ruling = rules.name(Action.LOOKUP, canonical == null ? "" : canonical);
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
            if (found != null) {
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
        FailureText.leave(Errno.EACCES, refused.toString());
        onRefusal.accept(refused);
        return REFUSED;
    }
}
