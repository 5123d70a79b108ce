package io.github.pysockets.python;

import java.util.BitSet;

/**
 * Descriptor numbers for sockets that have none from the operating system: the lowest free one, as POSIX has it, but
 * above all that a process has. So one runtime can have sockets of both kinds.
 */
final class OwnNumbers {
    private static final int LOWEST = 1 << 29;

    private final BitSet taken = new BitSet();

    /** The number that the lowest one has in the place of a process's. */
    static int lowest() {
        return LOWEST;
    }

    synchronized int take() {
        int index = taken.nextClearBit(0);
        taken.set(index);
        return LOWEST + index;
    }

    synchronized void giveBack(int number) {
        taken.clear(number - LOWEST);
    }

    /** The place of a number in use among these, or a process's own number. */
    static int index(int number) {
        return number >= LOWEST ? number - LOWEST : number;
    }
}
