package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.Defects;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import org.graalvm.polyglot.PolyglotException;

/**
 * What every exported function runs inside: turns whatever goes wrong into a number for the Python side.
 *
 * <p>Any script can call any exported function with any arguments. So no failure may leave one but an exception of the
 * script's own code, be it of the script, of the stack that the application chose, or of ours.
 */
final class ResultCodes {
    /** Exceptions within exceptions that are looked at. */
    private static final int CAUSES = 8;

    private ResultCodes() {}

    /** A call with a result of any kind. */
    @FunctionalInterface
    interface Call {
        Object run() throws StackException, NameServiceException, CallFailure;
    }

    /** A call with an int for its result. */
    @FunctionalInterface
    interface IntCall {
        int run() throws StackException, NameServiceException, CallFailure;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws StackException, NameServiceException, CallFailure;
    }

    /** A call with a handle. */
    @FunctionalInterface
    interface CallOn<H> {
        Object run(H handle) throws StackException, NameServiceException, CallFailure;
    }

    /** A call with a handle, and an int for its result. */
    @FunctionalInterface
    interface IntCallOn<H> {
        int run(H handle) throws StackException, NameServiceException, CallFailure;
    }

    /** A call with a handle and no result. */
    @FunctionalInterface
    interface ActionOn<H> {
        void run(H handle) throws StackException, NameServiceException, CallFailure;
    }

    /** The call's result, or one of {@link Codes}. */
    static Object value(Call call) {
        try {
            return call.run();
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** The call's result, or one of {@link Codes}. */
    static int number(IntCall call) {
        try {
            return call.run();
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** 0, or one of {@link Codes}. */
    static int action(Action action) {
        try {
            action.run();
            return 0;
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** As {@link #value(Call)}; without a handle, as a closed socket answers. */
    static <H> Object value(H handle, CallOn<H> call) {
        try {
            return call.run(held(handle));
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** As {@link #number(IntCall)}; without a handle, as a closed socket answers. */
    static <H> int number(H handle, IntCallOn<H> call) {
        try {
            return call.run(held(handle));
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** As {@link #action(Action)}; without a handle, as a closed socket answers. */
    static <H> int action(H handle, ActionOn<H> action) {
        try {
            action.run(held(handle));
            return 0;
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** A handle that has to be there: None is the handle of nothing. */
    static <H> H held(H handle) throws StackException {
        if (handle == null) {
            throw new StackException(Errno.EBADF);
        }
        return handle;
    }

    /** An argument that has to be there. */
    static <T> T given(T argument) {
        if (argument == null) {
            throw Refusal.WRONG_TYPE;
        }
        return argument;
    }

    /**
     * The code for what a call threw; for calls that are too hot for a lambda, and have their own {@code try}.
     *
     * @throws PolyglotException what comes from the context: an exception of Python code that was called back, or its end
     */
    static int code(Throwable failure) {
        if (failure instanceof StackException refused) {
            // What is no errno would look like a success.
            return refused.errno() > 0 && refused.errno() <= -Codes.LOWEST_ERRNO ? -refused.errno() : defect(refused);
        }
        if (failure instanceof CallFailure refused) {
            return refused.code();
        }
        if (failure instanceof NameServiceException unknown) {
            return Codes.of(unknown);
        }
        // What Python code throws that is called back comes out of Java's TLS in another exception.
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof Refusal refused) {
                return refused.code();
            }
            if (cause instanceof OutOfMemoryError) {
                return Codes.NO_MEMORY;
            }
            if (cause instanceof StackOverflowError) {
                return Codes.TOO_DEEP;
            }
            if (cause instanceof PolyglotException ofContext && isOfContext(ofContext)) {
                throw ofContext;
            }
            cause = cause.getCause();
        }
        return defect(failure);
    }

    /** Whether it is the script's to see: not where Java code has failed that it called, nor where the interpreter itself has. */
    private static boolean isOfContext(PolyglotException failure) {
        return !failure.isHostException() && !failure.isInternalError();
    }

    /** As {@link #code(Throwable)}, for a call whose handle has not been looked at. */
    static int code(Throwable failure, Object handle) {
        return handle == null ? -Errno.EBADF : code(failure);
    }

    private static int defect(Throwable failure) {
        Defects.tell(failure);
        return Codes.DEFECT;
    }
}
