package io.github.pysockets.observe;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * The open descriptors of one socket in a context, by their number alone. Endpoints keep this object: once all are
 * dropped, the collector takes it.
 */
final class OpenDescriptors {
    private int count = 1;
    /** One that is open, for questions from other threads; null where that one was closed before others. */
    private Endpoint asked;
    /** The last answer about the local address; null before there was one. */
    private SocketAddress local;

    OpenDescriptors(Endpoint first) {
        asked = first;
    }

    synchronized void add() {
        count++;
    }

    /**
     * Records that one is about to be closed. From then on no other thread calls it.
     *
     * @return whether it was the last
     */
    synchronized boolean remove(Endpoint closing) {
        count--;
        if (closing == asked) {
            if (count > 0) {
                localAddress();
            }
            asked = null;
        }
        return count == 0;
    }

    /** The socket's address as far as it is known; null where it has none, or is closed. */
    synchronized SocketAddress localAddress() {
        if (asked != null) {
            try {
                local = asked.localAddress();
            } catch (StackException closedElsewhere) {
                return local;
            }
        }
        return local;
    }
}
