package io.github.pysockets.virtual;

import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions that come and go. */
@Timeout(60)
final class PartitionTest {
    private static final Link LINK = Link.latency(Duration.ofMillis(20));

    /** The seconds at which b hears a, who sends each second for a minute. */
    private static List<Long> heard(VirtualNetwork network) throws InterruptedException {
        List<Long> heard = new ArrayList<>();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint socket = caller.udp(53);
                    while (!caller.within(Duration.ofMinutes(2)).receive(socket).startsWith("-")) {
                        heard.add(network.elapsed().toSeconds());
                    }
                }),
                on("a", caller -> {
                    Endpoint socket = caller.udp(0);
                    for (int i = 0; i < 60; i++) {
                        caller.sendTo(socket, "x", Caller.at("10.0.0.2", 53));
                        caller.sleep(Duration.ofSeconds(1));
                    }
                }));
        return heard;
    }

    private static List<Long> secondsBut(long from, long to) {
        List<Long> seconds = new ArrayList<>();
        for (long i = 0; i < 60; i++) {
            if (i < from || i >= to) {
                seconds.add(i);
            }
        }
        return seconds;
    }

    @Test
    void partitionOfTheBuilderComesAndGoes() throws InterruptedException {
        VirtualNetwork network = two(LINK)
                .partition(Duration.ofMillis(9_500), Duration.ofMillis(19_500), Set.of("a"), Set.of("b"))
                .build();

        assertEquals(secondsBut(10, 20), heard(network));
    }

    @Test
    void overlappingPartitionsEndWithTheLast() throws InterruptedException {
        VirtualNetwork network = two(LINK)
                .partition(Duration.ofMillis(9_500), Duration.ofMillis(19_500), Set.of("a"), Set.of("b"))
                .partition(Duration.ofMillis(15_500), Duration.ofMillis(29_500), Set.of("b"), Set.of("a"))
                .build();

        assertEquals(secondsBut(10, 30), heard(network));
    }

    @Test
    void partitionIsHealedOnce() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Partition first = network.partition(Set.of("a"), Set.of("b"));
        Partition second = network.partition(Set.of("a"), Set.of("b"));
        first.heal();
        first.heal();
        network.at(Duration.ofMillis(4_500), second::heal);

        assertEquals(secondsBut(0, 5), heard(network));
    }

    @Test
    void partOfAHostReachesItself() throws InterruptedException {
        VirtualNetwork network = VirtualNetwork.builder().host("a", "10.0.0.1").host("b", "10.0.0.2")
                .host("c", "10.0.0.3").build();
        network.partition(Set.of("a"), Set.of("b", "c"));

        Programs.run(network,
                on("b", caller -> caller.send(caller.accept(caller.listen(80)), "hello")),
                on("c", caller -> assertEquals("hello", caller.receive(caller.connected("10.0.0.2", 80)))),
                on("a", caller -> assertEquals(-Errno.ETIMEDOUT,
                        caller.connect(caller.tcp(), Caller.at("10.0.0.2", 80)))));
    }

    @Test
    void connectionWaitsUntilItIsOver() throws InterruptedException {
        VirtualNetwork network = two(LINK)
                .partition(Duration.ofSeconds(1), Duration.ofSeconds(500), Set.of("a"), Set.of("b"))
                .build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    assertEquals("late", caller.receive(connection));
                    caller.send(connection, "but there");
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    caller.sleep(Duration.ofSeconds(2));
                    caller.send(connection, "late");
                    assertEquals("but there", caller.receive(connection));
                    // The next attempt after that may be two minutes away.
                    long seconds = network.elapsed().toSeconds();
                    assertTrue(seconds >= 500 && seconds < 625, () -> seconds + " s");
                }));
    }

    @Test
    void hostsMustExist() {
        VirtualNetwork network = two(LINK).build();
        Duration time = Duration.ofSeconds(1);

        assertThrows(IllegalArgumentException.class, () -> network.partition(Set.of("a"), Set.of("c")));
        assertThrows(IllegalArgumentException.class,
                () -> two(LINK).partition(time, time, Set.of("c"), Set.of("a")).build());
        assertThrows(IllegalArgumentException.class, () -> two(LINK).link("a", "c", LINK).build());
        assertThrows(IllegalArgumentException.class, () -> two(LINK).alias("c", "d").build());
        assertThrows(IllegalArgumentException.class, () -> two(LINK).host("a", "10.0.0.3"));
        assertThrows(IllegalArgumentException.class, () -> two(LINK).host("c", "10.0.0.1"));
        assertThrows(IllegalArgumentException.class, () -> two(LINK).host("c", "127.0.0.1"));
        assertThrows(IllegalArgumentException.class, () -> two(LINK).host("c", "example.org"));
    }
}
