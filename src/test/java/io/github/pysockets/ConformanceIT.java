package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** CPython's own test modules, by the command that a user runs; {@code docs/conformance.md} says what it compares. */
final class ConformanceIT {
    private static final Path HOME = Path.of(System.getProperty("pysockets.basedir"));
    private static final long LIMIT_MINUTES = 12;
    /** The command's exit status where there is no CPython of the version with its tests. */
    private static final int NOTHING_TO_COMPARE_WITH = 3;

    /** How the command ended, and all that it printed. */
    private record Result(int status, String said) {
        void expectSuccess() {
            if (status == NOTHING_TO_COMPARE_WITH) {
                abort(said.strip());
            }
            assertEquals(0, status, said);
        }
    }

    @Test
    void everyDifferenceIsInTheManifest() throws Exception {
        Result result = run("conformance.txt");
        if (result.status == NOTHING_TO_COMPARE_WITH) {
            System.out.print(result.said);
        }
        result.expectSuccess();
    }

    @Test
    void theComparisonIsRight() throws Exception {
        run("conformance-self-test.txt", "--self-test").expectSuccess();
    }

    /** The comparison itself takes too long to be made in each build: see docs/conformance.md. */
    @Test
    void theComparisonForPython2IsRight() throws Exception {
        run("conformance-2.7-self-test.txt", "--python", "2.7", "--self-test").expectSuccess();
    }

    /** What it prints is kept in a file of this name in {@code target}. */
    private static Result run(String file, String... arguments) throws Exception {
        Path output = HOME.resolve("target").resolve(file);
        List<String> command = new ArrayList<>(List.of(HOME.resolve("conformance").toString()));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PYSOCKETS_AOT", "off");
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("not at its end after " + LIMIT_MINUTES + " minutes");
            }
        } finally {
            // It ends what it has started before it ends itself.
            process.destroy();
            process.waitFor();
        }
        return new Result(process.exitValue(), Files.readString(output));
    }
}
