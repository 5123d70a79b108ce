package io.github.pysockets.virtual;

import io.github.pysockets.stack.Announcement;
import io.github.pysockets.virtual.Participant.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that moves only when everything waits. Threads take turns: one runs at a time, until it waits in a poller. Then
 * the next one runs that has something to do, in the order in which they came to have it. If none has, time jumps to
 * the next event.
 *
 * <p>A thread that has its turn may block elsewhere: on a lock of Python, a future of Java. Nobody tells; but its state
 * can be seen. {@link #tick} looks twice, and then hands its turn on. Such a thread is outside from then on, until its
 * next call. Time does not move while a thread outside runs.
 */
final class VirtualTime extends World {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A thread of the system that was woken takes a while until it runs, and until then looks as if it slept on. */
    private static final long QUIET_LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    /**
     * How much has to be seen of a thread that does nothing. A look that comes late counts less: the machine is busy,
     * and other threads may not have had a chance either.
     */
    private static final int ENOUGH = 20;
    private static final int ENOUGH_FOR_A_JUMP = 40;
    private static final int LOOK_IN_TIME = 10;
    private static final int LATE_LOOK = 2;

    /**
     * How long a thread of an interpreter may wait for the interpreter's own locks until its turn is handed on. Such a
     * thread is announced, and what its program waits for it waits for on the network.
     */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long a thread may use next to no processor time until it is taken for one that waits for the system. */
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So many calls in vain, and a thread waits a little, though it did not ask to. */
    private static final int MOST_LOOKS_IN_VAIN = 1_000;
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<Thread, Participant> participants = new HashMap<>();
    /** Those that are next, and among them, in their places, those that were announced. */
    private final Queue<Participant> ready = new ArrayDeque<>();
    private final List<Participant> outside = new ArrayList<>();

    /** Who has its turn; null for none. */
    private Participant holder;
    /** Whose thread is to be unparked, once the lock is free. */
    private Participant granted;
    /** Counts what happens, so that a tick can tell whether anything has. */
    private long calls;
    private int looksInVain;

    // What the last ticks have seen.
    private long seenCalls;
    private int seenIdle;
    private long nextLook;
    private long idleSince;
    private long watchedSince;
    private long watchedTime;
    /** Whether, since the last turn, those outside have long enough been seen to do nothing. */
    private boolean isQuiet;

    VirtualTime(long wallStart) {
        super(wallStart);
    }

    @Override
    public long nanoTime() {
        return reached();
    }

    @Override
    void enter() {
        lock.lock();
        refuseWhileFiring();
        calls++;
        if (!isHolder()) {
            takeTurn();
        }
    }

    @Override
    void enterOutOfTurn() {
        lock.lock();
        refuseWhileFiring();
        calls++;
        if (!isHolder() && participants.containsKey(Thread.currentThread())) {
            takeTurn();
        }
    }

    private boolean isHolder() {
        return holder != null && holder.thread == Thread.currentThread();
    }

    private void takeTurn() {
        Participant me = participants.computeIfAbsent(
                Thread.currentThread(), thread -> new Participant(thread, State.OUTSIDE));
        if (me.state == State.OUTSIDE) {
            outside.remove(me);
            ready.add(me);
        }
        me.state = State.READY;
        me.notStuck();
        keepTicking();
        proceed();
        park(me);
    }

    @Override
    void exit() {
        settle();
        unlock();
    }

    @Override
    void settle() {
        fireUntil(now());
        proceed();
        if (holder != null && !events.isEmpty()) {
            keepTicking();
        }
    }

    @Override
    void unlock() {
        Participant next = granted;
        granted = null;
        super.unlock();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    @Override
    Participant current() {
        return holder;
    }

    @Override
    void sleep(Participant me) {
        me.state = State.WAITING;
        holder = null;
        looksInVain = 0;
        proceed();
        park(me);
    }

    @Override
    void rouse(Participant sleeper) {
        if (sleeper.state == State.WAITING) {
            sleeper.state = State.READY;
            ready.add(sleeper);
        }
    }

    @Override
    void wake(Participant sleeper) {
        if (isHolder()) {
            rouse(sleeper);
        } else if (sleeper.state == State.WAITING || sleeper.state == State.READY) {
            // From outside, such as Ctrl-C: whoever has its turn may never give it up.
            ready.remove(sleeper);
            sleeper.state = State.OUTSIDE;
            outside.add(sleeper);
            LockSupport.unpark(sleeper.thread);
        }
    }

    @Override
    void lookedInVain() {
        if (++looksInVain > MOST_LOOKS_IN_VAIN && isHolder()) {
            Participant me = holder;
            schedule(new Event() {
                @Override
                void fire() {
                    rouse(me);
                }
            }, NAP_NANOS);
            sleep(me);
        }
    }

    /** Gives the turn to the next thread, once there is one; time passes until then. */
    private void proceed() {
        while (holder == null) {
            Participant next = ready.peek();
            if (next != null) {
                if (next.state == State.ANNOUNCED) {
                    // Whose thread may block elsewhere, or end, before its first call.
                    keepTicking();
                } else {
                    grant(ready.remove());
                }
                return;
            }
            // Nothing that is planned happens before somebody is there.
            if (events.isEmpty() || participants.isEmpty() || !mayJump()) {
                return;
            }
            letOthersIn();
            if (holder == null && ready.isEmpty() && !events.isEmpty()) {
                fireUntil(events.peek().time);
            }
        }
    }

    private void grant(Participant next) {
        holder = next;
        calls++;
        next.state = State.RUNNING;
        looksInVain = 0;
        isQuiet = false;
        seenIdle = 0;
        if (next.thread != Thread.currentThread()) {
            granted = next;
        }
    }

    /** Whether no thread outside runs. If this cannot be told yet, ticks will. */
    private boolean mayJump() {
        if (outside.isEmpty()) {
            return true;
        }
        outside.removeIf(this::isGone);
        boolean allBlocked = outside.stream().allMatch(this::doesNothing);
        boolean tellAtOnce = outside.stream().allMatch(participant -> participant.thread.isVirtual());
        if (allBlocked && (isQuiet || tellAtOnce)) {
            return true;
        }
        tickNow();
        return false;
    }

    private boolean isGone(Participant participant) {
        if (participant.hasEnded()) {
            participants.remove(participant.thread);
            return true;
        }
        return false;
    }

    @Override
    long tick() {
        long pause = look();
        nextLook = System.nanoTime() + pause;
        return pause;
    }

    private long look() {
        if (holder != null) {
            if (ready.isEmpty() && events.isEmpty()) {
                return NOTHING;
            }
            if (looksBlocked(holder)) {
                evict(holder);
                holder = null;
                proceed();
            }
            return LOOK_NANOS;
        }
        if (!ready.isEmpty()) {
            Participant announced = ready.peek();
            if (announced.thread != null && looksBlocked(announced)) {
                evict(ready.remove());
                proceed();
            }
            return LOOK_NANOS;
        }
        if (outside.isEmpty() || participants.isEmpty() || events.isEmpty()) {
            return NOTHING;
        }
        outside.removeIf(this::isGone);
        isQuiet = isEnough(
                outside.stream().allMatch(this::doesNothing), QUIET_LOOK_NANOS, ENOUGH_FOR_A_JUMP);
        if (isQuiet) {
            proceed();
        }
        return holder == null ? QUIET_LOOK_NANOS : LOOK_NANOS;
    }

    /** Whether a thread has ended, or was seen to do nothing at all for some looks. */
    private boolean looksBlocked(Participant participant) {
        if (participant.hasEnded()) {
            return true;
        }
        boolean isSilent = seenCalls == calls;
        seenCalls = calls;
        boolean isIdle = isEnough(isSilent && doesNothing(participant), LOOK_NANOS, ENOUGH);
        boolean isPatient = participant.isAnnounced && !participant.thread.isVirtual();
        return isIdle && (!isPatient || System.nanoTime() - idleSince >= PATIENCE_NANOS)
                || looksStuck(participant, isSilent);
    }

    private boolean looksStuck(Participant participant, boolean isSilent) {
        long now = System.nanoTime();
        if (isSilent && now - watchedSince < STUCK_NANOS) {
            return false;
        }
        if (isSilent && participant.isNextToNothing(watchedTime)) {
            participant.foundStuck();
            return true;
        }
        watchedSince = now;
        watchedTime = participant.processorTime();
        return false;
    }

    /** Whether it waits, and for no more than a moment in which another thread has the lock. */
    private boolean doesNothing(Participant participant) {
        return participant.isBlocked() && !lock.hasQueuedThread(participant.thread);
    }

    /** @param idles what this look has seen, which is one of those that are so far apart */
    private boolean isEnough(boolean idles, long apart, int enough) {
        boolean isLate = System.nanoTime() - nextLook > apart;
        if (seenIdle == 0) {
            idleSince = System.nanoTime();
        }
        seenIdle = idles ? seenIdle + (isLate ? LATE_LOOK : LOOK_IN_TIME) : 0;
        return seenIdle >= enough;
    }

    private void evict(Participant participant) {
        seenIdle = 0;
        if (!isGone(participant)) {
            participant.state = State.OUTSIDE;
            outside.add(participant);
        }
    }

    @Override
    boolean isIdle() {
        lock.lock();
        try {
            return ready.isEmpty() && (events.isEmpty() || participants.isEmpty())
                    && (holder == null || !mayGoOn(holder))
                    && outside.stream().noneMatch(this::mayGoOn);
        } finally {
            unlock();
        }
    }

    private boolean mayGoOn(Participant participant) {
        return participant.thread != Thread.currentThread() && !doesNothing(participant) && !participant.hasEnded();
    }

    // Announced threads

    @Override
    Announcement announce() {
        Participant announced = new Participant(null, State.ANNOUNCED);
        announced.isAnnounced = true;
        lock.lock();
        try {
            ready.add(announced);
        } finally {
            unlock();
        }
        return new Announcement() {
            @Override
            public void begin() {
                VirtualTime.this.begin(announced);
            }

            @Override
            public void end() {
                VirtualTime.this.end(announced);
            }
        };
    }

    private void begin(Participant announced) {
        lock.lock();
        try {
            Thread thread = Thread.currentThread();
            if (announced.thread != null || participants.putIfAbsent(thread, announced) != null) {
                throw new IllegalStateException("a thread begins once, and before all else");
            }
            announced.thread = thread;
            // What runs before its turn gets in the way of who has it: threads of one interpreter share a lock.
            takeTurn();
        } finally {
            unlock();
        }
    }

    private void end(Participant participant) {
        lock.lock();
        try {
            remove(participant);
        } finally {
            unlock();
        }
    }

    @Override
    void leave() {
        lock.lock();
        try {
            Participant me = participants.get(Thread.currentThread());
            if (me != null) {
                remove(me);
            }
        } finally {
            unlock();
        }
    }

    private void remove(Participant participant) {
        ready.remove(participant);
        outside.remove(participant);
        participants.remove(participant.thread, participant);
        participant.state = State.OUTSIDE;
        if (holder == participant) {
            holder = null;
        }
        proceed();
    }
}
