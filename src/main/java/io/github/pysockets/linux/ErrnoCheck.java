package io.github.pysockets.linux;

import io.github.pysockets.stack.StackException;

/** Turns the results of libc's calls into exceptions. */
final class ErrnoCheck {
    private ErrnoCheck() {}

    /**
     * @param result zero or more, or a negated errno
     * @return {@code result} if it is zero or more
     */
    static int check(int result) throws StackException {
        if (result < 0) {
            throw new StackException(-result);
        }
        return result;
    }
}
