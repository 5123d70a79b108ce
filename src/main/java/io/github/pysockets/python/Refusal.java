package io.github.pysockets.python;

/**
 * A script passed something unusable. Unchecked, because the throwing code knows of no interpreter: a buffer is read in
 * the middle of a send.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final Refusal WRONG_TYPE = new Refusal(Codes.WRONG_TYPE);
    public static final Refusal BUFFER_CHANGED = new Refusal(Codes.BUFFER_CHANGED);
    public static final Refusal NO_MEMORY = new Refusal(Codes.NO_MEMORY);

    private final int code;

    private Refusal(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    /** One of {@link Codes}. */
    public int code() {
        return code;
    }
}
