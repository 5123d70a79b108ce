package io.github.pysockets.python;

/** What a call that may block is made on: see {@link BlockingCalls}. */
interface Blockable {
    /** Null once closed or detached. */
    Descriptor descriptor();

    /** How long a call may wait, in nanoseconds: 0 for not at all, {@link WaitLimit#BLOCKING}. */
    long timeout();

    /** Whether bytes that one call left over can go with the next. */
    boolean isStream();
}
