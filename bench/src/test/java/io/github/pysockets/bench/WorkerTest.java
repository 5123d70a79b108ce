package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerTest {
    private static final String HELLO = """
            echo '{"hello": "sh 1", "workloads": ["poll"], "missing": {"epoll": "no epoll"}}'
            """;
    private static final Workload.Case POLL = RunOfFigures.named("poll");

    @TempDir
    private Path folder;

    private Worker worker(String script) throws WorkerException {
        return Worker.start(List.of("sh", "-c", script), folder.resolve("log"));
    }

    private String failure(String script) throws WorkerException {
        try (Worker worker = worker(HELLO + script)) {
            return assertThrows(WorkerException.class, () -> worker.run(POLL, 0.5)).getMessage();
        }
    }

    @Test
    void anAnswerIsASampleAndANote() throws Exception {
        String script = HELLO + """
                read line
                [ "$line" = "run poll 0.5 1" ] || exit 1
                echo '{"workload": "poll", "operations": 7, "bytes": 8, "wall": 0.25, "cpu": null, "note": "so"}'
                read line
                [ "$line" = "close poll" ] || exit 1
                echo '{"closed": "poll"}'
                """;
        try (Worker worker = worker(script)) {
            assertEquals("sh 1", worker.hello());
            assertTrue(worker.does("poll"));
            assertFalse(worker.does("epoll"));
            assertEquals("no epoll", worker.whyNot("epoll"));
            Worker.Answer answer = worker.run(POLL, 0.5);
            assertEquals("so", answer.note());
            assertEquals(7, answer.sample().operations());
            assertEquals(8, answer.sample().bytes());
            assertEquals(0.25, answer.sample().wall());
            assertNull(answer.sample().ownProcessor());
            worker.close("poll");
        }
    }

    @Test
    void whyThereIsNoAnswerIsTold() throws Exception {
        assertEquals("OSError: too many", failure("read line; echo '{\"error\": \"OSError: too many\"}'; read line"));
        assertEquals("its process ended with status 3", failure("read line; exit 3"));
        assertEquals("answered \"some words\"", failure("read line; echo some words; read line"));
    }

    @Test
    void oneThatDoesNotStartIsNoWorker() {
        assertEquals("its process ended with status 4",
                assertThrows(WorkerException.class, () -> worker("exit 4")).getMessage());
        assertTrue(
                assertThrows(WorkerException.class, () -> Worker.start(List.of("/nonexistent"), folder.resolve("log")))
                        .getMessage().startsWith("cannot be started: "));
    }
}
