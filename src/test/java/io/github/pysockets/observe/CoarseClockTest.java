package io.github.pysockets.observe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CoarseClockTest {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);

    /** Also after a rest, which begins a second after the first question. */
    @Test
    void goesOn() {
        long end = System.nanoTime() + LIMIT;
        long first = CoarseClock.now();
        long last = first;
        while (last < first + 2500) {
            assertTrue(System.nanoTime() < end, "it stands still");
            long now = CoarseClock.now();
            assertTrue(now >= last, "it goes back");
            assertTrue(now <= System.currentTimeMillis(), "it is ahead");
            last = now;
            Thread.onSpinWait();
        }
    }

    /** However long nobody has asked: the thread rests, and the first answer is exact. */
    @Test
    void isNotLateAfterARest() throws InterruptedException {
        long before = System.currentTimeMillis();
        CoarseClock.now();
        Thread clock = Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> thread.getName().equals("pysockets-clock"))
                .findFirst()
                .orElseThrow();
        long end = System.nanoTime() + LIMIT;
        while (clock.getState() != Thread.State.WAITING) {
            assertTrue(System.nanoTime() < end, "it does not rest");
            TimeUnit.MILLISECONDS.sleep(10);
        }
        long asked = System.currentTimeMillis();
        long now = CoarseClock.now();
        assertTrue(now >= asked && asked >= before, "late by " + (asked - now));
    }
}
