package io.github.pysockets.observe;

import io.github.pysockets.stack.SocketAddress;

/**
 * A connection that was begun.
 *
 * @param begun a {@link System#nanoTime} value
 * @param event what {@link FlightEvents#beginConnect} returned
 */
record ConnectAttempt(SocketAddress remote, long begun, Object event) {
    long nanos() {
        return System.nanoTime() - begun;
    }
}
