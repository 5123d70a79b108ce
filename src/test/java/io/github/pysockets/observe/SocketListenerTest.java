package io.github.pysockets.observe;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.fixtures.LoggedErrors;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener is told, and that it can do no harm. */
final class SocketListenerTest {
    private static final String TCP = "AF_INET SOCK_STREAM";

    @Test
    void connectionFromBeginToEnd() throws StackException {
        try (Wires wires = new Wires()) {
            Endpoint server = wires.server();
            Endpoint client = wires.tcp();
            assertEquals(0, wires.connect(client, server.localAddress()));
            Endpoint accepted = wires.accept(server);
            String local = SocketText.address(server.localAddress());
            client.send(new byte[5], 0, 5, 0);
            accepted.recv(new byte[5], 0, 5, 0);
            client.close();
            accepted.close();
            server.close();

            assertEquals(List.of("opened " + TCP, "opened " + TCP, "connected " + TCP, "accepted " + TCP,
                    "closed " + TCP + " 0 5", "closed " + TCP + " 5 0", "closed " + TCP + " 0 0"), wires.notes.take());
            SocketState connected = wires.notes.states().get(2);
            SocketState last = wires.notes.states().get(5);
            assertEquals(List.of("wires", connected.local(), connected.peer()),
                    List.of(last.label(), last.peer(), last.local()));
            assertEquals(local, wires.notes.states().getLast().local());
        }
    }

    @Test
    void connectionInProgressIsToldOfOnceItIsThere() throws StackException {
        try (Wires wires = new Wires(Wires.slow())) {
            Endpoint server = wires.server();
            Endpoint byOption = wires.tcp();
            Endpoint byOptionAsBytes = wires.tcp();
            Endpoint byCall = wires.tcp();
            Endpoint bySending = wires.tcp();
            wires.notes.take();

            assertEquals(0, wires.connect(byOption, server.localAddress()));
            assertEquals(List.of("connected " + TCP), wires.notes.take());
            assertEquals(0, byOption.getOption(1, 4));
            byOption.connect(server.localAddress());
            byOption.connect(server.localAddress());
            assertEquals(List.of(), wires.notes.take(), "told once");

            assertEquals(-Errno.EINPROGRESS, byOptionAsBytes.connect(server.localAddress()));
            assertEquals(4, byOptionAsBytes.getOption(1, 4, new byte[4]));
            assertEquals(List.of("connected " + TCP), wires.notes.take());

            assertEquals(-Errno.EINPROGRESS, byCall.connect(server.localAddress()));
            assertEquals(List.of(), wires.notes.take());
            wires.await(byCall, 4);
            int again = byCall.connect(server.localAddress());
            assertTrue(again == 0 || again == -Errno.EISCONN, "the kernel may have been quicker");
            assertEquals(List.of("connected " + TCP), wires.notes.take());

            assertEquals(-Errno.EINPROGRESS, bySending.connect(server.localAddress()));
            wires.await(bySending, 4);
            assertEquals(1, bySending.send(new byte[1], 0, 1, 0));
            assertEquals(List.of("connected " + TCP), wires.notes.take());
            assertEquals(4, wires.stack.statistics().total().connected());
            for (Endpoint each : List.of(server, byOption, byOptionAsBytes, byCall, bySending)) {
                each.close();
            }
        }
    }

    @Test
    void connectionThatFailsIsToldOf() throws StackException {
        try (Wires wires = new Wires()) {
            Endpoint client = wires.tcp();
            assertEquals(-Errno.ECONNREFUSED, wires.connect(client, wires.deaf()));
            client.close();
            assertEquals(
                    List.of("opened " + TCP, "failed " + TCP + ": Connection refused", "closed " + TCP + " 0 0"),
                    wires.notes.take());
            assertEquals(0, wires.stack.statistics().total().connected());
        }
    }

    @Test
    void connectionThatIsGivenUpIsToldOf() throws StackException {
        try (Wires wires = new Wires(Wires.slow())) {
            Endpoint server = wires.server();
            Endpoint client = wires.tcp();
            assertEquals(-Errno.EINPROGRESS, client.connect(server.localAddress()));
            wires.notes.take();
            client.close();
            assertEquals(
                    List.of("failed " + TCP + ": closed before there was an outcome", "closed " + TCP + " 0 0"),
                    wires.notes.take());
            server.close();
        }
    }

    @Test
    void refusalSaysWhatAndWhy() throws StackException {
        try (Wires wires = new Wires(Wires.refusing(Errno.EACCES, "no rule allows it"))) {
            Endpoint socket = wires.tcp();
            wires.notes.take();
            assertEquals(-Errno.EACCES, socket.connect(new SockaddrIn(0x0102_0304, 5)));
            assertEquals("no rule allows it", FailureText.take(Errno.EACCES), "it stays for the exception");
            assertThrows(StackException.class, () -> socket.bind(new SockaddrIn(0, 80)));
            assertThrows(StackException.class, () -> socket.setOption(1, 8, 1000));
            assertEquals(
                    List.of("refused connect AF_INET 1.2.3.4:5: 13 no rule allows it",
                            "refused bind AF_INET 0.0.0.0:80: 13 no rule allows it",
                            "refused setsockopt AF_INET null: 13 no rule allows it"),
                    wires.notes.take());
            socket.close();
        }
    }

    @Test
    void lookUpIsToldOf() throws Exception {
        try (Wires wires = new Wires()) {
            wires.stack.names().getaddrinfo("127.0.0.1".getBytes(StandardCharsets.US_ASCII), null, 2, 0, 0, 0);
            wires.stack.names().getnameinfo(new SockaddrIn(0x7f00_0001, 1), 1);
            assertEquals(
                    List.of("getaddrinfo 127.0.0.1 AF_INET true", "getnameinfo 127.0.0.1:1 AF_INET true"),
                    wires.notes.take());
        }
    }

    @Test
    void failureOfAListenerReachesTheLogOnceAndNobodyElse() throws StackException {
        ObservedStack stack = new ObservedStack(LinuxStack.open(), "failing", Notes.failing());
        try (LoggedErrors errors = new LoggedErrors()) {
            Endpoint socket = stack.socket(AF_INET, SOCK_STREAM, 0);
            assertEquals(1, stack.statistics().total().open());
            socket.close();
            EndpointPair pair = stack.socketpair(1, SOCK_STREAM, 0);
            pair.first().close();
            pair.second().close();
            assertEquals(0, stack.statistics().total().open());
            List<String> logged = errors.take();
            assertEquals(1, logged.size(), logged::toString);
            assertTrue(logged.get(0).endsWith("Failure: for a test, in opened"), logged.get(0));
        }
    }

    /** Nobody may write a line of a log, or to a terminal, by a name. */
    @Test
    void namesThatAScriptChoseAreHarmless() {
        byte[] path = "/tmp/a\nnet: b\u001b[2J\u202e".getBytes(StandardCharsets.UTF_8);
        assertEquals("/tmp/a\\u000anet: b\\u001b[2J\\u202e", SocketText.address(new SockaddrUn(path)));
        assertEquals("@a\\u0000", SocketText.address(new SockaddrUn(new byte[] {0, 'a', 0})));
        assertEquals("a\\u000d", SocketText.name(new byte[] {'a', '\r'}));
        assertEquals(255, SocketText.name(new byte[70000]).length() / "\\u0000".length());
        assertNotNull(SocketText.name(new byte[] {(byte) 0xff}));
    }
}
