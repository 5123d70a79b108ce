package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FileIdentity;
import io.github.pysockets.stack.StackException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The life of one descriptor number: open, in use by calls, closed.
 *
 * <p>Once a number is closed, anything in the process may reuse it. So it must never be closed while a call on it is in
 * progress. Every call runs between {@link #enter} and {@link #leave}. {@link #close} refuses new calls and ends those
 * that wait; the last call to leave closes the number. Several socket objects may share a number, as Python allows;
 * they then share this object.
 */
final class Descriptor {
    /** This bit of {@link #state} is set once the number refuses new calls. The others count the calls in progress. */
    private static final int CLOSED = 1 << 31;

    /** Stands for no file: no file has this inode on this device. */
    private static final FileIdentity NOTHING = new FileIdentity(false, 0, -1);

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Descriptor.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * How long a closer waits for the calls that it ended. They leave within microseconds; the limit is for a stopped
     * thread.
     */
    private static final long LONGEST_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Endpoint endpoint;
    private final DescriptorTable table;
    private final int number;

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    /** What the number stood for when the script alone began to hold it; null before. */
    private volatile FileIdentity letGo;

    private volatile Holder holder = Holder.OBJECT;

    private final List<Waiter> waiters = new ArrayList<>(2);
    /** Set before the number is closed. */
    private volatile boolean released;
    private boolean isGone;
    private int closeErrno;

    /** What the number stands for, set once other numbers may stand for the same. */
    private volatile FileIdentity shared;
    private volatile boolean wasSent;

    private final boolean foreign;

    /** Where the stack cannot copy the endpoint, from the first {@link #copy} on; null before. */
    private volatile Sharers sharers;

    /** The epoll set that this was put into last. */
    private volatile Descriptor watcher;

    /**
     * @param number the script's number for it
     * @param foreign whether the number came from elsewhere in the process
     */
    Descriptor(Endpoint endpoint, DescriptorTable table, int number, boolean foreign) {
        this.endpoint = endpoint;
        this.table = table;
        this.number = number;
        this.foreign = foreign;
    }

    /**
     * Makes another number for the same endpoint, as dup(2) does, for an endpoint that the stack cannot copy. The last
     * of them to be closed closes the endpoint.
     *
     * @param newNumber the script's number for the copy
     */
    Descriptor copy(int newNumber) {
        Descriptor copy = new Descriptor(endpoint, table, newNumber, false);
        Sharers all = sharers();
        all.join();
        copy.sharers = all;
        return copy;
    }

    /** Those of an endpoint that the stack cannot copy. */
    synchronized Sharers sharers() {
        if (sharers == null) {
            sharers = new Sharers();
        }
        return sharers;
    }

    /** Closes the endpoint, unless other numbers stand for it. */
    void closeEndpoint() throws StackException {
        Sharers all = sharers;
        if (all == null || all.leave()) {
            endpoint.close();
        }
    }

    /** The script's number for it. */
    int number() {
        return number;
    }

    /**
     * The number, for a script: from now on others may use the descriptor too.
     *
     * @throws StackException where its flags cannot be set for that
     */
    int publish() throws StackException {
        DescriptorEndpoint asDescriptor = endpoint.ability(DescriptorEndpoint.class);
        if (asDescriptor != null) {
            asDescriptor.publish();
        }
        return number;
    }

    /** Whether the number came from elsewhere in the process. */
    boolean isForeign() {
        return foreign;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    boolean isClosed() {
        return state < 0;
    }

    /** Whether a call waits for this, by itself or through an epoll set. */
    boolean isInUse() {
        Descriptor set = watcher;
        return hasWaiters() || set != null && set.hasWaiters();
    }

    private synchronized boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    /** Records that this is a member of an epoll set. */
    void watchBy(Descriptor set) {
        watcher = set;
    }

    /** Begins a call. Returns false once closed: then the call fails with EBADF and must not call {@link #leave}. */
    boolean enter() {
        for (;;) {
            int now = state;
            if (now < 0) {
                return false;
            }
            if (STATE.weakCompareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    /** An action on an endpoint. */
    @FunctionalInterface
    interface Use<T, X extends Exception> {
        T of(Endpoint endpoint) throws X, StackException;
    }

    /**
     * Runs an action on the endpoint, which cannot be closed meanwhile.
     *
     * @throws StackException EBADF once closed; otherwise as the action throws
     */
    <T, X extends Exception> T use(Use<T, X> use) throws X, StackException {
        if (!enter()) {
            throw new StackException(Errno.EBADF);
        }
        try {
            return use.of(endpoint);
        } finally {
            leave();
        }
    }

    /** Ends a call. */
    void leave() {
        int before = (int) STATE.getAndAdd(this, -1);
        if (before == CLOSED + 1) {
            release();
        }
    }

    /**
     * Closes the number for a script, and waits as SO_LINGER says. Calls in progress fail with EBADF.
     *
     * @throws StackException as close(2) failed; EBADF if closed already
     * @throws CallFailure where the wait was ended early. The number is closed all the same
     */
    void close() throws CallFailure, StackException {
        // Entered, so that no other call can be the last to leave and close the number meanwhile.
        boolean mayLinger = table.lingering().mayConcern(this) && enter();
        int before = beginClose();
        int ended = 0;
        if (mayLinger) {
            try {
                wakeWaiters();
                ended = before < 0 ? 0 : table.lingering().await(this);
            } finally {
                leave();
            }
        }
        if (before < 0) {
            throw new StackException(Errno.EBADF);
        }
        finishClose(before);
        // A signal handler may run inside a waiting call and close that call's descriptor. That call then closes the
        // number.
        awaitGone(System.nanoTime() + LONGEST_CLOSE_NANOS, Thread.currentThread());
        if (ended < 0) {
            throw new CallFailure(ended);
        }
        int errno = closeErrno();
        if (errno != 0) {
            throw new StackException(errno);
        }
    }

    /** Closes the number as soon as nobody uses it. Never waits. */
    void closeSoon() {
        finishClose(beginClose());
    }

    /**
     * Refuses new calls from now on. Calls in progress fail with EBADF once they check. The result is for
     * {@link #finishClose}.
     */
    int beginClose() {
        return (int) STATE.getAndBitwiseOr(this, CLOSED);
    }

    /** The second half of {@link #closeSoon}. */
    void finishClose(int before) {
        if (before == 0) {
            release();
        }
        wakeWaiters();
    }

    private synchronized void wakeWaiters() {
        waiters.forEach(Waiter::wake);
    }

    private synchronized int closeErrno() {
        return closeErrno;
    }

    /** Records that other numbers may stand for the same open file as this one. */
    void share() {
        if (shared == null) {
            shared = identity();
        }
    }

    /** Records that it was sent in a message: the receiver may have a number for it. */
    void sent() {
        share();
        wasSent = true;
    }

    /** Whether it may be open elsewhere. */
    boolean wasSent() {
        return wasSent;
    }

    /** Whether this interpreter has another open number for the same open socket. */
    boolean hasTwin() {
        Sharers all = sharers;
        if (all != null) {
            return all.areSeveral();
        }
        FileIdentity mine = identity();
        return mine != null
                && table.anyOther(this, other -> mine.equals(other.shared) && !other.released && !other.isStale());
    }

    /** Records who holds the number from now on. */
    void holdBy(Holder newHolder) {
        if (newHolder == Holder.SCRIPT && foreign) {
            // It goes back, still open, to where it came from.
            table.remove(this);
            return;
        }
        letGo = newHolder == Holder.SCRIPT ? identity() : null;
        holder = newHolder;
    }

    /** Whether no object holds the number, and it is known to stand for a socket. */
    boolean isSocket() {
        FileIdentity before = letGo;
        return holder == Holder.ACCEPT || before != null && before.isSocket();
    }

    /**
     * Forgets the number, without closing it, if it no longer stands for what the script was given. An error in this
     * check counts as a change only if it is EBADF.
     *
     * @return whether it was forgotten
     */
    boolean forgetIfStale() {
        boolean isStale = isStale();
        if (isStale) {
            forget();
        }
        return isStale;
    }

    private boolean isStale() {
        FileIdentity before = letGo;
        if (before == null) {
            return false;
        }
        FileIdentity now = identity();
        return now != null && !before.equals(now);
    }

    /** What the number stands for; {@link #NOTHING} where it is closed; null where that is unknown. */
    private FileIdentity identity() {
        DescriptorEndpoint asDescriptor = endpoint.ability(DescriptorEndpoint.class);
        if (asDescriptor == null) {
            // Only this interpreter has a number for it.
            return null;
        }
        try {
            return asDescriptor.identity();
        } catch (StackException failure) {
            return failure.errno() == Errno.EBADF ? NOTHING : null;
        }
    }

    /** Forgets the number without closing it: somebody else has closed it, and it is in use again. */
    void forget() {
        STATE.getAndBitwiseOr(this, CLOSED);
        synchronized (this) {
            released = true;
            isGone = true;
            waiters.forEach(Waiter::wake);
            notifyAll();
        }
    }

    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        try {
            table.lingering().close(this);
        } catch (StackException failure) {
            closeErrno = failure.errno();
        }
        // Last, so that closing the table still finds what is not closed yet.
        table.remove(this);
        isGone = true;
        notifyAll();
    }

    /**
     * Waits until the calls that were ended have left and the number is closed.
     *
     * @param end a {@link System#nanoTime} value
     * @param closer the closing thread. There is no wait where this thread is itself in a call that has to leave
     */
    synchronized void awaitGone(long end, Thread closer) {
        boolean interrupted = false;
        while (!isGone && waiters.stream().noneMatch(waiter -> waiter.isOf(closer))) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void add(Waiter waiter) {
        waiters.add(waiter);
    }

    synchronized void remove(Waiter waiter) {
        waiters.remove(waiter);
    }
}
