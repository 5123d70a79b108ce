package io.github.pysockets.python;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A lock of Python's {@code threading} whose waits are waits of the runtime: on the stack's clock, and ended in the
 * same ways. Threads get it in the order in which they asked. It belongs to no thread: any may release it.
 */
public final class PyLock {
    /** A wait with no limit. */
    public static final long FOREVER = -1;

    private final SocketRuntime runtime;
    private final Queue<Turn> turns = new ArrayDeque<>();
    private boolean isHeld;

    /** One thread's place in the queue. All is guarded by the lock's monitor. */
    private static final class Turn {
        private Waiter waiter;
        private boolean hasCome;
    }

    /** A lock that nobody holds. */
    public PyLock(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Acquires the lock.
     *
     * @param nanos how long to wait; negative for {@link #FOREVER}
     * @return 1 if acquired; 0 after that time; or one of {@link Codes}
     */
    public int acquire(long nanos) {
        synchronized (this) {
            if (!isHeld) {
                isHeld = true;
                return 1;
            }
        }
        if (nanos == 0) {
            return 0;
        }
        Turn turn = new Turn();
        int code = runtime.waiting().untilDone(
                waiter -> queue(turn, waiter), () -> hasCome(turn), Deadline.in(runtime.clock(), nanos));
        return end(turn, code);
    }

    private synchronized void queue(Turn turn, Waiter waiter) {
        if (isHeld) {
            turn.waiter = waiter;
            turns.add(turn);
        } else {
            isHeld = true;
            turn.hasCome = true;
        }
    }

    private synchronized boolean hasCome(Turn turn) {
        return turn.hasCome;
    }

    private synchronized int end(Turn turn, int code) {
        if (code < 0 && turn.hasCome) {
            // Too late: this thread has other things to do, the next one waits.
            passOn();
        } else if (!turn.hasCome) {
            turns.remove(turn);
        }
        return code < 0 ? code : turn.hasCome ? 1 : 0;
    }

    /** Releases the lock; false if nobody holds it. */
    public synchronized boolean release() {
        if (!isHeld) {
            return false;
        }
        passOn();
        return true;
    }

    private void passOn() {
        Turn next = turns.poll();
        if (next == null) {
            isHeld = false;
        } else {
            next.hasCome = true;
            next.waiter.wake();
        }
    }

    /** Whether somebody holds the lock. */
    public synchronized boolean isHeld() {
        return isHeld;
    }
}
