package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.Protocols.IPPROTO_IPV6;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/** What sockets of TCP and UDP share: their addresses, as their family has them. */
abstract class InetSocket extends OpenSocket {
    private static final int SO_REUSEADDR = (int) Constants.number("SO_REUSEADDR");
    private static final int SO_REUSEPORT = (int) Constants.number("SO_REUSEPORT");
    private static final int IPV6_V6ONLY = (int) Constants.number("IPV6_V6ONLY");

    private final PortTable ports;
    /** Null unless bound. */
    private NetPort local;
    private boolean isNamed;

    InetSocket(Node node, OptionValues options, PortTable ports) {
        super(node, options);
        this.ports = ports;
    }

    final boolean isSix() {
        return options.family == AF_INET6;
    }

    private boolean isSixOnly() {
        return options.isOn(IPPROTO_IPV6, IPV6_V6ONLY);
    }

    final NetPort local() {
        return local;
    }

    final boolean isBound() {
        return local != null;
    }

    /** Whether another socket may have the same port too, if both allow it by SO_REUSEADDR. */
    abstract boolean sharesPort();

    /** Whether a name of a group may be bound to. */
    abstract boolean takesGroups();

    // Addresses

    /**
     * The address that a caller means.
     *
     * @throws StackException EAFNOSUPPORT or EINVAL if it is of another family
     */
    final NetPort read(SocketAddress address) throws StackException {
        switch (address) {
            case SockaddrIn in when !isSix() -> {
                return new NetPort(NetAddress.four(in.address()), in.port());
            }
            case SockaddrIn6 in when isSix() -> {
                NetAddress six = new NetAddress(in.high(), in.low());
                if (six.isFour() && isSixOnly()) {
                    throw new StackException(Errno.ENETUNREACH);
                }
                return new NetPort(six, in.port());
            }
            // Too short for sockets of AF_INET6.
            case SockaddrIn _ -> throw new StackException(Errno.EINVAL);
            case null, default -> throw new StackException(Errno.EAFNOSUPPORT);
        }
    }

    static boolean isUnspecified(SocketAddress address) {
        return address instanceof SockaddrOther other && other.family() == AF_UNSPEC;
    }

    /** As a caller sees it. */
    final SocketAddress show(NetPort port) {
        return isSix() ? port.address().toSix(port.port()) : port.address().toFour(port.port());
    }

    /** The address that means any, or this host. */
    final NetAddress any() {
        return isSix() ? NetAddress.ANY_6 : NetAddress.ANY_4;
    }

    /** A wildcard as a destination is this host itself. */
    static NetPort destination(NetPort port) {
        if (!port.address().isAny()) {
            return port;
        }
        NetAddress loopback = port.address().isFour() ? NetAddress.LOOPBACK_4 : NetAddress.LOOPBACK_6;
        return new NetPort(loopback, port.port());
    }

    @Override
    SocketAddress localAddress() {
        return show(local == null ? new NetPort(any(), 0) : local);
    }

    // Binding

    @Override
    void bind(SocketAddress address) throws StackException {
        NetPort asked = read(address);
        if (local != null) {
            throw new StackException(Errno.EINVAL);
        }
        boolean isOwn = asked.address().isAny() || node.isLocal(asked.address())
                || takesGroups() && (asked.address().isMulticast() || asked.address().equals(NetAddress.BROADCAST));
        if (!isOwn) {
            throw new StackException(Errno.EADDRNOTAVAIL);
        }
        bindTo(asked, Errno.EADDRINUSE);
        isNamed = true;
    }

    /** Whether the script has bound it, so that the end of a connection does not unbind it. */
    final boolean isNamed() {
        return isNamed;
    }

    /**
     * Binds to any free port, unless bound.
     *
     * @param errno to fail with if there is none
     */
    final void bindToAny(int errno) throws StackException {
        if (local == null) {
            bindTo(new NetPort(any(), 0), errno);
        }
    }

    private void bindTo(NetPort asked, int errno) throws StackException {
        NetPort chosen = asked.port() != 0 ? asked : new NetPort(asked.address(), ports.choose(errno));
        ports.check(this, chosen);
        adopt(chosen);
    }

    /** Has a port without asking whether it is free. */
    final void adopt(NetPort port) {
        local = port;
        ports.add(this);
    }

    /** Narrows a wildcard down to the address that a connection uses. */
    final void settle(NetAddress address) {
        if (local.address().isAny()) {
            int port = local.port();
            unbind();
            adopt(new NetPort(address, port));
        }
    }

    final void unbind() {
        if (local != null) {
            ports.remove(this);
            local = null;
        }
    }

    /** Checks again what was allowed when neither socket listened. */
    final void checkPort() throws StackException {
        ports.check(this, local);
    }

    /** Whether another socket may not be bound there because of this one. */
    final boolean excludes(InetSocket other, NetPort there) {
        boolean overlaps = local.address().isAny() || there.address().isAny()
                ? (reach(local.address()) & other.reach(there.address())) != 0
                : local.address().equals(there.address());
        boolean bothReuse = isOn(SO_REUSEADDR) && other.isOn(SO_REUSEADDR) && sharesPort() && other.sharesPort();
        return overlaps && !bothReuse && !(isOn(SO_REUSEPORT) && other.isOn(SO_REUSEPORT));
    }

    private boolean isOn(int option) {
        return options.isOn(SOL_SOCKET, option);
    }

    /** The families of the addresses that a bound address stands for, as bits. */
    private int reach(NetAddress address) {
        int four = 1;
        int six = 2;
        if (address.isFour()) {
            return four;
        }
        return address.isAny() && !isSixOnly() ? four | six : six;
    }

    /** Whether what comes to an address of this host is for this socket, as far as its own address goes. */
    final boolean hears(NetAddress address) {
        return local.address().isAny()
                ? (reach(local.address()) & (address.isFour() ? 1 : 2)) != 0
                : local.address().equals(address);
    }

    /** How well it fits: a socket that is bound to the very address comes before one that hears many. */
    final int fit() {
        return (local.address().isAny() ? 0 : 2) + (options.family == AF_INET ? 1 : 0);
    }
}
