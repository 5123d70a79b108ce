package io.github.pysockets.abi;

/** How far the use of an option, of ancillary data or of a command reaches. */
public enum Reach {
    /** The socket alone, and what comes and goes by it. */
    SOCKET,

    /**
     * More than that: the process's memory, by an address in the value; its descriptors, by a number in it; other
     * processes, or the host. For scripts that are trusted with these anyway.
     */
    PROCESS,

    /** Nobody here knows. */
    UNKNOWN
}
