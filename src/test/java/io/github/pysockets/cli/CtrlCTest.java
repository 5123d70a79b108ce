package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.EndingTimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGINT ends every call of blocked_calls.py in the command, by KeyboardInterrupt. */
final class CtrlCTest {
    private static final String WAY = "Ctrl-C";

    /** The signal comes from a thread of the script's own, once it sees the main thread wait. */
    private static final String SCRIPT = """
            import os, signal, threading, time
            import java
            import blocked_calls

            waiting = "io.github.pysockets.python.Waiting"
            main = java.type("java.lang.Thread").currentThread()

            def interrupt():
                global start
                while not any(frame.getClassName() == waiting for frame in main.getStackTrace()):
                    time.sleep(0.001)
                start = time.perf_counter()
                os.kill(os.getpid(), signal.SIGINT)

            for name in blocked_calls.CALLS:
                call = blocked_calls.make(name)
                thread = threading.Thread(target=interrupt)
                try:
                    thread.start()
                    how = call.call(None)
                except KeyboardInterrupt:
                    how = "interrupted"
                end = time.perf_counter()
                thread.join()
                print(name, how, int((end - start) * 1e9), flush=True)
            """;

    @Test
    void endsEveryCall(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("script.py"), SCRIPT);
        Path calls = Path.of(CtrlCTest.class.getResource("/io/github/pysockets/fixtures/blocked_calls.py").toURI());
        // The C library reads aliases of host names from a file before it asks a server. Opening this one never ends.
        Path aliases = folder.resolve("aliases");
        assertEquals(0, new ProcessBuilder("mkfifo", aliases.toString()).start().waitFor());
        Map<String, String> environment =
                Map.of("PYTHONPATH", calls.getParent().toString(), "HOSTALIASES", aliases.toString());
        try (Child child = Child.main(folder, environment, "script.py")) {
            Child.Result result = child.result();
            List<String[]> lines =
                    result.out().lines().map(line -> line.split(" ", 3)).toList();
            EndingTimes times = new EndingTimes(lines.stream().map(line -> line[0]).toList(), List.of(WAY));
            for (String[] line : lines) {
                assertEquals("interrupted", line[1], () -> String.join(" ", line));
                times.add(line[0], WAY, Long.parseLong(line[2]));
            }
            times.write("ending-times-command.md");
            assertEquals(12, lines.size(), result::err);
            assertTrue(result.err().isEmpty(), result.err());
            assertEquals(0, result.status());
        }
    }
}
