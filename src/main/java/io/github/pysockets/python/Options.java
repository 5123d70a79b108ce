package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.SocketOption;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Socket options as a script sees them: only those that it may use, with descriptors among the values as its own. */
final class Options {
    private Options() {}

    static int get(DescriptorTable table, Endpoint endpoint, int level, int name) throws CallFailure, StackException {
        SocketOption option = SocketOptions.read(level, name);
        Trust.require(table, option.reach());
        return isDescriptor(option) ? receive(table, endpoint, level, name) : endpoint.getOption(level, name);
    }

    /** Fills {@code value} and returns how many bytes were set. */
    static int get(DescriptorTable table, Endpoint endpoint, int level, int name, byte[] value)
            throws CallFailure, StackException {
        SocketOption option = SocketOptions.read(level, name);
        Trust.require(table, option.reach());
        if (!isDescriptor(option)) {
            return endpoint.getOption(level, name, value);
        }
        if (value.length < Integer.BYTES) {
            throw new StackException(Errno.EINVAL);
        }
        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).putInt(receive(table, endpoint, level, name));
        return Integer.BYTES;
    }

    /** Returns the script's number for a descriptor that is the value of an option. */
    private static int receive(DescriptorTable table, Endpoint endpoint, int level, int name) throws StackException {
        DescriptorEndpoint owner = endpoint.require(DescriptorEndpoint.class);
        return table.add(owner.getDescriptorOption(level, name), Holder.SCRIPT).number();
    }

    private static boolean isDescriptor(SocketOption option) {
        return option.form() == SocketOption.Form.DESCRIPTOR;
    }

    /** Throws where the script may not set the option. */
    static void requireSettable(DescriptorTable table, int level, int name) throws CallFailure {
        if (!table.isTrusted()) {
            Trust.require(table, SocketOptions.set(level, name).reach());
        }
    }
}
