package io.github.pysockets.cli;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.LanguageInfo;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.Value;

/**
 * Makes a thread call a Python function between two of its byte codes, whatever Python code it runs. GraalPy's own
 * waits are interrupted for it, and go on afterwards.
 *
 * <p>This is a thread-local action of Truffle, as GraalPy's own calls of signal handlers are. Those have no use here:
 * GraalPy makes at most forty a second, and fails to make them in a loop that has not called anything yet.
 */
final class SafepointCall {
    /**
     * How long a call waits for a place where the thread has a frame to give, as it has in nearly all. What the
     * function calls may need one, too: without, GraalPy fails if the JVM checks assertions.
     */
    private static final long LONGEST_MISSING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /**
     * How often a call that is not possible is tried again at the thread's next safepoint. A function of Java or of
     * signals.py has only a few between its begin and its return. Then the call should be the first thing to happen.
     */
    private static final int MOST_PUT_OFF = 32;

    private final TruffleLanguage.Env python;
    private final Thread[] thread = {Thread.currentThread()};
    private final Object function;
    private final Object currentFrame;
    private final String apart;
    private final BooleanSupplier isPossible;
    private Future<Void> request;

    /** How often the call was put off since it was last asked for. */
    private int putOff;

    /** When the thread was first where it has no frame to give, in this series of requests; 0 for not. */
    private long missingSince;

    /** Whether the thread is finding out the frame: an exception of another call would be taken for a failure to. */
    private boolean isLooking;

    /**
     * Made by the thread that is to make the calls, in Python code.
     *
     * @param function is called with the frame that it interrupts, or without arguments where that has no frame object
     * @param currentFrame returns the frame of its caller
     * @param apart the name of the source above whose functions no call is made
     * @param isPossible asked before each call; one that is not possible is not made
     */
    SafepointCall(Value function, Value currentFrame, String apart, BooleanSupplier isPossible) {
        python = languageOfThisThread();
        this.function = python.asGuestValue(function);
        this.currentFrame = python.asGuestValue(currentFrame);
        this.apart = apart;
        this.isPossible = isPossible;
    }

    /** What gives access to GraalPy in the current context. */
    static TruffleLanguage.Env languageOfThisThread() {
        try {
            Class<?> type = Class.forName("com.oracle.graal.python.runtime.PythonContext");
            Object context = type.getMethod("get", Node.class).invoke(null, (Object) null);
            return (TruffleLanguage.Env) type.getMethod("getEnv").invoke(context);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this GraalPy has no access to safepoints", changed);
        }
    }

    /** Asks for a call, unless one is already to come. */
    synchronized void request() {
        putOff = 0;
        if (request == null || request.isDone()) {
            request = python.submitThreadLocal(thread, new Action());
        }
    }

    /** From here on, a request is one for another call. */
    private synchronized void begin() {
        request = null;
    }

    private synchronized void putOff() {
        if (putOff++ < MOST_PUT_OFF && request == null) {
            request = python.submitThreadLocal(thread, new Action());
        }
    }

    private final class Action extends ThreadLocalAction {
        Action() {
            super(true, false);
        }

        @Override
        protected void perform(Access access) {
            begin();
            if (isLooking) {
                return;
            }
            if (!isPossible.getAsBoolean() || isApart()) {
                putOff();
            } else {
                Node location = access.getLocation();
                boolean isKnown = location.isAdoptable() && !(location instanceof RootNode);
                EncapsulatingNodeReference current = EncapsulatingNodeReference.getCurrent();
                Node before = isKnown ? current.set(location) : null;
                try {
                    call();
                } finally {
                    if (isKnown) {
                        current.set(before);
                    }
                }
            }
        }
    }

    /** Whether the thread is in a function of the source above which no call is made. */
    private boolean isApart() {
        SourceSection section = Truffle.getRuntime().iterateFrames(SafepointCall::ofPythonCode);
        return section != null && section.getSource().getName().equals(apart);
    }

    /** Null for a frame of a builtin function or of another language, to ask the next. */
    private static SourceSection ofPythonCode(FrameInstance instance) {
        RootNode root = ((RootCallTarget) instance.getCallTarget()).getRootNode();
        LanguageInfo language = root.getLanguageInfo();
        return language != null && language.getId().equals("python") ? root.getSourceSection() : null;
    }

    private void call() {
        InteropLibrary interop = InteropLibrary.getUncached();
        Object frame = frame(interop);
        if (frame == null && mayComeLater()) {
            putOff();
            return;
        }
        missingSince = 0;
        try {
            if (frame == null) {
                interop.execute(function);
            } else {
                interop.execute(function, frame);
            }
        } catch (InteropException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Called on the thread when it has called the function in another way: what is asked for next is another call. */
    void isCalled() {
        missingSince = 0;
    }

    /** Whether the next request may find a frame. */
    private boolean mayComeLater() {
        long now = System.nanoTime();
        missingSince = missingSince == 0 ? now : missingSince;
        return now - missingSince < LONGEST_MISSING_NANOS;
    }

    /**
     * The frame of the interrupted code, or null: in 25.2 GraalPy cannot make one where nothing was called yet. Which
     * error it then has depends on whether the JVM checks assertions.
     */
    private Object frame(InteropLibrary interop) {
        isLooking = true;
        try {
            return interop.execute(currentFrame);
        } catch (AbstractTruffleException | InteropException none) {
            return null;
        } catch (RuntimeException | AssertionError defect) {
            return null;
        } finally {
            isLooking = false;
        }
    }
}
