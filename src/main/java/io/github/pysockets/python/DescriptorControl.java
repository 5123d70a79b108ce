package io.github.pysockets.python;

import static io.github.pysockets.abi.FileControl.F_DUPFD;
import static io.github.pysockets.abi.FileControl.F_DUPFD_CLOEXEC;
import static io.github.pysockets.abi.FileControl.F_OFD_SETLK;
import static io.github.pysockets.abi.FileControl.F_OFD_SETLKW;
import static io.github.pysockets.abi.FileControl.F_SETLK;
import static io.github.pysockets.abi.FileControl.F_SETLKW;

import io.github.pysockets.abi.DescriptorCommands;
import io.github.pysockets.abi.Reach;
import io.github.pysockets.stack.ControlEndpoint;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.DescriptorStatus;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;

/**
 * Calls of Python's {@code os} and {@code fcntl} on a descriptor known only by its number. Thread-safe.
 *
 * <p>With some commands of fcntl(2) and ioctl(2) a script could write to the process's memory or send signals. For
 * scripts that are not trusted with that anyway, only commands that affect the descriptor alone are allowed; others
 * fail with EPERM.
 */
public final class DescriptorControl {

    /** The file type of a socket: S_IFSOCK in inode(7). */
    private static final int SOCKET = 0xc000;

    private static final int ALL_MAY_USE = 0x1ff;

    private final SocketRuntime runtime;

    public DescriptorControl(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Closes a descriptor: close(2).
     *
     * @throws CallFailure {@link Codes#NOT_OWN} where it is not the script's; then its {@code os} module may know it
     */
    public void close(int number) throws CallFailure, StackException {
        runtime.table().require(number, Scope.USABLE).close();
    }

    /**
     * Returns another descriptor for what {@code number} stands for: dup(2). Child processes do not inherit it.
     *
     * @throws CallFailure as {@link #close}
     */
    public int duplicate(int number) throws CallFailure, StackException {
        runtime.requireOpen();
        Descriptor descriptor = runtime.table().require(number, Scope.USABLE);
        return descriptor.use(_ -> duplicate(descriptor, 0, false));
    }

    /** Whether child processes inherit it: never what is no descriptor of the process. */
    public boolean isInheritable(int number) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            DescriptorEndpoint open = descriptor.endpoint().ability(DescriptorEndpoint.class);
            return open != null && open.isInheritable();
        });
    }

    /** @throws StackException EOPNOTSUPP where child processes cannot inherit it */
    public void setInheritable(int number, boolean inheritable) throws CallFailure, StackException {
        runtime.table().use(number, descriptor -> {
            DescriptorEndpoint open = descriptor.endpoint().ability(DescriptorEndpoint.class);
            if (open != null || inheritable) {
                asDescriptor(descriptor).setInheritable(inheritable);
            }
            return null;
        });
    }

    /** Whether O_NONBLOCK is clear. */
    public boolean isBlocking(int number) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> !descriptor.endpoint().isNonBlocking());
    }

    public void setBlocking(int number, boolean blocking) throws CallFailure, StackException {
        runtime.table().use(number, descriptor -> {
            descriptor.endpoint().setNonBlocking(!blocking);
            return null;
        });
    }

    /**
     * Returns a tuple (mode, inode, device, links, user, group, size, then in nanoseconds: accessed, modified,
     * changed): fstat(2).
     */
    public Object status(int number, Values values) throws CallFailure, StackException {
        DescriptorStatus status = status(number);
        return values.tuple(
                status.mode(),
                values.unsigned(status.inode()),
                values.unsigned(status.device()),
                status.links(),
                Integer.toUnsignedLong(status.user()),
                Integer.toUnsignedLong(status.group()),
                status.size(),
                status.accessed(),
                status.modified(),
                status.changed());
    }

    private DescriptorStatus status(int number) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            DescriptorEndpoint open = descriptor.endpoint().ability(DescriptorEndpoint.class);
            return open == null ? socketStatus(descriptor) : open.status();
        });
    }

    /** What fstat(2) tells of a socket: little but that it is one. */
    private static DescriptorStatus socketStatus(Descriptor socket) {
        return new DescriptorStatus(SOCKET | ALL_MAY_USE, socket.sharers().socket(), 0, 1, 0, 0, 0, 0, 0, 0);
    }

    /** fcntl(2) with a number, or nothing, as its argument. Returns the script's number for a new descriptor. */
    public int fcntl(int number, int command, int argument) throws CallFailure, StackException {
        permit(DescriptorCommands.fcntl(command, argument));
        return runtime.table().use(
                number,
                descriptor -> command == F_DUPFD || command == F_DUPFD_CLOEXEC
                        ? duplicate(descriptor, lowest(argument), command == F_DUPFD)
                        : control(descriptor).fcntl(command, argument));
    }

    /** Converts the script's lower bound for a new number into the process's numbering. */
    private int lowest(int lowest) {
        return lowest < 0 ? lowest : Math.max(0, runtime.table().processNumber(lowest));
    }

    private int duplicate(Descriptor descriptor, int lowest, boolean inheritable) throws StackException {
        DescriptorEndpoint open = descriptor.endpoint().ability(DescriptorEndpoint.class);
        if (open == null) {
            return runtime.table().addSharer(descriptor, lowest).number();
        }
        descriptor.share();
        Endpoint made = DescriptorShortage.make(() -> open.duplicate(lowest, inheritable));
        return runtime.table().addCopy(made, descriptor);
    }

    /** fcntl(2) with a struct as its argument, which it reads and writes. A wait for a lock can be ended. */
    public int fcntl(int number, int command, byte[] argument) throws CallFailure, StackException {
        permit(DescriptorCommands.structFcntl(command));
        return switch (command) {
            case F_SETLKW -> lock(number, F_SETLK, argument);
            case F_OFD_SETLKW -> lock(number, F_OFD_SETLK, argument);
            default -> runtime.table().use(number, descriptor -> control(descriptor).fcntl(command, argument));
        };
    }

    private int lock(int number, int command, byte[] argument) throws CallFailure, StackException {
        return runtime.table().use(number, descriptor -> {
            ControlEndpoint file = control(descriptor);
            int result = runtime.calls().lock(descriptor, () -> tryLock(file, command, argument));
            if (result < 0) {
                throw new CallFailure(result);
            }
            return result;
        });
    }

    private static int tryLock(ControlEndpoint file, int command, byte[] argument) {
        try {
            return file.fcntl(command, argument);
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    /** ioctl(2) with a number, or nothing, as its argument. */
    public int ioctl(int number, long request, int argument) throws CallFailure, StackException {
        permit(DescriptorCommands.ioctl(request));
        return runtime.table().use(number, descriptor -> control(descriptor).ioctl(request, argument));
    }

    /** ioctl(2) with a struct as its argument, which it reads and writes. */
    public int ioctl(int number, long request, byte[] argument) throws CallFailure, StackException {
        permit(DescriptorCommands.structIoctl(request));
        return runtime.table().use(number, descriptor -> control(descriptor).ioctl(request, argument));
    }

    private static DescriptorEndpoint asDescriptor(Descriptor descriptor) throws StackException {
        return descriptor.endpoint().require(DescriptorEndpoint.class);
    }

    private static ControlEndpoint control(Descriptor descriptor) throws StackException {
        return descriptor.endpoint().require(ControlEndpoint.class);
    }

    private void permit(Reach reach) throws CallFailure {
        Trust.require(runtime.table(), reach);
    }
}
