package io.github.pysockets.python;

/** What an event loop reads by itself once its descriptor is ready. */
interface LoopSource {
    /** Reads what has come, as far as the round has room. */
    void read(LoopRound round, Object owner);
}
