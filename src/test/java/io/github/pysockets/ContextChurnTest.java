package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.OwnProcess;
import io.github.pysockets.programs.ContextChurn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Contexts that come and go on one engine leave nothing behind. */
final class ContextChurnTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** Each context's own copy of our modules would take half a MiB and more. */
    private static final String CONTEXTS = "25";
    /** The whole heap is resident from the start, so the resident memory is steady. */
    private static final List<String> STEADY =
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    @Test
    void nothingPilesUp() throws Exception {
        OwnProcess.Result ended = OwnProcess.run(LIMIT, STEADY, ContextChurn.class, CONTEXTS);

        Map<String, Double> more = ended.out().lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1])));
        assertEquals(5, more.size(), ended::toString);
        assertTrue(more.get("heap") < 2, more::toString);
        assertTrue(more.get("resident") < 40, more::toString);
        assertEquals(0, more.get("direct"), more::toString);
        assertEquals(0, more.get("descriptors"), more::toString);
        assertEquals(0, more.get("threads"), more::toString);
    }
}
