package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a process of its own: one that may starve or crash it. */
final class OwnProcess {
    private static final int LIMIT_SECONDS = 240;

    private OwnProcess() {}

    /**
     * How it ended.
     *
     * @param status its exit status
     * @param out what it wrote to its output
     * @param errors what it wrote to its error output
     */
    record Ended(int status, String out, String errors) {}

    /**
     * Runs a class with a main method to its end.
     *
     * @param folder for what it writes
     * @param flags the JVM's, beside those of this one
     */
    static Ended run(Class<?> program, Path folder, String... flags) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command(program, flags))
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean hasEnded = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String told = Files.readString(errors);
        assertTrue(hasEnded, () -> "it did not end: " + told);
        return new Ended(process.exitValue(), Files.readString(out), told);
    }

    private static List<String> command(Class<?> program, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        // A process that lives for seconds gains nothing from the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return command;
    }
}
