package io.github.pysockets.tls;

/** Plain octets to be encrypted, copied out of where they are in bulk. */
@FunctionalInterface
public interface Octets {
    /** Copies {@code count} octets, the first of them at {@code from}, into the last {@code count} elements of {@code array}. */
    void copyToEnd(int from, byte[] array, int count);
}
