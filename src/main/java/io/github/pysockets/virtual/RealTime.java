package io.github.pysockets.virtual;

import io.github.pysockets.stack.Announcement;
import io.github.pysockets.virtual.Participant.State;
import java.util.concurrent.locks.LockSupport;

/** Time that passes by itself, some times as fast as outside. Threads have no turns. */
final class RealTime extends World {
    private final double scale;
    private final boolean isSystemTime;
    private final long origin = System.nanoTime();
    /** When the ticker looks next. */
    private long nextTick = Long.MAX_VALUE;

    /** @param isSystemTime whether it is the time outside, so that callers need no clock of the network's */
    RealTime(long wallStart, double scale, boolean isSystemTime) {
        super(wallStart);
        this.scale = scale;
        this.isSystemTime = isSystemTime;
    }

    @Override
    public long nanoTime() {
        return (long) ((System.nanoTime() - origin) * scale);
    }

    @Override
    boolean isSystemTime() {
        return isSystemTime;
    }

    private void catchUp() {
        long time = nanoTime();
        fireUntil(time);
        advanceTo(time);
    }

    @Override
    void enter() {
        lock.lock();
        refuseWhileFiring();
        catchUp();
    }

    @Override
    void enterOutOfTurn() {
        enter();
    }

    @Override
    void exit() {
        settle();
        unlock();
    }

    @Override
    void settle() {
        fireUntil(now());
        beReadyForTheNext();
    }

    private void beReadyForTheNext() {
        if (!events.isEmpty() && events.peek().time < nextTick) {
            nextTick = events.peek().time;
            tickNow();
        }
    }

    @Override
    Participant current() {
        return new Participant(Thread.currentThread(), State.RUNNING);
    }

    @Override
    void sleep(Participant me) {
        me.state = State.WAITING;
        beReadyForTheNext();
        park(me);
        catchUp();
    }

    @Override
    void rouse(Participant sleeper) {
        if (sleeper.state == State.WAITING) {
            sleeper.state = State.RUNNING;
            LockSupport.unpark(sleeper.thread);
        }
    }

    @Override
    void wake(Participant sleeper) {
        rouse(sleeper);
    }

    @Override
    void lookedInVain() {
        // Time passes all the same.
    }

    @Override
    Announcement announce() {
        return new Announcement() {
            @Override
            public void begin() {
                // Nobody waits for it.
            }

            @Override
            public void end() {
                // Likewise.
            }
        };
    }

    @Override
    void leave() {
        // Nobody waits for anybody.
    }

    /** {@inheritDoc} There always is: time itself. */
    @Override
    boolean isIdle() {
        return false;
    }

    @Override
    long tick() {
        catchUp();
        if (events.isEmpty()) {
            nextTick = Long.MAX_VALUE;
            return NOTHING;
        }
        nextTick = events.peek().time;
        return Math.max(1, (long) ((nextTick - now()) / scale));
    }
}
