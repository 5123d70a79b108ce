package io.github.pysockets.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Interrupts for a thread's next wait. */
final class PassedOnInterruptsTest {
    private final PassedOnInterrupts interrupts = new PassedOnInterrupts();

    @Test
    void endTheNextWaitOfTheirThreadAlone() throws Exception {
        Thread other = Thread.ofPlatform().start(interrupts::passOn);
        other.join();
        interrupts.apply();
        assertEquals(false, Thread.interrupted());
        interrupts.passOn();
        interrupts.apply();
        assertEquals(true, Thread.interrupted());
    }

    @Test
    void ofThreadsThatHaveEndedDoNotPileUp() throws Exception {
        for (int i = 0; i < 100; i++) {
            Thread thread = Thread.ofPlatform().start(interrupts::passOn);
            thread.join();
        }
        long end = System.nanoTime() + 20_000_000_000L;
        while (interrupts.count() > 1 && System.nanoTime() < end) {
            interrupts.passOn();
            LockSupport.parkNanos(10_000_000);
        }
        assertEquals(1, interrupts.count());
    }
}
