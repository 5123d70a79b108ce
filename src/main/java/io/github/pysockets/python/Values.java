package io.github.pysockets.python;

/** Makes the values of one interpreter out of Java's. Numbers, strings and null (None) need no making. */
public interface Values {
    /** A tuple of numbers, strings, values that this object made, and Java objects that scripts hold as handles. */
    Object tuple(Object... items);

    /** Bytes, as data has them. */
    Object bytes(byte[] bytes);

    /** Text of a file name: what {@code os.fsdecode} gives for it. */
    Object path(byte[] bytes);

    /** An int of 64 bits, taken as unsigned. */
    Object unsigned(long bits);
}
