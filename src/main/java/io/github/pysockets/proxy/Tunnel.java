package io.github.pysockets.proxy;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.Arrays;

/**
 * A connection through a proxy, from the first SYN to the end of the handshake. Duplicates of a descriptor share it.
 *
 * <p>Nothing here waits: whoever calls on the socket, or waits for it, moves the handshake on.
 */
final class Tunnel {
    private static final int SHUT_RDWR = 2;

    private enum State {
        /** On the way to the proxy. */
        CONNECTING,
        /** Talking to it. */
        ASKING,
        CONNECTED,
        FAILED
    }

    private final SocketAddress target;
    private final ProxyHandshake handshake;

    private State state = State.CONNECTING;
    private int wants = POLLOUT;
    private byte[] unsent = {};
    private int sent;
    private int errno;
    private String failureText;
    /** Whether the outcome has been told once, as the kernel tells it once. */
    private boolean isTold;

    /** @param target as the script has it */
    Tunnel(SocketAddress target, ProxyHandshake handshake) {
        this.target = target;
        this.handshake = handshake;
    }

    SocketAddress target() {
        return target;
    }

    /** Whether the connection is not the target's yet. */
    synchronized boolean isUnderWay() {
        return state == State.CONNECTING || state == State.ASKING;
    }

    /** What to wait for, for the proxy: POLLIN or POLLOUT. */
    synchronized int wants() {
        return wants;
    }

    /**
     * Goes on as far as is possible without waiting.
     *
     * @param endpoint the socket below
     * @return 0 once the connection is the target's; {@code -EAGAIN} while it is under way; or the negated errno with
     *     which it has failed
     */
    synchronized int advance(Endpoint endpoint) {
        if (state == State.CONNECTING) {
            int connected = connected(endpoint);
            if (connected < 0) {
                return connected;
            }
            state = State.ASKING;
        }
        if (state == State.FAILED) {
            return failure();
        }
        return state == State.CONNECTED ? 0 : ask(endpoint);
    }

    private int connected(Endpoint endpoint) {
        try {
            int error = endpoint.getOption(SOL_SOCKET, SO_ERROR);
            if (error != 0) {
                return fail(endpoint, error, "on the way to the proxy");
            }
            endpoint.peerAddress();
            return 0;
        } catch (StackException notYet) {
            wants = POLLOUT;
            return notYet.errno() == Errno.ENOTCONN ? -Errno.EAGAIN : fail(endpoint, notYet.errno(), null);
        }
    }

    private int ask(Endpoint endpoint) {
        for (;;) {
            int result = send(endpoint);
            if (result < 0) {
                return result;
            }
            int needs = handshake.needs();
            if (needs == 0) {
                state = State.CONNECTED;
                return 0;
            }
            byte[] bytes = new byte[needs];
            int count = endpoint.recv(bytes, 0, needs, 0);
            if (count == -Errno.EAGAIN) {
                wants = POLLIN;
                return count;
            }
            if (count <= 0) {
                return fail(endpoint, count == 0 ? Errno.ECONNRESET : -count, "by the proxy");
            }
            try {
                handshake.take(Arrays.copyOf(bytes, count));
            } catch (ProxyException refused) {
                return fail(endpoint, refused.errno(), refused.getMessage());
            }
        }
    }

    private int send(Endpoint endpoint) {
        for (;;) {
            if (sent == unsent.length) {
                unsent = handshake.output();
                sent = 0;
                if (unsent.length == 0) {
                    return 0;
                }
            }
            int count = endpoint.send(unsent, sent, unsent.length - sent, 0);
            if (count == -Errno.EAGAIN) {
                wants = POLLOUT;
                return count;
            }
            if (count < 0) {
                return fail(endpoint, -count, "by the proxy");
            }
            sent += count;
        }
    }

    private int fail(Endpoint endpoint, int number, String text) {
        state = State.FAILED;
        errno = number;
        failureText = text;
        try {
            endpoint.shutdown(SHUT_RDWR);
        } catch (StackException notConnected) {
            // It has failed before: nothing can pass through it anyway.
            return failure();
        }
        return failure();
    }

    private int failure() {
        if (isTold) {
            return -Errno.ENOTCONN;
        }
        if (failureText != null) {
            FailureText.leave(errno, failureText);
        }
        return -errno;
    }

    /** The outcome as SO_ERROR gives it: 0 while it is open and where it is good, the errno once. */
    synchronized int error(Endpoint endpoint) {
        int result = advance(endpoint);
        if (state != State.FAILED) {
            return 0;
        }
        boolean wasTold = isTold;
        isTold = true;
        return wasTold ? 0 : -result;
    }

    /** The outcome as a further connect(2) gives it. */
    synchronized int connectAgain(Endpoint endpoint) {
        boolean wasConnected = state == State.CONNECTED;
        int result = advance(endpoint);
        if (wasConnected) {
            // The kernel says once that a connection in progress has come about.
            boolean isFirst = !isTold;
            isTold = true;
            return isFirst ? 0 : -Errno.EISCONN;
        }
        isTold = result != -Errno.EAGAIN;
        return result == -Errno.EAGAIN ? -Errno.EALREADY : result;
    }
}
