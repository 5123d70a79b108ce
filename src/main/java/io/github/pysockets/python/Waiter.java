package io.github.pysockets.python;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** A poller and its interrupt watch, used by one wait after another. */
final class Waiter {
    /** Nobody is asked. */
    private static final BooleanSupplier NOBODY = () -> false;

    private final Poller poller;
    private final Blocking blocking;
    private InterruptWatch watch;
    private volatile Thread user;
    /** What {@link #interrupt} has the user ask, which ends this wait or not; null for nothing. */
    private volatile BooleanSupplier asked;
    /** What decides about the interrupt that {@link #poll} has reported last; null for the usual handler. */
    private BooleanSupplier handler;
    /** Counts the waits. Written by each user, before it becomes the user. */
    private int waits;
    /** The number of the wait that {@link #lasts} has seen. */
    private int seen;
    /** Whether the user is to run the actions for dropped objects. */
    private volatile boolean called;

    Waiter(Poller poller, Blocking blocking) {
        this.poller = poller;
        this.blocking = blocking;
        watch = new InterruptWatch(poller);
        // For an interpreter that disappears without closing its runtime.
        Cleanup.afterwards(this, poller::close);
    }

    /** Records the calling thread as the user. */
    synchronized void takeUp() {
        waits++;
        user = Thread.currentThread();
    }

    /** Clears the user, so that an ended thread is not kept alive. */
    synchronized void putDown() {
        user = null;
        asked = null;
    }

    boolean isUsed() {
        return user != null;
    }

    boolean isOf(Thread thread) {
        return user == thread;
    }

    /**
     * Ends the wait as an interrupt of the thread would, if the thread is the user. Its interrupt status stays as it
     * is, so nothing else can be hit that the thread does after the wait.
     *
     * @param decides asked by the thread whether to wait on
     * @return whether the thread is the user
     */
    synchronized boolean interrupt(Thread thread, BooleanSupplier decides) {
        if (user != thread) {
            return false;
        }
        asked = decides;
        poller.wake();
        return true;
    }

    /**
     * Waits once for one endpoint.
     *
     * @return as {@link Poller#poll(Endpoint, int, long)}, or {@link Codes#INTERRUPTED}, which clears the thread's
     *     interrupt as an InterruptedException does
     */
    int poll(Endpoint endpoint, int events, long nanos) {
        return wait(nanos, () -> watch.poll(endpoint, events, nanos));
    }

    /** Waits once for several descriptors; the result is as above. */
    int poll(PollEntries entries, long nanos) {
        return wait(nanos, () -> watch.poll(entries, nanos));
    }

    private int wait(long nanos, IntSupplier poll) {
        if (asked != null) {
            return asked();
        }
        if (nanos == 0) {
            return unlessInterrupted(poll.getAsInt());
        }
        // Of an end of which only the interpreter knows.
        handler = NOBODY;
        return blocking.run(() -> unlessInterrupted(poll.getAsInt()), poller::wake);
    }

    /** Checks several descriptors without waiting, whether the thread is interrupted or not. */
    int look(PollEntries entries) {
        return entries.poll(poller, 0);
    }

    private int unlessInterrupted(int result) {
        if (watch.isOpen()) {
            return asked != null ? asked() : result;
        }
        watch = new InterruptWatch(poller);
        Thread.interrupted();
        handler = null;
        return Codes.INTERRUPTED;
    }

    private int asked() {
        handler = asked;
        asked = null;
        return Codes.INTERRUPTED;
    }

    /** Asks whether to wait on after {@link Codes#INTERRUPTED}: {@code usual}, if the thread itself was interrupted. */
    boolean waitsOn(BooleanSupplier usual) {
        return (handler == null ? usual : handler).getAsBoolean();
    }

    void wake() {
        poller.wake();
    }

    /** Whether this waits, and is the wait that it was at the last question. */
    boolean lasts() {
        boolean isUsed = isUsed();
        int now = waits;
        boolean same = isUsed && seen == now;
        seen = now;
        return same;
    }

    /** Makes the user run the actions for dropped objects. */
    void call() {
        called = true;
        wake();
    }

    /** Whether the user was called; once. */
    boolean takeCall() {
        if (!called) {
            return false;
        }
        called = false;
        return true;
    }

    void close() {
        poller.close();
    }
}
