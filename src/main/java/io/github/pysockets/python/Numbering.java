package io.github.pysockets.python;

/** How the descriptor numbers that a script sees go with those of the process. */
public enum Numbering {
    /** They are the process's own. The interpreter's {@code os} module has the same: files, pipes and sockets mix. */
    SHARED(0),

    /**
     * They begin far above. The interpreter's {@code os} module has numbers of its own making, which stand for nothing in the
     * process, and none of those is ever taken for one of ours, nor the other way round.
     */
    APART(1 << 30);

    private final int base;

    Numbering(int base) {
        this.base = base;
    }

    /** What is added to the process's number. */
    public int base() {
        return base;
    }
}
