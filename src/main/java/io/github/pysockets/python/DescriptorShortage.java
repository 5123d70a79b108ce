package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.StackException;
import java.util.function.IntSupplier;

/**
 * Makes descriptors. When the process has none left, first checks whether dropped sockets can be collected. Scripts
 * written for CPython rely on a dropped socket being closed at once; here it is closed when it is collected.
 */
final class DescriptorShortage {
    /** More than one, because other threads may be quicker to take what came back. */
    private static final int ROUNDS = 10;

    private DescriptorShortage() {}

    @FunctionalInterface
    interface Making<T> {
        T make() throws StackException;
    }

    static <T> T make(Making<T> making) throws StackException {
        for (int round = 1;; round++) {
            long mark = Reclaiming.mark();
            try {
                T made = making.make();
                if (round > 1) {
                    // A stack may have said why it failed before.
                    FailureText.clear();
                }
                return made;
            } catch (StackException failure) {
                if (!isShortage(failure.errno()) || round > ROUNDS || !reclaims(mark, failure.errno(), true)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * As {@link #make}, for accept(2). Its caller has other connections to serve and comes back to this one. An event
     * loop may ask a hundred times in a row, and must not wait each time.
     */
    static int accept(IntSupplier making) {
        for (int round = 1;; round++) {
            long mark = Reclaiming.mark();
            int result = making.getAsInt();
            if (!isShortage(-result) || round > ROUNDS || !reclaims(mark, -result, false)) {
                return result;
            }
        }
    }

    private static boolean reclaims(long mark, int errno, boolean isPatient) {
        // A limit of the application's says which one it is.
        return Reclaiming.run(mark, FailureText.peek(errno) != null, isPatient);
    }

    private static boolean isShortage(int errno) {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }
}
