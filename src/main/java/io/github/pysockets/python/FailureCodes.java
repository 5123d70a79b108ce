package io.github.pysockets.python;

import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import java.util.function.Function;

/** The codes for what calls throw. */
public final class FailureCodes {
    /** How many nested causes are examined. */
    private static final int CAUSES = 8;

    private FailureCodes() {}

    /**
     * Returns one of {@link Codes} for a failure, whether it comes from the script, from the stack that the application
     * chose, or from us.
     *
     * @param ofScript returns what to throw on for an exception of called-back Python code; null for another
     */
    public static int of(Throwable failure, Function<Throwable, ? extends RuntimeException> ofScript) {
        if (failure instanceof StackException refused) {
            // A value that is not an errno would look like a success.
            return refused.errno() > 0 && refused.errno() <= -Codes.LOWEST_ERRNO ? -refused.errno() : defect(refused);
        }
        if (failure instanceof CallFailure refused) {
            return refused.code();
        }
        if (failure instanceof NameServiceException unknown) {
            return Codes.of(unknown);
        }
        // Exceptions of Python code that Java's TLS calls back arrive inside another exception.
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
            RuntimeException thrown = ofScript.apply(cause);
            if (thrown != null) {
                throw thrown;
            }
            cause = cause.getCause();
        }
        return defect(failure);
    }

    private static int defect(Throwable failure) {
        Defects.tell(failure);
        return Codes.DEFECT;
    }
}
