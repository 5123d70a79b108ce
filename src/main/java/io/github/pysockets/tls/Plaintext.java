package io.github.pysockets.tls;

/** Plain bytes to be encrypted, copied in bulk from where they are. */
@FunctionalInterface
public interface Plaintext {
    /**
     * Copies {@code count} bytes, the first of them at {@code from}, into the last {@code count} elements of
     * {@code array}.
     */
    void copyToEnd(int from, byte[] array, int count);
}
