package io.github.pysockets.nio;

import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * poll(2) on a Selector. An endpoint that was waited for once stays registered, with nothing to select for while no
 * wait needs it.
 *
 * <p>Each round of a wait asks the endpoints what they know by themselves (data that was read ahead, errors) and what
 * to select for, selects, and asks again. A round that finds nothing is followed by another one, unless the wait is
 * over.
 *
 * <p>A channel is only closed once no selector has it. So who closes one becomes the guest of each poller that has it:
 * a wait that is under way ends its round, the guest has the selector let go of the channel, and the wait goes on.
 */
final class NioPoller implements Poller {
    private static final int UNASKED = POLLERR | POLLHUP | POLLNVAL;
    private static final long NANOS_PER_MILLISECOND = 1_000_000;
    /** How many channels one selection reports at most. */
    private static final int MOST_AT_ONCE = 512;

    private final Selector selector;
    /** All there are: for the end. */
    private final ConcurrentHashMap.KeySetView<Watch, Boolean> watches = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by the lock, as is the next one. */
    private boolean isSelecting;
    private int guests;

    private volatile boolean isWoken;
    /** Whether what an endpoint knows has changed since the round began. */
    private volatile boolean isStale;
    private volatile boolean isClosed;

    // For the waiting thread only.
    private long round;
    private List<Watch> used = new ArrayList<>();
    private List<Watch> usedBefore = new ArrayList<>();
    private final Endpoint[] one = new Endpoint[1];
    private final short[] oneAsked = new short[1];
    private final short[] oneReady = new short[1];

    NioPoller() throws StackException {
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new StackException(ExceptionErrno.of(failure, Call.OPEN));
        }
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        one[0] = endpoint;
        oneAsked[0] = (short) events;
        int result = poll(one, oneAsked, oneReady, 1, nanos);
        one[0] = null;
        return result <= 0 ? result : Short.toUnsignedInt(oneReady[0]);
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        long start = nanos > 0 ? System.nanoTime() : 0;
        // A thread with its interrupt status set could not wait. What comes later ends the wait, as a signal does.
        boolean wasInterrupted = nanos != 0 && Thread.interrupted();
        boolean isInterrupted = false;
        try {
            for (;;) {
                if (isClosed) {
                    return -Errno.EBADF;
                }
                isStale = false;
                long left = nanos > 0 ? nanos - (System.nanoTime() - start) : nanos;
                boolean isLast = nanos >= 0 && left <= 0;
                int found = round(endpoints, events, ready, count, isLast ? 0 : left);
                boolean isEnded = nanos != 0 && isWoken;
                if (isEnded) {
                    isWoken = false;
                }
                isInterrupted = nanos != 0 && Thread.interrupted();
                if (found != 0 || isLast || isEnded || isInterrupted) {
                    return found;
                }
            }
        } catch (IOException failure) {
            return -ExceptionErrno.of(failure, Call.OTHER);
        } catch (ClosedSelectorException closed) {
            return -Errno.EBADF;
        } finally {
            if (wasInterrupted || isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits once, at most {@code nanos}. Returns how many are ready, or a negated errno. */
    private int round(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) throws IOException {
        round++;
        int known = 0;
        boolean mayBeMore = count == 0;
        for (int i = 0; i < count; i++) {
            NioEndpoint endpoint = own(endpoints[i]);
            int asked = Short.toUnsignedInt(events[i]);
            int now = endpoints[i] == null ? 0 : endpoint == null ? POLLNVAL : begin(endpoint, asked);
            ready[i] = (short) now;
            known += now == 0 ? 0 : 1;
            mayBeMore |= now == 0 || (now & POLLNVAL) == 0 && (now & asked) != asked;
        }
        if (known > 0 && !mayBeMore) {
            return known;
        }
        for (Watch watch : used) {
            try {
                watch.apply(selector);
            } catch (ClosedChannelException otherChannel) {
                // Its endpoint gets another channel right now, or is closed.
                isStale = true;
            }
        }
        rest();
        select(known > 0 ? 0 : nanos);
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (endpoints[i] != null) {
                NioEndpoint endpoint = own(endpoints[i]);
                int now = endpoint == null ? POLLNVAL : end(endpoint, Short.toUnsignedInt(events[i]));
                ready[i] = (short) now;
                found += now == 0 ? 0 : 1;
            }
        }
        return found;
    }

    private static NioEndpoint own(Endpoint endpoint) {
        return endpoint == null ? null : endpoint.ability(NioEndpoint.class);
    }

    /** What the endpoint knows by itself. */
    private int begin(NioEndpoint endpoint, int asked) {
        if (endpoint.isClosed()) {
            return POLLNVAL;
        }
        int now = endpoint.events(asked, 0) & (asked | UNASKED);
        if (now != 0 && (now & asked) == asked) {
            return now;
        }
        Watch watch = endpoint.watch(this);
        if (watch.use(round)) {
            used.add(watch);
        }
        watch.want(endpoint.interest(asked));
        return now;
    }

    /** What is so after the selection. */
    private int end(NioEndpoint endpoint, int asked) {
        if (endpoint.isClosed()) {
            return POLLNVAL;
        }
        Watch watch = endpoint.watchIfAny(this);
        int ready = watch != null && watch.isUsed(round) ? watch.ready() : 0;
        return endpoint.events(asked, ready) & (asked | UNASKED);
    }

    /** Has nothing selected that was needed before and is not now. */
    private void rest() {
        for (Watch watch : usedBefore) {
            if (!watch.isUsed(round)) {
                watch.rest();
            }
        }
        List<Watch> reused = usedBefore;
        usedBefore = used;
        used = reused;
        used.clear();
    }

    private void select(long nanos) throws IOException {
        boolean mayWait = enter(nanos != 0);
        try {
            if (mayWait) {
                long milliseconds = nanos < 0
                        ? 0
                        : nanos / NANOS_PER_MILLISECOND + (nanos % NANOS_PER_MILLISECOND == 0 ? 0 : 1);
                selector.select(NioPoller::note, milliseconds);
                return;
            }
            int most = usedBefore.size();
            for (int seen = 0; seen < most;) {
                int more = selector.selectNow(NioPoller::note);
                seen += more;
                if (more < MOST_AT_ONCE) {
                    break;
                }
            }
        } finally {
            leave();
        }
    }

    private static void note(SelectionKey key) {
        ((Watch) key.attachment()).ready(key.readyOps());
    }

    /** Keeps guests out. Returns whether there is nothing to look at before a wait. */
    private boolean enter(boolean wouldWait) {
        lock.lock();
        try {
            while (guests > 0) {
                changed.awaitUninterruptibly();
            }
            isSelecting = true;
            // Asked here: a guest before may have taken the selector's wake-up.
            return wouldWait && !isWoken && !isStale && !isClosed;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            isSelecting = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has the wait ask the endpoints again. Any thread may call it. */
    void refresh() {
        isStale = true;
        selector.wakeup();
    }

    void add(Watch watch) {
        watches.add(watch);
        if (isClosed) {
            watches.remove(watch);
        }
    }

    /** Lets go of an endpoint's channel, before this returns. Any thread but the waiting one may call it. */
    void forget(Watch watch) {
        watch.cancel();
        watches.remove(watch);
        lock.lock();
        try {
            guests++;
            while (isSelecting) {
                isStale = true;
                selector.wakeup();
                changed.awaitUninterruptibly();
            }
            isStale = true;
            selector.selectNow();
        } catch (IOException | ClosedSelectorException gone) {
            // A selector that is closed has nothing.
        } finally {
            guests--;
            changed.signalAll();
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        isWoken = true;
        selector.wakeup();
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            selector.close();
        } catch (IOException failure) {
            // It is closed all the same.
        }
        for (Watch watch : watches) {
            watch.endpoint().drop(watch);
        }
        watches.clear();
    }
}
