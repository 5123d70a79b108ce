package io.github.pysockets.cli;

import io.github.pysockets.PySockets;
import io.github.pysockets.abi.Errno;

/**
 * The descriptor of {@code signal.set_wakeup_fd}: gets the number of each signal with a handler, to wake a select or an
 * event loop. As in CPython, the number is written where the signal arrives, before its handler runs.
 */
final class WakeupDescriptor {
    private static final int NONE = -1;

    private int descriptor = NONE;
    private boolean warns;
    private int failure;

    /** Sets the descriptor, {@code -1} for none, and returns the one before. */
    synchronized int set(int newDescriptor, boolean warnsOfFullBuffer) {
        int before = descriptor;
        descriptor = newDescriptor;
        warns = warnsOfFullBuffer;
        return before;
    }

    /**
     * Writes the number of a signal, if there is a descriptor for it.
     *
     * @param sockets of the script: those of some stacks are no descriptors of the process
     */
    synchronized void write(int signal, PySockets sockets) {
        if (descriptor == NONE) {
            return;
        }
        int errno = NativeSignals.write(descriptor, (byte) signal);
        if (errno == Errno.EBADF && sockets != null) {
            errno = sockets.sendNow(descriptor, (byte) signal);
        }
        if (errno != 0 && (warns || errno != Errno.EAGAIN)) {
            failure = errno;
        }
    }

    /** The errno of the last write that failed and was not reported yet, or 0. */
    synchronized int takeFailure() {
        int errno = failure;
        failure = 0;
        return errno;
    }
}
