package io.github.pysockets.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the collector runs, by a clock of the test's. */
final class CollectionBudgetTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long MINUTE = 60_000 * MILLISECOND;

    private final CollectionBudget budget = new CollectionBudget(16, 0);
    private long now = 5;
    private int collections;

    /** A call that finds no descriptor: whether the collector ran for it. */
    private boolean attempt(long cost, long found) {
        long pause = budget.pause(now, true);
        if (pause < 0) {
            return false;
        }
        long begin = now + pause;
        now = begin + cost;
        budget.spend(begin, now, found);
        collections++;
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 40, 400, 3_000})
    void inVainTheyTakeThreePercentInTheLongRun(long cost) {
        long end = 10 * MINUTE;
        while (now < end) {
            attempt(cost * MILLISECOND, 0);
            now += MILLISECOND;
        }
        double share = (double) collections * cost * MILLISECOND / end;
        assertTrue(share < 0.05, () -> "" + share);
        assertTrue(share > 0.02, () -> "" + share);
    }

    @Test
    void aFewInVainAreFree() {
        for (int i = 0; i < 8; i++) {
            assertTrue(attempt(40 * MILLISECOND, 0));
        }
        assertEquals(false, attempt(40 * MILLISECOND, 0));
    }

    @Test
    void oneIsEarnedAgainInThirtyTimesItsTime() {
        while (attempt(10 * MILLISECOND, 0)) {
            continue;
        }
        now += 30 * 10 * MILLISECOND;
        assertTrue(attempt(10 * MILLISECOND, 0));
        assertEquals(false, attempt(10 * MILLISECOND, 0));
    }

    @Test
    void thoseThatGiveBackManyGoOnForEver() {
        for (int i = 0; i < 10_000; i++) {
            assertTrue(attempt(40 * MILLISECOND, 16));
        }
    }

    @Test
    void theRestOfTheProcessHasHalfOfTheTime() {
        while (now < MINUTE) {
            attempt(40 * MILLISECOND, 1_000);
        }
        assertTrue(collections * 40 * MILLISECOND <= MINUTE / 2 + 40 * MILLISECOND, () -> "" + collections);
    }

    @Test
    void whoCannotWaitFailsMeanwhile() {
        attempt(40 * MILLISECOND, 0);
        assertEquals(-1, budget.pause(now, false));
        assertEquals(40 * MILLISECOND, budget.pause(now, true));
        assertEquals(0, budget.pause(now + 40 * MILLISECOND, false));
    }

    @Test
    void thoseThatGiveBackOneComeSlowly() {
        while (now < MINUTE) {
            assertTrue(attempt(40 * MILLISECOND, 1), "who waits gets it");
        }
        double share = (double) collections * 40 * MILLISECOND / MINUTE;
        assertTrue(share < 0.05, () -> "" + share);
    }
}
