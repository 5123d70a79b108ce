package io.github.pysockets.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@link LoopTimers}. */
final class LoopTimersTest {
    private final LoopTimers timers = new LoopTimers();

    private List<Object> due(double end) {
        List<Object> due = new ArrayList<>();
        timers.takeDue(end, due::add);
        return due;
    }

    @Test
    void earliestComesFirst() {
        timers.add(3, "c");
        timers.add(1, "a");
        timers.add(2, "b");
        assertEquals(1, timers.first());
        assertEquals(List.of("a", "b"), due(3));
        assertEquals(List.of("c"), due(3.1));
        assertEquals(Double.POSITIVE_INFINITY, timers.first());
    }

    @Test
    void ofOneTimeTheOneThatWasSetFirst() {
        for (int i = 0; i < 100; i++) {
            timers.add(1, i);
        }
        List<Object> due = due(2);
        for (int i = 0; i < 100; i++) {
            assertEquals(i, due.get(i));
        }
    }

    @Test
    void timersOfAnotherHeapAreNotTouched() {
        LoopTimers other = new LoopTimers();
        LoopTimer foreign = other.add(1, "other");
        timers.add(2, "mine");
        timers.cancel(foreign);
        assertEquals(List.of("mine"), due(3));
        assertEquals(1, other.count());
    }

    @Test
    void cancellingTwiceOrTooLateDoesNothing() {
        LoopTimer first = timers.add(1, "first");
        timers.add(2, "second");
        due(1.5);
        timers.cancel(first);
        LoopTimer third = timers.add(3, "third");
        timers.cancel(third);
        timers.cancel(third);
        assertEquals(List.of("second"), due(9));
        LoopTimer fourth = timers.add(4, "fourth");
        timers.clear();
        timers.add(5, "fifth");
        timers.cancel(fourth);
        assertEquals(List.of("fifth"), due(9));
    }

    /** Against a set that is plainly right. */
    @Test
    void anySequenceOfCallsKeepsTheOrder() {
        Random random = new Random(1);
        TreeSet<LoopTimer> expected =
                new TreeSet<>(Comparator.<LoopTimer>comparingDouble(it -> it.when).thenComparingLong(it -> it.number));
        List<LoopTimer> all = new ArrayList<>();
        for (int step = 0; step < 50_000; step++) {
            int kind = random.nextInt(10);
            if (kind < 5) {
                LoopTimer added = timers.add(random.nextInt(1000), step);
                expected.add(added);
                all.add(added);
            } else if (kind < 9 && !all.isEmpty()) {
                LoopTimer cancelled = all.get(random.nextInt(all.size()));
                timers.cancel(cancelled);
                expected.remove(cancelled);
            } else {
                double end = timers.first() + 1;
                List<Object> due = new ArrayList<>();
                while (!expected.isEmpty() && expected.first().when < end) {
                    due.add(expected.pollFirst().owner);
                }
                assertEquals(due, due(end));
            }
            assertEquals(expected.size(), timers.count());
        }
    }

    @Test
    void millionSetAndCancelledLeaveNothing() {
        timers.add(Double.MAX_VALUE, "last");
        LoopTimer[] last = new LoopTimer[1000];
        for (int i = 0; i < 1_000_000; i++) {
            if (last[i % last.length] != null) {
                timers.cancel(last[i % last.length]);
            }
            last[i % last.length] = timers.add(i * 7919 % 10_007, i);
        }
        for (LoopTimer timer : last) {
            timers.cancel(timer);
        }
        assertEquals(1, timers.count());
        assertEquals(Double.MAX_VALUE, timers.first());
    }
}
