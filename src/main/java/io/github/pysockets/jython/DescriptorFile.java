package io.github.pysockets.jython;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.DescriptorControl;
import io.github.pysockets.python.DescriptorIo;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import org.python.core.Py;
import org.python.core.io.RawIOBase;

/** One of our descriptors as a file of Jython: what {@code os.fdopen()} builds on. */
final class DescriptorFile extends RawIOBase {
    private final Bindings bindings;
    private final DescriptorIo io;
    private final int number;
    private final boolean isReader;
    private final boolean isWriter;

    DescriptorFile(Bindings bindings, int number, boolean isReader, boolean isWriter) {
        this.bindings = bindings;
        io = new DescriptorIo(bindings.runtime());
        this.number = number;
        this.isReader = isReader;
        this.isWriter = isWriter;
    }

    /** The script's number. */
    int number() {
        return closed() ? JythonFiles.CLOSED : number;
    }

    /** A call that returns a count, or one of {@link Codes}. */
    @FunctionalInterface
    private interface Transfer {
        int run() throws CallFailure, StackException;
    }

    private int checked(Transfer transfer) {
        int result;
        try {
            // As CPython's files do: a signal whose handler raises nothing changes nothing.
            do {
                result = transfer.run();
            } while (result == Codes.INTERRUPTED);
        } catch (Exception failure) {
            throw SelectModule.failure(bindings, Py.IOError, failure);
        }
        if (result < 0) {
            throw SelectModule.failure(bindings, Py.IOError, result);
        }
        return result;
    }

    @Override
    public int readinto(ByteBuffer into) {
        checkClosed();
        checkReadable();
        byte[] bytes = new byte[into.remaining()];
        int count = checked(() -> io.read(number, bytes, bytes.length));
        into.put(bytes, 0, count);
        // As a channel tells the end.
        return count == 0 && bytes.length > 0 ? -1 : count;
    }

    @Override
    public int write(ByteBuffer from) {
        checkClosed();
        checkWritable();
        byte[] bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
        int count = checked(() -> io.write(number, bytes, 0, bytes.length));
        from.position(from.position() + count);
        return count;
    }

    @Override
    public boolean readable() {
        return isReader;
    }

    @Override
    public boolean writable() {
        return isWriter;
    }

    @Override
    public Channel getChannel() {
        return null;
    }

    @Override
    public void close() {
        if (closed()) {
            return;
        }
        super.close();
        checked(() -> {
            new DescriptorControl(bindings.runtime()).close(number);
            return 0;
        });
    }
}
