package io.github.pysockets.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of a rate. */
final class RateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FakeClock clock = new FakeClock();

    @Test
    void secondIsThereAtOnceAndNotMore() {
        Rate rate = Rate.ofEvents(10, clock);
        assertEquals(10, rate.free());
        clock.passMillis(5000);
        assertEquals(10, rate.free());
    }

    @Test
    void nextComesWhenItIsPaid() {
        Rate rate = Rate.ofEvents(10, clock);
        rate.take(10);
        assertEquals(0, rate.free());
        assertEquals(SECOND / 10, rate.untilOne());
        clock.pass(SECOND / 10 - 1);
        assertEquals(0, rate.free());
        assertEquals(1, rate.untilOne());
        clock.pass(1);
        assertEquals(1, rate.free());
        assertEquals(0, rate.untilOne());
    }

    @Test
    void debtIsPaidFirst() {
        Rate rate = Rate.ofEvents(10, clock);
        rate.take(15);
        assertEquals(-5, rate.free());
        assertEquals(6 * SECOND / 10, rate.untilOne());
    }

    @Test
    void eachReservationHasItsOwnTime() {
        Rate rate = Rate.ofEvents(2, clock);
        assertEquals(0, rate.reserve());
        assertEquals(0, rate.reserve());
        assertEquals(SECOND / 2, rate.reserve());
        assertEquals(SECOND, rate.reserve());
        clock.pass(SECOND);
        assertEquals(SECOND / 2, rate.reserve());
    }

    /** At some of these rates, one takes no whole number of nanoseconds. */
    @ParameterizedTest
    @ValueSource(longs = {3, 7, 1_000_003, 999_999_937, 3_333_333_333L, Rate.MOST})
    void smallPartsAddUp(long perSecond) {
        Rate rate = new Rate(perSecond, SECOND, 0, clock);
        clock.pass(SECOND);
        assertEquals(perSecond, rate.free());
        for (int i = 0; i < 1000; i++) {
            rate.take(1);
        }
        assertEquals(perSecond - 1000, rate.free());
    }
}
