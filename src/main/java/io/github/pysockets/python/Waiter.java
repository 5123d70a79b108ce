package io.github.pysockets.python;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;

/** A poller and its interrupt watch, used by one wait after another. */
final class Waiter {
    private final Poller poller;
    private InterruptWatch watch;
    private volatile Thread user;
    /** Whether {@link #interrupt} has asked the user to end this wait. */
    private volatile boolean isAsked;
    /** Counts the waits. Written by each user, before it becomes the user. */
    private int waits;
    /** The number of the wait that {@link #lasts} has seen. */
    private int seen;
    /** Whether the user is to run the actions for dropped objects. */
    private volatile boolean called;

    Waiter(Poller poller) {
        this.poller = poller;
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
        isAsked = false;
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
     * @return whether the thread is the user
     */
    synchronized boolean interrupt(Thread thread) {
        if (user != thread) {
            return false;
        }
        isAsked = true;
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
        return isAsked ? interrupted() : unlessInterrupted(watch.poll(endpoint, events, nanos));
    }

    /** Waits once for several descriptors; the result is as above. */
    int poll(PollEntries entries, long nanos) {
        return isAsked ? interrupted() : unlessInterrupted(watch.poll(entries, nanos));
    }

    /** Checks several descriptors without waiting, whether the thread is interrupted or not. */
    int look(PollEntries entries) {
        return entries.poll(poller, 0);
    }

    private int unlessInterrupted(int result) {
        if (watch.isOpen()) {
            return isAsked ? interrupted() : result;
        }
        watch = new InterruptWatch(poller);
        Thread.interrupted();
        return interrupted();
    }

    private int interrupted() {
        isAsked = false;
        return Codes.INTERRUPTED;
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
