package io.github.pysockets.quota;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * The attempts of one socket to connect. One that comes too early for the rate is in progress from the start, as all
 * callers know it from the network. It begins when its time has come and somebody waits for the socket or uses it.
 *
 * <p>Thread-safe.
 */
final class ConnectTurn {
    private enum State {
        /** No attempt is known. */
        IDLE,
        /** It may not begin yet. */
        EARLY,
        /** It has begun. Further calls ask for its outcome. */
        BEGUN,
        /** Its failure was reported. TCP reports one more time that it was aborted. */
        FAILED,
        /** It failed right when it began, while nobody could be told. */
        FAILED_UNTOLD,
        /** As {@link #FAILED}, but the socket below knows of no attempt. */
        FAILED_HERE
    }

    private final Endpoint endpoint;
    private final Quota quota;
    private State state = State.IDLE;
    /** Where an early attempt is to connect to; null if the first bytes to be sent begin it. */
    private SocketAddress remote;
    /** When an early attempt may begin. */
    private long due;
    /** The errno for SO_ERROR. */
    private int error;
    /** Whether the socket becomes writable by the outcome, and not because it may send. */
    private boolean awaitsOutcome;

    /** @param endpoint what connects */
    ConnectTurn(Endpoint endpoint, Quota quota) {
        this.endpoint = endpoint;
        this.quota = quota;
    }

    /** connect(2). */
    synchronized int connect(SocketAddress to) {
        return switch (state) {
            case EARLY -> {
                if (isEarly()) {
                    yield -Errno.EALREADY;
                }
                begin();
                yield state == State.BEGUN ? -Errno.EALREADY : -takeError();
            }
            case BEGUN -> ended(endpoint.connect(to));
            case FAILED_UNTOLD -> -takeError();
            case FAILED_HERE -> {
                state = State.IDLE;
                yield -Errno.ECONNABORTED;
            }
            case FAILED -> {
                int result = endpoint.connect(to);
                state = State.IDLE;
                if (result == 0 || result == -Errno.EINPROGRESS) {
                    count();
                    yield ended(result);
                }
                yield result;
            }
            case IDLE -> {
                if (isConnected()) {
                    yield endpoint.connect(to);
                }
                if (!quota.connections().take(1)) {
                    yield refuse(quota);
                }
                long wait = quota.connectionRate() == null ? 0 : quota.connectionRate().reserve();
                if (wait > 0) {
                    delay(to, wait);
                    yield -Errno.EINPROGRESS;
                }
                yield ended(endpoint.connect(to));
            }
        };
    }

    private boolean isConnected() {
        try {
            return endpoint.peerAddress() != null;
        } catch (StackException unconnected) {
            return false;
        }
    }

    /** Counts an attempt that has begun. */
    private void count() {
        quota.connections().take(1);
        if (quota.connectionRate() != null) {
            quota.connectionRate().take(1);
        }
    }

    /** Says why there may be no more connections, and returns how the call fails. */
    static int refuse(Quota quota) {
        FailureText.leave(Errno.ENOBUFS, "the limit of " + quota.connections().limit() + " connections in all");
        return -Errno.ENOBUFS;
    }

    private void delay(SocketAddress to, long wait) {
        state = State.EARLY;
        remote = to;
        due = quota.now() + wait;
        awaitsOutcome = true;
    }

    private int ended(int result) {
        boolean goesOn = result == -Errno.EINPROGRESS || result == -Errno.EALREADY;
        state = goesOn ? State.BEGUN : State.IDLE;
        awaitsOutcome = goesOn;
        return result;
    }

    /** A send that begins a connection: 0 where it may, or a negated errno. */
    synchronized int sendFirst() {
        if (state == State.EARLY) {
            return isHeld() ? Flow.HELD : 0;
        }
        if (state == State.BEGUN) {
            return 0;
        }
        if (!quota.connections().take(1)) {
            return refuse(quota);
        }
        long wait = quota.connectionRate() == null ? 0 : quota.connectionRate().reserve();
        if (wait > 0) {
            delay(null, wait);
            return Flow.HELD;
        }
        state = State.BEGUN;
        return 0;
    }

    /** Whether the socket must do nothing yet. Begins what is due. */
    synchronized boolean isHeld() {
        if (state != State.EARLY) {
            return false;
        }
        if (isEarly()) {
            return true;
        }
        begin();
        return false;
    }

    private boolean isEarly() {
        return due - quota.now() > 0;
    }

    private void begin() {
        state = State.BEGUN;
        if (remote == null) {
            awaitsOutcome = false;
            return;
        }
        int result = endpoint.connect(remote);
        remote = null;
        if (result != 0 && result != -Errno.EINPROGRESS) {
            state = State.FAILED_UNTOLD;
            error = -result;
        }
    }

    /** The nanoseconds until the socket may do something; 0 for now. Begins what is due. */
    synchronized long pause() {
        return isHeld() ? Math.max(1, due - quota.now()) : 0;
    }

    /** Whether the socket becomes writable by the outcome, whatever the limits of sending. */
    synchronized boolean awaitsOutcome() {
        return awaitsOutcome;
    }

    /** The socket sends: it is connected, as far as the caller knows. */
    synchronized void noteSend() {
        awaitsOutcome = false;
    }

    /** The errno for SO_ERROR that the socket below does not know; 0 for none. */
    synchronized int takeError() {
        int taken = error;
        error = 0;
        if (state == State.FAILED_UNTOLD) {
            state = State.FAILED_HERE;
        }
        return taken;
    }

    /** SO_ERROR was read. */
    synchronized void noteError(int errno) {
        if (state == State.EARLY) {
            return;
        }
        awaitsOutcome = false;
        if (state == State.BEGUN && errno != 0) {
            state = State.FAILED;
        }
    }
}
