package io.github.pysockets.quota;

import static io.github.pysockets.abi.MessageFlags.MSG_ERRQUEUE;
import static io.github.pysockets.abi.MessageFlags.MSG_FASTOPEN;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;

import io.github.pysockets.stack.Endpoint;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of one endpoint: how many a call may move, and which calls are held back. Thread-safe. */
final class Transfers {
    private final Endpoint endpoint;
    private final Quota quota;
    private final ConnectTurn connecting;
    private final Share receiving = new Share();
    private final Share sending = new Share();
    private final AtomicLong heldBack = new AtomicLong();
    /** The epoll sets of which the endpoint is an edge-triggered member. */
    private final CopyOnWriteArrayList<EpollMembers> edges = new CopyOnWriteArrayList<>();
    /** Null until it is needed. */
    private volatile Kind kind;

    /**
     * @param endpoint what moves the bytes
     * @param kind of the endpoint; null to find out
     */
    Transfers(Endpoint endpoint, Quota quota, Kind kind, ConnectTurn connecting) {
        this.endpoint = endpoint;
        this.quota = quota;
        this.kind = kind;
        this.connecting = connecting;
    }

    Kind kind() {
        Kind known = kind;
        if (known == null) {
            known = Kind.of(endpoint);
            kind = known;
        }
        return known;
    }

    // What is held back

    /** How many calls were held back so far. */
    long heldBack() {
        return heldBack.get();
    }

    /** Holds a call back, and returns its result. */
    int hold() {
        heldBack.incrementAndGet();
        owe();
        return Flow.HELD;
    }

    private int hold(long refusal) {
        return refusal == Flow.HELD ? hold() : (int) refusal;
    }

    /** A call was held back or cut: edge-triggered sets report the endpoint once more. */
    private void owe() {
        for (EpollMembers set : edges) {
            set.owe(this);
        }
    }

    /** From now on the endpoint is an edge-triggered member of a set. */
    void enter(EpollMembers set) {
        edges.addIfAbsent(set);
    }

    void leave(EpollMembers set) {
        edges.remove(set);
    }

    /** The nanoseconds until bytes may be received; 0 for now. */
    long pauseIn() {
        long pause = connecting.pause();
        return pause > 0 ? pause : quota.in().pause(receiving);
    }

    /** The nanoseconds until bytes may be sent, or an attempt to connect may begin; 0 for now. */
    long pauseOut() {
        long pause = connecting.pause();
        return pause > 0 || connecting.awaitsOutcome() ? pause : quota.out().pause(sending);
    }

    // Calls

    /** A call that moves at most so many bytes. Returns how many, or a negated errno. */
    @FunctionalInterface
    interface Transfer {
        long move(int most);
    }

    /** Makes a call that sends, with as many bytes as it may send. */
    long out(int count, int flags, Transfer transfer) {
        if (!kind().isOfNetwork()) {
            return transfer.move(count);
        }
        if ((flags & MSG_FASTOPEN) != 0 && kind().isStream()) {
            int early = connecting.sendFirst();
            if (early < 0) {
                return hold(early);
            }
        } else if (connecting.isHeld()) {
            return hold();
        }
        connecting.noteSend();
        if (count == 0) {
            return transfer.move(0);
        }
        long granted = kind().isStream()
                ? quota.out().grant(sending, count)
                : quota.out().grantMessage(sending, count);
        return granted < 0 ? hold(granted) : settled(quota.out(), sending, granted, (int) granted, count, transfer);
    }

    /** Makes a call that receives, with room for as many bytes as it may receive. */
    long in(int count, int flags, Transfer transfer) {
        if (!kind().isOfNetwork() || (flags & MSG_ERRQUEUE) != 0) {
            return transfer.move(count);
        }
        if (connecting.isHeld()) {
            return hold();
        }
        boolean isStream = kind().isStream();
        if (count == 0 && isStream) {
            return transfer.move(0);
        }
        if ((flags & MSG_PEEK) != 0) {
            // What stays will be counted when it is taken.
            long seen = quota.in().look(Math.max(1, count));
            return seen < 0 ? seen : transfer.move(isStream ? (int) Math.min(seen, count) : count);
        }
        long granted = isStream
                ? quota.in().grant(receiving, count)
                : quota.in().grantSome(receiving, Math.max(1, count));
        return granted < 0
                ? hold(granted)
                : settled(quota.in(), receiving, granted, isStream ? (int) granted : count, count, transfer);
    }

    private long settled(Flow flow, Share share, long granted, int most, int count, Transfer transfer) {
        long moved = 0;
        try {
            moved = transfer.move(most);
            return moved;
        } finally {
            flow.settle(share, granted, Math.max(0, moved));
            if (most < count && moved == most) {
                // To many programs, less than they asked for means that there is no more for now.
                owe();
            }
        }
    }
}
