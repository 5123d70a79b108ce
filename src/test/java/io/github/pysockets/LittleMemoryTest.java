package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real shortage of memory is a MemoryError for the script that has caused it, and over with what it held. */
final class LittleMemoryTest {
    @TempDir
    private Path folder;

    @Test
    void shortageIsAMemoryError() throws Exception {
        OwnProcess.Ended ended = OwnProcess.run(LittleMemory.class, folder, "-Xmx200m");
        List<String> lines = ended.out().lines().distinct().toList();
        assertEquals(
                List.of("-10003 -10003", "MemoryError", "BlockingIOError", "b'echo'"), lines, ended::errors);
    }
}
