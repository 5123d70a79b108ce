package io.github.pysockets.python;

/** One try of a call that does not wait: a result, or a negated errno, {@code -EAGAIN} for "not yet". */
@FunctionalInterface
interface Attempt {
    int run();
}
