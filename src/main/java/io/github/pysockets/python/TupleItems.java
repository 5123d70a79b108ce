package io.github.pysockets.python;

import io.github.pysockets.stack.StackException;

/**
 * The items of one interpreter's tuple. The Python side has checked them before; even so, {@link Refusal} is thrown for
 * an item of the wrong type.
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
     * @param most the most bytes allowed
     * @throws StackException EINVAL where it has more
     */
    byte[] bytes(int at, int most) throws StackException;

    /** A tuple within the tuple. */
    TupleItems items(int at);
}
