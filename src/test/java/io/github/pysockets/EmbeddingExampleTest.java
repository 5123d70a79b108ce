package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.ExamplePrograms;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each Java program in examples/embedding compiles as it is, serves, and ends when it is closed. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class EmbeddingExampleTest {
    private static final int LIMIT_MILLIS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"EchoServer", "JythonEchoServer"})
    void echoServerServesUntilItIsClosed(String name) throws Exception {
        try (ExamplePrograms examples = new ExamplePrograms(name)) {
            Descriptors before = Descriptors.now();
            Class<?> type = examples.load(name);
            AutoCloseable server =
                    (AutoCloseable) type.getConstructor(String.class, int.class).newInstance("127.0.0.1", 0);
            int port = (int) type.getMethod("port").invoke(server);
            try (Socket first = connect(port);
                    Socket second = connect(port)) {
                assertEcho(second, "from the second");
                assertEcho(first, "from the first");
                server.close();
                assertEquals(-1, first.getInputStream().read(), "the connection's end");
            }
            assertEquals(Map.of(), before.socketsAddedAfterCollection());
        }
    }

    private static Socket connect(int port) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private static void assertEcho(Socket socket, String text) throws Exception {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(sent);
        assertEquals(text, new String(socket.getInputStream().readNBytes(sent.length), StandardCharsets.UTF_8));
    }
}
