package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.util.BitSet;

/**
 * Descriptor numbers for sockets that have none from the operating system: the lowest free one, as POSIX has it, but
 * above all that a process has. So one runtime can have sockets of both kinds.
 */
final class OwnNumbers {
    private static final int LOWEST = 1 << 29;

    /** How far above the lowest a script may ask for one: Linux's limit for the numbers of a process. */
    private static final int MOST = 1 << 20;

    private final BitSet taken = new BitSet();

    /** The number that the lowest one has in the place of a process's. */
    static int lowest() {
        return LOWEST;
    }

    int take() {
        return takeFrom(0);
    }

    /**
     * @param lowest the lowest that it may be
     * @throws StackException EINVAL where that is higher than a number may be asked for
     */
    int take(int lowest) throws StackException {
        int index = Math.max(0, lowest - LOWEST);
        if (index > MOST) {
            throw new StackException(Errno.EINVAL);
        }
        return takeFrom(index);
    }

    private synchronized int takeFrom(int first) {
        int index = taken.nextClearBit(first);
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
