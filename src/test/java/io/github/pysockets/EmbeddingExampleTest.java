package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.ScriptContexts;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each Java program in examples/embedding compiles as it is, serves, and ends when it is closed. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class EmbeddingExampleTest {
    private static final Path FOLDER = ScriptContexts.ROOT.resolve("examples/embedding").toAbsolutePath();
    private static final int LIMIT_MILLIS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"EchoServer", "JythonEchoServer"})
    void echoServerServesUntilItIsClosed(String name, @TempDir Path classes) throws Exception {
        compile(FOLDER.resolve(name + ".java"), classes);
        Descriptors before = Descriptors.now();
        URL[] compiled = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass(name);
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

    private static void compile(Path source, Path classes) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"),
                        "-Xlint:all,-path");
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source));
            boolean done = task.call();
            assertTrue(done, messages::toString);
        }
        assertEquals("", messages.toString(), "warnings");
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
