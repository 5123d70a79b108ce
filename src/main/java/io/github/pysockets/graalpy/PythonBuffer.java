package io.github.pysockets.graalpy;

import io.github.pysockets.python.ByteSource;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.tls.Plaintext;
import org.graalvm.polyglot.Value;

/** A Python buffer whose bytes a call sends. Its length comes from the buffer itself, not from the script. */
final class PythonBuffer implements ByteSource, Plaintext {
    private final Value buffer;

    PythonBuffer(Value buffer) {
        this.buffer = buffer;
    }

    /** The size of a buffer in bytes. */
    static int size(Value buffer) {
        long size;
        try {
            size = buffer.getBufferSize();
        } catch (UnsupportedOperationException noBuffer) {
            throw Refusal.WRONG_TYPE;
        }
        if (size > Integer.MAX_VALUE) {
            throw Refusal.NO_MEMORY;
        }
        return (int) size;
    }

    @Override
    public void copyToEnd(int from, byte[] array, int count) {
        if (count > 0) {
            try {
                buffer.readBuffer(from, array, array.length - count, count);
            } catch (IndexOutOfBoundsException | UnsupportedOperationException shorterMeanwhile) {
                throw Refusal.BUFFER_CHANGED;
            }
        }
    }

    /** All bytes of a buffer. */
    static byte[] bytes(Value buffer) {
        byte[] bytes = new byte[size(buffer)];
        new PythonBuffer(buffer).copyToEnd(0, bytes, bytes.length);
        return bytes;
    }
}
