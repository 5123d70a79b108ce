package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A stream socket, of TCP or AF_UNIX. A channel of Java is a client's or a listener's from the start, and a connection
 * that failed leaves a closed one. A socket is neither. So its channel is replaced by another one when it turns out
 * what the socket is.
 */
final class StreamEndpoint extends NioEndpoint {
    private static final int SHUT_RD = 0;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private static final int IN = POLLIN | POLLRDNORM;
    private static final int OUT = POLLOUT | POLLWRNORM;

    /** What is sent by one call of the channel, which needs as much memory outside the heap. */
    private static final int CHUNK = 1 << 17;

    private enum State {
        UNCONNECTED, LISTENING, CONNECTING,
        /** The attempt to connect has failed. The next connect says so, and then the socket is as new. */
        FAILED,
        CONNECTED
    }

    private volatile State state;
    /** Replaced with the lock held. */
    private volatile SocketChannel socket;
    /** Null except while listening. */
    private volatile ServerSocketChannel server;
    /** Of this connection, or of the next one. Replaced with the channel. */
    private volatile StreamInput input = new StreamInput(this);

    // Guarded by the lock.
    /** What bind was given, or an earlier channel was found to have; null for nothing. */
    private java.net.SocketAddress bound;
    /** The name of a socket of AF_UNIX. */
    private SockaddrUn name = JavaAddress.UNNAMED;
    private SockaddrUn peerName = JavaAddress.UNNAMED;
    /** A positive errno for SO_ERROR. */
    private volatile int error;
    /** Whether a call of connect has returned 0. */
    private boolean isConnectReported;
    /** Whether SO_ERROR has told that it is connected. */
    private boolean isOutcomeTold;

    /** Whether nothing was sent since it got connected: then there is room for sure. */
    private volatile boolean isUntouched;
    private volatile boolean isReadShut;
    private volatile boolean isWriteShut;

    /** What the other end of a pair tells, and what this end tells it. Null for other sockets. */
    private volatile PairLink otherEnd;
    private volatile PairLink thisEnd;

    private StreamEndpoint(int family, int type, int protocol, SocketChannel socket, State state) {
        super(family, type, protocol);
        this.socket = socket;
        this.state = state;
    }

    static StreamEndpoint open(int family, int type, int protocol) throws StackException {
        return new StreamEndpoint(family, type, protocol, newSocket(family), State.UNCONNECTED);
    }

    private static SocketChannel newSocket(int family) throws StackException {
        SocketChannel made;
        try {
            made = SocketChannel.open(javaFamily(family));
        } catch (UnsupportedOperationException noSuchFamily) {
            throw new StackException(Errno.EAFNOSUPPORT);
        } catch (IOException failure) {
            throw new StackException(ExceptionErrno.of(failure, Call.OPEN));
        }
        unblock(made);
        return made;
    }

    private static void unblock(SelectableChannel channel) throws StackException {
        try {
            channel.configureBlocking(false);
        } catch (IOException failure) {
            closeQuietly(channel);
            throw new StackException(ExceptionErrno.of(failure, Call.OPEN));
        }
    }

    private static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException failure) {
            // There was nothing in it.
        }
    }

    /** A connection that is there already. */
    static StreamEndpoint connected(int family, int type, int protocol, SocketChannel channel) throws StackException {
        unblock(channel);
        StreamEndpoint made = new StreamEndpoint(family, type, protocol, channel, State.CONNECTED);
        made.isConnectReported = true;
        made.isUntouched = true;
        return made;
    }

    /** Makes this an end of a pair. */
    void linkTo(PairLink other, PairLink mine) {
        otherEnd = other;
        thisEnd = mine;
    }

    @Override
    SelectableChannel channel() {
        ServerSocketChannel listener = server;
        return listener == null ? socket : listener;
    }

    @Override
    boolean isListening() {
        return state == State.LISTENING;
    }

    @Override
    boolean isBound() {
        return bound != null || name != JavaAddress.UNNAMED || state != State.UNCONNECTED;
    }

    private boolean isUnix() {
        return family() == AF_UNIX;
    }

    // bind, listen, accept

    @Override
    public void bind(SocketAddress local) throws StackException {
        synchronized (lock) {
            ensureOpen();
            java.net.SocketAddress address = java(local);
            if (isBound()) {
                throw new StackException(Errno.EINVAL);
            }
            refuseAnyOfIpv6Only(address);
            try {
                socket.bind(address);
                bound = socket.getLocalAddress();
            } catch (IOException | RuntimeException failure) {
                throw new StackException(bindErrno(address, failure));
            }
            name = local instanceof SockaddrUn unix ? new SockaddrUn(JavaAddress.untilZero(unix.path())) : name;
        }
    }

    private int bindErrno(java.net.SocketAddress address, Exception failure) {
        int errno = errno(failure, Call.BIND);
        return ExceptionErrno.isClear(failure) ? errno : LikelyErrno.ofBind(address, errno);
    }

    /**
     * Such a socket would also get what comes by IPv4, and keep others from the port there. The errno is that of a
     * family without addresses, for which servers of asyncio go on with the other family.
     */
    private void refuseAnyOfIpv6Only(java.net.SocketAddress address) throws StackException {
        boolean isAny = address instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress();
        if (isAny && options().isOfIpv6Only()) {
            throw new StackException(Errno.EADDRNOTAVAIL);
        }
    }

    @Override
    public void listen(int backlog) throws StackException {
        synchronized (lock) {
            ensureOpen();
            if (state == State.LISTENING) {
                // Only the length of the queue could change.
                return;
            }
            if (state != State.UNCONNECTED || isUnix() && bound == null) {
                throw new StackException(Errno.EINVAL);
            }
            if (bound == null && options().isOfIpv6Only()) {
                throw new StackException(Errno.EADDRNOTAVAIL);
            }
            try {
                server = Listeners.replace(this, socket, bound, backlog);
            } catch (IOException | RuntimeException failure) {
                int errno = errno(failure, Call.BIND);
                if (!socket.isOpen()) {
                    renew();
                }
                throw new StackException(errno);
            }
            state = State.LISTENING;
            try {
                release(socket);
            } catch (IOException failure) {
                // It is closed, and there was nothing in it.
            }
        }
        refreshPollers();
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        ServerSocketChannel listener = server;
        if (isClosed() || listener == null) {
            return isClosed() ? -Errno.EBADF : -Errno.EINVAL;
        }
        SocketChannel channel;
        try {
            channel = listener.accept();
        } catch (IOException | RuntimeException failure) {
            return server == null && !isClosed() ? -Errno.EINVAL : -errno(failure, Call.ACCEPT);
        }
        if (channel == null) {
            return -Errno.EAGAIN;
        }
        try {
            StreamEndpoint endpoint = connected(family(), options().type(), options().protocol(), channel);
            java.net.SocketAddress peer = channel.getRemoteAddress();
            synchronized (lock) {
                options().inheritTo(endpoint.options(), listener);
                endpoint.name = name;
            }
            if (isUnix()) {
                endpoint.peerName = (SockaddrUn) from(peer);
            }
            accepted.set(endpoint, from(peer));
            return 0;
        } catch (StackException failure) {
            return -failure.errno();
        } catch (IOException | RuntimeException failure) {
            closeQuietly(channel);
            return -errno(failure, Call.ACCEPT);
        }
    }

    // connect

    @Override
    public int connect(SocketAddress remote) {
        synchronized (lock) {
            if (isClosed()) {
                return -Errno.EBADF;
            }
            if (remote instanceof SockaddrOther other && other.family() == AF_UNSPEC) {
                return disconnect();
            }
            finishConnect();
            return switch (state) {
                case LISTENING -> isUnix() ? -Errno.EINVAL : -Errno.EISCONN;
                case CONNECTING -> -Errno.EALREADY;
                case CONNECTED -> connectAgain();
                case FAILED -> {
                    int reason = takeErrorOf(Errno.ECONNABORTED);
                    forgetConnection();
                    yield -reason;
                }
                case UNCONNECTED -> beginConnect(remote);
            };
        }
    }

    private int connectAgain() {
        if (!isConnectReported && input.isBroken()) {
            int reason = input.takeFailure();
            forgetConnection();
            renew();
            return reason == 0 ? -Errno.ECONNABORTED : -reason;
        }
        boolean wasReported = isConnectReported;
        isConnectReported = true;
        return wasReported ? -Errno.EISCONN : 0;
    }

    private void forgetConnection() {
        state = State.UNCONNECTED;
        isReadShut = false;
        isWriteShut = false;
        isConnectReported = false;
        isOutcomeTold = false;
    }

    private int beginConnect(SocketAddress remote) {
        java.net.SocketAddress address;
        try {
            address = JavaAddress.reachable(java(remote));
        } catch (StackException refused) {
            return -refused.errno();
        }
        boolean isOfOtherVersion =
                remote instanceof SockaddrIn6 inet6 && JavaAddress.isMapped(inet6.high(), inet6.low());
        if (isOfOtherVersion && options().isOfIpv6Only()) {
            return -Errno.ENETUNREACH;
        }
        error = 0;
        try {
            boolean isConnected = socket.connect(address);
            if (isUnix()) {
                return isConnected ? unixConnected((SockaddrUn) remote) : fullQueue();
            }
            state = State.CONNECTING;
            // On this host the outcome is known by now.
            finishConnect();
            return -Errno.EINPROGRESS;
        } catch (StackException goneAlready) {
            return 0;
        } catch (IOException | RuntimeException failure) {
            int errno = connectErrno(address, failure);
            renew();
            return -errno;
        }
    }

    private int unixConnected(SockaddrUn remote) throws StackException {
        peerName = new SockaddrUn(JavaAddress.untilZero(remote.path()));
        isConnectReported = true;
        isUntouched = true;
        state = State.CONNECTED;
        // It may have been shut down before there was somebody to tell.
        shutDown(isReadShut, isWriteShut);
        return 0;
    }

    /** Java takes this for a connection under way, which it is not. */
    private int fullQueue() {
        renew();
        return -Errno.EAGAIN;
    }

    private int connectErrno(java.net.SocketAddress address, Exception failure) {
        int errno = errno(failure, Call.CONNECT);
        return ExceptionErrno.isClear(failure) ? errno : LikelyErrno.ofConnect(address, errno);
    }

    /** Looks for the outcome of a connection that is under way. */
    private void finishConnect() {
        if (state != State.CONNECTING) {
            return;
        }
        try {
            if (socket.finishConnect()) {
                isUntouched = true;
                state = State.CONNECTED;
            }
        } catch (IOException | RuntimeException failure) {
            error = errno(failure, Call.CONNECT);
            renew();
            state = State.FAILED;
        }
    }

    /** A new channel in place of one that failed, bound as that was. */
    private void renew() {
        SocketChannel last = socket;
        try {
            release(last);
        } catch (IOException failure) {
            // It is closed.
        }
        if (isClosed()) {
            return;
        }
        peerName = JavaAddress.UNNAMED;
        try {
            socket = newSocket(family());
            input = new StreamInput(this);
            options().applyTo(socket);
            if (bound instanceof InetSocketAddress) {
                socket.bind(bound);
            }
        } catch (StackException | IOException | RuntimeException failure) {
            // What needs it will fail, and say so.
            bound = null;
        }
        refreshPollers();
    }

    /** connect(2) to an address of AF_UNSPEC. */
    private int disconnect() {
        if (isUnix()) {
            return -Errno.EINVAL;
        }
        if (state == State.LISTENING) {
            stopListening();
        } else if (state != State.UNCONNECTED) {
            resetPeer();
            error = state == State.CONNECTED ? Errno.ECONNRESET : 0;
            forgetConnection();
            renew();
        }
        return 0;
    }

    private void resetPeer() {
        try {
            socket.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | RuntimeException failure) {
            // It has no peer.
        }
    }

    private void stopListening() {
        ServerSocketChannel last = server;
        server = null;
        state = State.UNCONNECTED;
        try {
            release(last);
        } catch (IOException failure) {
            // It is closed.
        }
        renew();
    }

    // Data

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        Objects.checkFromIndexSize(at, count, from.length);
        if ((flags & ~SEND_FLAGS) != 0) {
            boolean isUrgent = (flags & ~SEND_FLAGS) == MSG_OOB && !isUnix();
            return isUrgent ? sendUrgent(from, at, count, flags & ~MSG_OOB) : -Errno.EOPNOTSUPP;
        }
        if (state != State.CONNECTED || isWriteShut || input.isBroken()) {
            int refusal = refuseSend();
            if (refusal != 0) {
                return refusal;
            }
        }
        if (count > 0) {
            isUntouched = false;
        }
        int sent = 0;
        do {
            int part = Math.min(count - sent, CHUNK);
            try {
                int written = socket.write(ByteBuffer.wrap(from, at + sent, part));
                sent += written;
                if (written < part) {
                    break;
                }
            } catch (IOException | RuntimeException failure) {
                // What was sent counts. The next call reports the failure.
                return sent > 0 ? sent : sendErrno(failure);
            }
        } while (sent < count);
        return sent == 0 && count > 0 ? -Errno.EAGAIN : sent;
    }

    /** The last byte is the urgent one; the others are as any. */
    private int sendUrgent(byte[] from, int at, int count, int flags) {
        int before = Math.max(count - 1, 0);
        int sent = send(from, at, before, flags);
        if (sent < before || count == 0) {
            return sent;
        }
        try {
            isUntouched = false;
            boolean isSent = UrgentData.send(socket, from[at + before]);
            return isSent ? count : before > 0 ? before : -Errno.EAGAIN;
        } catch (IOException | RuntimeException failure) {
            return before > 0 ? before : sendErrno(failure);
        }
    }

    private int sendErrno(Exception failure) {
        int errno = errno(failure, Call.WRITE);
        boolean isShutMeanwhile = errno == Errno.EBADF && !isClosed();
        return isShutMeanwhile ? -Errno.EPIPE : -errno;
    }

    /** Why nothing can be sent; 0 if it can. */
    private int refuseSend() {
        synchronized (lock) {
            if (isClosed()) {
                return -Errno.EBADF;
            }
            finishConnect();
            return switch (state) {
                case CONNECTING -> -Errno.EAGAIN;
                case CONNECTED -> {
                    int failure = input.takeFailure();
                    yield failure != 0 ? -failure : isWriteShut ? -Errno.EPIPE : 0;
                }
                case FAILED -> -takeErrorOf(Errno.EPIPE);
                case UNCONNECTED, LISTENING -> isUnix() ? -Errno.ENOTCONN : -Errno.EPIPE;
            };
        }
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        if (isUnix()) {
            Objects.checkFromIndexSize(at, count, from.length);
            return isClosed() ? -Errno.EBADF : state == State.CONNECTED ? -Errno.EISCONN : -Errno.EOPNOTSUPP;
        }
        // TCP has no use for the address.
        return send(from, at, count, flags);
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        Objects.checkFromIndexSize(at, count, into.length);
        if ((flags & ~RECEIVE_FLAGS) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (state != State.CONNECTED) {
            int refusal = refuseReceive();
            if (refusal <= 0) {
                return refusal;
            }
        }
        int received = input.receive(socket, into, at, count, flags, isReadShut);
        if ((flags & MSG_TRUNC) != 0 && received > 0 && !isUnix()) {
            // TCP then only counts.
            Arrays.fill(into, at, at + received, (byte) 0);
        }
        return received;
    }

    /** Why nothing can be received: 0 or a negated errno; 1 if it can. */
    private int refuseReceive() {
        synchronized (lock) {
            if (isClosed()) {
                return -Errno.EBADF;
            }
            finishConnect();
            return switch (state) {
                case CONNECTING -> -Errno.EAGAIN;
                case CONNECTED -> 1;
                case FAILED -> -takeErrorOf(0);
                case UNCONNECTED, LISTENING -> isUnix() ? -Errno.EINVAL : -Errno.ENOTCONN;
            };
        }
    }

    private int takeErrorOf(int otherwise) {
        int last = error;
        error = 0;
        return last == 0 ? otherwise : last;
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        int received = recv(into, at, count, flags);
        if (received >= 0) {
            from.set(sender());
        }
        return received;
    }

    /** The name of the peer, which AF_UNIX tells with the data where it has one. */
    private SocketAddress sender() {
        if (!isUnix()) {
            return null;
        }
        synchronized (lock) {
            return peerName.path().length == 0 ? null : peerName;
        }
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        int received = recv(message.into(), message.at(), message.count(), flags);
        if (received >= 0) {
            message.set(0, List.of(), false, sender());
        }
        return received;
    }

    // The end

    @Override
    public void shutdown(int how) throws StackException {
        if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR) {
            ensureOpen();
            throw new StackException(Errno.EINVAL);
        }
        boolean read = how != SHUT_WR;
        boolean write = how != SHUT_RD;
        PairLink mine;
        synchronized (lock) {
            ensureOpen();
            finishConnect();
            switch (state) {
                case UNCONNECTED -> {
                    // It is so from now on, said or not.
                    isReadShut |= read;
                    isWriteShut |= write;
                    if (!isUnix()) {
                        refreshPollers();
                        throw new StackException(Errno.ENOTCONN);
                    }
                }
                case FAILED -> throw new StackException(Errno.ENOTCONN);
                case LISTENING -> {
                    if (read) {
                        stopListening();
                    }
                }
                case CONNECTING -> {
                    state = State.UNCONNECTED;
                    renew();
                }
                case CONNECTED -> {
                    if (input.isBroken() && !isUnix()) {
                        throw new StackException(Errno.ENOTCONN);
                    }
                    shutDown(read, write);
                }
            }
            mine = thisEnd;
        }
        if (mine != null) {
            mine.shutDown(read, write);
            otherEnd.end().refreshPollers();
        }
        refreshPollers();
    }

    private void shutDown(boolean read, boolean write) throws StackException {
        try {
            if (write) {
                isWriteShut = true;
                socket.shutdownOutput();
            }
            if (read) {
                if (isUnix()) {
                    // The peer is told. What is there can still be read.
                    input.drain(socket);
                    socket.shutdownInput();
                }
                isReadShut = true;
            }
        } catch (IOException | RuntimeException failure) {
            throw failed(failure, Call.OTHER);
        }
    }

    @Override
    void closing() {
        PairLink mine = thisEnd;
        if (mine != null) {
            mine.close();
        }
    }

    // What it is

    @Override
    int takeError() {
        finishConnect();
        int last = takeErrorOf(0);
        if (last != 0 || state != State.CONNECTED) {
            return last;
        }
        // Who has just connected asks this, and need not look.
        if (!input.hasSome() && (isOutcomeTold || !isUntouched)) {
            input.look(socket);
        }
        isOutcomeTold = true;
        return input.takeFailure();
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        synchronized (lock) {
            ensureOpen();
            finishConnect();
            if (isUnix()) {
                return name;
            }
            try {
                return from(networkChannel().getLocalAddress());
            } catch (IOException failure) {
                throw failed(failure, Call.OTHER);
            }
        }
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        synchronized (lock) {
            ensureOpen();
            finishConnect();
            if (state != State.CONNECTED) {
                throw new StackException(Errno.ENOTCONN);
            }
            if (isUnix()) {
                return peerName;
            }
            try {
                return from(socket.getRemoteAddress());
            } catch (IOException failure) {
                throw failed(failure, Call.OTHER);
            }
        }
    }

    // For pollers

    @Override
    int interest(int asked) {
        return switch (state) {
            case LISTENING -> (asked & IN) == 0 ? 0 : OP_ACCEPT;
            case CONNECTING -> OP_CONNECT;
            case CONNECTED -> (asked & OUT) == 0 ? inputInterest(asked) : OP_WRITE | inputInterest(asked);
            case UNCONNECTED, FAILED -> 0;
        };
    }

    private int inputInterest(int asked) {
        StreamInput of = input;
        if (of.isOver() || isReadShut) {
            return 0;
        }
        boolean awaitsData = (asked & IN) != 0 && !of.hasSome();
        return awaitsData || looksForTheEnd(asked) && of.mayLookFurther() ? OP_READ : 0;
    }

    /** Whether a wait that has nothing else to end it is to notice the end of the stream. */
    private static boolean looksForTheEnd(int asked) {
        return (asked & POLLRDHUP) != 0 || (asked & (IN | OUT)) == 0;
    }

    @Override
    int events(int asked, int ready) {
        if (state == State.CONNECTING && (ready & OP_CONNECT) != 0) {
            synchronized (lock) {
                finishConnect();
            }
        }
        return switch (state) {
            case UNCONNECTED -> OUT | POLLHUP | (isReadShut ? IN | POLLRDHUP : 0) | (error == 0 ? 0 : POLLERR);
            case LISTENING -> (ready & OP_ACCEPT) == 0 ? 0 : IN;
            case CONNECTING -> 0;
            case FAILED -> IN | OUT | POLLRDHUP | POLLHUP | (error == 0 ? 0 : POLLERR);
            case CONNECTED -> connectedEvents(asked, ready);
        };
    }

    private int connectedEvents(int asked, int ready) {
        StreamInput of = input;
        boolean isReadable = (ready & OP_READ) != 0;
        if (isReadable && looksForTheEnd(asked)) {
            if ((asked & IN) == 0) {
                of.lookFar(socket);
            } else {
                of.look(socket);
            }
            isReadable = false;
        }
        PairLink other = otherEnd;
        boolean noInput = of.isOver() || isReadShut || other != null && other.sendsNoMore();
        boolean noOutput = of.isBroken() || isWriteShut || other != null && other.readsNoMore();
        int now = isReadable || noInput || of.hasSome() ? IN : 0;
        now |= isUntouched || noOutput || (ready & OP_WRITE) != 0 ? OUT : 0;
        now |= noInput ? POLLRDHUP : 0;
        now |= noInput && noOutput ? POLLHUP : 0;
        now |= of.isBroken() && of.hasFailed() ? POLLERR : 0;
        return now;
    }

    @Override
    public String toString() {
        return "StreamEndpoint[" + (isUnix() ? "unix" : family() == AF_INET ? "inet" : "inet6") + ", " + state + "]";
    }
}
