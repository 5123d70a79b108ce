package io.github.pysockets.python;

import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.StackException;
import java.util.function.IntSupplier;

/**
 * Makes descriptors, and where the process is out of them looks first whether dropped sockets can be collected. Scripts written for CPython count on
 * a dropped socket being closed at once; here it is closed when the collector gets to it.
 */
final class ThriftyMaking {
    private static final int ROUNDS = 5;
    private static final long PAUSE_MILLIS = 20;

    static {
        FolderClasses.load();
    }

    private ThriftyMaking() {}

    @FunctionalInterface
    interface Making<T> {
        T make() throws StackException;
    }

    static <T> T make(Making<T> making) throws StackException {
        StackException last;
        int round = 0;
        do {
            try {
                return making.make();
            } catch (StackException failure) {
                last = failure;
            }
        } while (isShortage(last.errno()) && round++ < ROUNDS && collect());
        throw last;
    }

    /** As {@link #make}, for a call that gives its failure as a negated errno. */
    static int number(IntSupplier making) {
        int round = 0;
        int result;
        do {
            result = making.getAsInt();
        } while (isShortage(-result) && round++ < ROUNDS && collect());
        return result;
    }

    private static boolean isShortage(int errno) {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }

    /** Lets the collector run, and the cleaner after it. False once interrupted. */
    private static boolean collect() {
        System.gc();
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
