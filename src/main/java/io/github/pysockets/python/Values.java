package io.github.pysockets.python;

/** Makes Python values of one interpreter from Java ones. Numbers, strings and null (None) need no conversion. */
public interface Values {
    /** A tuple of numbers, strings, values that this object made, and Java objects that scripts hold as handles. */
    Object tuple(Object... items);

    /** The Python bytes of this data. */
    Object bytes(byte[] bytes);

    /** The text of a file name, as {@code os.fsdecode} returns it. */
    Object path(byte[] bytes);

    /** An unsigned int of 64 bits. */
    Object unsigned(long bits);
}
