package io.github.pysockets.virtual;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;

/** Which directions of a connection shutdown(2) ends. */
enum Shutdown {
    SHUT_RD, SHUT_WR, SHUT_RDWR;

    static Shutdown of(int how) throws StackException {
        if (how < 0 || how >= values().length) {
            throw new StackException(Errno.EINVAL);
        }
        return values()[how];
    }

    boolean reading() {
        return this != SHUT_WR;
    }

    boolean writing() {
        return this != SHUT_RD;
    }
}
