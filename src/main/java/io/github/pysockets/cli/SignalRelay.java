package io.github.pysockets.cli;

import io.github.pysockets.PySockets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * Makes Python's main thread run the script's signal handlers soon, wherever it is. The handlers themselves are kept by
 * signals.py.
 *
 * <p>Between a signal's arrival and the run of its handler, the thread is called again and again, in each way that can
 * reach it: by {@link SafepointCall}, where it runs Python code or waits in GraalPy; by
 * {@link PySockets#interruptWait}, where it waits in a call of PySockets; by {@link SystemCallBreaker}, where it is in
 * a system call. Once is not enough: the thread may be just about to wait. It is interrupted as a thread only while it
 * waits in Java code that is neither GraalPy's nor ours: GraalPy's regular expressions, for example, take an interrupt
 * for the wish to end.
 */
final class SignalRelay {
    /** The source of the Python half. No handler runs while a function of it does. */
    static final String SOURCE = "<pysockets/signals.py>";

    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    /** The JVM sets no handler of SIGHUP, SIGINT and SIGTERM where they are ignored. */
    private static final BitSet UNLESS_IGNORED =
            BitSet.valueOf(new long[] {1L << SIGHUP | 1L << SIGINT | 1L << SIGTERM});

    /** How long a signal that the process has sent to itself may take to arrive. */
    private static final long LONGEST_DELIVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * How long a handler runs before the next may run within it. Without that, handlers that take longer than it takes
     * for the next signal to come would never end.
     */
    private static final long UNDISTURBED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How long the main thread has for a Ctrl-C before a second one ends the process, where that may be. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The exit status of a process that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    /** The common start of the names of all classes whose functions Python code calls. */
    private static final String CALLED = PySockets.class.getPackageName() + ".graalpy.";

    /** The common start of the names of what runs callbacks of weak references in GraalPy. */
    private static final String CALLBACKS = "com.oracle.graal.python.runtime.AsyncHandler";

    private final JvmSignals signals = new JvmSignals();
    private final Thread thread;
    private final SystemCallBreaker breaker;
    private final WakeupDescriptor wakeup = new WakeupDescriptor();

    /** The JVM's own handlers of the signals that the script has ever set. */
    private final Map<Integer, Object> originals = new HashMap<>();

    /** The signals that come here. */
    private final BitSet attached = new BitSet();

    /** Signals that have come and whose handlers have not run. As in CPython, one that comes twice counts once. */
    private final BitSet due = new BitSet();

    /** How often each signal has come. */
    private final Map<Integer, Long> arrivals = new HashMap<>();

    /** Signals whose handlers do not run for the time being: the main thread's mask. */
    private final BitSet blocked = new BitSet();

    /** Whether a handler has raised in a wait, which may not have raised it yet. */
    private boolean hasKept;

    /** Whether the main thread was interrupted as a thread. */
    private boolean isInterrupted;

    /** When the SIGINT came that is due. */
    private long interruptedSince;

    private boolean isHandling;
    private long handlerStart;
    private boolean isCalling;
    private SafepointCall safepoint;
    private Value runInWait;
    private Value keep;
    private PySockets sockets;

    private SignalRelay(Thread thread, SystemCallBreaker breaker) {
        this.thread = thread;
        this.breaker = breaker;
    }

    /** A relay that calls the current thread, which is to be Python's main thread. */
    static SignalRelay forCurrentThread() {
        return new SignalRelay(Thread.currentThread(), SystemCallBreaker.forCurrentThread());
    }

    /** Sets whose waits are interrupted. */
    void interruptWaitsOf(PySockets installed) {
        sockets = installed;
    }

    /** What signals.py calls. */
    ProxyObject exports() {
        Map<String, Object> members = new HashMap<>();
        members.put("has_posix_signals", HostSystem.here().hasPosixSignals());
        members.put("has_linux_calls", HostSystem.here().hasLinuxCalls());
        members.put("send", (ProxyExecutable) arguments -> signals.send(arguments[0].asInt()));
        members.put("call", (ProxyExecutable) this::call);
        members.put("attach", (ProxyExecutable) arguments -> attach(arguments[0].asInt(), arguments[1].asBoolean()));
        members.put("detach", (ProxyExecutable) arguments -> detach(arguments[0].asInt(), arguments[1].asBoolean()));
        members.put("is_ignored", (ProxyExecutable) arguments -> NativeSignals.isIgnored(arguments[0].asInt()));
        members.put("text", (ProxyExecutable) arguments -> NativeSignals.text(arguments[0].asInt()));
        members.put("send_by_descriptor", (ProxyExecutable) arguments -> NativeSignals.sendByDescriptor(
                arguments[0].asInt(), arguments[1].asInt(), arguments[2].asInt()));
        members.put("set_timer", (ProxyExecutable) arguments -> numbers(
                NativeSignals.setTimer(arguments[0].asInt(), arguments[1].asLong(), arguments[2].asLong())));
        members.put("timer", (ProxyExecutable) arguments -> numbers(NativeSignals.timer(arguments[0].asInt())));
        members.put("next", (ProxyExecutable) _ -> next());
        members.put("block", (ProxyExecutable) arguments -> block(arguments[0].asInt(), arguments[1].asBoolean()));
        members.put("is_held", (ProxyExecutable) arguments -> isHeld(arguments[0].asInt()));
        members.put("await_", (ProxyExecutable) arguments -> {
            BitSet awaited = new BitSet();
            for (Value number : arguments) {
                awaited.set(number.asInt());
            }
            return await(awaited);
        });
        members.put("take_kept", (ProxyExecutable) _ -> takeKept());
        members.put("sleep", (ProxyExecutable) arguments -> sleep(arguments[0].asLong()));
        members.put("done", (ProxyExecutable) _ -> done());
        members.put("trip", (ProxyExecutable) arguments -> trip(arguments[0].asInt()));
        members.put("arrivals", (ProxyExecutable) arguments -> arrivals(arguments[0].asInt()));
        members.put("wait_beyond",
                (ProxyExecutable) arguments -> waitBeyond(arguments[0].asInt(), arguments[1].asLong()));
        members.put("wakeup",
                (ProxyExecutable) arguments -> wakeup.set(arguments[0].asInt(), arguments[1].asBoolean()));
        members.put("wakeup_failure", (ProxyExecutable) _ -> wakeup.takeFailure());
        return ProxyObject.fromMap(members);
    }

    private static ProxyArray numbers(long[] numbers) {
        return ProxyArray.fromArray(Arrays.stream(numbers).boxed().toArray());
    }

    /**
     * Sets the functions that the main thread calls. Arguments: one that runs the handlers that are due, given a frame;
     * one that does so within a wait, keeps what they raise, and tells whether they did; one that keeps an exception;
     * one that returns its caller's frame.
     */
    private Object call(Value... arguments) {
        safepoint = new SafepointCall(arguments[0], arguments[3], SOURCE, this::canRunHandlers);
        runInWait = arguments[1];
        keep = arguments[2];
        return true;
    }

    /**
     * Lets a signal come here.
     *
     * @param always also where the process was started with this signal ignored, as nohup does
     * @return "attached"; "ignored"; or "refused", where the JVM keeps the signal for itself
     */
    private synchronized String attach(int number, boolean always) {
        if (attached.get(number)) {
            return "attached";
        }
        // The JVM does not tell that it has no use for a handler of one of these that is ignored.
        if (UNLESS_IGNORED.get(number) && NativeSignals.isIgnored(number)) {
            if (!always) {
                return "ignored";
            }
            NativeSignals.reset(number);
        }
        Object before = signals.replace(number, () -> arrived(number));
        if (before == null) {
            return "refused";
        }
        originals.putIfAbsent(number, before);
        attached.set(number);
        return "attached";
    }

    /** Gives a signal back to the JVM, or has the system ignore it; false where the JVM does not give it away. */
    private synchronized boolean detach(int number, boolean ignore) {
        if (!ignore && !originals.containsKey(number)) {
            return signals.isKnown(number);
        }
        Object before = ignore ? signals.ignore(number) : signals.restore(number, originals.get(number));
        if (before == null) {
            return false;
        }
        originals.putIfAbsent(number, before);
        attached.clear(number);
        due.clear(number);
        if (!ignore && UNLESS_IGNORED.get(number)) {
            NativeSignals.reset(number);
        }
        return true;
    }

    /**
     * Gives SIGTERM and SIGHUP back to the system, whose default action a parent can tell from an exit. The JVM would
     * exit.
     */
    static void takeFromJvm() {
        for (int number : new int[] {SIGHUP, SIGTERM}) {
            if (!NativeSignals.isIgnored(number)) {
                NativeSignals.reset(number);
            }
        }
    }

    /** Takes the lowest signal that is due and not blocked; 0 if there is none. */
    private synchronized int next() {
        if (isInterrupted) {
            isInterrupted = false;
            Thread.interrupted();
        }
        int number = runnable().nextSetBit(0);
        if (number < 0) {
            return 0;
        }
        due.clear(number);
        handlerStart = System.nanoTime();
        isHandling = true;
        return number;
    }

    /** Ends a series of handlers: {@link #next} has returned 0, or a handler has raised. */
    private synchronized boolean done() {
        isHandling = false;
        return true;
    }

    /** Whether a handler may run within another. In CPython it always may, but there handlers are quick. */
    private synchronized boolean isTimeForHandlers() {
        return !isHandling || System.nanoTime() - handlerStart > UNDISTURBED_NANOS;
    }

    /** Makes a signal due that has not come. */
    private Object trip(int number) {
        synchronized (this) {
            due.set(number);
            notifyAll();
        }
        callUntilRunInBackground();
        return true;
    }

    private void callUntilRunInBackground() {
        Thread caller = new Thread(this::callUntilRun, "signal caller");
        caller.setDaemon(true);
        caller.start();
    }

    private synchronized long arrivals(int number) {
        return arrivals.getOrDefault(number, 0L);
    }

    /** Waits until a signal has come more than {@code count} times. */
    private synchronized boolean waitBeyond(int number, long count) {
        long end = System.nanoTime() + LONGEST_DELIVERY_NANOS;
        try {
            for (long left; arrivals(number) <= count && (left = end - System.nanoTime()) > 0;) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return arrivals(number) > count;
    }

    /**
     * Does what is to be done about an interrupt of a thread in a wait: it may be one of {@link #interruptJavaWait}
     * that comes late.
     *
     * @return whether the wait goes on: false where a handler raised, or the interrupt has another cause
     */
    boolean runHandlersIfAny() {
        return Thread.currentThread() == thread && isPending() && runHandlers();
    }

    /**
     * Runs the handlers of the signals that have come, in a wait of the main thread.
     *
     * @return whether the wait goes on: false where a handler raised
     */
    private boolean runHandlers() {
        if (!isPending()) {
            return true;
        }
        try {
            if (!runInWait.execute().asBoolean()) {
                return true;
            }
        } catch (PolyglotException late) {
            // Another signal's handler has raised when the first was done.
            Value error = late.getGuestObject();
            if (late.isExit() || late.isCancelled() || error == null) {
                throw late;
            }
            keep.execute(error);
        }
        // The call raises what was kept, unless it has something else to return, as send has after a part was sent.
        synchronized (this) {
            hasKept = true;
        }
        callUntilRunInBackground();
        return false;
    }

    /** Whether a handler has raised in a wait since this was last asked. */
    private synchronized boolean takeKept() {
        safepoint.isCalled();
        boolean had = hasKept;
        hasKept = false;
        return had;
    }

    private BitSet runnable() {
        BitSet runnable = (BitSet) due.clone();
        runnable.andNot(blocked);
        return runnable;
    }

    /** Whether a signal has come whose handler is to run. */
    synchronized boolean isPending() {
        return !runnable().isEmpty();
    }

    private synchronized boolean hasWork() {
        return isPending() || hasKept;
    }

    /** Blocks a signal or lets it through again. */
    private boolean block(int number, boolean isBlocked) {
        synchronized (this) {
            blocked.set(number, isBlocked);
        }
        if (isPending()) {
            callUntilRunInBackground();
        }
        return true;
    }

    /** Whether a signal has come and is blocked. */
    private synchronized boolean isHeld(int number) {
        return due.get(number) && blocked.get(number);
    }

    /**
     * Sleeps until a handler is to run.
     *
     * @return whether all of the time is over
     */
    private synchronized boolean sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; !isPending(); left = end - System.nanoTime()) {
                if (left <= 0) {
                    return true;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * Waits until one of some signals has come, and takes it.
     *
     * @return its number; or 0, for the caller to run handlers that are due and to wait again
     */
    private synchronized int await(BitSet awaited) {
        try {
            for (;;) {
                BitSet come = (BitSet) due.clone();
                come.and(awaited);
                if (!come.isEmpty()) {
                    due.clear(come.nextSetBit(0));
                    return come.nextSetBit(0);
                }
                if (Thread.currentThread() == thread && isPending()) {
                    return 0;
                }
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /**
     * Whether the main thread, in Python code, is not within a call of Java that Python code has made: an exception
     * would change on its way through Java. Nor within a callback for a dropped object, where GraalPy would only report
     * the exception. Handlers that a wait has called count as Python code of their own.
     */
    private boolean canRunHandlers() {
        return hasWork() && isTimeForHandlers() && StackWalker.getInstance().walk(frames -> frames
                .takeWhile(frame -> !frame.getClassName().equals(SignalRelay.class.getName())
                        || !frame.getMethodName().equals("runHandlers"))
                .noneMatch(SignalRelay::isInTheWay));
    }

    private static boolean isInTheWay(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.startsWith(CALLED) || name.startsWith(CALLBACKS);
    }

    /** On a thread that the JVM makes for each signal. */
    private void arrived(int number) {
        synchronized (this) {
            if (!attached.get(number)) {
                return;
            }
            if (number == SIGINT && due.get(SIGINT) && !blocked.get(SIGINT)) {
                endIfStuck();
            }
            if (number == SIGINT && !due.get(SIGINT)) {
                interruptedSince = System.nanoTime();
            }
            due.set(number);
            // Before the write: a thread that it wakes runs the handler first, as in CPython.
            safepoint.request();
            wakeup.write(number, sockets);
            arrivals.merge(number, 1L, Long::sum);
            notifyAll();
        }
        callUntilRun();
    }

    /**
     * Ends the process at a second Ctrl-C, where the main thread has not taken the first for a second and nothing can
     * end a call that blocks in the system.
     */
    private void endIfStuck() {
        if (!HostSystem.here().breaksSystemCalls() && System.nanoTime() - interruptedSince > STUCK_NANOS) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }

    /** Calls the main thread until no handler is due. One thread at a time goes on calling. */
    private void callUntilRun() {
        synchronized (this) {
            if (isCalling) {
                callOnce();
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
        synchronized (this) {
            if (!hasWork()) {
                isCalling = false;
                return false;
            }
        }
        safepoint.request();
        sockets.interruptWait(thread, this::runHandlers);
        breaker.breakCall();
        interruptJavaWait();
        return true;
    }

    /**
     * Interrupts a wait of Java that Python code has called, such as {@code java.lang.Thread.sleep}. Meanwhile the
     * thread cannot take what is due, so it cannot get to other code without noticing: {@link #next} ends a late
     * interrupt.
     */
    private synchronized void interruptJavaWait() {
        Thread.State state = thread.getState();
        if (isPending() && (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) && isInHostCode()) {
            isInterrupted = true;
            thread.interrupt();
        }
    }

    private boolean isInHostCode() {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String name = frame.getClassName();
            if (name.startsWith("com.oracle.truffle.host.")) {
                return true;
            }
            if (name.startsWith("com.oracle.") || name.startsWith(PySockets.class.getPackageName())) {
                return false;
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
}
