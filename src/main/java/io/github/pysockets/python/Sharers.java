package io.github.pysockets.python;

import java.util.concurrent.atomic.AtomicLong;

/** The open numbers of one interpreter that stand for an endpoint which the stack cannot copy. Thread-safe. */
final class Sharers {
    private static final AtomicLong SOCKETS = new AtomicLong();

    private final long socket = SOCKETS.incrementAndGet();
    private int count = 1;

    /** Tells the endpoint from all others of its kind. */
    long socket() {
        return socket;
    }

    synchronized void join() {
        count++;
    }

    /** Whether the one that leaves was the last. */
    synchronized boolean leave() {
        count--;
        return count == 0;
    }

    synchronized boolean areSeveral() {
        return count > 1;
    }
}
