package io.github.pysockets.python;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is to be done once an object was collected, and a way to have it done now. A {@link java.lang.ref.Cleaner} has
 * no such way: when the collector has run, nobody can tell when the cleaner is through.
 */
final class Cleanup {
    private static final Set<Followed> FOLLOWED = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Object> FOUND = new ReferenceQueue<>();

    private static final AtomicLong CLOSED = new AtomicLong();

    static {
        // With the first object that holds a descriptor. It serves all interpreters, so nothing that it does may wait.
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

        /** Once. Comes back when it is done, on whichever thread. */
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
                // The next one is another matter.
                continue;
            }
        }
    }

    /** Notes that a descriptor was closed whose owner was dropped. */
    static void noteClosed() {
        CLOSED.incrementAndGet();
    }

    /** How many descriptors were closed for being dropped, ever. */
    static long closed() {
        return CLOSED.get();
    }

    /** Lets the collector run, and does what is then to be done. */
    static void look() {
        System.gc();
        for (Followed followed : FOLLOWED) {
            if (followed.refersTo(null)) {
                followed.run();
            }
        }
    }
}
