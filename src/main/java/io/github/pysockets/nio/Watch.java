package io.github.pysockets.nio;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** An endpoint in a poller. The thread that polls uses it; others only cancel it. */
final class Watch {
    private final NioPoller poller;
    private final NioEndpoint endpoint;

    /** Null until there is something to select for. */
    private volatile SelectionKey key;
    private volatile boolean isCancelled;
    /** The operations that the key has. */
    private int operations;
    /** What this wait needs. */
    private int wanted;
    private int ready;
    /** The number of the wait that uses this. */
    private long round;

    Watch(NioPoller poller, NioEndpoint endpoint) {
        this.poller = poller;
        this.endpoint = endpoint;
    }

    NioPoller poller() {
        return poller;
    }

    NioEndpoint endpoint() {
        return endpoint;
    }

    /** Returns whether this is the first use in this round. */
    boolean use(long newRound) {
        boolean isFirst = round != newRound;
        if (isFirst) {
            round = newRound;
            wanted = 0;
            ready = 0;
        }
        return isFirst;
    }

    boolean isUsed(long inRound) {
        return round == inRound;
    }

    void want(int more) {
        wanted |= more;
    }

    /** Tells the selector what this wait needs. */
    void apply(Selector selector) throws ClosedChannelException {
        select(selector, wanted);
    }

    /** Takes this out of the waits until it is used again. */
    void rest() {
        try {
            select(null, 0);
        } catch (ClosedChannelException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void select(Selector selector, int needed) throws ClosedChannelException {
        if (isCancelled || needed == operations) {
            return;
        }
        try {
            if (key == null) {
                SelectableChannel channel = endpoint.channel();
                key = channel.register(selector, needed, this);
                if (isCancelled) {
                    key.cancel();
                }
            } else {
                key.interestOps(needed);
            }
            operations = needed;
        } catch (CancelledKeyException cancelled) {
            // Its endpoint has another channel now, or none: the wait is told so and looks again.
            operations = needed;
        }
    }

    void ready(int readyOperations) {
        ready = readyOperations;
    }

    int ready() {
        return ready;
    }

    /** Any thread may call it. The key is gone after the next selection. */
    void cancel() {
        isCancelled = true;
        SelectionKey last = key;
        if (last != null) {
            last.cancel();
        }
    }
}
