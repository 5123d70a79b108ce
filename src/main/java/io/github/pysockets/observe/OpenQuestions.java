package io.github.pysockets.observe;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * What is still to be learned of what a descriptor stands for: whether it is a socket, and what became of the
 * connection that was begun. Each result of a call may be the answer.
 */
final class OpenQuestions {
    private final Endpoint endpoint;
    private final Observation observation;
    private final SocketRecord socket;

    private volatile boolean areThere;
    /** The connection that is under way; null for none. */
    private ConnectAttempt attempt;
    /** Whether a call of connect may yet confirm what is known: the kernel reports a success once in this way too. */
    private volatile boolean isConfirmationDue;

    OpenQuestions(Endpoint endpoint, Observation observation, SocketRecord socket) {
        this.endpoint = endpoint;
        this.observation = observation;
        this.socket = socket;
        areThere = !socket.isListed();
    }

    /** Whether there are any. Mostly not, so this is what calls that move bytes ask first. */
    boolean areThere() {
        return areThere;
    }

    private synchronized void ask() {
        areThere = attempt != null || !socket.isListed();
    }

    /** Sets the attempt that is under way; null for none. Returns the one before. */
    private synchronized ConnectAttempt follow(ConnectAttempt next) {
        ConnectAttempt before = attempt;
        attempt = next;
        ask();
        return before;
    }

    private synchronized boolean isConnecting() {
        return attempt != null;
    }

    /** A call has succeeded that only sockets have. */
    void used() {
        if (areThere && !socket.isListed()) {
            observation.firstUse(socket, endpoint);
            ask();
        }
    }

    /**
     * The outcome of a call that begins to connect, or asks about a connection that was begun.
     *
     * @return the call's result
     */
    int connectReturned(ConnectAttempt begun, int result, String call) {
        switch (result) {
            case 0 -> {
                used();
                connected(begun);
            }
            case -Errno.EINPROGRESS -> {
                used();
                if (!isConnecting()) {
                    follow(begun);
                }
            }
            case -Errno.EISCONN -> succeeded();
            // Still under way; there is no room in a queue; or an outcome that was told before is confirmed.
            case -Errno.EALREADY, -Errno.EAGAIN, -Errno.ECONNABORTED -> {
                return result;
            }
            default -> {
                if (result < 0 && !observation.refused(call, socket.family(), begun.remote(), -result)) {
                    ConnectAttempt earlier = follow(null);
                    observation.connectFailed(socket, earlier == null ? begun : earlier, -result);
                }
            }
        }
        return result;
    }

    private void connected(ConnectAttempt begun) {
        ConnectAttempt earlier = isConnecting() ? follow(null) : null;
        boolean isKnown = isDisconnection(begun.remote()) || earlier == null && isConfirmationDue;
        isConfirmationDue = false;
        if (!isKnown) {
            observation.connected(socket, earlier == null ? begun : earlier);
        }
    }

    private static boolean isDisconnection(SocketAddress remote) {
        return remote instanceof SockaddrOther other && other.family() == AddressFamilies.AF_UNSPEC;
    }

    /**
     * The outcome of a first send that begins to connect, as TCP Fast Open does.
     *
     * @return the call's result
     */
    int firstSendReturned(ConnectAttempt begun, int result, String call) {
        if (result >= 0) {
            // The bytes may wait for the connection, or be on their way with its first packet.
            follow(begun);
            lookForPeer();
            return result;
        }
        return result == -Errno.EOPNOTSUPP ? result : connectReturned(begun, result, call);
    }

    /** The value of SO_ERROR was asked for, which says what became of the connection. */
    void answeredBy(int error) {
        if (error == 0) {
            lookForPeer();
        } else {
            failed(error);
        }
    }

    /** Bytes were moved. */
    void transferred() {
        if (areThere) {
            used();
            lookForPeer();
        }
    }

    /** Bytes could not be moved, which may be how the script learns that the connection failed. */
    void transferFailed(int errno) {
        if (areThere) {
            switch (errno) {
                case Errno.ECONNREFUSED, Errno.ECONNRESET, Errno.ETIMEDOUT, Errno.ENETUNREACH, Errno.EHOSTUNREACH ->
                    failed(errno);
                default -> {
                    return;
                }
            }
        }
    }

    /** The descriptor is about to be closed. */
    void closing() {
        if (areThere) {
            failed(0);
        }
    }

    /** Finds out whether the attempt under way has succeeded: only then the socket has a peer. */
    private void lookForPeer() {
        if (!isConnecting()) {
            return;
        }
        try {
            endpoint.peerAddress();
        } catch (StackException notYet) {
            return;
        }
        succeeded();
    }

    private void succeeded() {
        ConnectAttempt taken = follow(null);
        if (taken != null) {
            isConfirmationDue = true;
            observation.connected(socket, taken);
        }
    }

    private void failed(int errno) {
        ConnectAttempt taken = follow(null);
        if (taken != null) {
            observation.connectFailed(socket, taken, errno);
        }
    }
}
