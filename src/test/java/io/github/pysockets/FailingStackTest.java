package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.LoggedErrors;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SocketStack;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's own stack or interrupt handler that throws: a SystemError for the script, few lines in the log. */
final class FailingStackTest {
    private static final String OUTCOMES = """
            import socket, select, ssl

            def outcome(call):
                try:
                    return call()
                except Exception as failure:
                    return type(failure).__name__
            """;

    /** Calls of a socket that is open already. Each throws what it is told to. */
    private static final class Failing {
        private static final Set<String> SPARED =
                Set.of("ability", "descriptor", "close", "endpoint", "wake", "setNonBlocking");

        private final LinuxStack all = LinuxStack.open();
        private volatile Supplier<Throwable> failure = () -> null;

        SocketStack stack() {
            return (SocketStack) proxy(all);
        }

        private Object proxy(Object target) {
            return Proxy.newProxyInstance(
                    Failing.class.getClassLoader(),
                    target.getClass().getInterfaces(),
                    (self, method, arguments) -> answer(self, method, target, arguments));
        }

        private Object answer(Object self, Method method, Object target, Object[] arguments) throws Throwable {
            Throwable thrown = SPARED.contains(method.getName()) ? null : failure.get();
            if (thrown != null) {
                throw thrown;
            }
            try {
                Object result = method.invoke(target, arguments);
                if (method.getName().equals("ability")) {
                    return result == target && ((Class<?>) arguments[0]).isInstance(self) ? self : result;
                }
                return result instanceof Endpoint ? proxy(result) : result;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }
    }

    private static String outcomes(Sandbox sandbox) {
        return sandbox.text("""
                calls = (
                    lambda: sock.recv(1),
                    lambda: sock.recv(1, 0),
                    lambda: sock.recv_into(bytearray(1)),
                    lambda: sock.recvfrom(1),
                    lambda: sock.recvmsg(1),
                    lambda: sock.send(b"x"),
                    lambda: sock.send(b"x", 0),
                    lambda: sock.sendall(b"x"),
                    lambda: sock.sendto(b"x", ("127.0.0.1", 9)),
                    lambda: sock.sendmsg([b"x"]),
                    lambda: sock.connect(("127.0.0.1", 9)),
                    lambda: sock.bind(("127.0.0.1", 9)),
                    lambda: sock.listen(),
                    lambda: sock.accept(),
                    lambda: sock.getsockname(),
                    lambda: sock.getsockopt(1, 2),
                    lambda: sock.setsockopt(1, 2, 3),
                    lambda: socket.socket(),
                    lambda: socket.socketpair(),
                    lambda: socket.gethostbyname("localhost"),
                    lambda: socket.if_nameindex(),
                    lambda: select.epoll(),
                )
                " ".join(sorted({str(outcome(call)) for call in calls}))
                """);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, AssertionError.class, NullPointerException.class,
        LinkageError.class})
    void whatAStackThrowsIsASystemError(Class<? extends Throwable> kind) throws ReflectiveOperationException {
        Failing failing = new Failing();
        try (LoggedErrors logged = new LoggedErrors();
                Sandbox sandbox = new Sandbox(PySockets.builder().stack(failing.stack()))) {
            sandbox.run(OUTCOMES + "\nsock = socket.socket()");
            Throwable thrown = kind.getDeclaredConstructor().newInstance();
            failing.failure = () -> thrown;
            assertEquals("SystemError", outcomes(sandbox));
            failing.failure = () -> null;
            assertEquals("ConnectionRefusedError", sandbox.text("outcome(lambda: sock.connect(('127.0.0.1', 1)))"));
            // The same exception each time, so one place.
            List<LogRecord> lines = logged.records();
            assertEquals(1, lines.stream().filter(line -> line.getThrown() == thrown).count());
        }
    }

    @Test
    void shortageOfMemoryIsAMemoryError() {
        Failing failing = new Failing();
        try (LoggedErrors logged = new LoggedErrors();
                Sandbox sandbox = new Sandbox(PySockets.builder().stack(failing.stack()))) {
            sandbox.run(OUTCOMES + "\nsock = socket.socket()");
            failing.failure = () -> new OutOfMemoryError("not really");
            assertEquals("MemoryError", outcomes(sandbox));
            failing.failure = () -> new StackOverflowError("not really");
            assertEquals("RecursionError", outcomes(sandbox));
            assertEquals(List.of(), logged.records());
        }
    }

    @Test
    void manyDefectsAreCounted() {
        Failing failing = new Failing();
        try (LoggedErrors logged = new LoggedErrors();
                Sandbox sandbox = new Sandbox(PySockets.builder().stack(failing.stack()))) {
            sandbox.run(OUTCOMES + "\nsock = socket.socket()");
            failing.failure = () -> new UnsupportedOperationException("always");
            sandbox.run("for _ in range(2_000): outcome(lambda: sock.send(b'x'))");
            List<LogRecord> lines = logged.records();
            // The first with its trace; the tenth, the hundredth and the thousandth.
            assertEquals(4, lines.size());
            assertEquals(1, lines.stream().filter(line -> line.getThrown() != null).count());
            assertTrue(lines.getLast().getParameters()[0].equals("1000"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.recv(1)",
                "other.recvmsg(1)",
                "select.select([other], [], [])",
                "select.epoll().poll()",
                "connection.do_handshake()"
            })
    void whatAnInterruptHandlerThrowsIsASystemError(String call) throws Exception {
        PySockets.Builder builder = PySockets.builder().interruptHandler(() -> {
            throw new IllegalStateException("of the handler");
        });
        try (LoggedErrors _ = new LoggedErrors(); Sandbox sandbox = new Sandbox(builder)) {
            sandbox.run(OUTCOMES + """

                    (one, kept), (other, peer) = socket.socketpair(), socket.socketpair()
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                    connection = context.wrap_socket(one, server_hostname="x", do_handshake_on_connect=False)
                    attempt = lambda text: outcome(lambda: eval(text))
                    """);
            Blocked blocked = Blocked.in(sandbox.get("attempt"), call);
            blocked.thread.interrupt();
            assertEquals("SystemError", blocked.result());
        }
    }
}
