package io.github.pysockets.virtual;

import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Queue;

/** A socket of AF_UNIX with connections: SOCK_STREAM, or SOCK_SEQPACKET, which keeps the bounds of messages. */
final class UnixStreamSocket extends UnixSocket {
    private static final int SOMAXCONN = (int) Constants.number("SOMAXCONN");
    /** A stream's bytes go in pieces of this size. */
    private static final int PIECE = 32_768;

    /** Null unless connected. It stays when the peer is closed. */
    private UnixStreamSocket peer;
    private SockaddrUn peerName;

    private boolean isListening;
    private int backlog;
    private final Queue<UnixStreamSocket> accepted = new ArrayDeque<>();

    UnixStreamSocket(Node node, OptionValues options) {
        super(node, options);
    }

    private boolean isStream() {
        return options.type == SOCK_STREAM;
    }

    @Override
    boolean isListening() {
        return isListening;
    }

    @Override
    int ready() {
        int ready = commonReady();
        if (isListening) {
            return ready & ~ReadyMask.WRITABLE | (accepted.isEmpty() ? 0 : ReadyMask.READABLE);
        }
        return peer == null ? ready | POLLHUP : ready;
    }

    // Connecting

    /** Joins two new sockets: socketpair(2). */
    static void join(UnixStreamSocket one, UnixStreamSocket other) {
        one.peer = other;
        other.peer = one;
    }

    @Override
    int connect(SocketAddress remote) {
        try {
            UnixSocket found = find(remote);
            if (isListening) {
                return -Errno.EINVAL;
            }
            if (peer != null) {
                return -Errno.EISCONN;
            }
            UnixStreamSocket listener = (UnixStreamSocket) found;
            if (!listener.isListening || listener.isReadShut()) {
                return -Errno.ECONNREFUSED;
            }
            if (listener.accepted.size() > listener.backlog) {
                return -Errno.EAGAIN;
            }
            listener.connected(this);
            return 0;
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    private void connected(UnixStreamSocket client) {
        UnixStreamSocket end = new UnixStreamSocket(node, new OptionValues(options));
        end.inheritName(name());
        end.peerName = client.name();
        client.peerName = name();
        join(end, client);
        accepted.add(end);
        changed();
        client.changed();
    }

    @Override
    void listen(int asFor) throws StackException {
        if (name() == null || peer != null) {
            throw new StackException(Errno.EINVAL);
        }
        isListening = true;
        backlog = asFor < 0 ? SOMAXCONN : Math.min(asFor, SOMAXCONN);
        changed();
    }

    @Override
    int accept(AcceptedHolder holder) {
        if (!isListening || isReadShut()) {
            return -Errno.EINVAL;
        }
        UnixStreamSocket socket = accepted.poll();
        if (socket == null) {
            return -Errno.EAGAIN;
        }
        holder.set(new VirtualEndpoint(socket), show(socket.peerName));
        return 0;
    }

    // Out

    @Override
    int send(byte[] from, int at, int count, int flags, SocketAddress to, PassedSockets passed) {
        if ((flags & MSG_OOB) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (to != null && isStream()) {
            return peer == null ? -Errno.EOPNOTSUPP : -Errno.EISCONN;
        }
        if (peer == null) {
            return -Errno.ENOTCONN;
        }
        if (isWriteShut() || peer.isClosed() || peer.isReadShut()) {
            return -Errno.EPIPE;
        }
        if (!isStream() && count > mostInOne()) {
            return -Errno.EMSGSIZE;
        }
        if (!hasRoom()) {
            return -Errno.EAGAIN;
        }
        if (!isStream()) {
            put(peer, Arrays.copyOfRange(from, at, at + count), passed);
            return count;
        }
        return sendPieces(from, at, count, passed);
    }

    /** What goes along goes with the first piece. */
    private int sendPieces(byte[] from, int at, int count, PassedSockets passed) {
        int sent = 0;
        while (sent < count && hasRoom()) {
            int length = Math.min(Math.min(count - sent, PIECE), mostInOne() / 2);
            byte[] piece = Arrays.copyOfRange(from, at + sent, at + sent + length);
            put(peer, piece, sent == 0 ? passed : PassedSockets.NONE);
            sent += length;
        }
        return sent;
    }

    // In

    @Override
    int receive(byte[] into, int at, int count, int flags, Received received) {
        if ((flags & MSG_OOB) != 0) {
            return isStream() ? -Errno.EINVAL : -Errno.EOPNOTSUPP;
        }
        if (peer == null) {
            return isStream() ? -Errno.EINVAL : -Errno.ENOTCONN;
        }
        if (peek() == null) {
            return error() != 0 ? takeError() : isReadShut() ? 0 : -Errno.EAGAIN;
        }
        boolean peeks = (flags & MSG_PEEK) != 0;
        received.from = peek().from;
        return isStream()
                ? receiveBytes(into, at, count, peeks, received)
                : receiveOne(into, at, count, flags, peeks, received);
    }

    /** Reads on until there is no more, or something goes along with the bytes. */
    private int receiveBytes(byte[] into, int at, int count, boolean peeks, Received received) {
        int total = 0;
        Iterator<UnixMessage> looked = peeks ? messages() : null;
        UnixMessage message = peeks ? looked.next() : peek();
        do {
            int length = Math.min(count - total, message.left());
            System.arraycopy(message.data, message.read, into, at + total, length);
            total += length;
            received.take(message, peeks);
            if (!peeks) {
                message.read += length;
                if (message.left() == 0) {
                    drop();
                }
            }
            message = peeks ? looked.hasNext() ? looked.next() : null : peek();
        } while (message != null && total < count && received.passed.isEmpty());
        return total;
    }

    private int receiveOne(byte[] into, int at, int count, int flags, boolean peeks, Received received) {
        UnixMessage message = peek();
        int length = Math.min(count, message.data.length);
        System.arraycopy(message.data, 0, into, at, length);
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
        if (peer != null) {
            peer.shut(ended.writing(), ended.reading());
        }
    }

    @Override
    void ended(boolean hasUnread) {
        isListening = false;
        while (!accepted.isEmpty()) {
            UnixStreamSocket unaccepted = accepted.remove();
            unaccepted.peer.fail(Errno.ECONNRESET);
            unaccepted.release();
        }
        if (peer != null) {
            if (hasUnread) {
                peer.fail(Errno.ECONNRESET);
            }
            peer.shut(true, true);
        }
    }

    @Override
    SocketAddress peerAddress() throws StackException {
        if (peer == null) {
            throw new StackException(Errno.ENOTCONN);
        }
        return show(peerName);
    }
}
