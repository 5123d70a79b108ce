package io.github.pysockets.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long an address belongs to a name, and how much is kept. */
final class KnownNamesTest {
    private static final IpAddress ADDRESS = IpAddress.parse("10.0.0.1");

    /** Near the end of the clock's range, which it passes. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 50);
    private final KnownNames names = new KnownNames(100, clock::get);

    @Test
    void answerThatIsTooOldIsForgotten() {
        names.add("a.test", ADDRESS);
        clock.addAndGet(99);
        assertEquals(List.of("a.test"), names.of(ADDRESS));
        clock.addAndGet(1);
        assertEquals(List.of(), names.of(ADDRESS));
    }

    @Test
    void answerThatIsGivenAgainIsKeptLonger() {
        names.add("a.test", ADDRESS);
        names.add("b.test", ADDRESS);
        clock.addAndGet(60);
        names.add("a.test", ADDRESS);
        clock.addAndGet(60);
        assertEquals(List.of("a.test"), names.of(ADDRESS));
    }

    @Test
    void answerForOneAddressKeepsNoOther() {
        names.add("a.test", ADDRESS);
        assertEquals(List.of(), names.of(IpAddress.parse("10.0.0.2")));
        assertEquals(List.of("a.test"), names.of(IpAddress.parse("::ffff:10.0.0.1")));
    }

    @Test
    void oldestOfManyNamesIsForgotten() {
        IntStream.range(0, 1000).forEach(i -> names.add(i + ".test", ADDRESS));
        assertEquals(100, names.of(ADDRESS).size());
        assertEquals(true, names.of(ADDRESS).contains("999.test"));
    }

    @Test
    void oldestOfManyAddressesIsForgotten() {
        names.add("a.test", ADDRESS);
        IntStream.range(0, 9_999).forEach(i -> names.add("b.test", IpAddress.four(i)));
        assertEquals(List.of("a.test"), names.of(ADDRESS));
        names.add("b.test", IpAddress.four(9_999));
        assertEquals(List.of(), names.of(ADDRESS));
    }
}
