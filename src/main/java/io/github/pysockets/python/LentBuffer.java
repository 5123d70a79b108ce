package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;

/** Java buffers that an interpreter lends to calls. Checked here, because a script can lend any buffer and say any length. */
public final class LentBuffer {
    private LentBuffer() {}

    /** The array of a buffer that is all of it: what calls receive into. */
    public static byte[] array(ByteBuffer buffer) {
        // One of the application's own may be a part of something larger, or not to be written to.
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
