package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a shortage of descriptors is told as one, and ends when sockets are dropped. */
final class OutOfDescriptorsTest {
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void shortageIsToldAndEnds() throws Exception {
        assertTrue(
                Arrays.stream(classPath().split(File.pathSeparator))
                        .anyMatch(entry -> Files.isDirectory(Path.of(entry))),
                "classes of a jar would not show the matter");
        assertPrints("""
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                True
                timed out
                """, OutOfDescriptors.class);
    }

    @Test
    void callsThatWaitWorkAndNobodyIsHeldUp() throws Exception {
        assertPrints("""
                data: b'hello'
                interrupt: InterruptedError [Errno 4] Interrupted system call
                close: OSError [Errno 9] Bad file descriptor
                timeout: TimeoutError timed out in time
                failing calls: many
                longest exchange: short
                handle: OSError [Errno 9] Bad file descriptor
                """, FullProcess.class);
    }

    private void assertPrints(String expected, Class<?> program) throws Exception {
        Path out = folder.resolve("out.txt");
        Path errors = folder.resolve("errors.txt");

        Process process = start(program, out, errors);
        boolean hasEnded = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertTrue(hasEnded, () -> text(out) + text(errors));
        assertEquals(expected, Files.readString(out), () -> text(errors));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static Process start(Class<?> program, Path out, Path errors) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        // A process that lives for seconds gains nothing from the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", classPath(), program.getName()));
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
