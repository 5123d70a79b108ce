package io.github.pysockets.python;

import java.util.BitSet;

/** Descriptor numbers for sockets that have none from the operating system: the lowest free one, as in POSIX. */
final class OwnNumbers {
    private final BitSet taken = new BitSet();

    synchronized int take() {
        int number = taken.nextClearBit(0);
        taken.set(number);
        return number;
    }

    synchronized void giveBack(int number) {
        taken.clear(number);
    }
}
