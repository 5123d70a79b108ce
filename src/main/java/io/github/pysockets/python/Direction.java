package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.SocketOptions.SO_RCVTIMEO;
import static io.github.pysockets.abi.SocketOptions.SO_SNDTIMEO;

import io.github.pysockets.abi.Errno;

/** What a call waits for. */
enum Direction {
    /** Data of a socket, or the end of its stream. */
    RECEIVE(POLLIN | POLLRDHUP, SO_RCVTIMEO, -Errno.EAGAIN, 0),
    /** A connection. */
    ACCEPT(POLLIN | POLLRDHUP, SO_RCVTIMEO, -Errno.EAGAIN, -Errno.EINVAL),
    /** Data of a file, which need not be a socket. */
    READ(POLLIN, SO_RCVTIMEO, -Errno.EAGAIN, Direction.NONE),
    /** More data for a protocol above the socket, which itself checks for an end that came too early. */
    RECEIVE_MORE(POLLIN | POLLRDHUP, SO_RCVTIMEO, -Errno.EAGAIN, Direction.NONE),
    /** Room for data. */
    SEND(POLLOUT, SO_SNDTIMEO, -Errno.EAGAIN, Direction.NONE),
    /** The outcome of a connection in progress. */
    CONNECT(POLLOUT, SO_SNDTIMEO, -Errno.EINPROGRESS, Direction.NONE),
    /** Room in the queue of a UNIX-domain listener. */
    CONNECT_QUEUE(POLLOUT, SO_SNDTIMEO, -Errno.EAGAIN, Direction.NONE);

    /** For calls where the kernel never reports that nothing more will come. */
    static final int NONE = Integer.MIN_VALUE;

    private final int events;
    private final int kernelTimeout;
    private final int kernelCode;
    private final int hangUp;

    Direction(int events, int kernelTimeout, int kernelCode, int hangUp) {
        this.events = events;
        this.kernelTimeout = kernelTimeout;
        this.kernelCode = kernelCode;
        this.hangUp = hangUp;
    }

    /** The events of poll(2). */
    int events() {
        return events;
    }

    /** The option that limits the wait in blocking mode: SO_RCVTIMEO or SO_SNDTIMEO. */
    int kernelTimeout() {
        return kernelTimeout;
    }

    /** The call's result when that limit is over. */
    int kernelCode() {
        return kernelCode;
    }

    /**
     * The call's result when the kernel reports that nothing more will come but returns {@code -EAGAIN}, as it does to
     * calls that do not wait. {@link #NONE} where that cannot happen.
     */
    int hangUp() {
        return hangUp;
    }
}
