package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.EndingTimes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the command closes while it waits because it was dropped, in every kind of wait. How long that took is written
 * to target/ending-times-dropped.md and not checked here: a busy machine is no defect. The script is dropped_waits.py.
 */
final class DroppedWaitsTest {
    private static final List<String> DROPPED =
            List.of("socket", "makefile", "text", "response", "tls", "connection", "transport");

    private static final List<String> WAITS = List.of(
            "recv", "accept", "select", "poll", "epoll", "asyncio", "do handshake", "join", "queue get", "sleep",
            "read of a pipe", "end of the main thread");

    private static final EndingTimes TIMES = new EndingTimes(WAITS, DROPPED);

    @AfterAll
    static void write() {
        TIMES.write("ending-times-dropped.md");
    }

    @ParameterizedTest
    @FieldSource("DROPPED")
    void endsEveryWait(String dropped, @TempDir Path folder) throws Exception {
        Path script = Path.of(DroppedWaitsTest.class
                .getResource("/io/github/pysockets/fixtures/dropped_waits.py")
                .toURI());
        try (Child child = Child.main(folder.toRealPath(), "-W", "ignore", script.toString(), dropped)) {
            Child.Result result = child.result();
            List<String[]> lines =
                    result.out().lines().map(line -> line.split("\t")).toList();
            assertEquals(WAITS, lines.stream().map(line -> line[0]).toList(), result::err);
            lines.forEach(line -> TIMES.add(line[0], dropped, Long.parseLong(line[1])));
            assertEquals("", result.err());
            assertEquals(0, result.status());
        }
    }
}
