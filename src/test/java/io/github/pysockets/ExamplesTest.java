package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.fixtures.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each script in examples runs to its end in a context like that of the pysockets command, and prints what is expected
 * of it.
 */
final class ExamplesTest {
    private static final Path FOLDER = ScriptContexts.ROOT.resolve("examples").toAbsolutePath();
    private static final Path EXPECTED = FOLDER.resolve("expected");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Context context;
    private static PySockets sockets;
    private static Value run;

    @BeforeAll
    static void start() {
        context = ScriptContexts.command("-B", "-").build();
        sockets = PySockets.builder().foreignDescriptors(true).install(context);
        run = ScriptContexts.evaluate(context, ExamplesTest.class, "example.py");
    }

    @AfterAll
    static void end() {
        sockets.close();
        context.close(true);
    }

    /** The names of the files with this ending, without it. */
    private static List<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }

    static List<String> scripts() throws IOException {
        return names(FOLDER, ".py");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptPrintsWhatIsExpected(String name) throws IOException {
        String path = FOLDER.resolve(name + ".py").toString();
        Value ended = Watchdog.bounded(context, LIMIT, () -> run.execute(path));
        String expected = Files.readString(EXPECTED.resolve(name + ".txt"));
        assertAll(
                () -> assertEquals("", ended.getArrayElement(2).asString(), "standard error"),
                () -> assertEquals(expected, ended.getArrayElement(1).asString(), "standard output"),
                () -> assertEquals("0", ended.getArrayElement(0).toString(), "exit status"));
    }

    @Test
    void everyScriptHasItsOutputWrittenDownAndNoOutputIsLeftOver() throws IOException {
        assertEquals(scripts(), names(EXPECTED, ".txt"));
    }
}
