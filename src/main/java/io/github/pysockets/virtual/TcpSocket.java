package io.github.pysockets.virtual;

import static io.github.pysockets.abi.MessageFlags.MSG_ERRQUEUE;
import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A socket of TCP: tcp(7). What it tells, and when, is Linux's. */
final class TcpSocket extends InetSocket {
    private static final int SO_OOBINLINE = (int) Constants.number("SO_OOBINLINE");
    private static final int SO_RCVLOWAT = (int) Constants.number("SO_RCVLOWAT");
    private static final int TCP_SYNCNT = (int) Constants.number("TCP_SYNCNT");
    private static final int TCP_USER_TIMEOUT = (int) Constants.number("TCP_USER_TIMEOUT");
    private static final int SOMAXCONN = (int) Constants.number("SOMAXCONN");

    /** How long Linux looks for a neighbor that is not there: arp(7), three probes a second apart. */
    private static final long NEIGHBOR_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Null unless connected or connecting, or once it has been. */
    private TcpConnection connection;
    /** Whether connect has told that the connection is there. */
    private boolean isConnectTold;
    private boolean isReadShut;
    private boolean isWriteShut;

    // As a listener
    private boolean isListening;
    private int backlog;
    private final Queue<TcpSocket> accepted = new ArrayDeque<>();
    /** Those whose handshake is under way. */
    private final Set<TcpConnection> asked = new HashSet<>();

    TcpSocket(Node node, OptionValues options) {
        super(node, options, node.tcpPorts());
    }

    @Override
    boolean sharesPort() {
        return !isListening;
    }

    @Override
    boolean takesGroups() {
        return false;
    }

    @Override
    boolean isListening() {
        return isListening;
    }

    int synRetries() {
        return options.number(IPPROTO_TCP, TCP_SYNCNT);
    }

    /** In nanoseconds; 0 for the usual. */
    long userTimeout() {
        return TimeUnit.MILLISECONDS.toNanos(options.number(IPPROTO_TCP, TCP_USER_TIMEOUT));
    }

    @Override
    void setOption(int level, int name, byte[] value) throws StackException {
        super.setOption(level, name, value);
        if (connection != null) {
            connection.keepAliveChanged();
        }
    }

    // Readiness

    private boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    private boolean isConnecting() {
        return connection != null && connection.isConnecting();
    }

    /** Linux's state CLOSE: never connected, or over. */
    private boolean isClosed() {
        return !isListening && (connection == null || connection.isClosed());
    }

    private boolean isReadOver() {
        return isReadShut || connection != null && connection.isOver();
    }

    @Override
    int ready() {
        if (isListening) {
            return accepted.isEmpty() ? 0 : ReadyMask.READABLE;
        }
        int ready = error() != 0 ? POLLERR : 0;
        boolean readOver = isReadOver();
        if (isClosed() || readOver && isWriteShut) {
            ready |= POLLHUP;
        }
        if (readOver) {
            ready |= ReadyMask.READABLE | POLLRDHUP;
        }
        if (isConnecting()) {
            return ready;
        }
        if (connection != null && connection.available() >= lowWater()) {
            ready |= ReadyMask.READABLE;
        }
        if (connection != null && connection.urgent().hasByte()) {
            ready |= POLLPRI;
        }
        if (isWriteShut || connection == null || connection.isClosed() || connection.isWritable()) {
            ready |= ReadyMask.WRITABLE;
        }
        return ready;
    }

    boolean readsUrgentInline() {
        return options.isOn(SOL_SOCKET, SO_OOBINLINE);
    }

    private int lowWater() {
        return Math.clamp(options.number(SOL_SOCKET, SO_RCVLOWAT), 1, options.receiveBuffer() / 2);
    }

    // Connecting

    @Override
    int connect(SocketAddress address) {
        try {
            if (isUnspecified(address)) {
                disconnect();
                return 0;
            }
            NetPort to = destination(read(address));
            if (isListening) {
                return -Errno.EISCONN;
            }
            if (connection == null) {
                return start(to);
            }
            return connection.isClosed() ? failed() : goOn();
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    private int goOn() {
        if (connection.isConnecting()) {
            return -Errno.EALREADY;
        }
        if (isConnectTold) {
            return -Errno.EISCONN;
        }
        isConnectTold = true;
        return 0;
    }

    /** Tells why there is no connection; after that, another one may be asked for. */
    private int failed() throws StackException {
        if (isConnectTold) {
            return -Errno.EISCONN;
        }
        int failure = takeError();
        disconnect();
        return failure == 0 ? -Errno.ECONNABORTED : failure;
    }

    private int start(NetPort to) throws StackException {
        if (to.address().isMulticast() || to.address().equals(NetAddress.BROADCAST)) {
            throw new StackException(Errno.ENETUNREACH);
        }
        NetAddress source = isBound() && !local().address().isAny()
                ? local().address()
                : node.sourceFor(to.address());
        bindToAny(Errno.EADDRNOTAVAIL);
        TcpPath path = new TcpPath(new NetPort(source, local().port()), to);
        if (node.isConnected(path)) {
            return -Errno.EADDRNOTAVAIL;
        }
        settle(source);
        isReadShut = false;
        isWriteShut = false;
        Node peer = node.route(to.address());
        connection = TcpConnection.ask(this, peer, path);
        if (peer == null) {
            loseAfterAWhile(connection);
        }
        changed();
        return -Errno.EINPROGRESS;
    }

    private void loseAfterAWhile(TcpConnection lost) {
        world.schedule(new Event() {
            @Override
            void fire() {
                if (lost == connection && lost.isConnecting()) {
                    lost.fail(Errno.EHOSTUNREACH);
                }
            }
        }, NEIGHBOR_NANOS);
    }

    private void disconnect() {
        stopListening();
        if (connection != null) {
            TcpConnection former = connection;
            connection = null;
            former.reset();
            if (!isNamed()) {
                unbind();
            }
        }
        isConnectTold = false;
        isReadShut = false;
        isWriteShut = false;
        changed();
    }

    /** @param errno 0 for none */
    void connectionEnded(int errno) {
        if (errno != 0) {
            fail(errno);
        }
        isReadShut = true;
        isWriteShut = true;
        if (!isNamed() && !isConnectTold && errno != 0) {
            // A port that was chosen for a connection that never was.
            unbind();
        }
        changed();
    }

    // Listening

    @Override
    void listen(int asFor) throws StackException {
        if (connection != null && !connection.isClosed()) {
            throw new StackException(Errno.EINVAL);
        }
        bindToAny(Errno.EADDRINUSE);
        backlog = asFor < 0 ? SOMAXCONN : Math.min(asFor, SOMAXCONN);
        if (!isListening) {
            connection = null;
            isListening = true;
            try {
                checkPort();
            } catch (StackException taken) {
                isListening = false;
                throw taken;
            }
            changed();
        }
    }

    /** Somebody asks for a connection. Who finds no room asks again. */
    void connectionCame(TcpSegment first) {
        if (accepted.size() <= backlog && asked.size() <= SOMAXCONN) {
            asked.add(TcpConnection.answer(this, first, node.faults().get(local().port())));
        }
    }

    /** A handshake is over. False if there is no room for the connection. */
    boolean admit(TcpConnection established) {
        if (accepted.size() > backlog) {
            return false;
        }
        asked.remove(established);
        TcpSocket socket = new TcpSocket(node, new OptionValues(options));
        socket.adopt(established.path().local());
        socket.connection = established;
        socket.isConnectTold = true;
        established.become(socket);
        accepted.add(socket);
        changed();
        return true;
    }

    /** A handshake has failed. */
    void dropped(TcpConnection unfinished) {
        asked.remove(unfinished);
    }

    @Override
    int accept(AcceptedHolder holder) {
        if (!isListening) {
            return -Errno.EINVAL;
        }
        TcpSocket socket = accepted.poll();
        if (socket == null) {
            return -Errno.EAGAIN;
        }
        holder.set(new VirtualEndpoint(socket), socket.show(socket.connection.path().remote()));
        return 0;
    }

    private void stopListening() {
        if (isListening) {
            isListening = false;
            List.copyOf(asked).forEach(TcpConnection::reset);
            asked.clear();
            for (TcpSocket each : new ArrayList<>(accepted)) {
                each.abort();
            }
            accepted.clear();
        }
    }

    private void abort() {
        connection.become(null);
        connection.reset();
        unbind();
    }

    // Out

    @Override
    int send(byte[] from, int at, int count, int flags, SocketAddress to) {
        if (error() != 0) {
            return takeError();
        }
        if (isWriteShut || isListening || connection == null || connection.isClosed()) {
            return -Errno.EPIPE;
        }
        if (isConnecting()) {
            return -Errno.EAGAIN;
        }
        int length = Math.min(count, connection.room());
        if (length == 0 && count > 0) {
            return -Errno.EAGAIN;
        }
        connection.write(from, at, length, (flags & MSG_OOB) != 0);
        return length;
    }

    // In

    @Override
    int receive(byte[] into, int at, int count, int flags, AddressHolder from) {
        if ((flags & MSG_ERRQUEUE) != 0) {
            return -Errno.EAGAIN;
        }
        if ((flags & MSG_OOB) != 0 && !isListening) {
            return receiveUrgent(into, at, count, flags);
        }
        if (isListening || connection == null && !isReadShut) {
            return -Errno.ENOTCONN;
        }
        if (from != null) {
            from.set(null);
        }
        if (count == 0) {
            return 0;
        }
        int length = connection == null
                ? 0
                : connection.read(into, at, count, (flags & MSG_TRUNC) != 0, (flags & MSG_PEEK) != 0);
        if (length > 0) {
            return length;
        }
        if (connection != null && connection.isOver()) {
            return 0;
        }
        if (error() != 0) {
            return takeError();
        }
        return isReadShut ? 0 : -Errno.EAGAIN;
    }

    /** The urgent byte alone. */
    private int receiveUrgent(byte[] into, int at, int count, int flags) {
        UrgentMark urgent = connection == null || readsUrgentInline() ? null : connection.urgent();
        if (urgent != null && urgent.hasByte()) {
            byte received = urgent.receive((flags & MSG_PEEK) != 0);
            if (count > 0 && (flags & MSG_TRUNC) == 0) {
                into[at] = received;
            }
            return Math.min(count, 1);
        }
        if (urgent == null || !urgent.isMissing()) {
            return -Errno.EINVAL;
        }
        return isReadOver() || connection.isClosed() ? 0 : -Errno.EAGAIN;
    }

    @Override
    int receiveMessage(IncomingMessage message, int flags) {
        boolean isUrgent = (flags & MSG_OOB) != 0 && connection != null && connection.urgent().hasByte();
        int result = receive(message.into(), message.at(), message.count(), flags, null);
        if (result >= 0) {
            int cut = isUrgent && result == 0 ? MSG_TRUNC : 0;
            message.set(isUrgent ? MSG_OOB | cut : 0, List.of(), false, null);
        }
        return result;
    }

    // The end

    @Override
    void shutdown(int how) throws StackException {
        Shutdown ended = Shutdown.of(how);
        if (isListening) {
            if (ended.reading()) {
                stopListening();
                changed();
            }
            return;
        }
        if (isClosed()) {
            throw new StackException(Errno.ENOTCONN);
        }
        if (isConnecting()) {
            connection.fail(0);
            return;
        }
        isReadShut |= ended.reading();
        isWriteShut |= ended.writing();
        if (ended.writing()) {
            connection.finish();
        }
        changed();
    }

    @Override
    void close() {
        stopListening();
        if (connection != null && !connection.isClosed()) {
            connection.abandon(options.resetsOnClose());
        }
        unbind();
    }

    @Override
    SocketAddress peerAddress() throws StackException {
        if (!isOpen()) {
            throw new StackException(Errno.ENOTCONN);
        }
        return show(connection.path().remote());
    }
}
