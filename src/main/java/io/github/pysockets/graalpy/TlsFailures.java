package io.github.pysockets.graalpy;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsException;
import java.util.function.ToIntFunction;

/**
 * Turns failures of TLS into {@link TlsCodes#FAILED}, and keeps what they tell until the thread's Python code asks:
 * words are more than a number can say.
 */
final class TlsFailures {
    private final ThreadLocal<TlsException> kept = new ThreadLocal<>();

    /** A call with a result of any kind. */
    @FunctionalInterface
    interface Call {
        Object run() throws TlsException, StackException, NameServiceException, CallFailure;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws TlsException, StackException;
    }

    /** A call with a handle. */
    @FunctionalInterface
    interface CallOn<H> {
        Object run(H handle) throws TlsException, StackException, NameServiceException, CallFailure;
    }

    /** A call with a handle and no result. */
    @FunctionalInterface
    interface ActionOn<H> {
        void run(H handle) throws TlsException, StackException;
    }

    /** The call's result, or a negative code. */
    Object value(Call call) {
        return ResultCodes.value(() -> {
            try {
                return call.run();
            } catch (TlsException failure) {
                return keep(failure);
            }
        });
    }

    /** 0, or a negative code. */
    int action(Action action) {
        return ResultCodes.number(() -> {
            try {
                action.run();
                return 0;
            } catch (TlsException failure) {
                return keep(failure);
            }
        });
    }

    /** As {@link #value}, for a call that has no use for an absent handle. */
    <H> Object value(H handle, CallOn<H> call) {
        return value(() -> call.run(ResultCodes.held(handle)));
    }

    /** As {@link #action}, for a call that has no use for an absent handle. */
    <H> int action(H handle, ActionOn<H> action) {
        return action(() -> action.run(ResultCodes.held(handle)));
    }

    /** What a call of a connection gave. */
    int number(TlsEnd end, ToIntFunction<TlsEnd> call) {
        return ResultCodes.number(end, it -> told(it, call.applyAsInt(it)));
    }

    /** As {@link #number}, of a call that is made already. */
    int told(TlsEnd end, int result) {
        return result == TlsCodes.FAILED ? keep(end.connection().failure()) : result;
    }

    private int keep(TlsException failure) {
        kept.set(failure);
        return TlsCodes.FAILED;
    }

    /** The thread's last failure, which is then forgotten; null where there is none. */
    TlsException take() {
        TlsException failure = kept.get();
        kept.remove();
        return failure;
    }
}
