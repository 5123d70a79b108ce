package io.github.pysockets.python;

/** Bytes that Python code wants to send, copied out of it in bulk. */
@FunctionalInterface
public interface ByteSource {
    /**
     * Copies {@code count} bytes, the first of them at {@code from}, into the last {@code count} elements of {@code array}.
     *
     * <p>Into the end of the array because that is where the polyglot API can copy to without a detour.
     */
    void copyToEnd(int from, byte[] array, int count);
}
