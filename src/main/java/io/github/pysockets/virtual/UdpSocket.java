package io.github.pysockets.virtual;

import static io.github.pysockets.abi.MessageFlags.MSG_ERRQUEUE;
import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.Protocols.IPPROTO_IP;
import static io.github.pysockets.abi.Protocols.IPPROTO_IPV6;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** A socket of UDP: udp(7). */
final class UdpSocket extends InetSocket {
    private static final int SO_BROADCAST = (int) Constants.number("SO_BROADCAST");
    private static final int MOST_IPV4 = 65_507;
    private static final int MOST_IPV6 = 65_527;
    /** What the kernel counts for a datagram besides its bytes, about. */
    private static final int OVERHEAD = 512;

    private static final int IP_MULTICAST_TTL = (int) Constants.number("IP_MULTICAST_TTL");
    private static final int IP_MULTICAST_LOOP = (int) Constants.number("IP_MULTICAST_LOOP");
    private static final int IPV6_MULTICAST_HOPS = (int) Constants.number("IPV6_MULTICAST_HOPS");
    private static final int IPV6_MULTICAST_LOOP = (int) Constants.number("IPV6_MULTICAST_LOOP");

    private final Memberships memberships;
    private final Queue<UdpDatagram> queue = new ArrayDeque<>();
    private int queued;
    private int underWay;
    private NetPort remote;
    private boolean isReadShut;
    private boolean isWriteShut;

    UdpSocket(Node node, OptionValues options) {
        super(node, options, node.udpPorts());
        memberships = new Memberships(node);
    }

    @Override
    boolean sharesPort() {
        return true;
    }

    @Override
    boolean takesGroups() {
        return true;
    }

    @Override
    void close() {
        unbind();
        queue.clear();
    }

    @Override
    void setOption(int level, int name, byte[] value) throws StackException {
        if (level == IPPROTO_IPV6 && !isSix() || !memberships.set(level, name, value)) {
            super.setOption(level, name, value);
        }
    }

    @Override
    int ready() {
        int ready = queue.isEmpty() && !isReadShut ? 0 : ReadyMask.READABLE;
        ready |= 2 * underWay < options.sendBuffer() ? ReadyMask.WRITABLE : 0;
        ready |= error() != 0 ? POLLERR : 0;
        ready |= isReadShut ? POLLRDHUP : 0;
        return ready | (isReadShut && isWriteShut ? POLLHUP : 0);
    }

    @Override
    int connect(SocketAddress address) {
        try {
            if (isUnspecified(address)) {
                disconnect();
                return 0;
            }
            NetPort to = destination(read(address));
            NetAddress source = node.sourceFor(to.address());
            bindToAny(Errno.EAGAIN);
            settle(source);
            remote = to;
            return 0;
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    private void disconnect() {
        remote = null;
        if (!isNamed()) {
            unbind();
        }
    }

    // Out

    @Override
    int send(byte[] from, int at, int count, int flags, SocketAddress to) {
        if ((flags & MSG_OOB) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        try {
            NetPort target = to == null ? remote : destination(read(to));
            if (target == null) {
                return -Errno.EDESTADDRREQ;
            }
            if (target.port() == 0) {
                return -Errno.EINVAL;
            }
            if (count > (target.address().isFour() ? MOST_IPV4 : MOST_IPV6)) {
                return -Errno.EMSGSIZE;
            }
            if (error() != 0) {
                return takeError();
            }
            if (isWriteShut) {
                return -Errno.EPIPE;
            }
            if (target.address().equals(NetAddress.BROADCAST) && !options.isOn(SOL_SOCKET, SO_BROADCAST)) {
                return -Errno.EACCES;
            }
            if (underWay >= options.sendBuffer()) {
                return -Errno.EAGAIN;
            }
            NetAddress source = sourceFor(target.address());
            bindToAny(Errno.EAGAIN);
            byte[] data = Arrays.copyOfRange(from, at, at + count);
            for (Node receiver : receivers(target.address())) {
                send(new UdpDatagram(node, receiver, new NetPort(source, local().port()), target, data, this));
            }
            return count;
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    private NetAddress sourceFor(NetAddress target) throws StackException {
        return isBound() && !local().address().isAny() && !local().address().isMulticast()
                ? local().address()
                : node.sourceFor(target);
    }

    /** Where a datagram goes; null in place of a host that does not exist. */
    private List<Node> receivers(NetAddress target) {
        if (!target.isMulticast()) {
            return node.receivers(target);
        }
        boolean isFour = target.isFour();
        boolean loops = isFour
                ? options.isOn(IPPROTO_IP, IP_MULTICAST_LOOP)
                : options.isOn(IPPROTO_IPV6, IPV6_MULTICAST_LOOP);
        int hops = isFour
                ? options.number(IPPROTO_IP, IP_MULTICAST_TTL)
                : options.number(IPPROTO_IPV6, IPV6_MULTICAST_HOPS);
        return node.members(target).stream().filter(each -> each == node ? loops : hops != 0).toList();
    }

    boolean isMember(NetAddress group) {
        return memberships.isMember(group);
    }

    private void send(UdpDatagram datagram) {
        underWay += datagram.data.length + OVERHEAD;
        node.transmit(datagram);
    }

    /** A datagram of this socket's is no longer under way. */
    void left(UdpDatagram datagram) {
        underWay -= datagram.data.length + OVERHEAD;
        changed();
    }

    // In

    /** Negative if a datagram is not for this socket; otherwise the more, the better it fits. */
    int fitFor(UdpDatagram datagram) {
        boolean isFor = (!datagram.destination.address().isMulticast()
                || memberships.isMember(datagram.destination.address()))
                && hears(datagram.destination.address())
                && (remote == null || remote.equals(datagram.source));
        return isFor ? fit() + (remote == null ? 0 : 4) : -1;
    }

    /** Takes a datagram, unless the buffer is full: then it is dropped. */
    void take(UdpDatagram datagram) {
        if (queued + OVERHEAD + datagram.data.length <= options.receiveBuffer() || queue.isEmpty()) {
            queue.add(datagram);
            queued += datagram.data.length + OVERHEAD;
            changed();
        }
    }

    /** A datagram of this host's was not delivered. Only who is connected to the receiver is told. */
    void refused(UdpDatagram datagram, int errno) {
        if (datagram.destination.equals(remote)) {
            fail(errno);
            changed();
        }
    }

    /** The next datagram, which stays if it is only looked at; null for none. */
    private UdpDatagram next(int flags) {
        if ((flags & MSG_PEEK) != 0) {
            return queue.peek();
        }
        UdpDatagram next = queue.poll();
        if (next != null) {
            queued -= next.data.length + OVERHEAD;
        }
        return next;
    }

    private int nothing(int flags) {
        if ((flags & (MSG_ERRQUEUE | MSG_OOB)) != 0) {
            return (flags & MSG_OOB) != 0 ? -Errno.EOPNOTSUPP : -Errno.EAGAIN;
        }
        if (error() != 0) {
            return takeError();
        }
        return queue.isEmpty() && !isReadShut ? -Errno.EAGAIN : 0;
    }

    @Override
    int receive(byte[] into, int at, int count, int flags, AddressHolder from) {
        int failure = nothing(flags);
        UdpDatagram datagram = failure < 0 ? null : next(flags);
        if (datagram == null) {
            return failure;
        }
        if (from != null) {
            from.set(show(datagram.source));
        }
        int length = Math.min(count, datagram.data.length);
        System.arraycopy(datagram.data, 0, into, at, length);
        return (flags & MSG_TRUNC) != 0 ? datagram.data.length : length;
    }

    @Override
    int receiveMessage(IncomingMessage message, int flags) {
        AddressHolder from = new AddressHolder();
        UdpDatagram next = queue.peek();
        int result = receive(message.into(), message.at(), message.count(), flags, from);
        if (result >= 0) {
            boolean isCut = next != null && next.data.length > message.count();
            message.set(isCut ? MSG_TRUNC : 0, List.of(), false, from.get());
        }
        return result;
    }

    // The end

    @Override
    void shutdown(int how) throws StackException {
        Shutdown asked = Shutdown.of(how);
        if (remote == null) {
            throw new StackException(Errno.ENOTCONN);
        }
        isReadShut |= asked.reading();
        isWriteShut |= asked.writing();
        changed();
    }

    @Override
    SocketAddress peerAddress() throws StackException {
        if (remote == null) {
            throw new StackException(Errno.ENOTCONN);
        }
        return show(remote);
    }
}
