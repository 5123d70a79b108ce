package io.github.pysockets.python;

import io.github.pysockets.stack.FileEndpoint;
import io.github.pysockets.stack.StackException;

/**
 * Bytes in and out of descriptors that are known by their number alone, as Python's {@code os} has it. Whether a call waits is the
 * descriptor's own O_NONBLOCK and nothing else.
 *
 * <p>Results are zero or more, or one of {@link Codes}; numbers that are not in reach are refused by an exception. May be used from any
 * thread.
 */
public final class DescriptorIo {
    /** The most that one call of the kernel's moves. */
    private static final long MOST = 0x7fff_f000L;

    private final SocketRuntime runtime;

    public DescriptorIo(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /** A descriptor as its own O_NONBLOCK has it. */
    private record OpenFile(Descriptor descriptor) implements Blockable {
        @Override
        public long timeout() {
            return WaitLimit.BLOCKING;
        }

        @Override
        public boolean isStream() {
            return true;
        }
    }

    /** read(2). */
    public int read(int number, byte[] into, int count) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            FileEndpoint file = descriptor.endpoint().require(FileEndpoint.class);
            return runtime.calls()
                    .read(
                            new OpenFile(descriptor),
                            (_, array, at, most, _) -> file.read(array, at, most),
                            into,
                            0,
                            count);
        });
    }

    /** write(2), of {@code count} bytes of {@code from} at {@code at}; in blocking mode, of all of them. */
    public int write(int number, byte[] from, int at, int count) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            FileEndpoint file = descriptor.endpoint().require(FileEndpoint.class);
            return send(descriptor, (_, array, start, most, _) -> file.write(array, start, most), from, at, count);
        });
    }

    /**
     * sendfile(2); in blocking mode, of all there is.
     *
     * @param from the number of the file
     * @param offset where in the file to begin; -1 for the file's own position, which then moves
     */
    public int sendFile(int to, int from, long offset, long count) throws CallFailure, StackException {
        int most = (int) Math.min(count, MOST);
        return runtime.table().use(to, descriptor -> {
            FileEndpoint target = descriptor.endpoint().require(FileEndpoint.class);
            return send(
                    descriptor,
                    (_, _, done, left, _) -> sendFile(target, from, offset == -1 ? -1 : offset + done, left),
                    null,
                    0,
                    most);
        });
    }

    /** The file is entered for each attempt anew: one that is closed while the receiver is slow is not waited for. */
    private int sendFile(FileEndpoint target, int from, long start, int count) {
        try {
            return runtime.table().use(from, file -> (int) target.sendFile(file.endpoint(), start, count));
        } catch (CallFailure refused) {
            return refused.code();
        } catch (StackException closed) {
            return -closed.errno();
        }
    }

    private int send(Descriptor descriptor, BlockingCalls.Transfer transfer, byte[] from, int at, int count) {
        return runtime.calls().send(new OpenFile(descriptor), transfer, transfer, from, at, count, 0);
    }
}
