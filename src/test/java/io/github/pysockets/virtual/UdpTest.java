package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.Protocols.IPPROTO_IP;
import static io.github.pysockets.abi.Protocols.IPPROTO_IPV6;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_SNDBUF;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** UDP between hosts. */
@Timeout(60)
final class UdpTest {
    private static final Duration LATENCY = Duration.ofMillis(20);

    private final VirtualNetwork network = two(Link.latency(LATENCY)).build();

    private static String negated(int errno) {
        return Integer.toString(-errno);
    }

    @Test
    void connectedSocketLearnsThatNobodyListens() throws InterruptedException {
        Programs.run(network, on("a", caller -> {
            Endpoint socket = caller.udp(0);
            SocketAddress nobody = Caller.at("10.0.0.2", 53);
            caller.sendTo(socket, "x", nobody);
            assertEquals(negated(Errno.EAGAIN), caller.within(Duration.ofSeconds(1)).receive(socket));

            assertEquals(0, socket.connect(nobody));
            caller.send(socket, "x");
            assertEquals(negated(Errno.ECONNREFUSED), caller.receive(socket));
            assertEquals(Duration.ofSeconds(1).plus(LATENCY.multipliedBy(2)), network.elapsed());

            network.host("b").unreachable(53);
            caller.send(socket, "x");
            assertEquals(negated(Errno.EHOSTUNREACH), caller.receive(socket));

            network.host("b").drop(53);
            caller.send(socket, "x");
            assertEquals(negated(Errno.EAGAIN), caller.receive(socket));
        }));
    }

    @Test
    void connectedSocketHearsNobodyElse() throws InterruptedException {
        Programs.run(network,
                on("a", caller -> {
                    Endpoint socket = caller.udp(5_000);
                    socket.connect(Caller.at("10.0.0.2", 6_000));
                    assertEquals("right", caller.receive(socket));
                    assertEquals(negated(Errno.EAGAIN), caller.within(Duration.ofSeconds(9)).receive(socket));
                }),
                on("b", caller -> {
                    SocketAddress to = Caller.at("10.0.0.1", 5_000);
                    caller.sendTo(caller.udp(6_001), "wrong", to);
                    caller.sendTo(caller.udp(6_000), "right", to);
                }));
    }

    @Test
    void fullBufferDropsWhatComes() throws InterruptedException {
        int many = 2_000;
        Programs.run(network,
                on("b", caller -> {
                    Endpoint socket = caller.udp(53);
                    caller.sleep(Duration.ofMinutes(1));
                    int got = 0;
                    caller.within(Duration.ofSeconds(1));
                    while (!caller.receive(socket).startsWith("-")) {
                        got++;
                    }
                    int count = got;
                    assertTrue(count > 100 && count < many, () -> "received " + count);
                }),
                on("a", caller -> {
                    Endpoint socket = caller.udp(0);
                    for (int i = 0; i < many; i++) {
                        caller.sendTo(socket, "x".repeat(100), Caller.at("10.0.0.2", 53));
                    }
                }));
    }

    @Test
    void senderCannotHaveMoreUnderWayThanItsBufferHolds() throws InterruptedException {
        Programs.run(network,
                on("b", caller -> {
                    caller.udp(53);
                    caller.sleep(Duration.ofMinutes(1));
                }),
                on("a", caller -> {
                    Endpoint socket = caller.udp(0);
                    socket.setOption(SOL_SOCKET, SO_SNDBUF, 5_000);
                    SocketAddress to = Caller.at("10.0.0.2", 53);
                    byte[] data = new byte[1_000];
                    int sent = 0;
                    while (socket.sendTo(data, 0, data.length, 0, to) > 0) {
                        sent++;
                    }
                    int underWay = sent;
                    assertTrue(underWay > 2 && underWay <= 10, () -> "under way: " + underWay);
                    assertEquals(-Errno.EAGAIN, socket.sendTo(data, 0, data.length, 0, to));
                    assertEquals(data.length, caller.sendAll(connected(socket, to), data));
                    assertEquals(LATENCY, network.elapsed());
                }));
    }

    private static Endpoint connected(Endpoint socket, SocketAddress to) {
        assertEquals(0, socket.connect(to));
        return socket;
    }

    @Test
    void broadcastReachesAllHosts() throws InterruptedException {
        VirtualNetwork three = VirtualNetwork.builder().host("a", "10.0.0.1").host("b", "10.0.0.2")
                .host("c", "10.0.0.3").defaultLink(Link.latency(LATENCY)).build();
        Programs.Program receiver = caller -> {
            AddressHolder from = new AddressHolder();
            assertEquals("all", caller.receiveFrom(caller.udp(9), from));
            assertEquals(Caller.at("10.0.0.1", 7), from.get());
        };
        Programs.run(three, on("b", receiver), on("c", receiver), on("a", caller -> {
            Endpoint socket = caller.udp(7);
            SocketAddress everybody = Caller.at("255.255.255.255", 9);
            assertEquals(-Errno.EACCES, caller.sendTo(socket, "all", everybody));
            socket.setOption(SOL_SOCKET, (int) Constants.number("SO_BROADCAST"), 1);
            assertEquals(3, caller.sendTo(socket, "all", everybody));
        }));
    }

    @Test
    void groupReachesItsMembers() throws InterruptedException {
        VirtualNetwork three = VirtualNetwork.builder().host("a", "10.0.0.1").host("b", "10.0.0.2")
                .host("c", "10.0.0.3").defaultLink(Link.latency(LATENCY)).build();
        int join = (int) Constants.number("IP_ADD_MEMBERSHIP");
        int leave = (int) Constants.number("IP_DROP_MEMBERSHIP");
        byte[] membership = {(byte) 239, 1, 2, 3, 0, 0, 0, 0};
        Programs.run(three,
                on("b", caller -> {
                    Endpoint socket = caller.udp(9);
                    socket.setOption(IPPROTO_IP, join, membership);
                    assertEquals("one", caller.receive(socket));
                    socket.setOption(IPPROTO_IP, leave, membership);
                    assertEquals(negated(Errno.EAGAIN), caller.within(Duration.ofMinutes(1)).receive(socket));
                }),
                on("c", caller -> assertEquals(
                        negated(Errno.EAGAIN), caller.within(Duration.ofMinutes(1)).receive(caller.udp(9)))),
                on("a", caller -> {
                    Endpoint socket = caller.udp(0);
                    caller.sendTo(socket, "one", Caller.at("239.1.2.3", 9));
                    caller.sleep(Duration.ofSeconds(1));
                    caller.sendTo(socket, "two", Caller.at("239.1.2.3", 9));
                }));
    }

    @Test
    void socketOfBothFamiliesHearsBoth() throws InterruptedException {
        Programs.run(network,
                on("b", caller -> {
                    Endpoint both = network.host("b").stack().socket(AF_INET6, SOCK_DGRAM, 0);
                    both.bind(NetAddress.ANY_6.toSocketAddress(53));
                    AddressHolder from = new AddressHolder();
                    assertEquals("four", caller.receiveFrom(both, from));
                    assertEquals(NetAddress.parse("10.0.0.1").toSix(7), from.get());
                    assertEquals("six", caller.receiveFrom(both, from));
                    assertEquals(NetAddress.parse("fd00::1").toSix(7), from.get());
                }),
                on("a", caller -> {
                    caller.sendTo(caller.udp(7), "four", Caller.at("10.0.0.2", 53));
                    Endpoint six = network.host("a").stack().socket(AF_INET6, SOCK_DGRAM, 0);
                    six.setOption(IPPROTO_IPV6, (int) Constants.number("IPV6_V6ONLY"), 1);
                    six.bind(NetAddress.ANY_6.toSocketAddress(7));
                    caller.sendTo(six, "six", Caller.at("fd00::2", 53));
                }));
    }

    @Test
    void namesOfTheNetworkAreKnownToAllHosts() throws Exception {
        VirtualNetwork named = VirtualNetwork.builder().host("a", "10.0.0.1").host("b", "10.0.0.2", "fd00::2")
                .alias("b", "www.example").build();
        var names = named.host("a").stack().names();

        for (String name : List.of("b", "B", "www.example", "www.example.")) {
            assertEquals(Caller.at("10.0.0.2", 80), names.getaddrinfo(
                    name.getBytes(), "http".getBytes(), 2, 1, 0, 0).getFirst().address());
        }
        assertEquals("b", names.gethostbyaddr(Caller.at("fd00::2", 0)).name());
        assertEquals("b", named.host("b").stack().hostName());
    }
}
