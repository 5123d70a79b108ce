package io.github.pysockets.python;

import io.github.pysockets.stack.StackException;

/**
 * The items of a tuple of one interpreter. Whatever the interpreter's side has checked before, an item of another type than the
 * one that is asked for is refused by {@link Refusal}.
 */
public interface TupleItems {
    int size();

    /** A str in which each char is a byte. */
    String text(int at);

    /** An int of at most 64 bits. */
    long number(int at);

    /**
     * The bytes of a buffer.
     *
     * @param most how many it may have
     * @throws StackException EINVAL where it has more
     */
    byte[] bytes(int at, int most) throws StackException;

    /** A tuple within the tuple. */
    TupleItems items(int at);
}
