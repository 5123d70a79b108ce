package io.github.pysockets.python;

/** When the collector is made to look for objects that an interpreter's code has dropped. */
public enum SearchRule {
    /** Only when the process runs out of descriptors. */
    NEVER,
    /** While a call of the interpreter waits. */
    WAITING,
    /**
     * While the process uses hardly any processor time, whatever it waits for. Actions in Python run on a thread of
     * their own.
     */
    IDLE
}
