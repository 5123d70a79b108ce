package io.github.pysockets.python;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts that ended one wait and are to end the next one too, because who made the first one takes its error for a reason to
 * wait in another way: {@code socket.sendfile} goes over from sendfile(2) to send(2) then.
 *
 * <p>Kept here and not as the thread's own interrupt, which the interpreter would use up on the way between the two.
 */
final class PassedOnInterrupts {
    /** Far more than it takes to get from one wait to the next; later ones are another matter. */
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** By the thread's identifier, which is never used again: a thread that has ended is not kept. */
    private final Map<Long, Long> ends = new ConcurrentHashMap<>();

    /** The calling thread's next wait is to end at once. */
    void passOn() {
        forgetOld();
        ends.put(Thread.currentThread().threadId(), System.nanoTime() + LIFE_NANOS);
    }

    /** At the start of a wait: interrupts the calling thread if it is due. */
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

    /** Those of threads that did not wait again. */
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
