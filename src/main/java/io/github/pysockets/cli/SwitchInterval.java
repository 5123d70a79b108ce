package io.github.pysockets.cli;

import com.oracle.truffle.api.nodes.Node;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Lets Python's threads take turns about as often as CPython's do, whose switch interval is 5 ms. GraalPy asks the
 * running thread for the interpreter's lock every 50 ms, and in vain where that is in a builtin function just then:
 * beside a loop of regular expressions another thread gets a turn five times a second. This asks more often.
 */
final class SwitchInterval {
    private static final long SHORTEST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final Scheduler scheduler;
    private int threads;
    private boolean isRunning;

    /** GraalPy's own scheduler of the lock, and whether a thread waits for the lock. */
    private record Scheduler(Runnable ask, Method isWanted, Object context) {
        private static Scheduler ofCurrentContext() throws ReflectiveOperationException {
            Class<?> type = Class.forName("com.oracle.graal.python.runtime.PythonContext");
            Object context = type.getMethod("get", Node.class).invoke(null, (Object) null);
            Constructor<?> constructor =
                    Class.forName("com.oracle.graal.python.runtime.AsyncHandler$GilReleaseScheduler")
                            .getDeclaredConstructor(type);
            Method isWanted = type.getDeclaredMethod("gilHasQueuedThreads");
            constructor.setAccessible(true);
            isWanted.setAccessible(true);
            return new Scheduler((Runnable) constructor.newInstance(context), isWanted, context);
        }
    }

    private SwitchInterval(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** For the current context. Does nothing where GraalPy has changed. */
    static SwitchInterval ofCurrentContext() {
        try {
            return new SwitchInterval(Scheduler.ofCurrentContext());
        } catch (ReflectiveOperationException | RuntimeException changed) {
            return new SwitchInterval(null);
        }
    }

    /** Called when Python code starts a thread. */
    synchronized void add() {
        threads++;
        if (!isRunning && scheduler != null) {
            isRunning = true;
            Thread asking = new Thread(this::run, "python-switch-interval");
            asking.setDaemon(true);
            asking.start();
        }
    }

    /** Called when such a thread ends. */
    synchronized void remove() {
        threads--;
    }

    private synchronized boolean goesOn() {
        isRunning = threads > 0;
        return isRunning;
    }

    private void run() {
        long pause = SHORTEST_PAUSE_MILLIS;
        try {
            while (goesOn()) {
                Thread.sleep(pause);
                if ((boolean) scheduler.isWanted().invoke(scheduler.context())) {
                    scheduler.ask().run();
                    pause = SHORTEST_PAUSE_MILLIS;
                } else {
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException | ReflectiveOperationException end) {
            Thread.currentThread().interrupt();
        }
    }
}
