package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Gives the Python side access to a buffer's bytes where its interpreter cannot make a memoryview of it, as in GraalPy
 * 25.0. Other interpreters have no such object.
 */
public final class BufferExports {
    private final SpillFiles files;

    /** @param files null in a context that may not open files */
    BufferExports(SpillFiles files) {
        this.files = files;
    }

    @HostAccess.Export
    public int size(ByteBuffer buffer) {
        return ResultCodes.number(() -> LentBuffer.array(buffer).length);
    }

    /** The bytes from {@code start} to {@code end} as a str in which each char is a byte. */
    @HostAccess.Export
    public Object text(ByteBuffer buffer, int start, int end) {
        return ResultCodes.value(() -> {
            byte[] array = part(buffer, start, end);
            return new String(array, start, end - start, StandardCharsets.ISO_8859_1);
        });
    }

    /** Writes bytes, starting at {@code start}. */
    @HostAccess.Export
    public int set(ByteBuffer buffer, int start, Value bytes) {
        return ResultCodes.action(() -> {
            byte[] source = PythonValues.toBytes(bytes);
            // A sum that overflows is negative, and so refused.
            byte[] array = part(buffer, start, start + source.length);
            System.arraycopy(source, 0, array, start, source.length);
        });
    }

    /**
     * A file through which bytes pass; None where none can be made.
     *
     * @param size in bytes
     */
    @HostAccess.Export
    public Object file(int size) {
        return ResultCodes.value(() -> {
            if (size <= 0 || size > SpillFile.MOST) {
                throw new StackException(Errno.EINVAL);
            }
            return files == null ? null : files.make(size);
        });
    }

    /** Returns the array of a buffer, which must hold all bytes from {@code start} to {@code end}. */
    static byte[] part(ByteBuffer buffer, int start, int end) throws StackException {
        byte[] array = LentBuffer.array(buffer);
        if (start < 0 || end < start || end > array.length) {
            throw new StackException(Errno.EINVAL);
        }
        return array;
    }
}
