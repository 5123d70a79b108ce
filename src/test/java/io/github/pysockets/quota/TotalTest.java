package io.github.pysockets.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** So many in all. */
final class TotalTest {
    @Test
    void reservesWhatIsLeft() {
        Total total = new Total(100);
        assertEquals(70, total.reserve(70));
        assertEquals(30, total.reserve(70));
        assertEquals(0, total.reserve(1));
        assertTrue(total.isBusy());
        assertFalse(total.isOver());
        total.settle(70, 10);
        total.settle(30, 30);
        assertEquals(60, total.left());
        assertFalse(total.isBusy());
    }

    @Test
    void isOverOnceAllIsUsed() {
        Total total = new Total(2);
        assertTrue(total.take(1));
        assertFalse(total.take(2));
        assertTrue(total.take(1));
        assertTrue(total.isOver());
        assertFalse(total.isBusy());
        total.giveBack(1);
        assertTrue(total.take(1));
    }

    @Test
    void limitOfNothingIsOverFromTheStart() {
        assertTrue(new Total(0).isOver());
        assertEquals(0, new Total(0).reserve(5));
    }

    @Test
    void threadsTogetherGetNoMore() {
        Total total = new Total(100_000);
        AtomicLong got = new AtomicLong();
        IntStream.range(0, 4).parallel().forEach(thread -> {
            while (!total.isOver()) {
                long granted = total.reserve(7);
                long used = granted / 2 + granted % 2;
                total.settle(granted, used);
                got.addAndGet(used);
            }
        });
        assertEquals(100_000, got.get());
    }
}
