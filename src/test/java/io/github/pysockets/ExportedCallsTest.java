package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.OwnProcess;
import io.github.pysockets.programs.ExportedCalls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A script can call every exported function directly, with any arguments. It gets values, codes and TypeErrors, never a
 * Java exception or a defect, and it harms no other context.
 */
final class ExportedCallsTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    void oddArgumentsAreRefused() throws Exception {
        OwnProcess.Result ended = OwnProcess.run(LIMIT, List.of(), ExportedCalls.class);
        assertEquals("""
                all functions, many calls
                echo in the same context: echo
                all functions, many calls
                echo in another context: echo
                """, ended.out(), ended::err);
    }
}
