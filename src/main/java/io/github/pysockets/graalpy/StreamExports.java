package io.github.pysockets.graalpy;

import io.github.pysockets.python.PySocket;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** The calls of one stream of an event loop. A call that knows its socket takes two thirds of one that is given it. */
public final class StreamExports {
    private final PySocket socket;

    StreamExports(PySocket socket) {
        this.socket = socket;
    }

    /** Sends what it can, and returns how much. No bytes are no call of the kernel. */
    @HostAccess.Export
    public int send(Value data) {
        try {
            int size = PythonBuffer.size(data);
            return size == 0 ? 0 : socket.send(new PythonBuffer(data), size, 0);
        } catch (Throwable failure) {
            return ResultCodes.code(failure);
        }
    }
}
