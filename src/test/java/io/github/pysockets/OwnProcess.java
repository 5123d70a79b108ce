package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests' in a JVM of its own, like this one: for what may end the JVM, or fill it up. */
final class OwnProcess {
    /** How a process ended. */
    record Result(int status, String out, String err) {}

    private OwnProcess() {}

    /**
     * Runs it to its end.
     *
     * @param limit after which it is ended, and the test fails
     * @param flags for the JVM, beside those of this one
     */
    static Result run(Duration limit, List<String> flags, Class<?> main, String... arguments) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            Process process = new ProcessBuilder(command(flags, main, arguments))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            assertTrue(ended, () -> main.getSimpleName() + " did not end: " + result);
            return result;
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static List<String> command(List<String> flags, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--") || flag.startsWith("-Dio.github.pysockets.")) {
                command.add(flag);
            }
        }
        // Not those of the interpreter, which scripts can make fail.
        command.add("-ea:io.github.pysockets...");
        // A process that lives for seconds gains nothing from the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        // A crash leaves no file behind; what it says is in the output.
        command.addAll(List.of("-XX:+ErrorFileToStderr", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
