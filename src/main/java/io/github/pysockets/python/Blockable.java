package io.github.pysockets.python;

/** An object whose calls may block: see {@link BlockingCalls}. */
interface Blockable {
    /** Null once closed or detached. */
    Descriptor descriptor();

    /** How long a call may wait, in nanoseconds: 0 for non-blocking, {@link WaitLimit#BLOCKING} for no limit. */
    long timeout();

    /** Whether the next call can continue with bytes that one call left over. */
    boolean isStream();
}
