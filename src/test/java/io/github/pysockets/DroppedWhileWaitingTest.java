package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Contexts of an application that has dropped sockets closed while their scripts wait. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class DroppedWhileWaitingTest {
    private static final String FUNCTIONS = """
            import select
            import socket
            import time
            import warnings

            warnings.simplefilter("ignore", ResourceWarning)

            def drop():
                a, b = socket.socketpair()
                return b

            def drop_file(mode="r", text=""):
                a, b = socket.socketpair()
                file = a.makefile(mode)
                if text:
                    file.write(text)
                a.close()
                return b

            def received(peer):
                peer.settimeout(60)
                data = b""
                while part := peer.recv(100):
                    data += part
                return data.decode()

            def make_and_wait(seconds):
                kept = []
                end = time.monotonic() + seconds
                waited = 0
                while time.monotonic() < end:
                    kept.append(socket.socket())
                    kept[-1].makefile()
                    select.select([], [], [], 0.11)
                    waited += 1
                return waited
            """;

    private static Sandbox sandbox() {
        Sandbox made = new Sandbox(PySockets.builder().closeDroppedWhileWaiting(true));
        made.run(FUNCTIONS);
        return made;
    }

    @Test
    void waitEndsOnceTheOtherEndWasDropped() {
        try (Sandbox sandbox = sandbox()) {
            assertEquals("", sandbox.text("received(drop())"));
            assertEquals("", sandbox.text("received(drop_file())"));
        }
    }

    @Test
    void textOfADroppedFileArrives() {
        try (Sandbox sandbox = sandbox()) {
            assertEquals("never flushed", sandbox.text("received(drop_file('w', 'never flushed'))"));
        }
    }

    @Test
    void waitOfOneContextServesAnother() {
        try (Sandbox sandbox = sandbox(); Sandbox other = new Sandbox()) {
            other.run(FUNCTIONS);
            other.run("peer = drop()");
            sandbox.run("received(drop())");
            assertEquals("", other.text("received(peer)"));
        }
    }

    /** Each round makes a new socket that is kept, and waits long enough for a search. */
    @Test
    void socketsThatAreKeptDoNotKeepTheCollectorBusy() {
        try (Sandbox sandbox = sandbox()) {
            long before = collections();
            int rounds = sandbox.run("make_and_wait(8)").asInt();
            long during = collections() - before;
            assertTrue(rounds > 10, () -> rounds + " rounds");
            assertTrue(during <= rounds / 2 + 8, () -> during + " collections in " + rounds + " rounds");
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !collector.getName().contains("Young"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
