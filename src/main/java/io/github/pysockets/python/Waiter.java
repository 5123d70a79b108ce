package io.github.pysockets.python;

import io.github.pysockets.stack.Poller;

/** A poller and its interrupt watch, used by one wait after another. */
final class Waiter {
    private final Poller poller;
    private InterruptWatch watch;

    Waiter(Poller poller) {
        this.poller = poller;
        watch = new InterruptWatch(poller);
    }

    /**
     * Waits once for one descriptor.
     *
     * @return as {@link Poller#poll(int, int, long)}, or {@link Codes#INTERRUPTED}, which takes the thread's interrupt with it as
     *     an InterruptedException does
     */
    int poll(int descriptor, int events, long nanos) {
        int result = watch.poll(descriptor, events, nanos);
        if (watch.isOpen()) {
            return result;
        }
        watch = new InterruptWatch(poller);
        Thread.interrupted();
        return Codes.INTERRUPTED;
    }

    void wake() {
        poller.wake();
    }

    void close() {
        poller.close();
    }
}
