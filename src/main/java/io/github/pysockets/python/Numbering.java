package io.github.pysockets.python;

/** How a script's descriptor numbers relate to those of the process. */
public enum Numbering {
    /** They are the process's own. The interpreter's {@code os} module uses the same: files, pipes and sockets mix. */
    SHARED(0),

    /**
     * They begin far above. The interpreter's {@code os} module makes up its own numbers, which mean nothing to the
     * process. Neither kind is ever mistaken for the other.
     */
    APART(1 << 30);

    private final int base;

    Numbering(int base) {
        this.base = base;
    }

    /** The offset added to the process's number. */
    public int base() {
        return base;
    }
}
