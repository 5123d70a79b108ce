package io.github.pysockets.python;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Failures that nobody expected, on their way to the log. Each place tells of itself once with its trace, and after that of how
 * often it was met, at growing distances: a script that has found one cannot fill the application's log with it.
 */
public final class Defects {
    private static final System.Logger LOG = System.getLogger("io.github.pysockets");

    /** Frames that tell one place from another. */
    private static final int FRAMES = 8;

    /** More places than this are counted as one: a host's own stack may have any number. */
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

    /** Logs a failure, or counts it. Throws nothing, whatever the log does. */
    public static void tell(Throwable failure) {
        try {
            count(failure);
        } catch (Throwable untold) {
            // The call has failed already, and its code is told all the same.
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
