package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every exported function is an outside door. A script that calls them directly, with whatever it likes, gets values, codes and
 * TypeErrors; never an exception of Java's or a defect, and it harms nobody.
 */
final class ExportedCallsTest {
    @TempDir
    private Path folder;

    @Test
    void oddArgumentsAreRefused() throws Exception {
        OwnProcess.Ended ended = OwnProcess.run(ExportedCalls.class, folder);
        assertEquals("""
                all functions, many calls
                echo in the same context: echo
                all functions, many calls
                echo in another context: echo
                """, ended.out(), ended::errors);
    }
}
