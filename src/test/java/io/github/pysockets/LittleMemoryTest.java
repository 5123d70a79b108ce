package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.OwnProcess;
import io.github.pysockets.programs.LittleMemory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real shortage of memory is a MemoryError for the script that caused it, and ends when its memory is freed. */
final class LittleMemoryTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    void shortageIsAMemoryError() throws Exception {
        OwnProcess.Result ended = OwnProcess.run(LIMIT, List.of("-Xmx200m"), LittleMemory.class);
        List<String> lines = ended.out().lines().distinct().toList();
        assertEquals(
                List.of("-10003 -10003", "MemoryError", "BlockingIOError", "b'echo'"), lines, ended::err);
    }
}
