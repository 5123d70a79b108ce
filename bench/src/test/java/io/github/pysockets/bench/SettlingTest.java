package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class SettlingTest {
    /** One operation that takes as long as the figure says. */
    private static List<Sample> times(double... seconds) {
        return DoubleStream.of(seconds).mapToObj(each -> new Sample(1, 0, each, null, null)).toList();
    }

    private static Settling of(double[] warmUp, double... later) {
        return new Settling(Unit.SECONDS, times(warmUp), times(later));
    }

    @Test
    void itIsSettledOnceItIsNearTheBest() {
        Settling settling = of(new double[] {4, 2, 1.1, 1.3}, 1, 1.2);
        assertEquals(4, settling.cold());
        assertEquals(6, settling.seconds());
    }

    @Test
    void theBestMayBeInTheWarmUp() {
        assertEquals(2, of(new double[] {2, 1}, 1.5).seconds());
    }

    @Test
    void whatIsSettledLaterHasTheWholeWarmUp() {
        assertEquals(6, of(new double[] {4, 2}, 1).seconds());
    }

    @Test
    void whatIsSettledAtOnceHasNoTime() {
        assertEquals(0, of(new double[] {1, 1}, 1).seconds());
    }

    @Test
    void moreIsBetterForRates() {
        var settling = new Settling(Unit.PER_SECOND,
                List.of(new Sample(10, 0, 1, null, null), new Sample(95, 0, 1, null, null)),
                List.of(new Sample(100, 0, 1, null, null)));
        assertEquals(10, settling.cold());
        assertEquals(1, settling.seconds());
    }

    @Test
    void withoutWarmUpNothingIsKnown() {
        assertNull(of(new double[0], 1).cold());
        assertNull(of(new double[0], 1).seconds());
    }
}
