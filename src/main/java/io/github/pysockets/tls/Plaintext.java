package io.github.pysockets.tls;

/** Plain bytes to be encrypted, copied out of where they are in bulk. */
@FunctionalInterface
public interface Plaintext {
    /** Copies {@code count} bytes, the first of them at {@code from}, into the last {@code count} elements of {@code array}. */
    void copyToEnd(int from, byte[] array, int count);
}
