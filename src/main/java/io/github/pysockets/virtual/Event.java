package io.github.pysockets.virtual;

/** Something that happens at a time. An object stands for one pending event at most, and may be used again. */
abstract class Event {
    /** Where it is in the {@link EventQueue}; negative while it is in none. */
    int index = -1;
    /** When it happens, in nanoseconds since the start. */
    long time;
    /** Decides between events of one time: first come, first served. */
    long sequence;

    final boolean isPending() {
        return index >= 0;
    }

    final boolean isBefore(Event other) {
        return time != other.time ? time < other.time : sequence < other.sequence;
    }

    /** Called once its time has come, under the network's lock. */
    abstract void fire();
}
