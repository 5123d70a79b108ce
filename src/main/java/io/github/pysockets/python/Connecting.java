package io.github.pysockets.python;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.MessageFlags.MSG_FASTOPEN;
import static io.github.pysockets.abi.Protocols.IPPROTO_SCTP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketOptions.TCP_FASTOPEN_CONNECT;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.Protocols;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * Connects one socket: by connect(2), or by a first send as TCP Fast Open does (RFC 7413).
 *
 * <p>The stack's calls never wait, so they report a connection in progress where the kernel's own blocking call would
 * wait for the outcome. That wait is made here.
 */
final class Connecting {
    private final PySocket on;

    /** The peer of a connection that the first send begins, as TCP_FASTOPEN_CONNECT asks for; otherwise null. */
    private volatile SocketAddress deferredTo;

    Connecting(PySocket on) {
        this.on = on;
    }

    /** Whether the next send begins the connection. */
    boolean isDeferred() {
        return deferredTo != null;
    }

    /** Connects, and waits for the outcome as the timeout allows. */
    int connect(SocketAddress remote) {
        return BlockingCalls.within(on.descriptor(), descriptor -> {
            Endpoint endpoint = descriptor.endpoint();
            int result = endpoint.connect(remote);
            if (result == -Errno.EINPROGRESS) {
                int soon = on.timeout() < 0 && isInetStream() ? outcomeAtOnce(endpoint, remote) : -Errno.EALREADY;
                return soon == -Errno.EALREADY ? outcome(descriptor, remote) : soon;
            }
            if (on.timeout() >= 0 || result == 0) {
                deferredTo = result == 0 && isDeferredBy(endpoint) ? remote : null;
                return result;
            }
            if (result == -Errno.EALREADY) {
                int decided = outcome(descriptor, remote);
                return decided == -Errno.EINPROGRESS ? result : decided;
            }
            return result == -Errno.EAGAIN && remote instanceof SockaddrUn
                    ? on.calls()
                            .retryWithBackoff(on, descriptor, Direction.CONNECT_QUEUE, () -> endpoint.connect(remote))
                    : result;
        });
    }

    /** TCP reports at once that it is connected only where it has sent nothing yet. */
    private boolean isDeferredBy(Endpoint endpoint) {
        if (!isInetStream()) {
            return false;
        }
        try {
            return endpoint.getOption(Protocols.IPPROTO_TCP, TCP_FASTOPEN_CONNECT) != 0;
        } catch (StackException notTcp) {
            return false;
        }
    }

    private boolean isInetStream() {
        boolean isInet = on.family() == AF_INET || on.family() == AF_INET6;
        return isInet && on.isStream() && on.protocol() != IPPROTO_SCTP;
    }

    /**
     * The outcome of a connection that has just begun, without a wait; {@code -EALREADY} if there is none yet. Within a
     * machine the peer's kernel has answered by the time that connect(2) returns, so that asking again is all it takes.
     */
    private static int outcomeAtOnce(Endpoint endpoint, SocketAddress remote) {
        try {
            if (endpoint.isNonBlocking()) {
                return -Errno.EALREADY;
            }
        } catch (StackException failure) {
            return -Errno.EALREADY;
        }
        return again(endpoint, remote);
    }

    /** Connects once more, which reports the outcome; {@code -EALREADY} if there is none yet. */
    private static int again(Endpoint endpoint, SocketAddress remote) {
        int result = endpoint.connect(remote);
        // Families that move on by themselves.
        return result == -Errno.EISCONN ? 0 : result;
    }

    private int outcome(Descriptor descriptor, SocketAddress remote) {
        return on.calls().outcome(on, descriptor, () -> outcome(descriptor.endpoint(), remote));
    }

    /**
     * The outcome of a connection that was in progress: SO_ERROR, as CPython asks it. In blocking mode it also connects
     * again: the kernel then moves on to "connected", or to "unconnected" and ready for another attempt, as its own
     * blocking connect does.
     */
    private int outcome(Endpoint endpoint, SocketAddress remote) {
        int error;
        try {
            error = endpoint.getOption(SOL_SOCKET, SO_ERROR);
        } catch (StackException failure) {
            error = failure.errno();
        }
        if (on.timeout() >= 0) {
            return -error;
        }
        if (error != 0) {
            if (isInetStream()) {
                // Reports that the attempt was aborted. The families without this state would begin a new one.
                endpoint.connect(remote);
            }
            return -error;
        }
        int result = again(endpoint, remote);
        return result == -Errno.EALREADY ? -Errno.EAGAIN : result;
    }

    /**
     * Sends, and waits as the kernel would where this begins a connection.
     *
     * @param first sends the first part
     * @param to the receiver's address; null for none
     */
    int send(BlockingCalls.Transfer first, SocketAddress to, byte[] from, int at, int count, int flags) {
        SocketAddress remote = (flags & MSG_FASTOPEN) != 0 && to != null && isInetStream() ? to : deferredTo;
        if (remote == null) {
            return on.calls().send(on, first, Endpoint::send, from, at, count, flags);
        }
        deferredTo = null;
        return on.calls().send(on, new FirstSend(first, remote), Connecting::sendMore, from, at, count, flags);
    }

    private static int sendMore(Endpoint endpoint, byte[] from, int at, int count, int flags) {
        return endpoint.send(from, at, count, flags & ~MSG_FASTOPEN);
    }

    /** A send that begins a connection. Repeated, it sends on that connection. */
    private final class FirstSend implements BlockingCalls.Transfer {
        private final BlockingCalls.Transfer first;
        private final SocketAddress remote;
        private boolean isConnected;

        FirstSend(BlockingCalls.Transfer first, SocketAddress remote) {
            this.first = first;
            this.remote = remote;
        }

        @Override
        public int move(Endpoint endpoint, byte[] from, int at, int count, int flags) {
            if (isConnected) {
                return sendMore(endpoint, from, at, count, flags);
            }
            int sent = first.move(endpoint, from, at, count, flags);
            boolean hasBegun = sent >= 0 || sent == -Errno.EINPROGRESS;
            if (!hasBegun
                    || WaitLimit.deadline(on.calls().clock(), endpoint, on.timeout(), flags, Direction.CONNECT) == null
                    || on.timeout() >= 0) {
                return sent;
            }
            int decided = outcome(on.descriptor(), remote);
            if (decided < 0) {
                return decided == -Errno.EINPROGRESS ? sent : decided;
            }
            isConnected = true;
            return sent >= 0 ? sent : sendMore(endpoint, from, at, count, flags);
        }
    }
}
