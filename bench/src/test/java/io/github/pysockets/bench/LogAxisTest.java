package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LogAxisTest {
    @Test
    void endsAreRoundNumbersAroundTheValues() {
        assertEquals(List.of(2.0, 5.0, 10.0, 20.0, 50.0), LogAxis.around(3, 49).ticks());
        assertEquals(List.of(1.0, 10.0, 100.0, 1000.0, 10_000.0), LogAxis.around(1, 10_000).ticks());
        assertEquals(List.of(5.0, 10.0, 20.0, 50.0), LogAxis.around(5, 5).ticks());
    }

    @Test
    void equalFactorsAreEqualDistances() {
        LogAxis axis = LogAxis.around(1, 10_000);
        assertEquals(0.25, axis.position(10), 1e-12);
        assertEquals(0.5, axis.position(100), 1e-12);
        assertEquals(1, axis.position(10_000), 1e-12);
    }

    @Test
    void labelsHaveTheDigitsTheyNeed() {
        assertEquals("10,000", LogAxis.label(10_000));
        assertEquals("0.05", LogAxis.label(0.05));
        assertEquals("0.1", LogAxis.label(0.1));
    }
}
