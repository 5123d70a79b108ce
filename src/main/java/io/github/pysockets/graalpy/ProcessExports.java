package io.github.pysockets.graalpy;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.python.ProcessControl;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.python.SpawnRequests;
import io.github.pysockets.stack.ProcessCall;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side that make descriptors other than sockets, or reach the whole process. Results are as
 * {@link HostExports} says: ints of zero or more, or one of {@link Codes}.
 */
public final class ProcessExports {
    private final ProcessControl processes;
    private final PythonValues values;

    ProcessExports(SocketRuntime runtime, PythonValues values) {
        processes = new ProcessControl(runtime);
        this.values = values;
    }

    /** The number of an eventfd(2). */
    @HostAccess.Export
    public int eventfd(long initial, int flags) {
        return ResultCodes.number(() -> processes.eventfd(initial, flags));
    }

    /** The number of a memfd_create(2). */
    @HostAccess.Export
    public int memfd(Value name, int flags) {
        return ResultCodes.number(() -> processes.memfd(PythonValues.toBytes(name), flags));
    }

    /** The number of a pidfd_open(2). */
    @HostAccess.Export
    public int pidfd(int process, int flags) {
        return ResultCodes.number(() -> processes.pidfd(process, flags));
    }

    /** A tuple (number of the end to read, number of the end to write): pipe2(2). */
    @HostAccess.Export
    public Object pipe(int flags) {
        return ResultCodes.value(() -> processes.pipe(flags, values));
    }

    /**
     * A call that takes numbers and at most one buffer.
     *
     * @param name one of {@link ProcessCall}
     * @param buffer a lent buffer, whose first {@code length} bytes the call reads and writes; None for no buffer
     */
    @HostAccess.Export
    public int call(String name, long a, long b, long c, ByteBuffer buffer, int length) {
        return ResultCodes.number(() -> run(name, a, b, c, buffer, length, _ -> true));
    }

    /** As {@link #call}, but repeats a call that returns 0 or EAGAIN until it has a result. */
    @HostAccess.Export
    public int callUntilDone(String name, long a, long b, long c, ByteBuffer buffer, int length) {
        return ResultCodes.number(() -> run(name, a, b, c, buffer, length, result -> result > 0));
    }

    private int run(String name, long a, long b, long c, ByteBuffer buffer, int length, IntPredicate isDone)
            throws CallFailure, StackException {
        ProcessCall call = named(name);
        byte[] lent = buffer == null ? null : LentBuffer.array(buffer, length);
        byte[] bytes = lent == null ? null : Arrays.copyOf(lent, length);
        int result = processes.await(call, a, b, c, bytes, found -> isDone.test(found) || call == ProcessCall.WAITID
                && bytes != null && isFilled(bytes));
        if (bytes != null) {
            System.arraycopy(bytes, 0, lent, 0, length);
        }
        return result;
    }

    /** waitid(2) returns 0 in any case, and leaves zeros where no process has changed. */
    private static boolean isFilled(byte[] siginfo) {
        return siginfo.length > 0 && siginfo[0] != 0;
    }

    private static ProcessCall named(String name) {
        try {
            return ProcessCall.valueOf(ResultCodes.given(name));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.WRONG_TYPE;
        }
    }

    /**
     * Starts a program: posix_spawn(3). Texts are bytes with a 0 byte after each.
     *
     * @param actions ((0, descriptor, path, flags, mode), (1, descriptor), (2, descriptor, to), ...)
     * @param attributes (flags, group, policy, priority)
     * @param blocked the signals to block
     * @param defaults the signals to reset
     */
    @HostAccess.Export
    public int spawn(
            Value path,
            boolean searched,
            Value arguments,
            Value environment,
            Value actions,
            Value attributes,
            Value blocked,
            Value defaults) {
        return ResultCodes.number(() -> processes.spawn(SpawnRequests.of(
                PythonValues.toBytes(path),
                searched,
                PythonValues.toBytes(arguments),
                PythonValues.toBytes(environment),
                new PythonTuple(actions),
                new PythonTuple(attributes),
                new PythonTuple(blocked),
                new PythonTuple(defaults))));
    }

    /** Replaces the process by a program: execve(2). Returns only where that fails. */
    @HostAccess.Export
    public int execute(Value path, Value arguments, Value environment) {
        return ResultCodes.number(() -> processes.execute(
                PythonValues.toBytes(path), PythonValues.toBytes(arguments), PythonValues.toBytes(environment)));
    }
}
