package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What is left of many threads that once waited at the same time. */
@Timeout(value = 100, threadMode = ThreadMode.SEPARATE_THREAD)
final class IdlePollersTest {
    private static final int FEW = 16;

    private final Descriptors before = Descriptors.now();

    private long eventfds() {
        return before.added().values().stream().filter(target -> target.contains("eventfd")).count();
    }

    @Test
    void areFew() throws Exception {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.run("""
                    import socket
                    import threading

                    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
                    threads = [threading.Thread(target=left.recv, args=(1,), daemon=True) for _ in range(100)]
                    for thread in threads:
                        thread.start()

                    def end():
                        right.settimeout(20)
                        for _ in threads:
                            right.send(b"x")
                        for thread in threads:
                            thread.join(20)
                    """);
            long end = System.nanoTime() + 20_000_000_000L;
            while (eventfds() < 100 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertTrue(eventfds() >= 100, "all wait");
            sandbox.get("end").execute();
            assertTrue(eventfds() <= FEW, () -> eventfds() + " eventfds are left");
            sandbox.sockets.close();
            assertEquals(0, eventfds());
        }
    }
}
