package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.Sandbox;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the end of the sockets of a context, or of the context itself, does to calls and descriptors. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class ClosingTest {
    private static final String EBADF = "9";

    private static final String SCRIPT = """
            import socket

            left, right = socket.socketpair()
            listener = socket.create_server(("127.0.0.1", 0))
            receiver = socket.socket(type=socket.SOCK_DGRAM)
            receiver.bind(("127.0.0.1", 0))

            def attempt(text):
                try:
                    return str(eval(text))
                except OSError as failure:
                    return str(failure.errno)
            """;

    private Descriptors before;
    private Sandbox sandbox;

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

    private String attempt(String text) {
        return sandbox.get("attempt").execute(text).asString();
    }

    @Test
    void closingTheHandleClosesEverySocket() {
        assertTrue(before.added().size() >= 4, "the script has its sockets");
        sandbox.sockets.close();
        assertEquals(Map.of(), before.addedAfterClosing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "left.recv(1)",
                "left.recv_into(bytearray(1))",
                "left.recvmsg(1)",
                "listener.accept()",
                "receiver.recvfrom(1)",
                "left.sendall(bytes(100_000_000))",
                "left.makefile('rb').read(1)"
            })
    void closingTheHandleEndsACallThatWaits(String text) throws Exception {
        Blocked blocked = Blocked.in(sandbox.get("attempt"), text);
        sandbox.sockets.close();
        assertEquals(EBADF, blocked.result());
    }

    @ParameterizedTest
    @ValueSource(strings = {"left.settimeout(30) or left.recv(1)", "listener.settimeout(30) or listener.accept()"})
    void closingTheHandleEndsACallThatWaitsForATimeout(String text) throws Exception {
        Blocked blocked = Blocked.in(sandbox.get("attempt"), text);
        sandbox.sockets.close();
        assertEquals(EBADF, blocked.result());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "left.recv(1)",
                "left.send(b'x')",
                "listener.accept()",
                "listener.getsockname()",
                "left.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)",
                "socket.socket()",
                "socket.socketpair()",
                "socket.create_connection(('127.0.0.1', 1))",
                "socket.dup(left.fileno())"
            })
    void laterCallsFail(String text) {
        sandbox.sockets.close();
        assertEquals(EBADF, attempt(text));
    }

    @Test
    void closingTheHandleTwiceIsNoMistake() {
        sandbox.sockets.close();
        sandbox.sockets.close();
        assertEquals(EBADF, attempt("left.recv(1)"));
    }

    @Test
    void cancellingTheContextEndsACallThatWaits() throws Exception {
        Blocked blocked = Blocked.in(sandbox.get("attempt"), "left.recv(1)");
        sandbox.context.close(true);
        ExecutionException failure = assertThrows(ExecutionException.class, blocked::result);
        assertTrue(failure.getCause() instanceof PolyglotException cancelled && cancelled.isCancelled(),
                () -> String.valueOf(failure.getCause()));
    }

    @Test
    void contextAndHandleLeaveNoDescriptor() throws Exception {
        Blocked blocked = Blocked.in(sandbox.get("attempt"), "left.recv(1)");
        sandbox.context.close(true);
        assertThrows(ExecutionException.class, blocked::result);
        sandbox.sockets.close();
        assertEquals(Map.of(), before.addedAfterClosing());
    }

    @Test
    void contextThatIsClosedWithoutItsHandleLeavesNoSocketOnceCollected() {
        sandbox.context.close(true);
        sandbox = new Sandbox();
        sandbox.sockets.close();
        assertEquals(Map.of(), before.socketsAddedAfterCollection());
    }
}
