package io.github.pysockets.python;

import io.github.pysockets.abi.DescriptorCommands;
import io.github.pysockets.abi.Reach;
import io.github.pysockets.stack.DescriptorStatus;
import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.StackException;

/**
 * What Python's {@code os} and {@code fcntl} do to a descriptor that is known by its number alone. May be used from any thread.
 *
 * <p>fcntl(2) and ioctl(2) know commands with which a script could write to the process's memory or send signals. Where scripts are
 * not trusted with that anyway, only those that concern the descriptor alone are passed on; others fail with EPERM.
 */
public final class DescriptorControl {
    private static final int F_DUPFD = 0;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETLK = 6;
    private static final int F_SETLKW = 7;
    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;

    private final SocketRuntime runtime;

    public DescriptorControl(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /** Closes a descriptor that is the interpreter's own, or that it may use for one: close(2). */
    public void close(int number) throws CallFailure, StackException {
        owned(number).close();
    }

    /** A further descriptor for such a one: dup(2), not inherited by child processes. */
    public int duplicate(int number) throws CallFailure, StackException {
        owned(number);
        return runtime.duplicate(number);
    }

    /** The calls that the interpreter's {@code os} has too are ours for the descriptors in the table, and its own for others. */
    private Descriptor owned(int number) throws CallFailure {
        DescriptorTable table = runtime.table();
        Descriptor found = table.isNumberedApart() ? table.find(number) : table.own(number);
        if (found == null) {
            throw new CallFailure(Codes.NOT_OWN);
        }
        return found;
    }

    public boolean isInheritable(int number) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> descriptor.endpoint().isInheritable());
    }

    public void setInheritable(int number, boolean inheritable) throws CallFailure, StackException {
        runtime.table().with(number, descriptor -> {
            descriptor.endpoint().setInheritable(inheritable);
            return null;
        });
    }

    /** Whether O_NONBLOCK is not set. */
    public boolean isBlocking(int number) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> !descriptor.endpoint().isNonBlocking());
    }

    public void setBlocking(int number, boolean blocking) throws CallFailure, StackException {
        runtime.table().with(number, descriptor -> {
            descriptor.endpoint().setNonBlocking(!blocking);
            return null;
        });
    }

    /** fstat(2). */
    public DescriptorStatus status(int number) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> descriptor.endpoint().status());
    }

    /** fcntl(2) with a number, or nothing, as its argument. A new descriptor is given by the number that scripts know it by. */
    public int fcntl(int number, int command, int argument) throws CallFailure, StackException {
        permit(DescriptorCommands.fcntl(command, argument));
        return runtime.table().with(
                number,
                descriptor -> command == F_DUPFD || command == F_DUPFD_CLOEXEC
                        ? duplicate(descriptor, command, argument)
                        : descriptor.endpoint().fcntl(command, argument));
    }

    private int duplicate(Descriptor descriptor, int command, int lowest) throws StackException {
        DescriptorTable table = runtime.table();
        int processLowest = lowest < 0 ? lowest : Math.max(0, table.processNumber(lowest));
        descriptor.share();
        int made = DescriptorShortage.make(() -> descriptor.endpoint().fcntl(command, processLowest));
        return table.mayKeep(descriptor) ? table.addReceived(made).number() : table.scriptNumber(made);
    }

    /** fcntl(2) with a struct as its argument, which it reads and writes. Waiting for a lock can be ended. */
    public int fcntl(int number, int command, byte[] argument) throws CallFailure, StackException {
        permit(DescriptorCommands.structFcntl(command));
        return switch (command) {
            case F_SETLKW -> lock(number, F_SETLK, argument);
            case F_OFD_SETLKW -> lock(number, F_OFD_SETLK, argument);
            default -> runtime.table().with(number, descriptor -> descriptor.endpoint().fcntl(command, argument));
        };
    }

    private int lock(int number, int command, byte[] argument) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> {
            Attempt attempt = () -> tryLock(descriptor, command, argument);
            int result = attempt.run();
            if (result == -Errno.EAGAIN) {
                result = runtime.waiting().untilTried(descriptor, Deadline.never(), attempt);
            }
            if (result < 0) {
                throw new CallFailure(result);
            }
            return result;
        });
    }

    private static int tryLock(Descriptor descriptor, int command, byte[] argument) {
        try {
            return descriptor.endpoint().fcntl(command, argument);
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    /** ioctl(2) with a number, or nothing, as its argument. */
    public int ioctl(int number, long request, int argument) throws CallFailure, StackException {
        permit(DescriptorCommands.ioctl(request));
        return runtime.table().with(number, descriptor -> descriptor.endpoint().ioctl(request, argument));
    }

    /** ioctl(2) with a struct as its argument, which it reads and writes. */
    public int ioctl(int number, long request, byte[] argument) throws CallFailure, StackException {
        permit(DescriptorCommands.structIoctl(request));
        return runtime.table().with(number, descriptor -> descriptor.endpoint().ioctl(request, argument));
    }

    private void permit(Reach reach) throws CallFailure {
        Trust.require(runtime.table(), reach);
    }
}
