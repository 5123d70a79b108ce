package io.github.pysockets.cli;

import io.github.pysockets.JythonSockets;
import io.github.pysockets.abi.Errno;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFrame;
import org.python.core.PyObject;
import org.python.core.PySystemState;
import org.python.core.ThreadState;
import org.python.core.TraceFunction;

/**
 * Makes Jython's main thread run the script's signal handlers soon, wherever it is. Jython itself would run them on a
 * thread of the JVM, beside the script.
 *
 * <p>From a signal's arrival until its handlers have run, the thread is called again and again: by a trace function,
 * which Jython calls before each line; by {@link JythonSockets#interruptWait}, where it waits in a call of PySockets;
 * by {@link Thread#interrupt}, where Ctrl-C is to end a wait of Java's.
 */
final class JythonSignals {
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    /** How long an exception that ends a wait of Java's has to get out of the function that waits. */
    private static final long UNWINDING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private final Thread thread = Thread.currentThread();
    private final ThreadState threadState;
    private final JvmSignals jvm = new JvmSignals();
    private final Trace trace = new Trace();

    /** The JVM's own handlers of the signals that the script has ever set. */
    private final Map<Integer, Object> originals = new HashMap<>();

    /** What the script has set. */
    private final Map<Integer, PyObject> handlers = new HashMap<>();

    /** Signals that have come and whose handlers have not run. As in CPython, one that comes twice counts once. */
    private final BitSet due = new BitSet();

    private final PyObject defaultInterrupt;
    private JythonSockets sockets;
    private boolean isCalling;
    private int wakeup = -1;

    /** When the main thread was interrupted as a thread; 0 for not. */
    private long interruptedAt;

    /**
     * What a handler has raised in place of Java's InterruptedException. Jython makes Python exceptions of that one
     * again and again on its way through "finally". Used by the main thread alone.
     */
    private PyException raisedInWait;

    private long raisedInWaitAt;

    private JythonSignals(PySystemState state) {
        threadState = Py.getThreadState();
        JythonSignalModule module = new JythonSignalModule(this);
        defaultInterrupt = module.install(state);
        takeFromJvm();
        if (!NativeSignals.isIgnored(SIGINT)) {
            set(SIGINT, defaultInterrupt);
        }
    }

    /** Signals for the current thread, which is to be Jython's main thread. */
    static JythonSignals forCurrentThread(PySystemState state) {
        return new JythonSignals(state);
    }

    /** Gives SIGTERM and SIGHUP back to the system, whose default action a parent can tell from an exit. */
    private static void takeFromJvm() {
        for (int number : new int[] {SIGHUP, SIGTERM}) {
            if (!NativeSignals.isIgnored(number)) {
                NativeSignals.reset(number);
            }
        }
    }

    /** Sets whose waits are interrupted. */
    synchronized void interruptWaitsOf(JythonSockets installed) {
        sockets = installed;
    }

    boolean isMainThread() {
        return Thread.currentThread() == thread;
    }

    // What the script has set

    synchronized PyObject get(int number) {
        return handlers.get(number);
    }

    /** Whether handlers of a signal can be set. */
    boolean isKnown(int number) {
        return jvm.isKnown(number);
    }

    /** Has a function of Python called for a signal; false where the JVM keeps the signal for itself. */
    synchronized boolean set(int number, PyObject handler) {
        if (NativeSignals.isIgnored(number) && (number == SIGHUP || number == SIGINT || number == SIGTERM)) {
            // Otherwise the JVM would set no handler.
            NativeSignals.reset(number);
        }
        return changed(number, jvm.replace(number, () -> arrived(number)), handler);
    }

    /** Has a signal ignored. */
    synchronized boolean ignore(int number) {
        return changed(number, jvm.ignore(number), null);
    }

    /** Has the system do what it does by default. */
    synchronized boolean reset(int number) {
        Object original = originals.get(number);
        if (original != null) {
            jvm.restore(number, original);
        }
        handlers.remove(number);
        due.clear(number);
        if (original != null || number == SIGHUP || number == SIGINT || number == SIGTERM) {
            NativeSignals.reset(number);
        }
        return true;
    }

    private boolean changed(int number, Object before, PyObject handler) {
        if (before == null) {
            return false;
        }
        originals.putIfAbsent(number, before);
        if (handler == null) {
            handlers.remove(number);
            due.clear(number);
        } else {
            handlers.put(number, handler);
        }
        return true;
    }

    /** Sets a descriptor of the process to which each signal writes a byte; returns the one before. */
    synchronized int setWakeup(int descriptor) {
        int before = wakeup;
        wakeup = descriptor;
        return before;
    }

    /** The script's number for descriptor 0 of the process: ours are that much higher. */
    synchronized int base() {
        return sockets.descriptor(0);
    }

    // A signal comes

    /** Writes to the descriptor for that. Sockets of some stacks are no descriptors of the process. */
    private void wake() {
        if (NativeSignals.write(wakeup, (byte) 0) == Errno.EBADF && sockets != null) {
            sockets.sendNow(base() + wakeup, (byte) 0);
        }
    }

    /** On a thread that the JVM makes for each signal. */
    private void arrived(int number) {
        synchronized (this) {
            if (!handlers.containsKey(number)) {
                return;
            }
            due.set(number);
            if (wakeup >= 0) {
                wake();
            }
            notifyAll();
            if (isCalling) {
                return;
            }
            isCalling = true;
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (callOnce()) {
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Calls the main thread once; false when there is nothing left to call it for. */
    private boolean callOnce() {
        JythonSockets installed;
        synchronized (this) {
            if (due.isEmpty()) {
                isCalling = false;
                return false;
            }
            installed = sockets;
        }
        setTrace();
        if (installed != null) {
            installed.interruptWait(thread, this::runHandlers);
        }
        interruptJavaWait();
        return true;
    }

    /** Has the trace function called before the next line, in whichever function that is. */
    private void setTrace() {
        if (threadState.tracefunc == null) {
            threadState.tracefunc = trace;
        }
        for (PyFrame frame = threadState.frame; frame != null; frame = frame.f_back) {
            if (frame.tracefunc == null) {
                frame.tracefunc = trace;
            }
        }
    }

    /** Ends a wait of Java that a script has called, such as that of Queue.get(), for Ctrl-C alone. */
    private synchronized void interruptJavaWait() {
        Thread.State now = thread.getState();
        boolean waits = now == Thread.State.WAITING || now == Thread.State.TIMED_WAITING;
        if (waits && due.get(SIGINT) && handlers.get(SIGINT) == defaultInterrupt && isInJava()) {
            interruptedAt = System.nanoTime();
            thread.interrupt();
        }
    }

    private boolean isInJava() {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith(JythonSockets.class.getPackageName())) {
                return false;
            }
            if (frame.getClassName().startsWith("org.python.")) {
                return true;
            }
        }
        return false;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    // On the main thread

    private synchronized boolean isPending() {
        return !due.isEmpty();
    }

    /**
     * What a wait of PySockets does when it is interrupted.
     *
     * @return false: after a handler the call ends with EINTR, as in CPython 2.7
     */
    boolean runHandlersIfAny() {
        if (isMainThread()) {
            runHandlers();
        }
        return false;
    }

    /** Takes the lowest signal that is due; 0 if there is none. */
    private synchronized int next() {
        if (interruptedAt != 0) {
            interruptedAt = 0;
            Thread.interrupted();
        }
        int number = due.nextSetBit(0);
        if (number < 0) {
            return 0;
        }
        due.clear(number);
        return number;
    }

    /** Runs the handlers of the signals that have come. What one raises passes through. */
    void runHandlers() {
        for (int number; (number = next()) != 0;) {
            PyObject handler = get(number);
            if (handler != null) {
                PyObject frame = threadState.frame == null ? Py.None : threadState.frame;
                handler.__call__(Py.newInteger(number), frame);
            }
        }
    }

    /**
     * Sleeps until a handler has run, or the time is over.
     *
     * @param nanos negative for no limit
     */
    void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        synchronized (this) {
            while (due.isEmpty()) {
                long left = nanos < 0 ? Long.MAX_VALUE : end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException interrupted) {
                    break;
                }
            }
        }
        runHandlers();
    }

    /** Makes of an exception that an interrupt of ours has caused the one that a handler raises. */
    void convert(PyException failure) {
        if (!isMainThread() || !(failure.value != null
                && failure.value.__tojava__(Throwable.class) instanceof InterruptedException)) {
            return;
        }
        long now = System.nanoTime();
        // A signal that is due has ended a wait of its own, however soon it came after the one before.
        if (raisedInWait == null || isPending() || now - raisedInWaitAt > UNWINDING_NANOS) {
            raisedInWait = null;
            try {
                runHandlers();
            } catch (PyException raised) {
                raised.normalize();
                raisedInWait = raised;
                raisedInWaitAt = now;
            }
        }
        if (raisedInWait != null) {
            failure.type = raisedInWait.type;
            failure.value = raisedInWait.value;
        }
    }

    /** Whether an interrupt of ours is still on its way through the functions that wait. */
    private synchronized boolean isUnwinding() {
        return interruptedAt != 0 && System.nanoTime() - interruptedAt < UNWINDING_NANOS;
    }

    /** Called by Jython before each line, while a signal is due. */
    private final class Trace extends TraceFunction {
        private TraceFunction lasting() {
            return isPending() ? this : null;
        }

        private TraceFunction run() {
            // A generator of the main thread's may go on in another.
            if (!isMainThread()) {
                return null;
            }
            if (!isPending()) {
                if (threadState.tracefunc == this) {
                    threadState.tracefunc = null;
                }
                return null;
            }
            if (isUnwinding()) {
                return this;
            }
            runHandlers();
            return lasting();
        }

        @Override
        public TraceFunction traceCall(PyFrame frame) {
            return lasting();
        }

        @Override
        public TraceFunction traceLine(PyFrame frame, int line) {
            return run();
        }

        @Override
        public TraceFunction traceReturn(PyFrame frame, PyObject result) {
            return lasting();
        }

        @Override
        public TraceFunction traceException(PyFrame frame, PyException failure) {
            convert(failure);
            return lasting();
        }
    }
}
