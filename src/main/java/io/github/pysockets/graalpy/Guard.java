package io.github.pysockets.graalpy;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import org.graalvm.polyglot.PolyglotException;

/** Turns every failure of a call into a number for the Python side. */
final class Guard {
    private static final System.Logger LOG = System.getLogger("io.github.pysockets");

    private Guard() {}

    /** A call with a result of any kind. */
    @FunctionalInterface
    interface Call {
        Object run() throws StackException, NameServiceException, CallFailure;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws StackException, NameServiceException, CallFailure;
    }

    /** The call's result, or one of {@link Codes}. */
    static Object value(Call call) {
        try {
            return call.run();
        } catch (StackException failure) {
            return -failure.errno();
        } catch (NameServiceException failure) {
            return Codes.of(failure);
        } catch (CallFailure failure) {
            return failure.code();
        } catch (OutOfMemoryError failure) {
            return Codes.NO_MEMORY;
        } catch (PolyglotException raisedInPython) {
            // Of the context: a cancel, or an exception from Python code that was called back.
            throw raisedInPython;
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "a socket call failed unexpectedly", defect);
            return Codes.DEFECT;
        }
    }

    /** 0, or one of {@link Codes}. */
    static int action(Action action) {
        return (int) value(() -> {
            action.run();
            return 0;
        });
    }
}
