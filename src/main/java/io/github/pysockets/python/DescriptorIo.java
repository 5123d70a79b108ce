package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SO_RCVTIMEO;
import static io.github.pysockets.abi.SocketOptions.SO_SNDTIMEO;

import io.github.pysockets.abi.Errno;
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

    /** read(2). */
    public int read(int number, byte[] into, int count) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> {
            FileEndpoint file = descriptor.endpoint().require(FileEndpoint.class);
            Attempt attempt = () -> file.read(into, 0, count);
            return orWait(descriptor, POLLIN, SO_RCVTIMEO, attempt);
        });
    }

    /** write(2), of {@code count} bytes of {@code from} at {@code at}; in blocking mode, of all of them. */
    public int write(int number, byte[] from, int at, int count) throws CallFailure, StackException {
        return moveAll(number, count, (file, done) -> file.write(from, at + done, count - done));
    }

    /**
     * sendfile(2); in blocking mode, of all there is.
     *
     * @param from the number of the file
     * @param offset where in the file to begin; -1 for the file's own position, which then moves
     */
    public int sendFile(int to, int from, long offset, long count) throws CallFailure, StackException {
        int most = (int) Math.min(count, MOST);
        return moveAll(to, most, (target, done) -> {
            long start = offset == -1 ? -1 : offset + done;
            // For each attempt anew: a file that is closed while the receiver is slow is not waited for.
            try {
                return runtime.table().with(
                        from, file -> (int) target.sendFile(file.endpoint(), start, most - done));
            } catch (CallFailure refused) {
                return refused.code();
            } catch (StackException closed) {
                return -closed.errno();
            }
        });
    }

    @FunctionalInterface
    private interface Move {
        /** Moves what goes at once of what is left after {@code done} bytes. */
        int more(FileEndpoint file, int done);
    }

    /** Goes on until all is moved, nothing is left to move, or the mode does not allow to wait. */
    private int moveAll(int number, int count, Move move) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> {
            FileEndpoint file = descriptor.endpoint().require(FileEndpoint.class);
            int total = 0;
            for (;;) {
                int done = total;
                Attempt attempt = () -> move.more(file, done);
                int moved = orWait(descriptor, POLLOUT, SO_SNDTIMEO, attempt);
                if (moved <= 0) {
                    // An error now is for the next call to tell: what was moved counts.
                    return total > 0 ? total : moved;
                }
                total += moved;
                if (total >= count) {
                    return total;
                }
            }
        });
    }

    private int orWait(Descriptor descriptor, int events, int kernelTimeout, Attempt attempt) {
        int result = attempt.run();
        if (result != -Errno.EAGAIN) {
            return result;
        }
        Deadline deadline =
                WaitLimit.deadline(descriptor.endpoint(), WaitLimit.BLOCKING, 0, kernelTimeout, -Errno.EAGAIN);
        return deadline == null
                ? result
                : runtime.waiting().until(descriptor, events, deadline, Waiting.NO_HANG_UP, attempt);
    }
}
