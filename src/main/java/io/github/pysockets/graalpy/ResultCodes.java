package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.FailureCodes;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import org.graalvm.polyglot.PolyglotException;

/**
 * Runs every exported function, and turns any failure into a number for the Python side.
 *
 * <p>Any script can call any exported function with any arguments. So the only exceptions that leave one are those of
 * the script's own code. All other failures become numbers, whether they come from the script, from the stack that the
 * application chose, or from us.
 */
final class ResultCodes {
    private ResultCodes() {}

    /** A call with a result of any kind. */
    @FunctionalInterface
    interface Call {
        Object run() throws StackException, NameServiceException, CallFailure;
    }

    /** A call with an int result. */
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

    /** A call with a handle and an int result. */
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

    /** As {@link #value(Call)}. Without a handle, fails as on a closed socket. */
    static <H> Object value(H handle, CallOn<H> call) {
        try {
            return call.run(held(handle));
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** As {@link #number(IntCall)}. Without a handle, fails as on a closed socket. */
    static <H> int number(H handle, IntCallOn<H> call) {
        try {
            return call.run(held(handle));
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** As {@link #action(Action)}. Without a handle, fails as on a closed socket. */
    static <H> int action(H handle, ActionOn<H> action) {
        try {
            action.run(held(handle));
            return 0;
        } catch (Throwable failure) {
            return code(failure);
        }
    }

    /** Returns the handle. Throws EBADF for None. */
    static <H> H held(H handle) throws StackException {
        if (handle == null) {
            throw new StackException(Errno.EBADF);
        }
        return handle;
    }

    /** Returns the argument, which must not be None. */
    static <T> T given(T argument) {
        if (argument == null) {
            throw Refusal.WRONG_TYPE;
        }
        return argument;
    }

    /**
     * Returns the code for what a call threw. Used by calls that are too hot for a lambda, and have their own
     * {@code try}.
     *
     * @throws PolyglotException what comes from the context: an exception of called-back Python code, or the context's
     *     end
     */
    static int code(Throwable failure) {
        return FailureCodes.of(
                failure,
                cause -> cause instanceof PolyglotException ofContext && isOfContext(ofContext) ? ofContext : null);
    }

    /** Whether the script may see it: not a failure of Java code that it called, nor of the interpreter itself. */
    private static boolean isOfContext(PolyglotException failure) {
        return !failure.isHostException() && !failure.isInternalError();
    }

    /** As {@link #code(Throwable)}, for a call that has not checked its handle. */
    static int code(Throwable failure, Object handle) {
        return handle == null ? -Errno.EBADF : code(failure);
    }
}
