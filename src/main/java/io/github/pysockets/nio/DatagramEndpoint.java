package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A socket of UDP. */
final class DatagramEndpoint extends NioEndpoint {
    private static final int SHUT_RD = 0;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private static final int IN = POLLIN | POLLRDNORM;
    private static final int OUT = POLLOUT | POLLWRNORM;

    /** Room for any datagram. */
    private static final int LARGEST = 1 << 16;
    /** 65,535 bytes of a packet of IPv4 without the headers of IP and UDP. */
    private static final int LARGEST_BY_IPV4 = 65_507;
    /** 65,535 bytes without the header of UDP. */
    private static final int LARGEST_BY_IPV6 = 65_527;
    /** How many datagrams are saved from a connect, which would drop them. */
    private static final int MOST_SAVED = 256;

    private final DatagramChannel channel;
    private final Multicast multicast = new Multicast(this);

    /** Guards what follows, up to the error. Taken after the lock where both are. */
    private final Object inputLock = new Object();
    /** What was read ahead. */
    private final ArrayDeque<Datagram> ahead = new ArrayDeque<>(0);
    /** What a peer that cannot be reached has left: a positive errno. */
    private int error;

    private volatile boolean hasSome;
    private volatile boolean isBound;
    /** Null if not connected. */
    private volatile InetSocketAddress peer;
    private volatile boolean isReadShut;
    private volatile boolean isWriteShut;
    private volatile Target target = new Target(null, null);

    private record Datagram(byte[] data, java.net.SocketAddress from) {}

    /** An address, in both forms. */
    private record Target(SocketAddress address, InetSocketAddress javas) {}

    /** What a call wants to know besides the data. */
    private static final class Envelope {
        private java.net.SocketAddress from;
        private boolean isCut;
    }

    private DatagramEndpoint(int family, int type, int protocol, DatagramChannel channel) {
        super(family, type, protocol);
        this.channel = channel;
    }

    static DatagramEndpoint open(int family, int type, int protocol) throws StackException {
        try {
            DatagramChannel channel = DatagramChannel.open(javaFamily(family));
            channel.configureBlocking(false);
            return new DatagramEndpoint(family, type, protocol, channel);
        } catch (UnsupportedOperationException noSuchFamily) {
            throw new StackException(Errno.EAFNOSUPPORT);
        } catch (IOException failure) {
            throw new StackException(ExceptionErrno.of(failure, Call.OPEN));
        }
    }

    @Override
    DatagramChannel channel() {
        return channel;
    }

    Multicast multicast() {
        return multicast;
    }

    @Override
    boolean isListening() {
        return false;
    }

    @Override
    boolean isBound() {
        return isBound;
    }

    // Addresses

    @Override
    public void bind(SocketAddress local) throws StackException {
        synchronized (lock) {
            ensureOpen();
            java.net.SocketAddress address = java(local);
            if (isBound) {
                throw new StackException(Errno.EINVAL);
            }
            boolean isAny = address instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress();
            if (isAny && options().isOfIpv6Only()) {
                throw new StackException(Errno.EADDRNOTAVAIL);
            }
            try {
                channel.bind(address);
                isBound = true;
            } catch (AlreadyBoundException boundMeanwhile) {
                throw new StackException(Errno.EINVAL);
            } catch (IOException | RuntimeException failure) {
                int errno = errno(failure, Call.BIND);
                throw new StackException(
                        ExceptionErrno.isClear(failure) ? errno : LikelyErrno.ofBind(address, errno));
            }
        }
        refreshPollers();
    }

    @Override
    public void listen(int backlog) throws StackException {
        ensureOpen();
        throw new StackException(Errno.EOPNOTSUPP);
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        return isClosed() ? -Errno.EBADF : -Errno.EOPNOTSUPP;
    }

    @Override
    public int connect(SocketAddress remote) {
        synchronized (lock) {
            if (isClosed()) {
                return -Errno.EBADF;
            }
            try {
                if (remote instanceof SockaddrOther other && other.family() == AF_UNSPEC) {
                    peer = null;
                    channel.disconnect();
                    return 0;
                }
                InetSocketAddress address = (InetSocketAddress) JavaAddress.reachable(java(remote));
                if (options().isOfIpv6Only() && isOfIpv4(remote)) {
                    return -Errno.ENETUNREACH;
                }
                connect(address);
                return 0;
            } catch (StackException refused) {
                return -refused.errno();
            } catch (IOException | RuntimeException failure) {
                return -errno(failure, Call.CONNECT);
            } finally {
                refreshPollers();
            }
        }
    }

    private static boolean isOfIpv4(SocketAddress address) {
        return address instanceof SockaddrIn6 inet6 && JavaAddress.isMapped(inet6.high(), inet6.low());
    }

    private void connect(InetSocketAddress address) throws IOException {
        synchronized (inputLock) {
            save();
            peer = null;
            channel.disconnect();
            channel.connect(address);
            peer = address;
            isBound = true;
        }
    }

    /** Reads ahead what is there. Java's connect drops it, the kernel's does not. */
    private void save() {
        while (isBound && error == 0 && ahead.size() < MOST_SAVED && look()) {
            // The next one.
        }
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        ensureOpen();
        try {
            return from(channel.getLocalAddress());
        } catch (IOException failure) {
            throw failed(failure, Call.OTHER);
        }
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        ensureOpen();
        InetSocketAddress to = peer;
        if (to == null) {
            throw new StackException(Errno.ENOTCONN);
        }
        return from(to);
    }

    // Sending

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        int refusal = refuseSend(from, at, count, flags, peer != null);
        return refusal != 0 ? refusal : sendToPeer(from, at, count);
    }

    private int refuseSend(byte[] from, int at, int count, int flags, boolean hasTarget) {
        Objects.checkFromIndexSize(at, count, from.length);
        if (isClosed()) {
            return -Errno.EBADF;
        }
        if ((flags & ~SEND_FLAGS) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (!hasTarget) {
            return -Errno.EDESTADDRREQ;
        }
        if (isWriteShut) {
            return -Errno.EPIPE;
        }
        if (count > (family() == AF_INET ? LARGEST_BY_IPV4 : LARGEST_BY_IPV6)) {
            return -Errno.EMSGSIZE;
        }
        return hasSome ? -takeKept() : 0;
    }

    /** The error that was found while reading ahead. */
    private int takeKept() {
        synchronized (inputLock) {
            int last = error;
            error = 0;
            note();
            return last;
        }
    }

    private int sendToPeer(byte[] from, int at, int count) {
        if (count == 0) {
            return sendNothing();
        }
        try {
            int sent = channel.write(ByteBuffer.wrap(from, at, count));
            return sent == 0 ? -Errno.EAGAIN : sent;
        } catch (java.nio.channels.NotYetConnectedException disconnectedMeanwhile) {
            return -Errno.EDESTADDRREQ;
        } catch (IOException | RuntimeException failure) {
            return -errno(failure, Call.DATAGRAM);
        }
    }

    /** A connected channel sends no empty datagrams. So it is disconnected while it does. */
    private int sendNothing() {
        synchronized (lock) {
            InetSocketAddress to = peer;
            if (to == null) {
                return -Errno.EDESTADDRREQ;
            }
            synchronized (inputLock) {
                save();
                try {
                    channel.disconnect();
                    try {
                        channel.send(ByteBuffer.allocate(0), to);
                        saveFrom(to);
                    } finally {
                        channel.connect(to);
                    }
                    return 0;
                } catch (IOException | RuntimeException failure) {
                    return -errno(failure, Call.DATAGRAM);
                }
            }
        }
    }

    /** As {@link #save}, while others could send too. */
    private void saveFrom(InetSocketAddress sender) {
        int before = ahead.size();
        save();
        if (ahead.size() > before) {
            List<Datagram> kept = List.copyOf(ahead);
            ahead.clear();
            for (int i = 0; i < kept.size(); i++) {
                if (i < before || kept.get(i).from.equals(sender)) {
                    ahead.add(kept.get(i));
                }
            }
            note();
        }
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        int refusal = refuseSend(from, at, count, flags, true);
        if (refusal != 0) {
            return refusal;
        }
        try {
            InetSocketAddress address = target(to);
            InetSocketAddress connected = peer;
            if (connected != null) {
                // Java's channel, as the sockets of other systems, then sends to nobody else.
                return connected.equals(address) ? sendToPeer(from, at, count) : -Errno.EISCONN;
            }
            if (options().isOfIpv6Only() && isOfIpv4(to)) {
                return -Errno.ENETUNREACH;
            }
            int sent = channel.send(ByteBuffer.wrap(from, at, count), address);
            if (!isBound) {
                isBound = true;
                refreshPollers();
            }
            return sent == 0 && count > 0 ? -Errno.EAGAIN : sent;
        } catch (StackException refused) {
            return -refused.errno();
        } catch (IOException | RuntimeException failure) {
            return -errno(failure, Call.DATAGRAM);
        }
    }

    private InetSocketAddress target(SocketAddress to) throws StackException {
        Target last = target;
        if (to != null && to.equals(last.address)) {
            return last.javas;
        }
        InetSocketAddress address = (InetSocketAddress) JavaAddress.reachable(java(to));
        if (address.getPort() == 0) {
            throw new StackException(Errno.EINVAL);
        }
        target = new Target(to, address);
        return address;
    }

    // Receiving

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        return receive(into, at, count, flags, null);
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        Envelope envelope = new Envelope();
        int received = receive(into, at, count, flags, envelope);
        if (received >= 0) {
            from.set(envelope.from == null ? null : from(envelope.from));
        }
        return received;
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        Envelope envelope = new Envelope();
        envelope.isCut = true;
        int received = receive(message.into(), message.at(), message.count(), flags, envelope);
        if (received >= 0) {
            message.set(
                    envelope.isCut ? MSG_TRUNC : 0, List.of(), false,
                    envelope.from == null ? null : from(envelope.from));
        }
        return received;
    }

    /**
     * @param envelope set to the sender, and if it says that the datagram was cut, to whether it was; may be null
     */
    private int receive(byte[] into, int at, int count, int flags, Envelope envelope) {
        Objects.checkFromIndexSize(at, count, into.length);
        if (isClosed()) {
            return -Errno.EBADF;
        }
        if ((flags & ~RECEIVE_FLAGS) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        synchronized (inputLock) {
            if (error != 0) {
                return -takeKept();
            }
            boolean asksLength = (flags & MSG_TRUNC) != 0 || envelope != null && envelope.isCut;
            if (ahead.isEmpty() && isBound) {
                if ((flags & MSG_PEEK) == 0 && !asksLength && count > 0) {
                    return receiveAtOnce(into, at, count, envelope);
                }
                boolean asksWhole = (flags & (MSG_PEEK | MSG_TRUNC)) != 0;
                look(asksWhole ? LARGEST : Math.min(count, LARGEST - 1) + 1);
            }
            if (error != 0) {
                return -takeKept();
            }
            Datagram datagram = (flags & MSG_PEEK) == 0 ? ahead.poll() : ahead.peek();
            note();
            // Also where it is shut down: it is for the layer above, which waits, to know that nothing will come.
            return datagram == null ? -Errno.EAGAIN : give(datagram, into, at, count, flags, envelope);
        }
    }

    private static int give(Datagram datagram, byte[] into, int at, int count, int flags, Envelope envelope) {
        int length = datagram.data.length;
        int given = Math.min(count, length);
        System.arraycopy(datagram.data, 0, into, at, given);
        if (envelope != null) {
            envelope.from = datagram.from;
            envelope.isCut = length > count;
        }
        return (flags & MSG_TRUNC) == 0 ? given : length;
    }

    /** Without a copy of our own. */
    private int receiveAtOnce(byte[] into, int at, int count, Envelope envelope) {
        ByteBuffer room = ByteBuffer.wrap(into, at, Math.min(count, LARGEST));
        try {
            java.net.SocketAddress sender = channel.receive(room);
            if (sender == null) {
                return -Errno.EAGAIN;
            }
            if (envelope != null) {
                envelope.from = sender;
            }
            return room.position() - at;
        } catch (IOException | RuntimeException failure) {
            return -errno(failure, Call.DATAGRAM);
        }
    }

    /** Reads one datagram ahead. Returns whether there was one. */
    private boolean look() {
        return look(LARGEST);
    }

    /** @param most how many of its bytes are of interest */
    private boolean look(int most) {
        ByteBuffer room = ByteBuffer.allocate(most);
        try {
            java.net.SocketAddress sender = channel.receive(room);
            if (sender != null) {
                ahead.add(new Datagram(Arrays.copyOf(room.array(), room.position()), sender));
                return true;
            }
        } catch (IOException | RuntimeException failure) {
            error = errno(failure, Call.DATAGRAM);
        } finally {
            note();
        }
        return false;
    }

    private void note() {
        hasSome = !ahead.isEmpty() || error != 0;
    }

    @Override
    int takeError() {
        synchronized (inputLock) {
            if (error == 0 && ahead.isEmpty() && peer != null) {
                look();
            }
            return takeKept();
        }
    }

    /** {@inheritDoc} On Linux it also ends waits for a socket that is not connected, with ENOTCONN. */
    @Override
    public void shutdown(int how) throws StackException {
        ensureOpen();
        if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR) {
            throw new StackException(Errno.EINVAL);
        }
        isReadShut |= how != SHUT_WR;
        isWriteShut |= how != SHUT_RD;
        refreshPollers();
        if (peer == null) {
            throw new StackException(Errno.ENOTCONN);
        }
    }

    // For pollers

    @Override
    int interest(int asked) {
        int wanted = (asked & OUT) == 0 || isWriteShut ? 0 : OP_WRITE;
        // A peer that cannot be reached is told unasked.
        boolean looks = isBound && !hasSome && !isReadShut && ((asked & IN) != 0 || peer != null && (asked & OUT) == 0);
        return looks ? wanted | OP_READ : wanted;
    }

    @Override
    int events(int asked, int ready) {
        boolean isReadable = (ready & OP_READ) != 0;
        if (isReadable && (asked & IN) == 0) {
            synchronized (inputLock) {
                if (ahead.isEmpty() && error == 0) {
                    look();
                }
            }
        }
        int now = isReadable || isReadShut ? IN : 0;
        now |= (ready & OP_WRITE) != 0 || isWriteShut ? OUT : 0;
        now |= isReadShut ? POLLRDHUP : 0;
        now |= isReadShut && isWriteShut ? POLLHUP : 0;
        if (hasSome) {
            synchronized (inputLock) {
                now |= ahead.isEmpty() ? 0 : IN;
                now |= error == 0 ? 0 : POLLERR;
            }
        }
        return now;
    }

    @Override
    public String toString() {
        return "DatagramEndpoint[" + (family() == AF_INET ? "inet" : "inet6") + "]";
    }
}
