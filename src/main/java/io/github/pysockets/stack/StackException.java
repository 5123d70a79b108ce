package io.github.pysockets.stack;

/**
 * A call of a stack failed with an errno. This is the only exception type for that; a layer far above decides which
 * class Python users see.
 *
 * <p>Has no stack trace: failing calls are everyday business in networking, and the errno says all there is to know.
 */
public final class StackException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /** @param errno the positive error number */
    public StackException(int errno) {
        super(null, null, false, false);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    @Override
    public String getMessage() {
        return "errno " + errno;
    }
}
