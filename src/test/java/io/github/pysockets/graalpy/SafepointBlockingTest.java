package io.github.pysockets.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.fixtures.ThreadActions;
import io.github.pysockets.python.Blocking;
import io.github.pysockets.python.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What becomes of actions that come while a thread waits. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class SafepointBlockingTest {
    private final Context context = ScriptContexts.with(HostAccess.NONE).build();
    private final Value python = context.eval("python", "lambda call: call()");
    private final ThreadActions actions = new ThreadActions(context);
    private final Blocking blocking = SafepointBlocking.ifPossible();
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void close() {
        context.close(true);
    }

    /** A wait that a script's call makes. */
    private int run(IntSupplier wait) {
        return python.execute((ProxyExecutable) _ -> {
            int result = blocking.run(wait, () -> events.add("woken"));
            events.add("after");
            return result;
        }).asInt();
    }

    private Future<Void> submit() {
        return actions.submit(Thread.currentThread(), () -> events.add("acting"));
    }

    @Test
    void actionRunsWithinAndTheWaitIsNotBegunAgain() {
        assertEquals(0, run(() -> {
            events.add("waiting");
            submit();
            return 0;
        }));
        assertEquals(List.of("waiting", "woken", "acting", "after"), events);
    }

    @Test
    void actionThatIsDueEndsTheNextWait() {
        python.execute((ProxyExecutable) _ -> {
            submit();
            blocking.run(() -> {
                events.add("waiting");
                return 0;
            }, () -> events.add("woken"));
            return events.add("after");
        });
        assertEquals(List.of("woken", "waiting", "acting", "after"), events);
    }

    @Test
    void resultIsKeptAndTheActionRunsSoon() {
        assertEquals(5, run(() -> {
            submit();
            return 5;
        }));
        assertEquals(List.of("woken", "after", "acting"), events);
    }

    @Test
    void actionWithSideEffectsDoesNotEndTheWait() {
        assertEquals(0, run(() -> {
            actions.submitWithSideEffects(Thread.currentThread(), () -> events.add("acting"));
            return 0;
        }));
        assertEquals(List.of("after", "acting"), events);
    }

    @Test
    void endOfTheContextEndsTheWait() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        List<Integer> results = new ArrayList<>();
        Thread closer = Thread.ofPlatform().unstarted(() -> context.close(true));
        PolyglotException ended = assertThrows(PolyglotException.class, () -> python.execute((ProxyExecutable) _ -> {
            results.add(blocking.run(() -> {
                closer.start();
                awaitUninterruptibly(woken);
                return 0;
            }, woken::countDown));
            return null;
        }));
        assertTrue(ended.isCancelled(), () -> String.valueOf(ended));
        assertEquals(List.of(Codes.INTERRUPTED), results);
        closer.join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        for (boolean isDone = false; !isDone;) {
            try {
                isDone = latch.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException andTruffleInterruptsToo) {
                isDone = false;
            }
        }
    }

    @Test
    void failureOfTheWaitIsItsOwn() {
        IllegalStateException failure = new IllegalStateException();
        python.execute((ProxyExecutable) _ -> {
            assertEquals(failure, assertThrows(IllegalStateException.class, () -> blocking.run(() -> {
                throw failure;
            }, () -> {})));
            return null;
        });
    }

    @Test
    void threadInNoContextJustWaits() throws Exception {
        List<Integer> results = new ArrayList<>();
        Thread apart = Thread.ofPlatform().start(() -> results.add(blocking.run(() -> 7, () -> {})));
        apart.join();
        assertEquals(List.of(7), results);
    }

    @Test
    void truffleIsThere() {
        assertNotNull(blocking);
        assertFalse(blocking == Blocking.UNTOLD);
    }
}
