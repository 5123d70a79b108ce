package io.github.pysockets.python;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts that ended one wait and must also end the next one. {@code socket.sendfile} takes the first error as a
 * reason to wait in another way: it falls back from sendfile(2) to send(2).
 *
 * <p>They are kept here because the interpreter would use up the thread's own interrupt between the two waits.
 */
final class PassedOnInterrupts {
    /** Far longer than it takes to get from one wait to the next. Later waits are unrelated. */
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** By thread identifier, which is never reused, so that ended threads are not kept alive. */
    private final Map<Long, Long> ends = new ConcurrentHashMap<>();

    /** Makes the calling thread's next wait end at once. */
    void passOn() {
        forgetOld();
        ends.put(Thread.currentThread().threadId(), System.nanoTime() + LIFE_NANOS);
    }

    /** Called at the start of a wait: interrupts the calling thread if an interrupt is due. */
    void apply() {
        if (ends.isEmpty()) {
            return;
        }
        Long end = ends.remove(Thread.currentThread().threadId());
        if (end != null && isAhead(end)) {
            Thread.currentThread().interrupt();
        }
        forgetOld();
    }

    /** Forgets interrupts of threads that did not wait again. */
    private void forgetOld() {
        ends.values().removeIf(end -> !isAhead(end));
    }

    private static boolean isAhead(long end) {
        return end - System.nanoTime() > 0;
    }

    int count() {
        return ends.size();
    }
}
