package io.github.pysockets.virtual;

import io.github.pysockets.stack.Announcement;
import io.github.pysockets.stack.StackClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all of a network shares: one lock, which every call holds from {@link #enter} to {@link #exit}; a clock; and the
 * events that are to come. How time passes, and which thread may go on, is for {@link VirtualTime} or {@link RealTime}
 * to say.
 */
abstract class World implements StackClock {
    /** Of {@link Ticker}: there is nothing to look at. */
    static final long NOTHING = -1;

    final ReentrantLock lock = new ReentrantLock();
    final EventQueue events = new EventQueue();

    private final long wallStart;
    /** Nanoseconds since the start. Written under the lock. */
    private volatile long now;
    private boolean isFiring;
    private Ticker ticker;

    /** @param wallStart nanoseconds since 1970 */
    World(long wallStart) {
        this.wallStart = wallStart;
    }

    /** Whether its time is the system's. */
    boolean isSystemTime() {
        return false;
    }

    /** Begins a call on a socket: takes the lock and, where threads have turns, waits for one. */
    abstract void enter();

    /** As {@link #enter}, for a call that must always be possible, such as a close. It waits for no turn. */
    abstract void enterOutOfTurn();

    /** Ends a call: what is due now happens, and the lock is given back. */
    abstract void exit();

    /** The calling thread, within a call. */
    abstract Participant current();

    /** Gives the lock back until somebody rouses the thread. May return early. Not for calls out of turn. */
    abstract void sleep(Participant me);

    /** Ends a participant's sleep, because of something that has happened on the network. */
    abstract void rouse(Participant sleeper);

    /** Ends a participant's sleep, because a thread, which may know nothing of the network, wants it to. */
    abstract void wake(Participant sleeper);

    /** Notes that the calling thread has looked in vain. One that does nothing else must not stop time. */
    abstract void lookedInVain();

    /** Changes something of the network; for any thread, and for events. */
    final void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (!isFiring) {
                settle();
            }
        } finally {
            unlock();
        }
    }

    /** What is due happens, and somebody goes on, after a change that was no call of a participant. */
    abstract void settle();

    /** Announces a thread. */
    abstract Announcement announce();

    /** The calling thread will be busy elsewhere: nobody is to wait for it. */
    abstract void leave();

    /** Whether all wait, and nothing is to come. */
    abstract boolean isIdle();

    /** Called by the ticker; returns the nanoseconds to the next call, or {@link #NOTHING}. */
    abstract long tick();

    @Override
    public final long wallTimeNanos() {
        return wallStart + nanoTime();
    }

    /** Nanoseconds since the start, within a call. */
    final long now() {
        return now;
    }

    /** The time that was reached; for anybody. */
    final long reached() {
        return now;
    }

    final void advanceTo(long time) {
        now = Math.max(now, time);
    }

    /** Has an event fire, this many nanoseconds from now. */
    final void schedule(Event event, long delay) {
        long time = now + delay;
        events.schedule(event, time < 0 ? Long.MAX_VALUE : time);
    }

    final void cancel(Event event) {
        events.cancel(event);
    }

    final boolean isFiring() {
        return isFiring;
    }

    /** Fires all events of a time that has come, those too that they bring about. */
    final void fireUntil(long time) {
        for (Event next = events.peek(); next != null && next.time <= time; next = events.peek()) {
            advanceTo(next.time);
            events.take();
            isFiring = true;
            try {
                next.fire();
            } finally {
                isFiring = false;
            }
        }
    }

    /** Waits without the lock until the state is another one. An interrupt neither ends the wait nor gets lost. */
    final void park(Participant me) {
        boolean interrupted = false;
        me.isParked = true;
        while (me.state == Participant.State.WAITING || me.state == Participant.State.READY) {
            unlock();
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
            lock.lock();
        }
        me.isParked = false;
        if (interrupted) {
            me.thread.interrupt();
        }
    }

    /** Gives the lock back. */
    void unlock() {
        lock.unlock();
    }

    /** Makes sure that the ticker looks, now and then. Under the lock. */
    final void keepTicking() {
        if (ticker == null || ticker.hasEnded()) {
            ticker = new Ticker(this);
            ticker.start();
        } else if (ticker.isIdle()) {
            ticker.hurry();
        }
    }

    /** Has the ticker look at once. Under the lock. */
    final void tickNow() {
        keepTicking();
        ticker.hurry();
    }

    /** Refuses a call that an event makes: nobody could go on meanwhile. */
    final void refuseWhileFiring() {
        if (isFiring) {
            lock.unlock();
            throw new IllegalStateException("an action of a virtual network must not use its sockets");
        }
    }

    /** As Thread.onSpinWait, but lets others have the lock who wait for it. Under the lock. */
    final void letOthersIn() {
        if (lock.hasQueuedThreads()) {
            lock.unlock();
            try {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(1));
            } finally {
                lock.lock();
            }
        }
    }
}
