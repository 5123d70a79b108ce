package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.DescriptorLimit;
import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.ProcessFiles;
import io.github.pysockets.fixtures.Sandbox;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Sockets that a script drops without closing them. CPython closes them at once. Here they are closed when the garbage
 * collector has found them, which must happen before the process runs out of descriptors.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class DroppedSocketsTest {
    private static final int MANY = 10_000;

    private Descriptors before;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        before = Descriptors.now();
        sandbox = new Sandbox();
        sandbox.run("""
                import socket
                import warnings

                warnings.simplefilter("ignore", ResourceWarning)

                def drop(count):
                    for _ in range(count):
                        socket.socket()

                def drop_pairs(count):
                    for _ in range(count):
                        socket.socketpair()

                def drop_accepted(count):
                    with socket.create_server(("127.0.0.1", 0)) as listener:
                        for _ in range(count):
                            with socket.create_connection(listener.getsockname()):
                                listener.accept()
                """);
        loadWhatIsNeeded();
    }

    /**
     * Loading a class from a folder takes a descriptor, and none is left when these classes are needed first.
     */
    private void loadWhatIsNeeded() {
        sandbox.run("""
                drop(1), drop_pairs(1), drop_accepted(1)
                try:
                    socket.close(999_999)
                except OSError:
                    pass
                """);
        assertEquals(Map.of(), before.socketsAddedAfterCollection());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void areClosedOnceCollected() {
        sandbox.get("drop").execute(MANY);
        sandbox.get("drop_pairs").execute(1_000);
        sandbox.get("drop_accepted").execute(100);
        assertEquals(Map.of(), before.socketsAddedAfterCollection());
    }

    @Test
    void manyMoreThanThereMayBeAtATimeCanBeMade() {
        assertLowLimitIsEnoughFor("drop", MANY);
    }

    @Test
    void manyMorePairsThanThereMayBeAtATimeCanBeMade() {
        assertLowLimitIsEnoughFor("drop_pairs", 1_000);
    }

    @Test
    void manyMoreConnectionsThanThereMayBeAtATimeCanBeAccepted() {
        assertLowLimitIsEnoughFor("drop_accepted", 1_000);
    }

    private void assertLowLimitIsEnoughFor(String function, int count) {
        try (DescriptorLimit _ = new DescriptorLimit(highestNumber() + 200)) {
            sandbox.get(function).execute(count);
        }
        assertEquals(Map.of(), before.socketsAddedAfterCollection());
    }

    @Test
    void socketsThatAreKeptStillMeetTheLimit() {
        try (DescriptorLimit _ = new DescriptorLimit(highestNumber() + 50)) {
            assertEquals("24", sandbox.text("""
                    kept = []
                    try:
                        for _ in range(1000):
                            kept.append(socket.socket())
                        number = 0
                    except OSError as failure:
                        number = failure.errno
                    number
                    """), "EMFILE");
        }
        assertTrue(before.added().size() > 20, "those that were made are open");
    }

    /** Of those that a limit can be set close to: the runtime's own descriptors have numbers far above the others. */
    private static int highestNumber() {
        return ProcessFiles.numbers().stream()
                .mapToInt(Integer::intValue)
                .filter(number -> number < 1024)
                .max()
                .orElseThrow();
    }
}
