package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of a context touch only the descriptors that they have made themselves. */
final class IsolationTest {
    private static final int EBADF = 9;

    /** {@code attempt(text)}: the errno that an expression ends with, or its value. */
    private static final String ATTEMPT = """
            import socket

            def attempt(text, number):
                try:
                    return eval(text, {"socket": socket, "number": number})
                except OSError as failure:
                    return failure.errno
            """;

    private Sandbox sandbox;
    private Sandbox other;

    @BeforeEach
    void openTwo() {
        sandbox = new Sandbox();
        sandbox.run(ATTEMPT);
        other = new Sandbox();
    }

    @AfterEach
    void close() {
        sandbox.close();
        other.close();
    }

    private String attempt(String text, int number) {
        return Sandbox.text(sandbox.get("attempt").execute(text, number));
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
    @ValueSource(strings = {"socket.socket(fileno=number)", "socket.dup(number)", "socket.close(number)"})
    void descriptorsOfTheProcessAreOutOfReach(String text) throws IOException {
        try (OfJava ofJava = new OfJava()) {
            assertEquals(String.valueOf(EBADF), attempt(text, ofJava.number));
            assertEquals(String.valueOf(EBADF), attempt(text, 0));
            ofJava.assertOpen();
        }
    }

    @Test
    void foreignDescriptorsAreInReachWhereTheEmbedderAllowsIt() throws IOException {
        try (OfJava ofJava = new OfJava()) {
            try (Sandbox open = new Sandbox(PySockets.builder().foreignDescriptors(true))) {
                open.run(ATTEMPT);
                assertEquals(String.valueOf(ofJava.port()), Sandbox.text(open.get("attempt")
                        .execute("socket.socket(fileno=socket.dup(number)).getsockname()[1]", ofJava.number)));
            }
            ofJava.assertOpen();
        }
    }

    @Test
    void foreignDescriptorThatAScriptLetsGoOfStaysOpen() throws IOException {
        try (OfJava ofJava = new OfJava()) {
            try (Sandbox open = new Sandbox(PySockets.builder().foreignDescriptors(true))) {
                open.run(ATTEMPT);
                assertEquals(String.valueOf(ofJava.number), Sandbox.text(open.get("attempt")
                        .execute("socket.socket(fileno=number).detach()", ofJava.number)));
            }
            ofJava.assertOpen();
        }
    }

    @Test
    void numberThatIsNotOpenIsRefusedAlike() {
        assertEquals(String.valueOf(EBADF), attempt("socket.socket(fileno=number)", 900_000));
    }

    @Test
    void defaultTimeoutIsOfOneContext() {
        sandbox.run("socket.setdefaulttimeout(5)");
        assertEquals("None", other.text("import socket; repr(socket.getdefaulttimeout())"));
        assertEquals("None", other.text("repr(socket.socket().gettimeout())"));
    }

    /** A listening socket of the application's own, and its number. */
    private static final class OfJava implements AutoCloseable {
        private final ServerSocketChannel channel;
        private final int number;

        OfJava() throws IOException {
            Descriptors before = Descriptors.now();
            channel = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            number = before.added().entrySet().stream()
                    .filter(entry -> entry.getValue().startsWith("socket:"))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }

        int port() throws IOException {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }

        /** It takes connections. */
        void assertOpen() throws IOException {
            try (var client = SocketChannel.open(channel.getLocalAddress());
                    var accepted = channel.accept()) {
                assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
