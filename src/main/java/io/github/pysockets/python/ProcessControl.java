package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.Reach;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.FileStack;
import io.github.pysockets.stack.ProcessCall;
import io.github.pysockets.stack.ProcessStack;
import io.github.pysockets.stack.SpawnRequest;
import io.github.pysockets.stack.StackException;
import java.util.function.IntPredicate;

/**
 * Calls of Python's {@code os} that make descriptors other than sockets, or reach the whole process. Only for scripts
 * that are trusted with the process anyway; others get {@link Codes#NOT_PERMITTED}. Thread-safe.
 */
public final class ProcessControl {
    private final SocketRuntime runtime;

    public ProcessControl(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    private <A> A trusted(Class<A> ability) throws CallFailure, StackException {
        Trust.require(runtime.table(), Reach.PROCESS);
        runtime.requireOpen();
        return runtime.stack().require(ability);
    }

    // Descriptors. The script's numbers of them are returned.

    /** eventfd(2). */
    public int eventfd(long initial, int flags) throws CallFailure, StackException {
        FileStack files = trusted(FileStack.class);
        return own(() -> files.newEventfd(initial, flags));
    }

    /** memfd_create(2). */
    public int memfd(byte[] name, int flags) throws CallFailure, StackException {
        FileStack files = trusted(FileStack.class);
        requireText(name);
        return own(() -> files.newMemfd(name, flags));
    }

    /** pidfd_open(2). */
    public int pidfd(int process, int flags) throws CallFailure, StackException {
        FileStack files = trusted(FileStack.class);
        return own(() -> files.newPidfd(process, flags));
    }

    /** pipe2(2): a tuple (number of the end to read, number of the end to write). */
    public Object pipe(int flags, Values values) throws CallFailure, StackException {
        FileStack files = trusted(FileStack.class);
        EndpointPair pair = DescriptorShortage.make(() -> files.newPipe(flags));
        int first = runtime.table().add(pair.first(), Holder.SCRIPT).number();
        int second = runtime.table().add(pair.second(), Holder.SCRIPT).number();
        return values.tuple(first, second);
    }

    private int own(DescriptorShortage.Making<Endpoint> making) throws StackException {
        return runtime.table().add(DescriptorShortage.make(making), Holder.SCRIPT).number();
    }

    // Processes

    /** Makes a call that does not wait. */
    public int call(ProcessCall call, long a, long b, long c, byte[] buffer) throws CallFailure, StackException {
        return trusted(ProcessStack.class).call(call, a, b, c, buffer);
    }

    /**
     * Repeats a call until it has a result. The kernel offers nothing to wait for.
     *
     * @param isDone whether a result is one; a negative one always is, but for EAGAIN
     */
    public int await(ProcessCall call, long a, long b, long c, byte[] buffer, IntPredicate isDone)
            throws CallFailure, StackException {
        ProcessStack processes = trusted(ProcessStack.class);
        int[] result = {processes.call(call, a, b, c, buffer)};
        if (isOver(result[0], isDone)) {
            return result[0];
        }
        int ended = runtime.waiting()
                .untilSo(
                        () -> {
                            result[0] = processes.call(call, a, b, c, buffer);
                            return isOver(result[0], isDone);
                        },
                        Deadline.never());
        return ended < 0 ? ended : result[0];
    }

    private static boolean isOver(int result, IntPredicate isDone) {
        return result < 0 ? result != -Errno.EAGAIN : isDone.test(result);
    }

    /** posix_spawn(3): the number of the new process. */
    public int spawn(SpawnRequest request) throws CallFailure, StackException {
        requireText(request.path());
        requireTexts(request.arguments());
        requireTexts(request.environment());
        return trusted(ProcessStack.class).spawn(request);
    }

    /** execve(2): returns the negated errno, if at all. */
    public int execute(byte[] path, byte[] arguments, byte[] environment) throws CallFailure, StackException {
        requireText(path);
        requireTexts(arguments);
        requireTexts(environment);
        return trusted(ProcessStack.class).execute(path, arguments, environment);
    }

    /** Without a 0 byte. */
    private static void requireText(byte[] text) throws StackException {
        for (byte one : text) {
            if (one == 0) {
                throw new StackException(Errno.EINVAL);
            }
        }
    }

    /** Each with a 0 byte at its end. */
    private static void requireTexts(byte[] texts) throws StackException {
        if (texts.length > 0 && texts[texts.length - 1] != 0) {
            throw new StackException(Errno.EINVAL);
        }
    }
}
