package io.github.pysockets.python;

import java.util.function.IntSupplier;

/**
 * How an interpreter is told that a thread waits. So it can have the thread take part in what all threads do together,
 * and end it.
 */
@FunctionalInterface
public interface Blocking {
    /** Tells nobody. */
    Blocking UNTOLD = (wait, _) -> wait.getAsInt();

    /**
     * Waits once.
     *
     * @param wait the wait, whose result 0 says that nothing came. Called at most once
     * @param wake ends the wait from another thread, with the result 0; never waits itself
     * @return the result of the wait; 0 also where it was ended for the thread to take part in something;
     *     {@link Codes#INTERRUPTED} where the interpreter ends the thread
     */
    int run(IntSupplier wait, Runnable wake);
}
