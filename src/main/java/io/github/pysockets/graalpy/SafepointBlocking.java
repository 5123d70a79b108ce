package io.github.pysockets.graalpy;

import com.oracle.truffle.api.TruffleSafepoint;
import io.github.pysockets.python.Blocking;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Lets threads that wait in a host call take part in what all threads of a context have to do together. Without it, the
 * first use of a regular expression would wait for a thread that waits for a connection: GraalPy initializes the
 * language of these expressions on all threads.
 *
 * <p>Interrupts and cancellation come to a wait by {@link Thread#interrupt}, as before: an exception of Truffle's must
 * not be thrown here.
 */
final class SafepointBlocking implements Blocking {
    @Override
    public int run(IntSupplier wait, Runnable wake) {
        TruffleSafepoint safepoint;
        boolean before;
        try {
            safepoint = TruffleSafepoint.getCurrent();
            before = safepoint.setAllowSideEffects(false);
        } catch (IllegalStateException | AssertionError notInTheContext) {
            return wait.getAsInt();
        }
        try {
            Interrupter interrupter = new Interrupter(wake);
            return safepoint.setBlockedFunction(null, interrupter, interrupter::wait, wait, null, null);
        } finally {
            safepoint.setAllowSideEffects(before);
        }
    }

    private static final class Interrupter implements TruffleSafepoint.Interrupter {
        private final Runnable wake;
        private final AtomicBoolean isInterrupted = new AtomicBoolean();

        Interrupter(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void interrupt(Thread thread) {
            isInterrupted.set(true);
            wake.run();
        }

        @Override
        public void resetInterrupted() {
            isInterrupted.set(false);
        }

        /** @throws InterruptedException to take part now, and wait again */
        Integer wait(IntSupplier wait) throws InterruptedException {
            int result = wait.getAsInt();
            if (result == 0 && isInterrupted.get()) {
                throw new InterruptedException();
            }
            return result;
        }
    }
}
