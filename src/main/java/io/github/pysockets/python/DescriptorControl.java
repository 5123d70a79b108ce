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
 * What Python's {@code os} and {@code fcntl} do to a descriptor that is known by its number alone. May be used from any thread.
 *
 * <p>fcntl(2) and ioctl(2) know commands with which a script could write to the process's memory or send signals. Where scripts are
 * not trusted with that anyway, only those that concern the descriptor alone are passed on; others fail with EPERM.
 */
public final class DescriptorControl {

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
        return runtime.table().with(number, descriptor -> asDescriptor(descriptor).isInheritable());
    }

    public void setInheritable(int number, boolean inheritable) throws CallFailure, StackException {
        runtime.table().with(number, descriptor -> {
            asDescriptor(descriptor).setInheritable(inheritable);
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
        return runtime.table().with(number, descriptor -> asDescriptor(descriptor).status());
    }

    /** fcntl(2) with a number, or nothing, as its argument. A new descriptor is given by the number that scripts know it by. */
    public int fcntl(int number, int command, int argument) throws CallFailure, StackException {
        permit(DescriptorCommands.fcntl(command, argument));
        return runtime.table().with(
                number,
                descriptor -> command == F_DUPFD || command == F_DUPFD_CLOEXEC
                        ? duplicate(descriptor, command, argument)
                        : control(descriptor).fcntl(command, argument));
    }

    private int duplicate(Descriptor descriptor, int command, int lowest) throws StackException {
        DescriptorTable table = runtime.table();
        int processLowest = lowest < 0 ? lowest : Math.max(0, table.processNumber(lowest));
        descriptor.share();
        Endpoint made = DescriptorShortage.make(
                () -> asDescriptor(descriptor).duplicate(processLowest, command == F_DUPFD));
        return table.mayKeep(descriptor) ? table.addLoose(made).number() : table.number(made);
    }

    /** fcntl(2) with a struct as its argument, which it reads and writes. Waiting for a lock can be ended. */
    public int fcntl(int number, int command, byte[] argument) throws CallFailure, StackException {
        permit(DescriptorCommands.structFcntl(command));
        return switch (command) {
            case F_SETLKW -> lock(number, F_SETLK, argument);
            case F_OFD_SETLKW -> lock(number, F_OFD_SETLK, argument);
            default -> runtime.table().with(number, descriptor -> control(descriptor).fcntl(command, argument));
        };
    }

    private int lock(int number, int command, byte[] argument) throws CallFailure, StackException {
        return runtime.table().with(number, descriptor -> {
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
        return runtime.table().with(number, descriptor -> control(descriptor).ioctl(request, argument));
    }

    /** ioctl(2) with a struct as its argument, which it reads and writes. */
    public int ioctl(int number, long request, byte[] argument) throws CallFailure, StackException {
        permit(DescriptorCommands.structIoctl(request));
        return runtime.table().with(number, descriptor -> control(descriptor).ioctl(request, argument));
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
