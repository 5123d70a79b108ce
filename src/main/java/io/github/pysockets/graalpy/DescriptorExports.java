package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.DescriptorControl;
import io.github.pysockets.python.DescriptorIo;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.python.Splice;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side on descriptors known only by number. Results are as {@link HostExports} says: ints of zero
 * or more, or one of {@link Codes}.
 */
public final class DescriptorExports {
    private static final int OWN_POSITION = -1;

    private final SocketRuntime runtime;
    private final DescriptorControl control;
    private final DescriptorIo io;
    private final PythonValues values;

    DescriptorExports(SocketRuntime runtime, PythonValues values) {
        this.runtime = runtime;
        this.values = values;
        control = new DescriptorControl(runtime);
        io = new DescriptorIo(runtime);
    }

    /** The offset added to the process's numbers. Every number from here on may be ours; none below is. */
    @HostAccess.Export
    public int base() {
        return ResultCodes.number(() -> runtime.lowestNumber());
    }

    @HostAccess.Export
    public int close(int number) {
        return ResultCodes.action(() -> control.close(number));
    }

    @HostAccess.Export
    public int duplicate(int number) {
        return ResultCodes.number(() -> control.duplicate(number));
    }

    /** Makes the calling thread's next wait end as interrupted too, if it comes soon. */
    @HostAccess.Export
    public int interruptNext() {
        return ResultCodes.action(runtime::interruptNext);
    }

    /** 1 or 0. */
    @HostAccess.Export
    public int isInheritable(int number) {
        return ResultCodes.number(() -> control.isInheritable(number) ? 1 : 0);
    }

    @HostAccess.Export
    public int setInheritable(int number, boolean inheritable) {
        return ResultCodes.action(() -> control.setInheritable(number, inheritable));
    }

    /** 1 or 0. */
    @HostAccess.Export
    public int isBlocking(int number) {
        return ResultCodes.number(() -> control.isBlocking(number) ? 1 : 0);
    }

    @HostAccess.Export
    public int setBlocking(int number, boolean blocking) {
        return ResultCodes.action(() -> control.setBlocking(number, blocking));
    }

    /** A tuple (mode, inode, device, links, user, group, size, then in nanoseconds: accessed, modified, changed). */
    @HostAccess.Export
    public Object status(int number) {
        return ResultCodes.value(() -> control.status(number, values));
    }

    @HostAccess.Export
    public int fcntl(int number, int command, int argument) {
        return ResultCodes.number(() -> control.fcntl(number, command, argument));
    }

    /** fcntl with the first {@code length} bytes of a lent buffer, which then hold the answer. */
    @HostAccess.Export
    public int fcntlBytes(int number, int command, ByteBuffer argument, int length) {
        return withStruct(argument, length, bytes -> control.fcntl(number, command, bytes));
    }

    @HostAccess.Export
    public int ioctl(int number, long request, int argument) {
        return ResultCodes.number(() -> control.ioctl(number, request, argument));
    }

    /** ioctl, as {@link #fcntlBytes}. */
    @HostAccess.Export
    public int ioctlBytes(int number, long request, ByteBuffer argument, int length) {
        return withStruct(argument, length, bytes -> control.ioctl(number, request, bytes));
    }

    /** A call that reads and writes a struct. */
    @FunctionalInterface
    private interface StructCall {
        int on(byte[] bytes) throws CallFailure, StackException;
    }

    /** Leaves the buffer unchanged where the call fails. */
    private static int withStruct(ByteBuffer argument, int length, StructCall call) {
        return ResultCodes.number(() -> {
            byte[] lent = LentBuffer.array(argument, length);
            byte[] bytes = Arrays.copyOf(lent, length);
            int result = call.on(bytes);
            System.arraycopy(bytes, 0, lent, 0, length);
            return result;
        });
    }

    /** read(2) into a lent buffer. */
    @HostAccess.Export
    public int read(int number, ByteBuffer into, int count) {
        return ResultCodes.number(() -> io.read(number, LentBuffer.array(into, count), count));
    }

    /** write(2). */
    @HostAccess.Export
    public int write(int number, Value data) {
        return ResultCodes.number(() -> {
            byte[] bytes = PythonValues.toBytes(data);
            return io.write(number, bytes, 0, bytes.length);
        });
    }

    /** @param offset -1 for the file's own position */
    @HostAccess.Export
    public int sendfile(int to, int from, long offset, long count) {
        return ResultCodes.number(() -> {
            if (offset < OWN_POSITION || count < 0) {
                throw new StackException(Errno.EINVAL);
            }
            return io.sendFile(to, from, offset, count);
        });
    }

    /** splice(2). An offset of -1 is the file's own position. */
    @HostAccess.Export
    public int splice(int from, long offset, int to, long toOffset, long count, int flags) {
        return ResultCodes.number(
                () -> new Splice(runtime, from, offset, to, toOffset, notNegative(count), flags).run());
    }

    /** copy_file_range(2). A position of -1 is the file's own. */
    @HostAccess.Export
    public int copyRange(int from, long position, int to, long toPosition, long count) {
        return ResultCodes.number(() -> io.copyRange(from, position, to, toPosition, notNegative(count)));
    }

    private static long notNegative(long count) throws StackException {
        if (count < 0) {
            throw new StackException(Errno.EINVAL);
        }
        return count;
    }

    /** pread(2) into a lent buffer, or preadv2(2) with flags. */
    @HostAccess.Export
    public int pread(int number, ByteBuffer into, int count, long position, int flags) {
        return ResultCodes.number(() -> io.pread(number, LentBuffer.array(into, count), count, position, flags));
    }

    /** pwrite(2), or pwritev2(2) with flags. */
    @HostAccess.Export
    public int pwrite(int number, Value data, long position, int flags) {
        return ResultCodes.number(() -> io.pwrite(number, PythonValues.toBytes(data), position, flags));
    }

    /** posix_fallocate(3). */
    @HostAccess.Export
    public int allocate(int number, long position, long count) {
        return ResultCodes.number(() -> io.allocate(number, position, count));
    }

    /** posix_fadvise(2). */
    @HostAccess.Export
    public int advise(int number, long position, long count, int advice) {
        return ResultCodes.number(() -> io.advise(number, position, count, advice));
    }

    /** fdatasync(2). */
    @HostAccess.Export
    public int syncData(int number) {
        return ResultCodes.number(() -> io.syncData(number));
    }
}
