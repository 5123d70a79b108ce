package io.github.pysockets.python;

import java.lang.ref.Cleaner;

/** What is to be done once an object was collected. */
final class Collected {
    /** Made with the first object that holds a descriptor: it is a thread. */
    private static final Cleaner CLEANER = Cleaner.create();

    private Collected() {}

    /** @param action must not refer to {@code owner} */
    static void afterwards(Object owner, Runnable action) {
        CLEANER.register(owner, action);
    }
}
