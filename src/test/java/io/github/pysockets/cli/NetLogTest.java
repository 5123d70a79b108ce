package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command writes for {@code --net-log}, for either Python. */
final class NetLogTest {
    /** Runs in Python 2.7 and 3. */
    private static final String SCRIPT = """
            import socket, sys
            sockets = []

            def tcp():
                sockets.append(socket.socket())
                return sockets[-1]

            server = tcp()
            server.bind(("127.0.0.1", 0))
            server.listen(1)
            client = tcp()
            client.connect(server.getsockname())
            accepted, _ = server.accept()
            client.sendall(b"hello")
            accepted.recv(5)
            accepted.close()
            client.close()
            deaf = tcp()
            deaf.bind(("127.0.0.1", 0))
            try:
                tcp().connect(deaf.getsockname())
            except socket.error:
                pass
            left, right = socket.socketpair()
            left.sendall(b"unseen")
            kept = tcp()
            kept.connect(server.getsockname())
            sys.stdout.write("%d %d\\n" % (server.getsockname()[1], deaf.getsockname()[1]))
            """;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"graalpy", "jython"})
    void lineForEachConnection(String python) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("script.py"), SCRIPT);
        String[] words = {"--net-log", "script.py", "--net-log"};
        try (Child child = python.equals("jython") ? Child.jython(folder, words) : Child.main(folder, words)) {
            Child.Result result = child.result();
            assertEquals(0, result.status(), result::err);
            String[] ports = result.out().trim().split(" ");
            String here = "127.0.0.1:";
            List<String> lines = result.err()
                    .lines()
                    .map(line -> line.replace(here + ports[0], "SERVER")
                            .replace(here + ports[1], "DEAF")
                            .replaceAll(here + "\\d+", "CLIENT")
                            .replaceAll("\\d+\\.\\d{3} s", "TIME"))
                    .toList();
            assertEquals(List.of(
                    "net: from CLIENT at SERVER, 5 bytes in, 0 bytes out, TIME",
                    "net: to SERVER, 0 bytes in, 5 bytes out, TIME",
                    "net: to DEAF: Connection refused, TIME",
                    "net: to SERVER, 0 bytes in, 0 bytes out, TIME, still open"), lines, result::err);
        }
    }

    @Test
    void lineForARefusedCall() throws Exception {
        String script = """
                import socket
                try:
                    socket.socket().connect(("192.0.2.1", 80))
                except PermissionError:
                    print("refused")
                """;
        try (Child child = Child.main(temporary, "--net-log", "--allow-net=@loopback", "-c", script)) {
            Child.Result result = child.result();
            assertEquals("refused\n", result.out(), result::err);
            List<String> lines =
                    result.err().lines().filter(line -> line.startsWith("net: ")).toList();
            assertEquals(1, lines.size(), result::err);
            assertTrue(lines.get(0).startsWith("net: connect 192.0.2.1:80 refused: "), result::err);
        }
    }
}
