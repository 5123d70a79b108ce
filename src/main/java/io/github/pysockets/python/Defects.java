package io.github.pysockets.python;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs unexpected failures. The first failure at a place is logged with its stack trace, later ones only as a count, at
 * growing intervals. So a script that finds such a place cannot fill the application's log.
 */
final class Defects {
    private static final System.Logger LOG = System.getLogger("io.github.pysockets");

    /** Frames that identify a place. */
    private static final int FRAMES = 8;

    /** Places beyond this number count as one: an application's own stack may have any number. */
    private static final int MOST_PLACES = 256;

    private static final Map<Place, AtomicLong> COUNTS = new ConcurrentHashMap<>();

    private record Place(Class<?> type, List<StackTraceElement> frames) {
        static final Place OTHERS = new Place(Throwable.class, List.of());

        static Place of(Throwable failure) {
            StackTraceElement[] trace = failure.getStackTrace();
            return new Place(failure.getClass(), List.of(Arrays.copyOf(trace, Math.min(FRAMES, trace.length))));
        }
    }

    private Defects() {}

    /** Logs or counts a failure. Never throws, whatever the logger does. */
    static void tell(Throwable failure) {
        try {
            count(failure);
        } catch (Throwable untold) {
            // The call has failed already, and its code still reaches the caller.
            return;
        }
    }

    private static void count(Throwable failure) {
        Place place = Place.of(failure);
        if (COUNTS.size() >= MOST_PLACES && !COUNTS.containsKey(place)) {
            place = Place.OTHERS;
        }
        long count = COUNTS.computeIfAbsent(place, first -> new AtomicLong()).incrementAndGet();
        if (count == 1) {
            LOG.log(System.Logger.Level.ERROR, "a socket call failed unexpectedly", failure);
        } else if (isPowerOfTen(count)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a socket call failed unexpectedly, for the {0}th time at the same place: {1}",
                    Long.toString(count),
                    failure.getClass().getName());
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
