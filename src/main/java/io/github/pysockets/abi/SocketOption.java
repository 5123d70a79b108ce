package io.github.pysockets.abi;

/**
 * What is known of an option of getsockopt(2) or setsockopt(2).
 *
 * @param form what its value looks like
 * @param size for {@link Form#STRUCT} the most bytes, for {@link Form#COUNTED} the bytes of one item; otherwise 0
 */
public record SocketOption(Form form, int size, Reach reach) {
    /** An option that is not in the table. */
    static final SocketOption UNKNOWN = new SocketOption(Form.UNKNOWN, 0, Reach.UNKNOWN);

    /** What a value looks like. */
    public enum Form {
        /** A C int. Some options take or return a single byte. */
        INT,
        /** A struct of fixed size. */
        STRUCT,
        /** Bytes, as many as there are. */
        BYTES,
        /** Items that the kernel counts: the length passed to it and returned by it is in items, not in bytes. */
        COUNTED,
        /** A C int that is a new descriptor of the process, for the caller to close. */
        DESCRIPTOR,
        UNKNOWN
    }

    /**
     * How many bytes the kernel may write when told that there is room for {@code told}. For an unknown option it is
     * more than the option was ever seen to write.
     */
    public long room(int told) {
        return switch (form) {
            case INT, STRUCT, BYTES, DESCRIPTOR -> told;
            case COUNTED -> (long) told * size;
            case UNKNOWN -> SPARE + (long) told * LARGEST_ITEM;
        };
    }

    /** Bytes of the largest item in any option that counts items: struct sock_filter, 64-bit numbers. */
    private static final int LARGEST_ITEM = 8;

    private static final int SPARE = 1024;
}
