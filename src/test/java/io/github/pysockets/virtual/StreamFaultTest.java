package io.github.pysockets.virtual;

import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that break off, or stall, at a byte. */
@Timeout(60)
final class StreamFaultTest {
    private static final Link LINK = Link.latency(Duration.ofMillis(20));
    private static final String RESET = Integer.toString(-Errno.ECONNRESET);

    private final VirtualNetwork network = two(LINK).build();
    private String clientGot;
    private String serverGot;
    private Duration clientDone;

    /** Port 80 of b sends so many bytes, and then receives all that there is; a receives them. */
    private void download(int count, StreamFault fault) throws InterruptedException {
        network.host("b").fault(80, fault);
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    caller.sendAll(connection, new byte[count]);
                    connection.shutdown(1);
                    serverGot = caller.receiveAll(connection);
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    clientGot = caller.receiveAll(connection);
                    clientDone = network.elapsed();
                    connection.close();
                }));
    }

    private static String bytes(int count) {
        return "\0".repeat(count);
    }

    @Test
    void resetAfterSending() throws InterruptedException {
        download(10_000, StreamFault.reset().afterSending(5_000));

        assertEquals(bytes(5_000) + RESET, clientGot);
        assertTrue(serverGot.isEmpty() || serverGot.equals(RESET), serverGot);
    }

    @Test
    void resetAfterReceiving() throws InterruptedException {
        network.host("b").fault(80, StreamFault.reset().afterReceiving(2_000));
        Programs.run(network,
                on("b", caller -> assertEquals(
                        bytes(2_000) + RESET, caller.receiveAll(caller.accept(caller.listen(80))))),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals(10_000, caller.sendAll(connection, new byte[10_000]));
                    assertEquals(RESET, caller.receive(connection));
                }));
    }

    @Test
    void resetAtOnce() throws InterruptedException {
        network.host("b").fault(80, StreamFault.reset());
        Programs.run(network,
                on("b", caller -> assertEquals(RESET, caller.receive(caller.accept(caller.listen(80))))),
                on("a", caller -> assertEquals(RESET, caller.receive(caller.connected("10.0.0.2", 80)))));
    }

    @Test
    void stallForSomeTime() throws InterruptedException {
        download(10_000, StreamFault.stall(Duration.ofMinutes(30)).afterSending(4_000));

        assertEquals(bytes(10_000), clientGot);
        assertTrue(clientDone.compareTo(Duration.ofMinutes(30)) > 0, clientDone::toString);
        assertTrue(clientDone.compareTo(Duration.ofMinutes(31)) < 0, clientDone::toString);
    }

    @Test
    void stallForEver() throws InterruptedException {
        network.host("b").fault(80, StreamFault.stall().afterReceiving(3));
        Programs.run(network,
                on("b", caller -> {
                    Endpoint connection = caller.accept(caller.listen(80));
                    assertEquals("abc" + -Errno.EAGAIN, caller.receiveAll(connection));
                }),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals(6, caller.send(connection, "abcdef"));
                    assertEquals(Integer.toString(-Errno.EAGAIN),
                            caller.within(Duration.ofHours(2)).receive(connection));
                }));
    }

    @Test
    void admittedPortHasNoFault() throws InterruptedException {
        network.host("b").fault(80, StreamFault.reset());
        network.host("b").admit(80);
        Programs.run(network,
                on("b", caller -> caller.send(caller.accept(caller.listen(80)), "fine")),
                on("a", caller -> assertEquals("fine", caller.receive(caller.connected("10.0.0.2", 80)))));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> StreamFault.reset().afterSending(-1));
        assertThrows(IllegalArgumentException.class, () -> StreamFault.stall(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> network.host("b").refuse(0));
        assertThrows(IllegalArgumentException.class, () -> network.host("c"));
    }
}
