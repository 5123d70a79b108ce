package io.github.pysockets.abi;

/** How far the use of an option, of ancillary data or of a command reaches. */
public enum Reach {
    /** The socket alone, and the data that passes through it. */
    SOCKET,

    /**
     * More than the socket: the process's memory, through an address in the value; its descriptors, through a number in
     * it; other processes, or the host. Only for scripts that are trusted with these anyway.
     */
    PROCESS,

    /** Not known here. */
    UNKNOWN
}
