package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.ApplicationSocket;
import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.Sandbox;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of a context touch only the descriptors that they have made themselves. */
final class IsolationTest {
    private static final int EBADF = 9;
    private static final String REFUSAL = "[Errno 9] Bad file descriptor, or not one of the script's own";

    /** {@code attempt(text)}: the errno or the value of an expression; {@code refusal(text)}: its error's text. */
    private static final String ATTEMPT = """
            import fcntl
            import os
            import select
            import socket

            def attempt(text, number):
                try:
                    return eval(text, globals(), {"number": number})
                except OSError as failure:
                    return failure.errno

            def refusal(text, number):
                try:
                    return "no refusal but " + repr(eval(text, globals(), {"number": number}))
                except OSError as failure:
                    return str(failure)
            """;

    private static Sandbox sandbox;
    private static Sandbox other;
    private static Sandbox open;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run(ATTEMPT);
        other = new Sandbox();
        open = new Sandbox(PySockets.builder().foreignDescriptors(true));
        open.run(ATTEMPT);
    }

    @AfterAll
    static void close() {
        sandbox.close();
        other.close();
        open.close();
    }

    private static String attempt(String text, int number) {
        return attempt(sandbox, text, number);
    }

    private static String attempt(Sandbox in, String text, int number) {
        return Sandbox.text(in.get("attempt").execute(text, number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.socket(fileno=number)",
                "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=number)",
                "socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)",
                "socket.dup(number)",
                "socket.close(number)"
            })
    void socketsOfAnotherContextAreOutOfReach(String text) {
        int number = other.run("""
                import socket

                left, right = socket.socketpair()
                left.fileno()
                """).asInt();
        assertEquals(String.valueOf(EBADF), attempt(text, number));
        assertEquals("b'still there'", other.text("""
                left.send(b"still there")
                right.recv(100)
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.socket(fileno=number)",
                "socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)",
                "socket.dup(number)",
                "socket.close(number)",
                "socket.send_fds(socket.socketpair()[0], [b'x'], [number])",
                "select.select([number], [], [], 0)",
                "select.epoll.fromfd(number)",
                "select.epoll().register(number)",
                "fcntl.fcntl(number, fcntl.F_GETFD)",
                "fcntl.fcntl(number, fcntl.F_DUPFD)",
                "os.close(number)",
                "os.dup(number)",
                "os.fstat(number)",
                "os.read(number, 1)",
                "os.write(number, b'x')",
                "os.get_blocking(number)",
                "os.set_blocking(number, False)",
                "os.get_inheritable(number)",
                "os.set_inheritable(number, True)"
            })
    void descriptorsOfTheProcessAreOutOfReach(String text) throws IOException {
        try (ApplicationSocket application = new ApplicationSocket()) {
            int number = sandbox.sockets.descriptor(application.number());
            assertEquals(REFUSAL, Sandbox.text(sandbox.get("refusal").execute(text, number)));
            application.assertOpen();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.socket(fileno=number)",
                "socket.dup(number)",
                "socket.close(number)",
                "socket.send_fds(socket.socketpair()[0], [b'x'], [number])",
                "fcntl.fcntl(number, fcntl.F_GETFD)"
            })
    void numbersOfTheProcessAreNumbersOfNothing(String text) throws IOException {
        try (ApplicationSocket application = new ApplicationSocket()) {
            assertEquals(String.valueOf(EBADF), attempt(text, application.number()));
            assertEquals(String.valueOf(EBADF), attempt(text, 0));
            application.assertOpen();
        }
    }

    @Test
    void pollTellsThatDescriptorsOfTheProcessAreOutOfReach() throws IOException {
        try (ApplicationSocket application = new ApplicationSocket()) {
            int number = sandbox.sockets.descriptor(application.number());
            sandbox.run("""
                    def polled(number):
                        poll = select.poll()
                        poll.register(number)
                        return poll.poll(0) == [(number, select.POLLNVAL)]
                    """);
            assertEquals("True", attempt("polled(number)", number));
        }
    }

    @Test
    void foreignDescriptorsAreInReachWhereTheEmbedderAllowsIt() throws IOException {
        try (ApplicationSocket application = new ApplicationSocket()) {
            int number = open.sockets.descriptor(application.number());
            open.run("""
                    def passed(number):
                        left, right = socket.socketpair()
                        socket.send_fds(left, [b"x"], [number])
                        return socket.recv_fds(right, 1, 1)[1][0]
                    """);
            String port = String.valueOf(application.port());
            assertEquals(port, attempt(open, "socket.socket(fileno=socket.dup(number)).getsockname()[1]", number));
            assertEquals(port, attempt(open, "socket.socket(fileno=passed(number)).getsockname()[1]", number));
            application.assertOpen();
        }
    }

    @Test
    void foreignDescriptorThatAScriptLetsGoOfStaysOpen() throws IOException {
        try (ApplicationSocket application = new ApplicationSocket()) {
            int number = open.sockets.descriptor(application.number());
            assertEquals(String.valueOf(number), attempt(open, "socket.socket(fileno=number).detach()", number));
            application.assertOpen();
        }
    }

    @Test
    void receivedDescriptorsAreTheContextsOwnAndAreClosedWithIt() {
        Descriptors before = Descriptors.now();
        try (Sandbox receiving = new Sandbox()) {
            receiving.run("""
                    import socket

                    left, right = socket.socketpair()
                    socket.send_fds(left, [b"x"], [left.fileno(), right.fileno()])
                    received = socket.recv_fds(right, 1, 2)[1]
                    """);
            assertEquals("2", receiving.text("len(set(received))"));
            assertEquals("b'through'", receiving.text("""
                    socket.socket(fileno=received.pop()).send(b"through")
                    left.recv(10)
                    """));
        }
        assertEquals(Map.of(), before.socketsAddedAfterCollection());
    }

    @Test
    void numberThatIsNotOpenIsRefusedAlike() {
        int number = sandbox.sockets.descriptor(900_000);
        assertEquals(String.valueOf(EBADF), attempt("socket.socket(fileno=number)", number));
    }

    @Test
    void defaultTimeoutIsOfOneContext() {
        sandbox.run("socket.setdefaulttimeout(5)");
        assertEquals("None", other.text("import socket; repr(socket.getdefaulttimeout())"));
        assertEquals("None", other.text("repr(socket.socket().gettimeout())"));
        sandbox.run("socket.setdefaulttimeout(None)");
    }
}
