package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers with units. */
final class QuantityTest {
    @ParameterizedTest
    @CsvSource({"20ms,PT0.02S", "1.5s,PT1.5S", "2m,PT2M", "2min,PT2M", "1h,PT1H", "1d,PT24H", "3us,PT0.000003S",
        "7ns,PT0.000000007S", "0s,PT0S", "20 ms,PT0.02S", "0.5ns,PT0.000000001S"})
    void durations(String text, Duration expected) {
        assertEquals(expected, Quantity.duration(text));
    }

    @ParameterizedTest
    @CsvSource({"9600bit,9600", "56kbit,56000", "10Mbit,10000000", "10Mbit/s,10000000", "1.5Gbit,1500000000"})
    void rates(String text, long expected) {
        assertEquals(expected, Quantity.rate(text));
    }

    @ParameterizedTest
    @CsvSource({"100B,100", "64KiB,65536", "1MB,1000000", "2GiB,2147483648"})
    void sizes(String text, long expected) {
        assertEquals(expected, Quantity.size(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "ms", "-1s", "1e3s", "1 0s", "1,5s", "1s ", "10Mbit", "20MS", "1s/s"})
    void notDurations(String text) {
        assertEquals("'" + text + "' is not a duration, as in 20ms, 1.5s, 2m or 1h",
                assertThrows(IllegalArgumentException.class, () -> Quantity.duration(text)).getMessage());
    }

    @Test
    void tooLarge() {
        assertEquals("'999999d' is too large",
                assertThrows(IllegalArgumentException.class, () -> Quantity.duration("999999d")).getMessage());
    }
}
