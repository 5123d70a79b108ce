package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.OwnProcess;
import io.github.pysockets.programs.ObservedTraffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Flight Recorder may be missing, as in a small run-time image, and costs nothing where it does not run. */
final class FlightRecorderAbsentTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String COUNTS = "SocketCounts[open=1, opened=2, accepted=0, connected=0, refused=0, lookUps=1,"
            + " bytesIn=5, bytesOut=5]\n";

    @Test
    void allWorksWithoutItsModule() throws Exception {
        OwnProcess.Result ended = OwnProcess.run(
                LIMIT, List.of("--limit-modules=java.se,jdk.management,jdk.unsupported"), ObservedTraffic.class);
        assertEquals(COUNTS + "without jdk.jfr\n", ended.out(), ended::err);
        assertEquals(0, ended.status(), ended::err);
    }

    @Test
    void noEventIsLoadedBeforeARecording() throws Exception {
        OwnProcess.Result ended =
                OwnProcess.run(LIMIT, List.of("-Xlog:class+init=info:stderr"), ObservedTraffic.class);
        assertEquals(COUNTS + "with jdk.jfr\n", ended.out());
        assertTrue(ended.err().contains("io.github.pysockets.observe.FlightEvents"), "initializations are seen");
        assertFalse(ended.err().contains("io.github.pysockets.observe.JfrEvents"), "no event is initialized");
    }
}
