package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That contexts which come and go on one engine leave nothing behind. */
final class ContextChurnTest {
    private static final int LIMIT_SECONDS = 300;
    /** Each context's own copy of our modules would take half a MiB and more. */
    private static final String CONTEXTS = "25";

    @TempDir
    private Path folder;

    @Test
    void nothingPilesUp() throws Exception {
        Path out = folder.resolve("out.txt");
        Path errors = folder.resolve("errors.txt");

        Process process = start(out, errors);
        boolean hasEnded = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertTrue(hasEnded);
        Map<String, Double> more = Files.readAllLines(out).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1])));
        assertEquals(5, more.size(), () -> more + text(errors));
        assertTrue(more.get("heap") < 2, more::toString);
        assertTrue(more.get("resident") < 40, more::toString);
        assertEquals(0, more.get("direct"), more::toString);
        assertEquals(0, more.get("descriptors"), more::toString);
        assertEquals(0, more.get("threads"), more::toString);
    }

    private static Process start(Path out, Path errors) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        // So that the resident memory is steady: the whole heap is, and the compiler has less to do.
        command.addAll(
                List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContextChurn.class.getName(), CONTEXTS));
        return new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
