package io.github.pysockets.graalpy;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsException;
import java.util.function.IntSupplier;

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
        void run() throws TlsException;
    }

    /** The call's result, or a negative code. */
    Object value(Call call) {
        return Guard.value(() -> {
            try {
                return call.run();
            } catch (TlsException failure) {
                return keep(failure);
            }
        });
    }

    /** 0, or a negative code. */
    int action(Action action) {
        return (int) value(() -> {
            action.run();
            return 0;
        });
    }

    /** What a call of a connection gave. */
    int number(TlsEnd end, IntSupplier call) {
        int result = (int) Guard.value(call::getAsInt);
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
