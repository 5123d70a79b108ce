package io.github.pysockets.virtual;

import static io.github.pysockets.virtual.Programs.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A hundred hosts that gossip by UDP and TCP, with partitions: a whole day, and that one seed gives one log. */
final class SimulatedDayTest {
    private static final int HOSTS = 100;
    private static final int PORT = 7_946;
    private static final Link LINK =
            Link.latency(Duration.ofMillis(5)).jitter(Duration.ofMillis(20)).loss(0.01).reordering(0.01);

    /** What a run came to. The digest is one of each packet's every field. */
    private record Outcome(long packets, long digest, long answered, long failed) {}

    private static final class Run {
        final VirtualNetwork network;
        final Duration end;
        final long seed;
        long packets;
        long digest;
        // Only the one that has its turn counts.
        long answered;
        long failed;

        Run(long seed, Duration end) {
            this.seed = seed;
            this.end = end;
            VirtualNetwork.Builder builder = VirtualNetwork.builder().seed(seed).defaultLink(LINK);
            Set<String> even = new HashSet<>();
            Set<String> odd = new HashSet<>();
            for (int i = 0; i < HOSTS; i++) {
                builder.host("h" + i, address(i));
                (i % 2 == 0 ? even : odd).add("h" + i);
            }
            for (long hour = 0; hour < end.toHours(); hour += 2) {
                Duration from = Duration.ofHours(hour).plusMinutes(10);
                builder.partition(from, from.plusMinutes(20), even, odd);
            }
            network = builder.build();
            network.listen(this::note);
        }

        private void note(Packet packet) {
            packets++;
            int hash = packet.from().hashCode() ^ 31 * packet.to().hashCode() ^ packet.source().hashCode()
                    ^ 31 * packet.destination().hashCode() ^ packet.flags() << 8 ^ packet.window()
                    ^ Arrays.hashCode(packet.payload());
            for (long field : new long[] {packet.sent(), packet.arrives(), packet.sequence(), packet.acknowledgment(),
                packet.protocol().ordinal(), packet.verdict().ordinal(), hash}) {
                digest = 31 * digest + field;
            }
        }

        Outcome run() throws InterruptedException {
            List<Programs.On> programs = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                int number = i;
                programs.add(on("h" + i, this::answerPings));
                programs.add(on("h" + i, this::answerPulls));
                programs.add(on("h" + i, caller -> gossip(caller, number)));
            }
            Programs.run(network, programs.toArray(Programs.On[]::new));
            return new Outcome(packets, digest, answered, failed);
        }

        private boolean isOver() {
            return network.elapsed().compareTo(end) >= 0;
        }

        private void answerPings(Caller caller) throws StackException {
            Endpoint socket = caller.within(Duration.ofMinutes(10)).udp(PORT);
            AddressHolder from = new AddressHolder();
            while (!isOver()) {
                if (!caller.receiveFrom(socket, from).startsWith("-")) {
                    caller.sendTo(socket, "ack", from.get());
                }
            }
            socket.close();
        }

        private void answerPulls(Caller caller) throws StackException {
            Endpoint listener = caller.within(Duration.ofSeconds(30)).listen(PORT);
            while (!isOver()) {
                try {
                    Endpoint connection = caller.accept(listener);
                    caller.receive(connection);
                    caller.send(connection, "what is known here");
                    connection.close();
                } catch (StackException nobodyCame) {
                    assertTrue(nobodyCame.errno() > 0);
                }
            }
            listener.close();
        }

        /** Pings another host every 10 to 30 seconds, and every second time asks it for all that it knows. */
        private void gossip(Caller caller, int number) throws StackException {
            Chance chance = new Chance(seed, "gossip of " + number);
            Endpoint socket = caller.udp(0);
            for (int round = 0; !isOver(); round++) {
                caller.sleep(Duration.ofMillis(10_000 + chance.upTo(20_000)));
                String other = address((int) chance.upTo(HOSTS));
                caller.within(Duration.ofSeconds(2)).sendTo(socket, "ping " + round, Caller.at(other, PORT));
                count(!caller.receive(socket).startsWith("-"));
                if (round % 2 == 0) {
                    count(pull(caller.within(Duration.ofSeconds(20)), other));
                }
            }
            socket.close();
        }

        private boolean pull(Caller caller, String other) {
            try {
                Endpoint connection = caller.connected(other, PORT);
                caller.send(connection, "pull");
                boolean isWhole = caller.receiveAll(connection).equals("what is known here");
                connection.close();
                return isWhole;
            } catch (StackException unreachable) {
                return false;
            }
        }

        private void count(boolean isAnswered) {
            answered += isAnswered ? 1 : 0;
            failed += isAnswered ? 0 : 1;
        }

        private static String address(int number) {
            return "10.0.0." + (number + 1);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void dayTakesLessThanAMinute() throws InterruptedException {
        Outcome outcome = new Run(1, Duration.ofDays(1)).run();

        assertTrue(outcome.packets > 2_000_000, outcome::toString);
        assertTrue(outcome.answered > 500_000, outcome::toString);
        assertTrue(outcome.failed > 10_000, outcome::toString);
    }

    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void oneSeedGivesOneLogTenTimesOutOfTen() throws InterruptedException {
        Duration time = Duration.ofHours(1);
        Outcome first = new Run(1, time).run();
        for (int i = 1; i < 10; i++) {
            assertEquals(first, new Run(1, time).run());
        }
        assertNotEquals(first, new Run(2, time).run());
    }
}
