package io.github.pysockets.virtual;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRBAND;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;

/** Events of poll(2) that Linux tells together. */
final class ReadyMask {
    static final int READABLE = POLLIN | POLLRDNORM;
    static final int WRITABLE = POLLOUT | POLLWRNORM | POLLWRBAND;

    private ReadyMask() {}
}
