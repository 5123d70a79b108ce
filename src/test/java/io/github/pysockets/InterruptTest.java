package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Thread#interrupt} on a thread that runs a script and waits for a socket. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class InterruptTest {
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox();
        sandbox.run("""
                import socket

                left, right = socket.socketpair()
                second_left, second_right = socket.socketpair()
                listener = socket.create_server(("127.0.0.1", 0))

                def attempt(text):
                    try:
                        return str(eval(text))
                    except OSError as failure:
                        return type(failure).__name__
                """);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "left.recv(1)",
                "left.settimeout(30) or left.recv(1)",
                "listener.accept()",
                "left.sendall(bytes(100_000_000))"
            })
    void endsACallThatWaits(String text) throws Exception {
        Blocked blocked = Blocked.in(sandbox.get("attempt"), text);
        blocked.thread.interrupt();
        assertEquals("InterruptedError", blocked.result());
    }

    @Test
    void leavesTheSocketUsable() throws Exception {
        Blocked blocked = Blocked.in(sandbox.get("attempt"), "left.recv(1)");
        blocked.thread.interrupt();
        blocked.result();
        assertEquals("b'y'", sandbox.text("""
                right.send(b"y")
                left.recv(1)
                """));
    }

    @Test
    void isOfOneThread() throws Exception {
        Blocked interrupted = Blocked.in(sandbox.get("attempt"), "left.recv(1)");
        Blocked other = Blocked.in(sandbox.get("attempt"), "second_left.recv(1)");
        interrupted.thread.interrupt();
        interrupted.result();
        assertFalse(other.isDone());
        sandbox.run("second_right.send(b'z')");
        assertEquals("b'z'", other.result());
    }

    @Test
    void isUsedUpByTheCallThatItEnds() throws Exception {
        sandbox.run("""
                def twice():
                    first = attempt("left.recv(1)")
                    return first + " " + attempt("left.recv(1)")
                """);
        Blocked blocked = Blocked.in(sandbox.get("twice"));
        blocked.thread.interrupt();
        sandbox.run("right.send(b'q')");
        assertTrue(blocked.result().matches("InterruptedError b'q'|b'q' .*"), blocked.result());
    }
}
