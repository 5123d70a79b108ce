package io.github.pysockets.stack;

/**
 * A call of a stack failed with an errno. The one exception type for that; which class Python users see is decided far above.
 *
 * <p>Carries no stack trace: failing calls are everyday business in networking, and the errno says all that there is.
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
