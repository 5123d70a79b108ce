package io.github.pysockets.cli;

import io.github.pysockets.PySockets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;

/**
 * Makes the main thread run the script's signal handlers soon, wherever it is blocked.
 *
 * <p>GraalPy queues a handler for the main thread, which runs it the next time it is in Python code. A thread that
 * waits inside a Java method or in a system call does not get there: from the signal's arrival until its handler runs,
 * the thread is woken again and again. Once is not enough, because GraalPy does not tell when the handler is in the
 * queue, and a thread that is woken before that blocks again.
 */
final class SignalRelay {
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    /** How long GraalPy may take to run a handler that is due. */
    private static final long LONGEST_DELIVERY_NANOS = 1_000_000_000;

    private final JvmSignals signals;
    private final Thread thread;
    private final SystemCallBreaker breaker;
    private final Map<Integer, Object> attached = new HashMap<>();

    /** Signals that have come and whose handlers have not run. As in CPython, one that comes twice counts once. */
    private final Set<Integer> due = new HashSet<>();

    private boolean waking;
    private Value step;

    /** Whether the main thread is running handlers within a call of Java. */
    private volatile boolean stepping;

    private SignalRelay(JvmSignals signals, Thread thread, SystemCallBreaker breaker) {
        this.signals = signals;
        this.thread = thread;
        this.breaker = breaker;
    }

    /** A relay that wakes the calling thread, which is to be Python's main thread. */
    static SignalRelay forCurrentThread() {
        return new SignalRelay(new JvmSignals(), Thread.currentThread(), SystemCallBreaker.forCurrentThread());
    }

    /** Puts the relay in front of GraalPy's handler. Argument: the signal's number. */
    synchronized Object attach(Value... arguments) {
        int number = arguments[0].asInt();
        attached.put(number, signals.replace(number, () -> arrived(number)));
        return true;
    }

    /** Puts GraalPy's handler back, if the relay is in front of it. Argument: the signal's number. */
    synchronized Object release(Value... arguments) {
        int number = arguments[0].asInt();
        Object handler = attached.remove(number);
        if (handler != null) {
            signals.restore(number, handler);
        }
        return true;
    }

    /**
     * Called by the main thread when it is about to run a handler. Argument: the signal's number.
     *
     * @return where it runs: "python", in the script; "wait", in a waiting call of Java, for {@link #runHandlers}; or
     *     "later": within another call of Java, where it must not run, and is queued again
     */
    synchronized Object delivered(Value... arguments) {
        int number = arguments[0].asInt();
        if (!stepping && PySockets.isInsideCall()) {
            signals.call(number, attached.get(number));
            return "later";
        }
        due.remove(number);
        if (due.isEmpty() && Thread.currentThread() == thread) {
            // A wake-up that came too late must not end the next wait.
            Thread.interrupted();
        }
        return stepping ? "wait" : "python";
    }

    /**
     * Sets the Python function that {@link #runHandlers} calls: one that does nothing, in which GraalPy runs the
     * handlers that are due. Argument: the function.
     */
    Object stepBy(Value... arguments) {
        step = arguments[0];
        return true;
    }

    /**
     * Runs the handlers of the signals that have come, if this is the main thread and it was interrupted for them.
     *
     * @return whether the interrupted call goes on: false where a handler raised, or the interrupt has another cause
     */
    boolean runHandlers() {
        if (Thread.currentThread() != thread || !isPending()) {
            return false;
        }
        stepping = true;
        long end = System.nanoTime() + LONGEST_DELIVERY_NANOS;
        while (isPending() && System.nanoTime() < end) {
            step.execute();
        }
        // Once more when no handler is due: one may run at the very end of a step, after the step has looked.
        boolean raised = step.execute().asBoolean();
        stepping = false;
        return !raised;
    }

    /** Whether a signal has come whose handler has not run. */
    synchronized boolean isPending() {
        return !due.isEmpty();
    }

    /** On a thread that the JVM makes for each signal. */
    private void arrived(int number) {
        synchronized (this) {
            Object handler = attached.get(number);
            if (handler == null) {
                return;
            }
            if (due.add(number)) {
                signals.call(number, handler);
            }
            if (waking) {
                return;
            }
            waking = true;
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (wake()) {
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Wakes the thread once; false when there is nothing left to wake it for. */
    private synchronized boolean wake() {
        waking = !due.isEmpty();
        if (waking) {
            thread.interrupt();
            breaker.breakCall();
        }
        return waking;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }
}
