package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;

/**
 * Java buffers that an interpreter lends to calls. Checked here, because a script can pass any buffer and any length.
 */
public final class LentBuffer {
    private LentBuffer() {}

    /** Returns the array of a buffer that covers all of it. Calls receive into this array. */
    public static byte[] array(ByteBuffer buffer) {
        // A buffer of the application's own may be part of a larger array, or read-only.
        if (buffer == null || !buffer.hasArray() || buffer.array().length != buffer.capacity()) {
            throw Refusal.WRONG_TYPE;
        }
        return buffer.array();
    }

    /** As {@link #array(ByteBuffer)}, with room for {@code count} bytes. */
    public static byte[] array(ByteBuffer buffer, int count) throws StackException {
        byte[] array = array(buffer);
        if (count < 0 || count > array.length) {
            throw new StackException(Errno.EINVAL);
        }
        return array;
    }
}
