package io.github.pysockets.python;

import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketOptions.TCP_FASTOPEN_CONNECT;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FileEndpoint;
import io.github.pysockets.stack.SeekableEndpoint;
import io.github.pysockets.stack.StackException;

/**
 * Reads and writes descriptors known only by their number, as Python's {@code os} does. Only the descriptor's own
 * O_NONBLOCK decides whether a call waits. On a socket that is no file, reading is receiving and writing is sending.
 *
 * <p>Results are zero or more, or one of {@link Codes}. Numbers that are out of reach cause an exception. Thread-safe.
 */
public final class DescriptorIo {
    /** The most bytes that one kernel call moves. */
    private static final long MOST = 0x7fff_f000L;

    private final SocketRuntime runtime;

    public DescriptorIo(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /** A descriptor whose own O_NONBLOCK decides whether calls wait. */
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
            FileEndpoint file = descriptor.endpoint().ability(FileEndpoint.class);
            return runtime.calls()
                    .read(
                            new OpenFile(descriptor),
                            (endpoint, array, at, most, _) -> file == null
                                    ? endpoint.recv(array, at, most, 0)
                                    : file.read(array, at, most),
                            into,
                            0,
                            count);
        });
    }

    /**
     * write(2) of {@code count} bytes of {@code from}, starting at {@code at}. In blocking mode, writes all of them.
     */
    public int write(int number, byte[] from, int at, int count) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            FileEndpoint file = descriptor.endpoint().ability(FileEndpoint.class);
            return send(
                    descriptor,
                    (endpoint, array, start, most, _) -> file == null
                            ? endpoint.send(array, start, most, 0)
                            : file.write(array, start, most),
                    from,
                    at,
                    count);
        });
    }

    /**
     * sendfile(2). In blocking mode, sends all there is.
     *
     * @param from the number of the file
     * @param offset where in the file to begin; -1 for the file's own position, which then moves
     */
    public int sendFile(int to, int from, long offset, long count) throws CallFailure, StackException {
        int most = (int) Math.min(count, MOST);
        return runtime.table().use(to, descriptor -> {
            FileEndpoint target = descriptor.endpoint().require(FileEndpoint.class);
            int sent = send(
                    descriptor,
                    (_, _, done, left, _) -> sendFile(target, from, offset == -1 ? -1 : offset + done, left),
                    null,
                    0,
                    most);
            return sent > 0 ? onceConnected(descriptor, sent) : sent;
        });
    }

    /** In blocking mode, waits for the outcome of a connection that the call has begun: TCP_FASTOPEN_CONNECT. */
    private int onceConnected(Descriptor descriptor, int sent) {
        Endpoint endpoint = descriptor.endpoint();
        if (!isConnecting(endpoint)) {
            return sent;
        }
        int outcome = runtime.calls().outcome(new OpenFile(descriptor), descriptor, () -> -errorOf(endpoint));
        return outcome < 0 && outcome != -Errno.EINPROGRESS ? outcome : sent;
    }

    private static boolean isConnecting(Endpoint endpoint) {
        try {
            if (endpoint.getOption(IPPROTO_TCP, TCP_FASTOPEN_CONNECT) == 0) {
                return false;
            }
        } catch (StackException notTcp) {
            return false;
        }
        try {
            endpoint.peerAddress();
            return false;
        } catch (StackException unknown) {
            return unknown.errno() == Errno.ENOTCONN;
        }
    }

    private static int errorOf(Endpoint endpoint) {
        try {
            return endpoint.getOption(SOL_SOCKET, SO_ERROR);
        } catch (StackException failure) {
            return failure.errno();
        }
    }

    /** Enters the file anew for each attempt, so that closing it need not wait for a slow receiver. */
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

    // Positions

    /** An operation on a file with positions. Returns the result or a negated errno. */
    @FunctionalInterface
    private interface OnFile {
        int run(SeekableEndpoint file);
    }

    private int onFile(int number, OnFile call) throws CallFailure, StackException {
        return runtime.table()
                .use(number, descriptor -> call.run(descriptor.endpoint().require(SeekableEndpoint.class)));
    }

    /** pread(2), or preadv2(2) with flags. */
    public int pread(int number, byte[] into, int count, long position, int flags) throws CallFailure, StackException {
        return onFile(number, file -> file.pread(into, 0, count, position, flags));
    }

    /** pwrite(2), or pwritev2(2) with flags. */
    public int pwrite(int number, byte[] from, long position, int flags) throws CallFailure, StackException {
        return onFile(number, file -> file.pwrite(from, 0, from.length, position, flags));
    }

    /** posix_fallocate(3). */
    public int allocate(int number, long position, long count) throws CallFailure, StackException {
        return onFile(number, file -> file.allocate(position, count));
    }

    /** posix_fadvise(2). */
    public int advise(int number, long position, long count, int advice) throws CallFailure, StackException {
        return onFile(number, file -> file.advise(position, count, advice));
    }

    /** fdatasync(2). */
    public int syncData(int number) throws CallFailure, StackException {
        return onFile(number, SeekableEndpoint::syncData);
    }

    /** copy_file_range(2). A position of -1 is the file's own, which then moves. */
    public int copyRange(int from, long position, int to, long toPosition, long count)
            throws CallFailure, StackException {
        return runtime.table()
                .use(to, target -> onFile(
                        from,
                        file -> (int) file.copyRange(position, target.endpoint(), toPosition, Math.min(count, MOST))));
    }
}
