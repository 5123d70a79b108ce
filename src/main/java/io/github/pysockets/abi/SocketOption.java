package io.github.pysockets.abi;

/**
 * What is known of an option of getsockopt(2) or setsockopt(2).
 *
 * @param form what its value looks like
 * @param size bytes of {@link Form#STRUCT} at most, of one item of {@link Form#COUNTED}; otherwise 0
 */
public record SocketOption(Form form, int size, Reach reach) {
    /** One that the table does not have. */
    static final SocketOption UNKNOWN = new SocketOption(Form.UNKNOWN, 0, Reach.UNKNOWN);

    /** What a value looks like. */
    public enum Form {
        /** A C int. Some options take or give a single byte. */
        INT,
        /** A struct of fixed size. */
        STRUCT,
        /** As many bytes as there are. */
        BYTES,
        /** Items that the kernel counts: the length that it is told and gives is in items, and not in bytes. */
        COUNTED,
        /** A C int that is a new descriptor of the process, for the caller to close. */
        DESCRIPTOR,
        UNKNOWN
    }

    /**
     * How many bytes the kernel may write where it is told of {@code told}: for an option that nobody knows, more than
     * it ever was seen to.
     */
    public long room(int told) {
        return switch (form) {
            case INT, STRUCT, BYTES, DESCRIPTOR -> told;
            case COUNTED -> (long) told * size;
            case UNKNOWN -> SPARE + (long) told * LARGEST_ITEM;
        };
    }

    /** Bytes of the largest item that an option in use counts: struct sock_filter, 64-bit numbers. */
    private static final int LARGEST_ITEM = 8;

    private static final int SPARE = 1024;
}
