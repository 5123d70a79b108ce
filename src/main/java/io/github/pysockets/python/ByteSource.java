package io.github.pysockets.python;

/** Bytes that Python code wants to send, copied in bulk. */
@FunctionalInterface
public interface ByteSource {
    /**
     * Copies {@code count} bytes, starting at {@code from}, into the last {@code count} elements of {@code array}.
     *
     * <p>The polyglot API can copy into the end of an array without a detour.
     */
    void copyToEnd(int from, byte[] array, int count);
}
