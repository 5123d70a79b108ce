package io.github.pysockets.graalpy;

import io.github.pysockets.python.Codes;

/**
 * What Python gave cannot be used. Unchecked, for it comes out of code that knows of no Python: a buffer is read in the middle
 * of a send.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Refusal WRONG_TYPE = new Refusal(Codes.WRONG_TYPE);
    static final Refusal BUFFER_CHANGED = new Refusal(Codes.BUFFER_CHANGED);
    static final Refusal NO_MEMORY = new Refusal(Codes.NO_MEMORY);

    private final int code;

    private Refusal(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    /** One of {@link Codes}. */
    int code() {
        return code;
    }
}
