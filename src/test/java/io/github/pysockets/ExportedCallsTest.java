package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every exported function is an outside door. A script that calls them directly, with whatever it likes, gets values, codes and
 * TypeErrors; never an exception of Java's or a defect, and it harms nobody.
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
