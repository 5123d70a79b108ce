package io.github.pysockets;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;

/** Ends Python code that does not end by itself. */
final class Watchdog {
    /** How long an interrupt may take to be heard. A context that does not hear it is closed, and of no more use. */
    private static final Duration LONGEST_INTERRUPT = Duration.ofSeconds(10);

    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("watchdog").factory());

    private Watchdog() {}

    /** The time was over. The context can be used further. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Interrupted(Throwable cause) {
            super("interrupted", cause);
        }
    }

    /** The context was closed, now or by an earlier call. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Lost(Throwable cause) {
            super("the context was closed, because code that did not end in time did not hear its interrupt either",
                    cause);
        }
    }

    /**
     * Runs an action that runs Python code in this thread.
     *
     * @throws Interrupted where it did not end in time
     * @throws Lost where the context is closed
     */
    static <T> T bounded(Context context, Duration limit, Supplier<T> action) {
        Alarm alarm = new Alarm(context);
        ScheduledFuture<?> end = CLOCK.schedule(alarm, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return action.get();
        } catch (RuntimeException | Error failure) {
            // Of what kind it is does not tell: with assertions on, GraalPy makes an AssertionError of an interrupt.
            if (alarm.closed || failure instanceof IllegalStateException) {
                throw new Lost(failure);
            }
            if (alarm.rang) {
                throw new Interrupted(failure);
            }
            throw failure;
        } finally {
            // A task that runs already can be cancelled too, which says nothing of its end.
            if (!alarm.disarm()) {
                await(alarm.ended);
            }
            end.cancel(false);
            // An interrupt that came too late must not end the next call.
            Thread.interrupted();
        }
    }

    /**
     * Waits for an alarm to end. Its own interrupt does not end the wait: code that ran before it has ended would be taken for what is to
     * be interrupted, and keep it from ending.
     */
    private static void await(CompletableFuture<Void> alarm) {
        long end = System.nanoTime() + 2 * LONGEST_INTERRUPT.toNanos();
        while (System.nanoTime() < end) {
            try {
                alarm.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                return;
            } catch (InterruptedException ofTheAlarm) {
                continue;
            } catch (ExecutionException | TimeoutException noMatter) {
                return;
            }
        }
    }

    /** What happens when the time is over. */
    private static final class Alarm implements Runnable {
        private final Context context;
        private volatile boolean rang;
        private volatile boolean closed;
        private boolean disarmed;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Alarm(Context context) {
            this.context = context;
        }

        /** Keeps it from ringing. False where it rings already. */
        synchronized boolean disarm() {
            disarmed = true;
            return !rang;
        }

        private synchronized boolean ring() {
            rang = !disarmed;
            return rang;
        }

        @Override
        public void run() {
            if (!ring()) {
                return;
            }
            try {
                context.interrupt(LONGEST_INTERRUPT);
            } catch (TimeoutException deaf) {
                closed = true;
                context.close(true);
            } finally {
                ended.complete(null);
            }
        }
    }
}
