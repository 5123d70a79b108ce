package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRBAND;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * One end of a socket pair of AF_UNIX that keeps the bounds of messages: unix(7). Java has no channel for that, and a
 * pair has no name by which another process could find it; so the messages are in memory. What has a name cannot be
 * reached from here.
 */
final class MessagePairEnd extends NioEndpoint {
    private static final int IN = POLLIN | POLLRDNORM;
    private static final int OUT = POLLOUT | POLLWRNORM | POLLWRBAND;
    private static final SockaddrUn UNNAMED = new SockaddrUn(new byte[0]);

    /** What Linux takes of the buffer for a short message, besides its bytes. */
    private static final int OVERHEAD = 767;
    private static final int HEADROOM = 32;

    private static final int SHUT_RD = 0;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private final boolean isConnection;
    /** Guards what follows, of both ends. */
    private final Object pair;

    /** Null once the other one of two without a connection was found to be closed. */
    private MessagePairEnd other;
    /** What has come. */
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>(0);
    /** The size of all that, as the sender's buffer counts it. */
    private int held;
    private boolean isReadShut;
    private boolean isWriteShut;
    private boolean isGone;
    private int error;

    private MessagePairEnd(int type, Object pair) {
        super(AF_UNIX, type, 0);
        isConnection = type == SOCK_SEQPACKET;
        this.pair = pair;
    }

    /** socketpair(2) for SOCK_DGRAM or SOCK_SEQPACKET. */
    static EndpointPair open(int type) {
        Object pair = new Object();
        MessagePairEnd first = new MessagePairEnd(type, pair);
        MessagePairEnd second = new MessagePairEnd(type, pair);
        first.other = second;
        second.other = first;
        return new EndpointPair(first, second);
    }

    /** {@inheritDoc} There is none. */
    @Override
    SelectableChannel channel() {
        return null;
    }

    // What needs a name

    @Override
    public void bind(SocketAddress local) throws StackException {
        throw refused(Errno.EOPNOTSUPP);
    }

    @Override
    public void listen(int backlog) throws StackException {
        throw refused(isConnection ? Errno.EINVAL : Errno.EOPNOTSUPP);
    }

    private StackException refused(int errno) {
        return new StackException(isClosed() ? Errno.EBADF : errno);
    }

    @Override
    public int connect(SocketAddress remote) {
        return isClosed() ? -Errno.EBADF : isConnection ? -Errno.EISCONN : -Errno.EOPNOTSUPP;
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        return isClosed() ? -Errno.EBADF : isConnection ? -Errno.EINVAL : -Errno.EOPNOTSUPP;
    }

    @Override
    boolean isListening() {
        return false;
    }

    @Override
    boolean isBound() {
        return false;
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        ensureOpen();
        return UNNAMED;
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        ensureOpen();
        synchronized (pair) {
            if (other == null) {
                throw new StackException(Errno.ENOTCONN);
            }
            return UNNAMED;
        }
    }

    // Out

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        if (isClosed()) {
            return -Errno.EBADF;
        }
        if ((flags & ~SEND_FLAGS) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        MessagePairEnd to;
        synchronized (pair) {
            int refusal = refusal(count);
            if (refusal != 0) {
                return refusal;
            }
            to = other;
            to.messages.add(Arrays.copyOfRange(from, at, at + count));
            to.held += count + OVERHEAD;
        }
        to.refreshPollers();
        return count;
    }

    /** Why a message of this size cannot be sent: a negated errno, or 0. */
    private int refusal(int count) {
        if (other == null) {
            return -Errno.ENOTCONN;
        }
        if (isWriteShut || isConnection && (other.isGone || other.isReadShut)) {
            return -Errno.EPIPE;
        }
        if (count > options().bufferOfMessages() - HEADROOM) {
            return -Errno.EMSGSIZE;
        }
        if (other.isGone) {
            other = null;
            return -Errno.ECONNREFUSED;
        }
        if (other.isReadShut) {
            return -Errno.EPIPE;
        }
        return other.held < options().bufferOfMessages() ? 0 : -Errno.EAGAIN;
    }

    /** {@inheritDoc} A connection has no use for the address, and nothing that has one can be reached. */
    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        return isConnection || isClosed() ? send(from, at, count, flags) : -Errno.EOPNOTSUPP;
    }

    // In

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        int length = receive(into, at, count, flags);
        return length > count && (flags & MSG_TRUNC) == 0 ? count : length;
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        int received = recv(into, at, count, flags);
        if (received >= 0) {
            from.set(null);
        }
        return received;
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        int length = receive(message.into(), message.at(), message.count(), flags);
        if (length >= 0) {
            message.set(length > message.count() ? MSG_TRUNC : 0, List.of(), false, null);
        }
        return length > message.count() && (flags & MSG_TRUNC) == 0 ? message.count() : length;
    }

    /** Receives, and returns the length of the whole message, or a negated errno. */
    private int receive(byte[] into, int at, int count, int flags) {
        if (isClosed()) {
            return -Errno.EBADF;
        }
        if ((flags & ~RECEIVE_FLAGS) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        MessagePairEnd sender;
        byte[] message;
        synchronized (pair) {
            if (error != 0) {
                return -takeError();
            }
            message = messages.peek();
            if (message == null) {
                return isConnection && isReadShut ? 0 : -Errno.EAGAIN;
            }
            if ((flags & MSG_PEEK) == 0) {
                messages.remove();
                held -= message.length + OVERHEAD;
            }
            sender = other;
        }
        System.arraycopy(message, 0, into, at, Math.min(count, message.length));
        if (sender != null) {
            sender.refreshPollers();
        }
        return message.length;
    }

    // The end

    @Override
    public void shutdown(int how) throws StackException {
        ensureOpen();
        if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR) {
            throw new StackException(Errno.EINVAL);
        }
        MessagePairEnd told;
        synchronized (pair) {
            shut(how != SHUT_WR, how != SHUT_RD);
            told = other;
            if (told != null && isConnection) {
                told.shut(how != SHUT_RD, how != SHUT_WR);
            }
        }
        refreshPollers();
        if (told != null) {
            told.refreshPollers();
        }
    }

    private void shut(boolean read, boolean write) {
        isReadShut |= read;
        isWriteShut |= write;
    }

    @Override
    void closing() {
        MessagePairEnd told;
        synchronized (pair) {
            isGone = true;
            told = other;
            if (told != null && isConnection) {
                told.shut(true, true);
                told.error = messages.isEmpty() ? told.error : Errno.ECONNRESET;
            }
            messages.clear();
            held = 0;
        }
        if (told != null) {
            told.refreshPollers();
        }
    }

    @Override
    int takeError() {
        synchronized (pair) {
            int last = error;
            error = 0;
            return last;
        }
    }

    // For pollers

    @Override
    int interest(int asked) {
        return 0;
    }

    @Override
    int events(int asked, int ready) {
        synchronized (pair) {
            int now = messages.isEmpty() && !isReadShut ? 0 : IN;
            now |= error == 0 ? 0 : POLLERR;
            now |= isReadShut ? POLLRDHUP : 0;
            now |= isReadShut && isWriteShut ? POLLHUP : 0;
            // Linux says so only while a quarter of the buffer is used at most.
            boolean hasRoom = other == null || 4L * other.held <= options().bufferOfMessages();
            return hasRoom ? now | OUT : now;
        }
    }

    @Override
    public String toString() {
        return "MessagePairEnd[" + (isConnection ? "packets" : "datagrams") + "]";
    }
}
