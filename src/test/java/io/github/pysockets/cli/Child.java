package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A child process of a test, with bounded waits. */
final class Child implements AutoCloseable {
    /** Seconds after which a wait is a failure: far above what a start takes on a slow machine. */
    static final long LIMIT = 120;

    /** The option of a JVM that denies native access. */
    static final String NO_NATIVE_ACCESS = "--illegal-native-access=deny";

    /** How a process ended. */
    record Result(int status, String out, String err) {}

    private final Process process;
    private final Path errors;
    private final Lines out;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        out = new Lines(process.inputReader());
    }

    /** Starts any command in a folder. */
    static Child start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path errors = Files.createTempFile("errors", ".txt");
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PYTHON"));
        builder.environment().putAll(environment);
        return new Child(builder.start(), errors);
    }

    /** Starts the command's main class in a JVM like this one. */
    static Child main(Path folder, String... words) throws IOException {
        return main(folder, Map.of(), words);
    }

    static Child main(Path folder, Map<String, String> environment, String... words) throws IOException {
        return main(folder, environment, List.of(), Main.class, words);
    }

    /** Starts the command's main class for Jython, with the flags that the script pysockets has for it. */
    static Child jython(Path folder, String... words) throws IOException {
        return main(
                folder,
                Map.of(),
                List.of("--add-opens=java.base/java.io=ALL-UNNAMED", "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=dontinline,org.python.core.PyFrame::setline"),
                JythonMain.class,
                words);
    }

    /** Starts a main class in a JVM like this one, with more options. */
    static Child main(Path folder, Map<String, String> environment, List<String> flags, Class<?> main,
            String... words) throws IOException {
        var command = new ArrayList<>(resettingSignals());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        boolean isDenied = flags.contains(NO_NATIVE_ACCESS);
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--") && !(isDenied && flag.startsWith("--enable-native-access"))) {
                command.add(flag);
            }
        }
        command.addAll(flags);
        // A process that lives for seconds gains nothing from the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dpysockets.executable=/bin/pysockets");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(words));
        return start(folder, environment, command);
    }

    /** A build in the background of a shell passes on an ignored SIGINT, for which the JVM sets no handler. */
    private static List<String> resettingSignals() throws IOException {
        List<String> prefix = List.of("env", "--default-signal=INT");
        var attempt = new ArrayList<>(prefix);
        attempt.add("true");
        try {
            return new ProcessBuilder(attempt).start().waitFor() == 0 ? prefix : List.of();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    /** Writes to the child's standard input and closes it. */
    Child input(String text) throws IOException {
        try (var writer = process.outputWriter()) {
            writer.write(text);
        }
        return this;
    }

    /** Writes a line to the child's standard input, which stays open. */
    void line(String text) throws IOException {
        var writer = process.outputWriter();
        writer.write(text + "\n");
        writer.flush();
    }

    /** Waits for a line of the child's standard output, which is to be the next one. */
    void expectLine(String line) throws Exception {
        assertEquals(line, out.next(LIMIT), () -> "standard error: " + errors());
    }

    /** Sends a signal by its name. */
    void signal(String name) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
        assertTrue(kill.waitFor(LIMIT, TimeUnit.SECONDS));
        assertEquals(0, kill.exitValue(), "kill");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal to a process that may just have ended. */
    void signalIfAlive(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor(LIMIT, TimeUnit.SECONDS);
    }

    /** Waits for the end; the output is what no {@link #expectLine} has taken. */
    Result result() throws Exception {
        if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
            fail("still running; standard error: " + errors());
        }
        return new Result(process.exitValue(), out.rest(LIMIT), errors());
    }

    private String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }

    /** The lines of a stream, read as they come. */
    private static final class Lines {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> end;

        Lines(BufferedReader reader) {
            end = CompletableFuture.runAsync(() -> reader.lines().forEach(queue::add));
        }

        String next(long seconds) throws InterruptedException {
            return queue.poll(seconds, TimeUnit.SECONDS);
        }

        String rest(long seconds) throws Exception {
            end.get(seconds, TimeUnit.SECONDS);
            var lines = new StringBuilder();
            queue.forEach(line -> lines.append(line).append('\n'));
            return lines.toString();
        }
    }
}
