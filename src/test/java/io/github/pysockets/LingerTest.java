package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.Sandbox;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SO_LINGER with a time, on connections whose peers do not read: in the kernel, close(2) waits for that long, and
 * nothing ends it. What {@code close} itself waits for is in test_linger.py.
 */
@Timeout(value = 100, threadMode = ThreadMode.SEPARATE_THREAD)
final class LingerTest {
    private static final String SCRIPT = """
            import socket
            import struct
            import warnings

            warnings.simplefilter("ignore", ResourceWarning)
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            listener.bind(("127.0.0.1", 0))
            listener.listen(100)

            def lingering(seconds=60):
                sock = socket.create_connection(listener.getsockname())
                sock.setblocking(False)
                try:
                    while True:
                        sock.send(bytes(65536))
                except BlockingIOError:
                    sock.setblocking(True)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, seconds))
                return sock

            def passed_on():
                one, other = socket.socketpair()
                with lingering() as sock:
                    socket.send_fds(one, [b"x"], [sock.fileno()])
                    received = socket.socket(fileno=socket.recv_fds(other, 1, 1)[1][0])
                one.close()
                other.close()
                return [received]

            def accepted():
                with socket.create_server(("127.0.0.1", 0)) as server:
                    server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 60))
                    client = socket.create_connection(server.getsockname())
                    sock = server.accept()[0]
                sock.setblocking(False)
                try:
                    while True:
                        sock.send(bytes(65536))
                except BlockingIOError:
                    return [client, sock]

            def doubled():
                sock = lingering()
                return [sock, sock.dup(), sock.dup()]

            def attempt(function):
                try:
                    return str(function())
                except OSError as failure:
                    return type(failure).__name__ + str(failure.errno)
            """;

    /** Ways to sockets that linger. */
    private static final String ONE = "[lingering()]";

    private Descriptors before;
    private Sandbox sandbox;
    private long start;

    @BeforeEach
    void open() {
        before = Descriptors.now();
        sandbox = new Sandbox();
        sandbox.run(SCRIPT);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void assertQuick() {
        double seconds = (System.nanoTime() - start) / 1e9;
        // What is promised is 0.1 s; the machine may be busy.
        assertTrue(seconds < 5, () -> seconds + " s");
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, "[lingering() for _ in range(8)]", "passed_on()", "accepted()", "doubled()",
        "[lingering().detach()]", "[lingering(-1)]"})
    void doesNotHoldUpWhoClosesTheHandle(String made) {
        sandbox.run("kept = " + made);
        start = System.nanoTime();
        sandbox.sockets.close();
        assertQuick();
        assertEquals(Map.of(), before.addedAfterClosing());
        assertQuick();
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, "[lingering() for _ in range(8)]", "passed_on()", "accepted()", "doubled()"})
    void doesNotHoldUpWhatIsDroppedElsewhere(String made) {
        sandbox.run("""
                def drop():
                    %s
                drop()
                """.formatted(made));
        try (Sandbox other = new Sandbox()) {
            other.run("""
                    import socket
                    def drop():
                        for _ in range(100):
                            socket.socketpair()
                    drop()
                    """);
            start = System.nanoTime();
            // What is left is the listener of the one.
            while (sockets() > 1 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(40)) {
                System.gc();
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(1, sockets());
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds < 20, () -> seconds + " s");
        }
    }

    private long sockets() {
        return before.added().values().stream().filter(target -> target.startsWith("socket:")).count();
    }

    @Test
    void closeInAScriptIsEndedByAnInterrupt() throws Exception {
        Blocked closing = closing();
        closing.thread.interrupt();
        assertEquals("InterruptedError4", closing.result());
        assertClosed();
    }

    @Test
    void closeInAScriptIsEndedByClosingTheHandle() throws Exception {
        Blocked closing = closing();
        start = System.nanoTime();
        sandbox.sockets.close();
        assertQuick();
        assertEquals("OSError9", closing.result());
        assertEquals(Map.of(), before.addedAfterClosing());
        assertQuick();
    }

    @Test
    void closeInAScriptIsEndedByClosingTheContext() throws Exception {
        Blocked closing = closing();
        start = System.nanoTime();
        sandbox.context.close(true);
        ExecutionException failure = assertThrows(ExecutionException.class, closing::result);
        assertTrue(failure.getCause() instanceof PolyglotException cancelled && cancelled.isCancelled(),
                () -> String.valueOf(failure.getCause()));
        assertQuick();
    }

    @Test
    void closeInAScriptLetsOtherThreadsGoOn() throws Exception {
        Blocked closing = closing();
        assertEquals("b'x'", sandbox.text("""
                left, right = socket.socketpair()
                left.send(b"x")
                right.recv(1)
                """));
        assertFalse(closing.isDone());
        closing.thread.interrupt();
        closing.result();
    }

    @Test
    void closeEndsACallOfAnotherThreadAtOnce() throws Exception {
        sandbox.run("sock = lingering()");
        Blocked receiving = Blocked.in(sandbox.get("attempt"), sandbox.run("lambda: sock.recv(1)"));
        Blocked closing = Blocked.in(sandbox.get("attempt"), sandbox.run("sock.close"));
        assertEquals("OSError9", receiving.result());
        assertFalse(closing.isDone());
        closing.thread.interrupt();
        closing.result();
        assertClosed();
    }

    /** A thread that waits in the close of a socket. */
    private Blocked closing() {
        sandbox.run("sock = lingering()");
        return Blocked.in(sandbox.get("attempt"), sandbox.run("sock.close"));
    }

    private void assertClosed() {
        assertEquals("-1", sandbox.text("sock.fileno()"));
        sandbox.sockets.close();
        assertEquals(Map.of(), before.addedAfterClosing());
    }
}
