package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FileEndpoint;
import io.github.pysockets.stack.StackException;

/**
 * One splice(2), which may wait for two descriptors: for bytes in one, then for room in the other. Each is entered anew
 * for each attempt, so that closing it need not wait for the other one's peer.
 */
public final class Splice {
    private static final int SPLICE_F_NONBLOCK = 2;
    private static final int KIND_MASK = 0xf000;
    private static final int PIPE = 0x1000;
    /** The most bytes that one kernel call moves. */
    private static final long MOST = 0x7fff_f000L;

    private final SocketRuntime runtime;
    private final int from;
    private final long offset;
    private final int to;
    private final long toOffset;
    private final long count;
    private final int flags;

    /**
     * @param from the script's number of the file to read
     * @param offset where in that file to begin; -1 for its own position, which then moves
     * @param to the script's number of the file to write
     * @param toOffset likewise for that file
     */
    public Splice(SocketRuntime runtime, int from, long offset, int to, long toOffset, long count, int flags) {
        this.runtime = runtime;
        this.from = from;
        this.offset = offset;
        this.to = to;
        this.toOffset = toOffset;
        this.count = Math.min(count, MOST);
        this.flags = flags;
    }

    /** Returns the number of bytes moved, 0 at the end, or one of {@link Codes}. */
    public int run() throws CallFailure, StackException {
        int result = attempt();
        if (result != -Errno.EAGAIN) {
            return result;
        }
        int ready = await(from, Direction.READ, () -> 0);
        return ready < 0 ? ready : await(to, Direction.SEND, this::attempt);
    }

    private int attempt() {
        try {
            return runtime.table().use(from, source -> runtime.table().use(to, target -> move(source, target)));
        } catch (CallFailure refused) {
            return refused.code();
        } catch (StackException closed) {
            return -closed.errno();
        }
    }

    private int move(Descriptor source, Descriptor target) throws StackException {
        FileEndpoint file = source.endpoint().require(FileEndpoint.class);
        return (int) file.splice(offset, target.endpoint(), toOffset, count, flags);
    }

    private int await(int number, Direction direction, Attempt attempt) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            Endpoint endpoint = descriptor.endpoint();
            boolean mayWait = !((flags & SPLICE_F_NONBLOCK) != 0 && isPipe(endpoint));
            Deadline deadline = mayWait
                    ? WaitLimit.deadline(runtime.waiting().clock(), endpoint, WaitLimit.BLOCKING, 0, direction)
                    : null;
            return runtime.waiting()
                    .until(
                            descriptor,
                            direction,
                            deadline == null ? Deadline.in(runtime.waiting().clock(), 0, -Errno.EAGAIN) : deadline,
                            attempt);
        });
    }

    private static boolean isPipe(Endpoint endpoint) throws StackException {
        return (endpoint.require(DescriptorEndpoint.class).status().mode() & KIND_MASK) == PIPE;
    }
}
