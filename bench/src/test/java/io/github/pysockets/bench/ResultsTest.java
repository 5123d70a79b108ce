package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
    private static final Workload.Case CALL = RunOfFigures.named("call-cost");
    private static final Workload.Case CONNECT = RunOfFigures.named("connect");

    private static Results results() {
        return new RunOfFigures()
                .runtime("pysockets")
                .runtime("graalpy-native")
                .runtime("graalpy-java")
                .runtime("cpython")
                .absent("jython", "its jar is not there")
                .figures(CALL, "pysockets", 6e-6, 2e-6, 1e-6)
                .figures(CALL, "graalpy-native", 8e-6)
                .figures(CALL, "graalpy-java", 4e-6)
                .figures(CALL, "cpython", 1e-6)
                .figures(CONNECT, "pysockets", 300)
                .figures(CONNECT, "graalpy-native", 100)
                .figures(CONNECT, "graalpy-java", 200)
                .measured(CONNECT, "cpython", null, "it failed")
                .results();
    }

    @Test
    void ratiosAreOfMedians() {
        assertEquals(2.0, results().toReference("call-cost", null, Candidates.OURS).orElseThrow(), 1e-9);
    }

    @Test
    void theBetterOfTwoIsTheFasterForTimesAndForRates() {
        assertEquals(0.5, results().toOwn("call-cost", null, Candidates.OURS).orElseThrow(), 1e-9);
        assertEquals(1.5, results().toOwn("connect", null, Candidates.OURS).orElseThrow(), 1e-9);
    }

    @Test
    void whatIsCompiledIsComparedWithAllOfGraalPys() {
        Results results = new RunOfFigures()
                .runtime("pysockets")
                .runtime("pysockets-jit")
                .runtime("graalpy-native")
                .runtime("graalpy-jit")
                .figures(CALL, "pysockets", 6e-6)
                .figures(CALL, "pysockets-jit", 2e-6)
                .figures(CALL, "graalpy-native", 8e-6)
                .figures(CALL, "graalpy-jit", 4e-6)
                .results();
        assertEquals(0.75, results.toOwn("call-cost", null, Candidates.OURS).orElseThrow(), 1e-9);
        assertEquals(0.5, results.toOwn("call-cost", null, Candidates.OURS_COMPILED).orElseThrow(), 1e-9);
    }

    @Test
    void thereIsNoRatioToWhatWasNotMeasured() {
        assertEquals(Optional.empty(), results().toReference("connect", null, Candidates.OURS));
        assertEquals(Optional.empty(), results().toOwn("accept", null, Candidates.OURS));
    }

    @Test
    void whatIsWrittenAsJsonIsReadBack(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("results.json"), results().json());
        assertEquals(results(), Results.read(file));
    }

    @Test
    void olderNameOfWorkloadsIsReadToo(@TempDir Path folder) throws Exception {
        String older = results().json().replace("\"workload\"", "\"work\"");
        assertEquals(results(), Results.read(Files.writeString(folder.resolve("results.json"), older)));
    }

    @Test
    void anotherFileIsRefusedInOneSentence(@TempDir Path folder) throws Exception {
        for (String text : new String[] {"", "{}", "[1", "words"}) {
            Path file = Files.writeString(folder.resolve("other.json"), text);
            var refused = assertThrows(UsageException.class, () -> Results.read(file), text);
            assertTrue(refused.getMessage().startsWith(file + " has no results of a run"), refused.getMessage());
        }
    }
}
