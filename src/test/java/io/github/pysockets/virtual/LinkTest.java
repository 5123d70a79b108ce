package io.github.pysockets.virtual;

import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.stack.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What links do to datagrams, where it shows as it is. */
@Timeout(60)
final class LinkTest {
    private static final int MANY = 1_000;
    private static final Duration LATENCY = Duration.ofMillis(20);

    /** What came of {@link #MANY} numbered datagrams, a millisecond apart. */
    private record Arrivals(List<Integer> numbers, List<Duration> times) {}

    private static Arrivals send(VirtualNetwork network) throws InterruptedException {
        Arrivals arrivals = new Arrivals(new ArrayList<>(), new ArrayList<>());
        Programs.run(network,
                on("b", caller -> {
                    Endpoint socket = caller.udp(53);
                    caller.within(Duration.ofSeconds(10));
                    for (String got = caller.receive(socket); !got.startsWith("-"); got = caller.receive(socket)) {
                        arrivals.numbers.add(Integer.valueOf(got));
                        arrivals.times.add(network.elapsed());
                    }
                }),
                on("a", caller -> {
                    Endpoint socket = caller.udp(0);
                    for (int i = 0; i < MANY; i++) {
                        caller.sendTo(socket, Integer.toString(i), Caller.at("10.0.0.2", 53));
                        caller.sleep(Duration.ofMillis(1));
                    }
                }));
        return arrivals;
    }

    private static Arrivals send(Link link) throws InterruptedException {
        return send(two(link).build());
    }

    @Test
    void latencyIsExact() throws InterruptedException {
        Arrivals arrivals = send(Link.latency(LATENCY));

        assertEquals(MANY, arrivals.numbers.size());
        for (int i = 0; i < MANY; i++) {
            assertEquals(i, arrivals.numbers.get(i));
            assertEquals(LATENCY.plusMillis(i), arrivals.times.get(i));
        }
    }

    @Test
    void jitterDelaysWithinItsBoundsAndReordersNothing() throws InterruptedException {
        Arrivals arrivals = send(Link.latency(LATENCY).jitter(Duration.ofMillis(10)));

        HashSet<Duration> delays = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            assertEquals(i, arrivals.numbers.get(i));
            Duration delay = arrivals.times.get(i).minusMillis(i);
            assertTrue(delay.compareTo(LATENCY) >= 0 && delay.compareTo(LATENCY.plusMillis(10)) <= 0, delay::toString);
            delays.add(delay);
        }
        assertTrue(delays.size() > MANY / 2, () -> "different delays: " + delays.size());
    }

    @Test
    void lossTakesItsPart() throws InterruptedException {
        int arrived = send(Link.latency(LATENCY).loss(0.3)).numbers.size();

        assertTrue(arrived > MANY * 0.65 && arrived < MANY * 0.75, () -> "arrived: " + arrived);
        assertEquals(0, send(Link.perfect().loss(1)).numbers.size());
    }

    @Test
    void duplicationTakesItsPart() throws InterruptedException {
        List<Integer> numbers = send(Link.latency(LATENCY).duplication(0.2)).numbers;

        assertEquals(MANY, new HashSet<>(numbers).size());
        assertTrue(numbers.size() > MANY * 1.15 && numbers.size() < MANY * 1.25, () -> "came: " + numbers.size());
    }

    @Test
    void reorderingLetsLaterOnesOvertake() throws InterruptedException {
        List<Integer> numbers = send(Link.latency(LATENCY).reordering(0.2)).numbers;

        assertEquals(MANY, new HashSet<>(numbers).size());
        assertEquals(MANY, numbers.size());
        int late = 0;
        int latest = -1;
        for (int number : numbers) {
            late += number < latest ? 1 : 0;
            latest = Math.max(latest, number);
        }
        int overtaken = late;
        assertTrue(overtaken > MANY * 0.1 && overtaken < MANY * 0.3, () -> "overtaken: " + overtaken);
    }

    @Test
    void bandwidthIsShared() throws InterruptedException {
        // 1 to 3 bytes with 28 of headers, on a link that takes about 30 ms for each.
        Arrivals arrivals = send(Link.latency(LATENCY).bandwidth(1_000));

        assertEquals(LATENCY.plusMillis(29), arrivals.times.getFirst());
        assertEquals(LATENCY.plusMillis(58), arrivals.times.get(1));
        long bytes = 10 * 29 + 90 * 30 + 900 * 31;
        assertEquals(LATENCY.plusMillis(bytes), arrivals.times.getLast());
    }

    @Test
    void seedDecides() throws InterruptedException {
        Link link = Link.latency(LATENCY).jitter(LATENCY).loss(0.1).reordering(0.1).duplication(0.1);

        assertEquals(send(link), send(link));
        assertNotEquals(send(link), send(two(link).seed(2).build()));
    }

    @Test
    void directionsAreApart() throws InterruptedException {
        // What is lost one way does not depend on what goes the other way.
        Link link = Link.latency(LATENCY).loss(0.3);
        VirtualNetwork network = two(link).build();
        Programs.run(network,
                on("a", caller -> {
                    caller.udp(9);
                    caller.sleep(Duration.ofMinutes(1));
                }),
                on("b", caller -> {
                    Endpoint socket = caller.udp(0);
                    for (int i = 0; i < MANY; i++) {
                        caller.sendTo(socket, "back", Caller.at("10.0.0.1", 9));
                    }
                }));

        assertEquals(send(link).numbers, send(network).numbers);
    }

    @Test
    void linkChangesWhileItIsUsed() throws InterruptedException {
        VirtualNetwork network = two(Link.latency(LATENCY)).build();
        network.at(Duration.ofMillis(500), () -> network.link("a", "b", Link.perfect().loss(1)));

        assertEquals(500, send(network).numbers.size());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Link link = Link.perfect();

        assertThrows(IllegalArgumentException.class, () -> link.loss(1.1));
        assertThrows(IllegalArgumentException.class, () -> link.duplication(-0.1));
        assertThrows(IllegalArgumentException.class, () -> link.reordering(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> link.bandwidth(0));
        assertThrows(IllegalArgumentException.class, () -> link.jitter(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> Link.latency(Duration.ofMillis(-1)));
    }
}
