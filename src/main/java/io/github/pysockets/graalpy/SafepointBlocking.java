package io.github.pysockets.graalpy;

import com.oracle.truffle.api.TruffleSafepoint;
import io.github.pysockets.python.Blocking;
import io.github.pysockets.python.Codes;
import java.util.function.IntSupplier;

/**
 * Tells Truffle, on which GraalPy is built, of threads that wait in a host call: they then do their part of what all
 * threads of a context do together. Without it, the first use of a regular expression would wait for a thread that
 * waits for a connection, since the language of these expressions is initialized on all threads.
 *
 * <p>Actions with side effects are put off until the thread is back in Python code, as they are without this class:
 * they run Python code, take the interpreter's lock and raise exceptions. All of GraalPy's own are of that kind: calls
 * of signal handlers, finalizers and callbacks of weak references, and requests to give the lock away.
 */
final class SafepointBlocking implements Blocking {
    private SafepointBlocking() {}

    /** Tells nobody where the classes of Truffle cannot be used, as where GraalPy runs in an isolate. */
    static Blocking ifPossible() {
        try {
            Class.forName("com.oracle.truffle.api.TruffleSafepoint", true, SafepointBlocking.class.getClassLoader());
            return new SafepointBlocking();
        } catch (ClassNotFoundException | LinkageError without) {
            return UNTOLD;
        }
    }

    @Override
    public int run(IntSupplier wait, Runnable wake) {
        TruffleSafepoint safepoint = current();
        if (safepoint == null) {
            return wait.getAsInt();
        }
        boolean before = safepoint.setAllowSideEffects(false);
        try {
            return run(safepoint, new Wait(wait, wake));
        } finally {
            safepoint.setAllowSideEffects(before);
        }
    }

    /** Null for a thread that is in no context. */
    private static TruffleSafepoint current() {
        try {
            return TruffleSafepoint.getCurrent();
        } catch (IllegalStateException inNone) {
            return null;
        }
    }

    /** Cancelling a context, and exit from one, throw on each of its threads. They do so again in Python code. */
    @SuppressWarnings("removal")
    private static int run(TruffleSafepoint safepoint, Wait wait) {
        try {
            safepoint.setBlocked(null, wait, wait, null, null, null);
            return wait.result;
        } catch (ThreadDeath atTheEndOfTheContext) {
            return Codes.INTERRUPTED;
        }
    }

    private static final class Wait implements TruffleSafepoint.Interrupter, TruffleSafepoint.Interruptible<Object> {
        private final IntSupplier wait;
        private final Runnable wake;
        private volatile boolean isInterrupted;
        private boolean isOver;
        private int result;

        Wait(IntSupplier wait, Runnable wake) {
            this.wait = wait;
            this.wake = wake;
        }

        @Override
        public void interrupt(Thread thread) {
            isInterrupted = true;
            wake.run();
        }

        @Override
        public void resetInterrupted() {
            isInterrupted = false;
        }

        /**
         * Called again after each interrupt. It does not wait again: what ended the wait may have been a wake-up of
         * another kind at the same time, which only the caller knows to look for.
         *
         * @throws InterruptedException to take part
         */
        @Override
        public void apply(Object none) throws InterruptedException {
            if (isOver) {
                return;
            }
            result = wait.getAsInt();
            isOver = true;
            if (result == 0 && isInterrupted) {
                throw new InterruptedException();
            }
        }
    }
}
