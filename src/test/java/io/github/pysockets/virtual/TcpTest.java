package io.github.pysockets.virtual;

import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_LINGER;
import static io.github.pysockets.abi.SocketOptions.SO_RCVBUF;
import static io.github.pysockets.abi.SocketOptions.SO_SNDBUF;
import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TCP between two hosts: what the link does shows as delays, and all ends are Linux's. */
@Timeout(60)
final class TcpTest {
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Link LINK = Link.latency(LATENCY);
    private static final int MEGABYTE = 1 << 20;

    private static Duration round(int trips) {
        return LATENCY.multipliedBy(2L * trips);
    }

    /** Connects from a to port 80 of b, and returns how it ended, and after which time. */
    private static String attempt(VirtualNetwork network) throws InterruptedException {
        StringBuilder outcome = new StringBuilder();
        Programs.run(network, on("a", caller -> {
            Endpoint socket = caller.tcp();
            int result = caller.connect(socket, Caller.at("10.0.0.2", 80));
            outcome.append(result).append(' ').append(network.elapsed());
            socket.close();
        }));
        return outcome.toString();
    }

    @Test
    void handshakeTakesARoundTrip() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    assertEquals(round(1).plus(LATENCY), network.elapsed());
                    assertEquals("ping", caller.receive(connection));
                    caller.send(connection, "pong");
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals(round(1), network.elapsed());
                    caller.send(connection, "ping");
                    assertEquals("pong", caller.receive(connection));
                    assertEquals(round(2), network.elapsed());
                }));
    }

    /** Its place is known as soon as it is sent, and the byte comes when there is room for it. */
    @Test
    void urgentByteThatDoesNotFitIntoTheWindowComesLater() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        byte[] bytes = new byte[5_000];
        bytes[bytes.length - 1] = '!';
        byte[] urgent = new byte[1];
        Programs.run(network,
                on("b", caller -> {
                    Endpoint listener = caller.tcp();
                    listener.setOption(SOL_SOCKET, SO_RCVBUF, 1);
                    listener.bind(Caller.any(80));
                    listener.listen(1);
                    Endpoint connection = caller.accept(listener);
                    int received = caller.receive(connection, new byte[1]);
                    assertEquals(-Errno.EAGAIN, connection.recv(urgent, 0, 1, MSG_OOB));
                    while (received < bytes.length - 1) {
                        received += caller.receive(connection, new byte[bytes.length]);
                    }
                    assertEquals(1, caller.call(connection, POLLPRI, () -> connection.recv(urgent, 0, 1, MSG_OOB)));
                    assertEquals('!', urgent[0]);
                    assertEquals("", caller.receive(connection));
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals(bytes.length, connection.send(bytes, 0, bytes.length, MSG_OOB));
                    connection.close();
                }));
    }

    @Test
    void connectionThatCannotBeTakesLinuxsTimeToFail() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        assertEquals(-Errno.ECONNREFUSED + " " + round(1), attempt(network));

        VirtualNetwork dropping = two(LINK).build();
        dropping.host("b").drop(80);
        assertEquals(-Errno.ETIMEDOUT + " PT2M7S", attempt(dropping));

        VirtualNetwork unreachable = two(LINK).build();
        unreachable.host("b").unreachable(80);
        assertEquals(-Errno.EHOSTUNREACH + " " + round(1), attempt(unreachable));

        VirtualNetwork cut = two(LINK).build();
        cut.partition(Set.of("a"), Set.of("b"));
        assertEquals(-Errno.ETIMEDOUT + " PT2M7S", attempt(cut));

        VirtualNetwork empty = VirtualNetwork.builder().host("a", "10.0.0.1").build();
        assertEquals(-Errno.EHOSTUNREACH + " PT3S", attempt(empty));

        VirtualNetwork without = VirtualNetwork.builder().host("a", "fd00::1").build();
        assertEquals(-Errno.ENETUNREACH + " PT0S", attempt(without));
    }

    @Test
    void refusedPortCanBeAdmittedAgain() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        network.host("b").refuse(80);
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    caller.send(connection, "hello");
                }),
                on("a", caller -> {
                    assertEquals(-Errno.ECONNREFUSED,
                            caller.connect(caller.tcp(), Caller.at("10.0.0.2", 80)));
                    network.host("b").admit(80);
                    assertEquals("hello", caller.receive(caller.connected("10.0.0.2", 80)));
                }));
    }

    @Test
    void bytesArriveWholeAndInOrderWhateverTheLinkDoes() throws InterruptedException {
        VirtualNetwork network = two(LINK.jitter(LATENCY).loss(0.05).reordering(0.1).duplication(0.1)).build();
        byte[] data = new byte[MEGABYTE];
        Chance chance = new Chance(1, "data");
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) chance.upTo(256);
        }
        byte[] echoed = new byte[MEGABYTE];
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    byte[] part = new byte[10_000];
                    for (int count; (count = caller.receive(connection, part)) > 0;) {
                        assertEquals(count, caller.sendAll(connection, Arrays.copyOf(part, count)));
                    }
                    connection.close();
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    int sent = 0;
                    int got = 0;
                    while (got < data.length) {
                        int piece = Math.min(50_000, data.length - sent);
                        assertEquals(piece, caller.sendAll(connection, Arrays.copyOfRange(data, sent, sent + piece)));
                        sent += piece;
                        for (int end = sent; got < end;) {
                            byte[] part = new byte[end - got];
                            int count = caller.receive(connection, part);
                            assertTrue(count > 0);
                            System.arraycopy(part, 0, echoed, got, count);
                            got += count;
                        }
                    }
                    connection.close();
                }));
        assertArrayEquals(data, echoed);
    }

    @Test
    void bandwidthBoundsTheRate() throws InterruptedException {
        VirtualNetwork network = two(LINK.bandwidth(100_000)).build();
        Programs.run(network,
                on("b", caller -> caller.receiveAll(caller.accept(caller.listen(80)))),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    caller.sendAll(connection, new byte[MEGABYTE]);
                    connection.close();
                }));
        // 40 bytes of headers for each 1460 of data.
        double seconds = network.elapsed().toMillis() / 1000.0;
        double least = MEGABYTE * 1500.0 / 1460 / 100_000;
        assertTrue(seconds > least && seconds < least * 1.1, () -> seconds + " s");
    }

    @Test
    void senderWaitsForRoom() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint listener = caller.tcp();
                    listener.setOption(SOL_SOCKET, SO_RCVBUF, 10_000);
                    listener.bind(Caller.any(80));
                    listener.listen(1);
                    Endpoint connection = caller.accept(listener);
                    caller.sleep(Duration.ofMinutes(1));
                    assertEquals(100_000, caller.receiveAll(connection).length());
                }),
                on("a", caller -> {
                    Endpoint connection = caller.tcp();
                    connection.setOption(SOL_SOCKET, SO_SNDBUF, 10_000);
                    caller.connect(connection, Caller.at("10.0.0.2", 80));
                    byte[] data = new byte[100_000];
                    int taken = 0;
                    for (int count; (count = caller.within(Duration.ofSeconds(1)).call(connection, 4,
                            () -> connection.send(data, 0, 1_000, 0))) > 0;) {
                        taken += count;
                    }
                    // Both buffers are 20,000 bytes: the kernel doubles what it is asked for.
                    assertEquals(40_000, taken);
                    caller.within(Duration.ofHours(1)).sendAll(connection, new byte[60_000]);
                    assertTrue(network.elapsed().compareTo(Duration.ofMinutes(1)) > 0, network.elapsed()::toString);
                    connection.close();
                }));
    }

    @Test
    void halfOfAConnectionEndsByItself() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    assertEquals("request", caller.receiveAll(connection));
                    caller.sleep(Duration.ofHours(5));
                    caller.send(connection, "answer");
                    connection.close();
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    caller.send(connection, "request");
                    connection.shutdown(1);
                    assertEquals(-Errno.EPIPE, caller.send(connection, "more"));
                    assertEquals("answer", caller.within(Duration.ofHours(6)).receiveAll(connection));
                }));
    }

    private static byte[] linger(int on, int seconds) {
        return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putInt(on).putInt(seconds).array();
    }

    @Test
    void lingerOfNoTimeResets() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    assertEquals("last words", caller.receive(connection));
                    assertEquals(Integer.toString(-Errno.ECONNRESET), caller.receive(connection));
                    assertEquals("", caller.receive(connection), "an error is told once");
                    assertEquals(-Errno.EPIPE, caller.send(connection, "x"));
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    caller.send(connection, "last words");
                    caller.sleep(round(1));
                    connection.setOption(SOL_SOCKET, SO_LINGER, linger(1, 0));
                    connection.close();
                }));
    }

    @Test
    void closeWithUnreadDataResets() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    caller.sleep(round(1));
                    connection.close();
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    caller.send(connection, "nobody reads this");
                    assertEquals(Integer.toString(-Errno.ECONNRESET), caller.receive(connection));
                }));
    }

    @Test
    void dataAfterThePeersCloseIsReset() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> caller.accept(caller.listen(80)).close()),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals("", caller.receive(connection));
                    assertEquals(1, caller.send(connection, "1"));
                    caller.sleep(round(1));
                    assertEquals(-Errno.EPIPE, caller.send(connection, "2"));
                }));
    }

    @Test
    void silenceOfThePeerEndsAConnectionAfterAQuarterOfAnHour() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> caller.receive(caller.accept(caller.listen(80)))),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    Partition cut = network.partition(Set.of("a"), Set.of("b"));
                    Duration start = network.elapsed();
                    caller.send(connection, "into the void");
                    assertEquals(Integer.toString(-Errno.ETIMEDOUT), caller.receive(connection));
                    Duration took = network.elapsed().minus(start);
                    assertTrue(took.toSeconds() > 924 && took.toSeconds() < 1_060, took::toString);
                    cut.heal();
                }));
    }

    @Test
    void userTimeoutEndsItEarlier() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> caller.receive(caller.accept(caller.listen(80)))),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    connection.setOption(IPPROTO_TCP, (int) Constants.number("TCP_USER_TIMEOUT"), 10_000);
                    network.partition(Set.of("a"), Set.of("b"));
                    Duration start = network.elapsed();
                    caller.send(connection, "into the void");
                    assertEquals(Integer.toString(-Errno.ETIMEDOUT), caller.receive(connection));
                    Duration took = network.elapsed().minus(start);
                    assertTrue(took.toSeconds() >= 10 && took.toSeconds() < 20, took::toString);
                }));
    }

    @Test
    void keepAliveFindsOutThatAPeerIsGone() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> caller.receive(caller.accept(caller.listen(80)))),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    connection.setOption(SOL_SOCKET, (int) Constants.number("SO_KEEPALIVE"), 1);
                    caller.sleep(Duration.ofHours(10));
                    assertEquals(Integer.toString(-Errno.EAGAIN),
                            caller.within(Duration.ofSeconds(1)).receive(connection), "the peer answers");
                    network.partition(Set.of("a"), Set.of("b"));
                    Duration start = network.elapsed();
                    assertEquals(Integer.toString(-Errno.ETIMEDOUT),
                            caller.within(Duration.ofHours(10)).receive(connection));
                    Duration took = network.elapsed().minus(start);
                    // At most two hours, and then nine probes, 75 seconds apart.
                    assertTrue(took.toSeconds() > 9 * 75 && took.toSeconds() <= 7_200 + 9 * 75, took::toString);
                }));
    }

    @Test
    void backlogHoldsSoManyAndOneMore() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        int backlog = 2;
        Programs.run(network,
                on("b", caller -> {
                    Endpoint listener = caller.tcp();
                    listener.bind(Caller.any(80));
                    listener.listen(backlog);
                    caller.sleep(Duration.ofSeconds(50));
                    for (int i = 0; i < backlog + 2; i++) {
                        caller.accept(listener).close();
                    }
                }),
                on("a", caller -> {
                    for (int i = 0; i < backlog + 1; i++) {
                        caller.connected("10.0.0.2", 80);
                    }
                    assertEquals(Duration.ZERO.plus(round(backlog + 1)), network.elapsed());
                    // The next one asks again until there is room: after 1, 3, 7, 15, 31, 63 and 127 seconds.
                    caller.connected("10.0.0.2", 80);
                    assertEquals(Duration.ofSeconds(63).plus(round(backlog + 2)), network.elapsed());
                }));
    }

    @Test
    void socketThatConnectsToItselfIsConnected() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network, on("a", caller -> {
            Endpoint socket = caller.tcp();
            socket.bind(Caller.at("127.0.0.1", 5_000));
            assertEquals(0, caller.connect(socket, Caller.at("127.0.0.1", 5_000)));
            caller.send(socket, "echo");
            assertEquals("echo", caller.receive(socket));
            socket.close();
        }));
    }

    @Test
    void closingAListenerResetsWhoWaits() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network,
                on("b", caller -> {
                    Endpoint listener = caller.listen(80);
                    caller.sleep(Duration.ofSeconds(1));
                    listener.close();
                }),
                on("a", caller -> assertEquals(Integer.toString(-Errno.ECONNRESET),
                        caller.receive(caller.connected("10.0.0.2", 80)))));
    }

    @Test
    void portsAreChosenInOrder() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network, on("a", caller -> {
            for (int port : IntStream.range(32_768, 32_778).toArray()) {
                Endpoint socket = caller.tcp();
                socket.bind(Caller.any(0));
                assertEquals(Caller.any(port), socket.localAddress());
            }
        }));
    }

    @Test
    void addressesOfOthersCannotBeBound() throws InterruptedException {
        VirtualNetwork network = two(LINK).build();
        Programs.run(network, on("a", caller -> {
            for (String foreign : new String[] {"10.0.0.2", "192.0.2.1", "255.255.255.255", "224.0.0.1"}) {
                StackException failure = assertThrows(
                        StackException.class, () -> caller.tcp().bind(Caller.at(foreign, 0)));
                assertEquals(Errno.EADDRNOTAVAIL, failure.errno());
            }
            caller.tcp().bind(Caller.at("10.0.0.1", 0));
            caller.tcp().bind(Caller.at("127.5.5.5", 0));
        }));
    }
}
