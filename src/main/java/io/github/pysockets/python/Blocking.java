package io.github.pysockets.python;

import java.util.function.IntSupplier;

/** How an interpreter is told that a thread waits, so that it can have the thread do something for it meanwhile. */
@FunctionalInterface
public interface Blocking {
    /** Tells nobody. */
    Blocking UNTOLD = (wait, _) -> wait.getAsInt();

    /**
     * Waits.
     *
     * @param wait waits once, and may be called again: it knows its deadline. The result 0 says that nothing came
     * @param wake ends the wait from another thread, with the result 0
     * @return the result of the last wait
     */
    int run(IntSupplier wait, Runnable wake);
}
