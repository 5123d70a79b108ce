package io.github.pysockets.virtual;

import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A socket of AF_UNIX without connections: SOCK_DGRAM. */
final class UnixDatagramSocket extends UnixSocket {
    /** net.unix.max_dgram_qlen. */
    private static final int MOST_QUEUED = 10;

    /** Whom it is connected to; null for nobody. */
    private UnixDatagramSocket peer;
    /** Those who have found the queue full. */
    private final Set<UnixDatagramSocket> waiting = new LinkedHashSet<>();

    UnixDatagramSocket(Node node, OptionValues options) {
        super(node, options);
    }

    @Override
    int ready() {
        int ready = commonReady();
        boolean isHeldUp = peer != null && peer.peer != this && peer.isFull();
        if (isHeldUp) {
            peer.waiting.add(this);
        }
        return isHeldUp ? ready & ~ReadyMask.WRITABLE : ready;
    }

    private boolean isFull() {
        return queued() > MOST_QUEUED;
    }

    @Override
    void wasRead() {
        if (!waiting.isEmpty() && !isFull()) {
            List<UnixDatagramSocket> woken = List.copyOf(waiting);
            waiting.clear();
            woken.forEach(OpenSocket::changed);
        }
    }

    // Connecting

    /** Joins two new sockets: socketpair(2). */
    static void join(UnixDatagramSocket one, UnixDatagramSocket other) {
        one.peer = other;
        other.peer = one;
    }

    @Override
    int connect(SocketAddress remote) {
        if (InetSocket.isUnspecified(remote)) {
            peer = null;
            return 0;
        }
        try {
            UnixDatagramSocket found = (UnixDatagramSocket) find(remote);
            if (!found.accepts(this)) {
                return -Errno.EPERM;
            }
            peer = found;
            changed();
            return 0;
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    /** One that is connected hears nobody else. */
    private boolean accepts(UnixDatagramSocket sender) {
        return peer == null || peer == sender;
    }

    // Out

    @Override
    int send(byte[] from, int at, int count, int flags, SocketAddress to, PassedSockets passed) {
        if ((flags & MSG_OOB) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (count > mostInOne()) {
            return -Errno.EMSGSIZE;
        }
        try {
            UnixDatagramSocket receiver = to == null ? peer : (UnixDatagramSocket) find(to);
            return receiver == null
                    ? -Errno.ENOTCONN
                    : send(receiver, Arrays.copyOfRange(from, at, at + count), passed);
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    private int send(UnixDatagramSocket receiver, byte[] data, PassedSockets passed) {
        if (isWriteShut()) {
            return -Errno.EPIPE;
        }
        if (receiver.isClosed()) {
            peer = null;
            changed();
            return -Errno.ECONNREFUSED;
        }
        if (!receiver.accepts(this)) {
            return -Errno.EPERM;
        }
        if (receiver.isReadShut()) {
            return -Errno.EPIPE;
        }
        if (!hasRoom() || receiver.peer != this && receiver.isFull()) {
            return -Errno.EAGAIN;
        }
        put(receiver, data, passed);
        return data.length;
    }

    // In

    @Override
    int receive(byte[] into, int at, int count, int flags, Received received) {
        if ((flags & MSG_OOB) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (error() != 0) {
            return takeError();
        }
        UnixMessage message = peek();
        if (message == null) {
            return isReadShut() ? 0 : -Errno.EAGAIN;
        }
        boolean peeks = (flags & MSG_PEEK) != 0;
        int length = Math.min(count, message.data.length);
        System.arraycopy(message.data, 0, into, at, length);
        received.from = message.from;
        received.take(message, peeks);
        received.flags = length < message.data.length ? MSG_TRUNC : 0;
        if (!peeks) {
            drop();
        }
        return (flags & MSG_TRUNC) != 0 ? message.data.length : length;
    }

    // The end

    @Override
    void shutdown(int how) throws StackException {
        Shutdown ended = Shutdown.of(how);
        shut(ended.reading(), ended.writing());
    }

    @Override
    void ended(boolean hasUnread) {
        if (peer != null && peer.peer == this && hasUnread) {
            peer.fail(Errno.ECONNRESET);
            peer.changed();
        }
        waiting.clear();
    }

    @Override
    SocketAddress peerAddress() throws StackException {
        if (peer == null) {
            throw new StackException(Errno.ENOTCONN);
        }
        return show(peer.name());
    }
}
