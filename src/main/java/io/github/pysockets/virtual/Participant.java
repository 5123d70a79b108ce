package io.github.pysockets.virtual;

/** A thread that uses a network. */
final class Participant {
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

    Participant(Thread thread, State state) {
        this.thread = thread;
        this.state = state;
    }

    /** Whether it waits for something outside of the network. */
    boolean isBlocked() {
        return thread != null && !isParked && switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    boolean hasEnded() {
        return thread != null && thread.getState() == Thread.State.TERMINATED;
    }
}
