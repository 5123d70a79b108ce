package io.github.pysockets.virtual;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/** A thread that uses a network. */
final class Participant {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Processor time that a thread needs for next to nothing. */
    private static final long NEXT_TO_NOTHING = TimeUnit.MILLISECONDS.toNanos(1);

    enum State {
        /** It has been announced, and has made no call yet. */
        ANNOUNCED,
        /** It waits for its turn. */
        READY,
        /** It has its turn. */
        RUNNING,
        /** It waits in a poller. */
        WAITING,
        /** It has no turn and waits for none: it has lost it by blocking elsewhere, or has ended. */
        OUTSIDE
    }

    /** Null until an announced thread begins. */
    Thread thread;
    State state;
    /** Whether its thread is parked by the network, or has not noticed yet that it no longer is. */
    boolean isParked;
    /** Whether somebody has said that it comes. */
    boolean isAnnounced;
    /** The processor time at which it was found in a system call that waits; negative if it was not. */
    private long stuckAt = -1;

    Participant(Thread thread, State state) {
        this.thread = thread;
        this.state = state;
    }

    /** Whether it waits for something outside of the network. */
    boolean isBlocked() {
        return thread != null && !isParked && switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case RUNNABLE -> stuckAt >= 0 && isNextToNothing(stuckAt);
            case NEW, TERMINATED -> false;
        };
    }

    /** The processor time that it has used, in nanoseconds; negative if that cannot be told. */
    long processorTime() {
        return thread == null || thread.isVirtual() ? -1 : THREADS.getThreadCpuTime(thread.threadId());
    }

    /** Whether it has used next to no processor time since. */
    boolean isNextToNothing(long since) {
        long now = processorTime();
        return since >= 0 && now >= 0 && now - since < NEXT_TO_NOTHING;
    }

    /** From a thread in a system call that waits Java sees that it runs. */
    void foundStuck() {
        stuckAt = processorTime();
    }

    void notStuck() {
        stuckAt = -1;
    }

    boolean hasEnded() {
        return thread != null && thread.getState() == Thread.State.TERMINATED;
    }
}
