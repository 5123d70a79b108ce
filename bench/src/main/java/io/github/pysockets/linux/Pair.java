package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_INT;

import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;

/** Two descriptors that are connected to each other. */
record Pair(int near, int far) implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;

    static Pair open() throws StackException {
        MemorySegment pair = Scratch.mine().room(2 * Integer.BYTES);
        ErrnoCheck.check(SocketCalls.socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
        return new Pair(pair.get(HOST_INT, 0), pair.get(HOST_INT, Integer.BYTES));
    }

    @Override
    public void close() {
        DescriptorCalls.close(near);
        DescriptorCalls.close(far);
    }
}
