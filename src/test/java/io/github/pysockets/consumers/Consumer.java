package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ScriptContexts;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles and runs a consumer's project. */
final class Consumer {
    /** How a process ended. */
    record Ended(int status, String out, String err) {}

    static final Path SOURCES = ScriptContexts.ROOT.resolve("src/it").toAbsolutePath();
    static final Path TARGET = ScriptContexts.ROOT.resolve("target").toAbsolutePath();
    static final Path JAR = TARGET.resolve("pysockets.jar");
    static final Path APPLICATION =
            SOURCES.resolve("application/src/main/java/com/example/application/Application.java");
    static final String MAIN = "com.example.application.Application";

    /** What the application prints. */
    static final String ANSWER = "a socket, a loop, TLS: True\n";

    /** The option that docs/embedding.md names for GraalPy. */
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private Consumer() {}

    /** The jar and what an application gets with it: not what the pysockets command has besides. */
    static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
            return Stream.concat(Stream.of(JAR),
                    files.filter(file -> !file.getFileName().toString().startsWith("AmazonCorretto")).sorted())
                    .toList();
        }
    }

    static String path(List<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static List<Path> with(Path first, List<Path> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /**
     * Compiles with every warning, of which there may be none.
     *
     * @param option the one that names the path: --class-path or --module-path
     */
    static void compile(String option, List<Path> path, Path classes, Path... sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), option, path(path), "-Xlint:all", "-Werror", "--release", "25");
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean done =
                    compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(sources)).call();
            assertTrue(done, messages::toString);
        }
        assertEquals("", messages.toString(), "warnings");
    }

    /** Runs a program in a JVM of its own, without the options that the JVM of the tests has. */
    static Ended java(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A process that lives for seconds gains nothing from the second compiler, nor from threads that collect.
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dpolyglot.engine.WarnInterpreterOnly=false"));
        command.addAll(Arrays.asList(words));
        return run(Map.of(), command);
    }

    static Ended run(Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            Ended result = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            assertTrue(ended, () -> command + " did not end: " + result);
            return result;
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
