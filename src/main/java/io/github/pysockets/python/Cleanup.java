package io.github.pysockets.python;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Actions to run after an object was collected, and a way to run them now. {@link java.lang.ref.Cleaner} has no such
 * way: after a collection nobody can tell when the cleaner has finished.
 */
final class Cleanup {
    private static final Set<Followed> FOLLOWED = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Object> FOUND = new ReferenceQueue<>();

    private static final AtomicLong CLOSED = new AtomicLong();

    static {
        // Starts with the first object that holds a descriptor. It serves all interpreters, so its actions must never
        // wait.
        Thread.ofPlatform()
                .daemon()
                .name("pysockets-dropped")
                .inheritInheritableThreadLocals(false)
                .start(Cleanup::runFound);
    }

    private Cleanup() {}

    private static final class Followed extends PhantomReference<Object> {
        private Runnable action;

        Followed(Object owner, Runnable action) {
            super(owner, FOUND);
            this.action = action;
        }

        /** Runs the action once. When this returns, the action has finished, on whichever thread. */
        synchronized void run() {
            if (action == null) {
                return;
            }
            try {
                action.run();
            } finally {
                action = null;
                FOLLOWED.remove(this);
            }
        }
    }

    /** @param action must not refer to {@code owner} */
    static void afterwards(Object owner, Runnable action) {
        FOLLOWED.add(new Followed(owner, action));
    }

    private static void runFound() {
        for (;;) {
            try {
                ((Followed) FOUND.remove()).run();
            } catch (InterruptedException | RuntimeException | Error nobodyToTell) {
                // Later actions do not depend on this one.
                continue;
            }
        }
    }

    /** Records that a descriptor was closed because its owner was dropped. */
    static void noteClosed() {
        CLOSED.incrementAndGet();
    }

    /** The number of descriptors ever closed because their owner was dropped. */
    static long closed() {
        return CLOSED.get();
    }

    /** Runs the collector, then the actions that are due. */
    static void look() {
        System.gc();
        for (Followed followed : FOLLOWED) {
            if (followed.refersTo(null)) {
                followed.run();
            }
        }
    }
}
