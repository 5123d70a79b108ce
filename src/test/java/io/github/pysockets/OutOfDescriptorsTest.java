package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.OwnProcess;
import io.github.pysockets.programs.FullProcess;
import io.github.pysockets.programs.OutOfDescriptors;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A shortage of descriptors is reported as such, and ends when sockets are dropped. */
final class OutOfDescriptorsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void shortageIsToldAndEnds() throws Exception {
        assertTrue(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isDirectory(Path.of(entry))),
                "classes of a jar would not show the matter");
        assertPrints("""
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                [Errno 24] Too many open files
                True
                timed out
                """, OutOfDescriptors.class);
    }

    @Test
    void callsThatWaitWorkAndNobodyIsHeldUp() throws Exception {
        assertPrints("""
                data: b'hello'
                interrupt: InterruptedError [Errno 4] Interrupted system call
                close: OSError [Errno 9] Bad file descriptor
                timeout: TimeoutError timed out in time
                failing calls: many
                longest exchange: short
                handle: OSError [Errno 9] Bad file descriptor
                """, FullProcess.class);
    }

    private static void assertPrints(String expected, Class<?> program) throws Exception {
        OwnProcess.Result ended = OwnProcess.run(LIMIT, List.of(), program);
        assertEquals(expected, ended.out(), ended::err);
    }
}
