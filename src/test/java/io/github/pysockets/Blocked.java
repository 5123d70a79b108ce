package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Value;

/** A Python function that runs on a thread of its own and waits there for a socket. */
final class Blocked {
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** Where every wait for a socket is. */
    private static final String WAITING = "io.github.pysockets.python.Waiting";

    final Thread thread;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private volatile long end;

    private Blocked(Value function, Object... arguments) {
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                Value result = function.execute(arguments);
                end = System.nanoTime();
                outcome.complete(Sandbox.text(result));
            } catch (RuntimeException failure) {
                end = System.nanoTime();
                outcome.completeExceptionally(failure);
            }
        });
    }

    /** Starts a function and comes back once it waits. */
    static Blocked in(Value function, Object... arguments) {
        Blocked blocked = new Blocked(function, arguments);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!blocked.isWaiting()) {
            assertTrue(!blocked.outcome.isDone(), () -> "it did not wait: " + blocked.outcome);
            assertTrue(System.nanoTime() < end, "it did not get to waiting");
            LockSupport.parkNanos(1_000_000);
        }
        return blocked;
    }

    boolean isWaiting() {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getClassName().equals(WAITING));
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** When the function ended, by {@link System#nanoTime}; to be asked once there is a result. */
    long end() {
        return end;
    }

    /** The function's result as text, once it comes; its exception is in an ExecutionException. */
    String result() throws Exception {
        return outcome.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
