package io.github.pysockets.python;

/** A call failed with one of {@link Codes} that is neither an errno nor a name service's code. Has no stack trace. */
public final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    public CallFailure(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    /** One of {@link Codes}. */
    public int code() {
        return code;
    }
}
