package io.github.pysockets.python;

import io.github.pysockets.abi.SocketOption;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Socket options as a script gets at them: those that it may use, and descriptors among them as its own. */
final class Options {
    private Options() {}

    static int get(DescriptorTable table, Endpoint endpoint, int level, int name) throws CallFailure, StackException {
        SocketOption option = SocketOptions.read(level, name);
        Trust.require(table, option.reach());
        int value = endpoint.getOption(level, name);
        return isDescriptor(option) ? table.addReceived(value).number() : value;
    }

    /** Sets {@code value}, and gives how many bytes of it. */
    static int get(DescriptorTable table, Endpoint endpoint, int level, int name, byte[] value)
            throws CallFailure, StackException {
        SocketOption option = SocketOptions.read(level, name);
        Trust.require(table, option.reach());
        int length = endpoint.getOption(level, name, value);
        if (isDescriptor(option) && length >= Integer.BYTES) {
            ByteBuffer numbers = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
            numbers.putInt(0, table.addReceived(numbers.getInt(0)).number());
        }
        return length;
    }

    private static boolean isDescriptor(SocketOption option) {
        return option.form() == SocketOption.Form.DESCRIPTOR;
    }

    /** Whether the script may set the option. */
    static void requireSettable(DescriptorTable table, int level, int name) throws CallFailure {
        if (!table.isTrusted()) {
            Trust.require(table, SocketOptions.set(level, name).reach());
        }
    }
}
