package io.github.pysockets.python;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Actions to run after an object was collected, and a way to run them now. {@link java.lang.ref.Cleaner} has no such
 * way: after a collection nobody can tell when the cleaner has finished.
 *
 * <p>Objects that Python code can drop are counted apart from others, so that {@link DroppedSearch} knows when it is
 * worthwhile to run the collector.
 */
final class Cleanup {
    private static final Set<Followed> FOLLOWED = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Object> FOUND = new ReferenceQueue<>();

    private static final AtomicLong CLOSED = new AtomicLong();

    /** How often the collector was asked to look. An object made since the last time may just have been dropped. */
    private static volatile int searches;

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

    /** The action for an object that Python code may drop where it should close it. */
    interface Droppable extends Runnable {
        /** Whether a call waits for the object now. Then its caller has not dropped it. */
        boolean isInUse();
    }

    /** An object and its action. */
    static final class Followed extends PhantomReference<Object> {
        private Runnable action;
        private final Droppable droppable;
        private final int madeIn = searches;

        private Followed(Object owner, Runnable action, Droppable droppable) {
            super(owner, FOUND);
            this.action = action;
            this.droppable = droppable;
        }

        /** Runs the action once. When this returns, the action has finished, on whichever thread. */
        private synchronized void run() {
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

        /** Forgets the action, because the object was closed as it should be. Never waits. */
        void forget() {
            FOLLOWED.remove(this);
            clear();
        }

        private boolean mayBeDropped() {
            return droppable != null && !droppable.isInUse();
        }

        private boolean isFresh() {
            return madeIn == searches && mayBeDropped();
        }
    }

    /** @param action must not refer to {@code owner} */
    static void afterwards(Object owner, Runnable action) {
        FOLLOWED.add(new Followed(owner, action, null));
    }

    /**
     * As above, for an object that Python code may drop.
     *
     * @return what to forget once it is closed
     */
    static Followed droppable(Object owner, Droppable droppable) {
        Followed followed = new Followed(owner, droppable, droppable);
        FOLLOWED.add(followed);
        DroppedSearch.notice();
        return followed;
    }

    /** Whether an object that was made since the last search may have been dropped. */
    static boolean hasFresh() {
        return FOLLOWED.stream().anyMatch(Followed::isFresh);
    }

    /** Whether any object may have been dropped. */
    static boolean hasDroppable() {
        return FOLLOWED.stream().anyMatch(Followed::mayBeDropped);
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

    /** Records that a descriptor, or what counts as one, was closed because its owner was dropped. */
    static void noteClosed() {
        CLOSED.incrementAndGet();
    }

    /** The number of descriptors ever closed because their owner was dropped. */
    static long closed() {
        return CLOSED.get();
    }

    /** Runs the collector, then the actions that are due. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one look at a time
    static void look() {
        searches++;
        System.gc();
        for (Followed followed : FOLLOWED) {
            if (followed.refersTo(null)) {
                followed.run();
            }
        }
    }
}
