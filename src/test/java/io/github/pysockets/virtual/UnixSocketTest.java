package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.ControlMessages.SCM_RIGHTS;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** AF_UNIX on hosts in memory: names, and sockets that are passed. */
@Timeout(60)
final class UnixSocketTest {
    private static final SockaddrUn PATH = name("/run/server.sock");

    private final VirtualNetwork network = two(Link.latency(Duration.ofMillis(20))).build();
    private final SocketStack a = network.host("a").stack();
    private final SocketStack b = network.host("b").stack();

    private static SockaddrUn name(String text) {
        return new SockaddrUn(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Endpoint stream(SocketStack stack) throws StackException {
        return stack.socket(AF_UNIX, SOCK_STREAM, 0);
    }

    private static void assertFails(int errno, Executable call) {
        assertEquals(errno, assertThrows(StackException.class, call).errno());
    }

    @Test
    void nameIsKnownOnItsHostAlone() throws StackException {
        Endpoint listener = stream(a);
        listener.bind(PATH);
        listener.listen(1);

        assertEquals(0, stream(a).connect(PATH));
        assertEquals(-Errno.ENOENT, stream(b).connect(PATH));
        stream(b).bind(PATH);
        assertFails(Errno.EADDRINUSE, () -> stream(a).bind(PATH));
    }

    @Test
    void nameGoesWithItsSocket() throws StackException {
        Endpoint first = stream(a);
        first.bind(PATH);
        assertEquals(-Errno.ECONNREFUSED, stream(a).connect(PATH), "nobody listens");
        first.close();

        assertEquals(-Errno.ENOENT, stream(a).connect(PATH));
        assertEquals(-Errno.ECONNREFUSED, stream(a).connect(name("\0nobody")));
        stream(a).bind(PATH);
    }

    @Test
    void typesMustBeTheSame() throws StackException {
        a.socket(AF_UNIX, SOCK_DGRAM, 0).bind(PATH);

        assertEquals(-Errno.EPROTOTYPE, stream(a).connect(PATH));
    }

    @Test
    void closeWithUnreadDataResets() throws StackException {
        EndpointPair pair = a.socketpair(AF_UNIX, SOCK_STREAM, 0);
        pair.first().send(new byte[1], 0, 1, 0);
        pair.second().close();

        assertEquals(-Errno.ECONNRESET, pair.first().recv(new byte[1], 0, 1, 0));
        assertEquals(0, pair.first().recv(new byte[1], 0, 1, 0));
        assertEquals(-Errno.EPIPE, pair.first().send(new byte[1], 0, 1, 0));
    }

    private static ControlMessage rights(Endpoint... endpoints) {
        return new ControlMessage(SOL_SOCKET, SCM_RIGHTS, new byte[0], List.of(endpoints));
    }

    private static int pass(Endpoint from, Endpoint passed) {
        return ((MessageEndpoint) from).sendMessage(
                new OutgoingMessage(new byte[1], 0, 1, List.of(rights(passed)), null), 0);
    }

    @Test
    void connectionThatWasPassedLivesAsLongAsAnyoneHasIt() throws InterruptedException {
        Programs.run(network,
                on("b", caller -> assertEquals("from whoever has it", caller.receiveAll(
                        caller.accept(caller.listen(80))))),
                on("a", caller -> {
                    EndpointPair pair = a.socketpair(AF_UNIX, SOCK_STREAM, 0);
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals(1, pass(pair.first(), connection));
                    connection.close();
                    IncomingMessage incoming = new IncomingMessage(new byte[1], 0, 1, 100);
                    assertEquals(1, ((MessageEndpoint) pair.second()).receiveMessage(incoming, 0));
                    Endpoint received = incoming.control().getFirst().endpoints().getFirst();
                    caller.send(received, "from whoever has it");
                    received.close();
                }));
    }

    @Test
    void connectionThatNobodyTakesIsClosed() throws InterruptedException {
        Programs.run(network,
                on("b", caller -> assertEquals("", caller.receiveAll(caller.accept(caller.listen(80))))),
                on("a", caller -> {
                    EndpointPair pair = a.socketpair(AF_UNIX, SOCK_STREAM, 0);
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    pass(pair.first(), connection);
                    connection.close();
                    pair.second().close();
                }));
    }

    @Test
    void socketsOfOtherHostsCannotBePassed() throws StackException {
        EndpointPair pair = a.socketpair(AF_UNIX, SOCK_STREAM, 0);

        assertEquals(-Errno.EBADF, pass(pair.first(), stream(b)));
        assertEquals(-Errno.EAGAIN, pair.second().recv(new byte[1], 0, 1, 0));
    }
}
