package io.github.pysockets.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.linux.LinuxStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** How many threads a script's look-ups of names take, where the name service does not answer. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class NameLimitTest {
    private static final int LIMIT = 64;
    private static final int MANY = 100;

    private final SocketRuntime runtime = runtime();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    private static SocketRuntime runtime() {
        return new SocketRuntime(LinuxStack.open(), Numbering.APART, false, () -> false, SearchRule.NEVER);
    }

    @AfterEach
    void close() {
        answer.countDown();
        runtime.close();
    }

    private Integer ask() throws Exception {
        return runtime.ask(_ -> {
            int number = asked.incrementAndGet();
            boolean isInterrupted = false;
            while (answer.getCount() > 0) {
                try {
                    answer.await();
                } catch (InterruptedException unheard) {
                    isInterrupted = true;
                }
            }
            return isInterrupted ? -1 : number;
        });
    }

    /** A thread that asks; its result is the code that ends the call, or 0. */
    private final class Asking {
        final CompletableFuture<Integer> code = new CompletableFuture<>();
        final Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                ask();
                code.complete(0);
            } catch (CallFailure failure) {
                code.complete(failure.code());
            } catch (Exception failure) {
                code.completeExceptionally(failure);
            }
        });

        int code() throws Exception {
            return code.get(20, TimeUnit.SECONDS);
        }
    }

    private List<Asking> askMany(int count) {
        List<Asking> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Asking());
        }
        return all;
    }

    private void awaitAsked(int count) {
        while (asked.get() < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void questionsThatWereGivenUpTakeNoMoreThreadsThanTheLimit() throws Exception {
        for (Asking asking : askMany(LIMIT)) {
            awaitAsked(1);
            asking.thread.interrupt();
            assertEquals(Codes.INTERRUPTED, asking.code());
        }
        List<Asking> more = askMany(MANY);
        for (Asking asking : more) {
            asking.thread.interrupt();
            assertEquals(Codes.INTERRUPTED, asking.code());
        }
        assertTrue(asked.get() <= LIMIT, () -> asked + " questions are under way");
    }

    @Test
    void thoseBeyondTheLimitGetTheirTurn() throws Exception {
        List<Asking> all = askMany(MANY);
        awaitAsked(LIMIT);
        assertEquals(LIMIT, asked.get());
        answer.countDown();
        for (Asking asking : all) {
            assertEquals(0, asking.code());
        }
        assertEquals(MANY, asked.get());
    }

    @Test
    void thoseBeyondTheLimitEndWithTheRuntime() throws Exception {
        List<Asking> all = askMany(MANY);
        awaitAsked(LIMIT);
        runtime.close();
        for (Asking asking : all) {
            assertThrows(Exception.class, asking::code);
        }
        assertEquals(LIMIT, asked.get());
    }

    @Test
    void anotherRuntimeDoesNotWait() throws Exception {
        askMany(MANY);
        awaitAsked(LIMIT);
        try (SocketRuntime other = runtime()) {
            assertEquals("answer", other.ask(_ -> "answer"));
        }
    }
}
