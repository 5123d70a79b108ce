package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasurementTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTwo() {
        assertEquals(3.0, Measurement.medianOf(9, 1, 3));
        assertEquals(2.0, Measurement.medianOf(9, 1, 3, 1));
        assertNull(Measurement.medianOf());
    }

    @Test
    void timesAreOfOneOperation() {
        var measured = Measurement.of(RunOfFigures.named("call-cost"), "java", List.of(),
                List.of(new Sample(1000, 64_000, 0.004, 0.003, null), new Sample(1000, 64_000, 0.002, null, null)),
                null, null);
        assertEquals(3.0, measured.median(), 1e-9);
        assertEquals(2.0, measured.min(), 1e-9);
        assertEquals(4.0, measured.max(), 1e-9);
        assertEquals(3.0, measured.processor(), 1e-9);
        assertEquals("us", measured.processorUnit());
    }

    @Test
    void ratesAreOfBytesOrOfOperations() {
        var sample = new Sample(10, 50_000_000, 0.5, 0.1, null);
        assertEquals(100.0, Unit.MEGABYTES.figure(sample), 1e-9);
        assertEquals(2000.0, Unit.MEGABYTES.processor(sample), 1e-9);
        assertEquals(20.0, Unit.PER_SECOND.figure(sample), 1e-9);
        assertEquals(10_000.0, Unit.PER_SECOND.processor(sample), 1e-9);
        assertEquals(5_000_000.0, Unit.BYTES.figure(sample), 1e-9);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        var failed = Measurement.of(RunOfFigures.named("call-cost"), "java", List.of(), List.of(), null,
                "no answer in 3 s");
        assertNull(failed.median());
        assertNull(failed.processor());
        assertEquals("no answer in 3 s", failed.failure());
    }

    @Test
    void numbersHaveThreeDigits() {
        assertEquals("0.123", Unit.number(0.1234));
        assertEquals("1.00", Unit.number(0.9999));
        assertEquals("10.0", Unit.number(9.999));
        assertEquals("100", Unit.number(99.96));
        assertEquals("1,234,568", Unit.number(1_234_567.8));
    }
}
