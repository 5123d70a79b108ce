package io.github.pysockets.python;

/** One attempt of a call that does not wait. Returns a result or a negated errno; {@code -EAGAIN} means "not yet". */
@FunctionalInterface
interface Attempt {
    int run();
}
