package io.github.pysockets.python;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.OutgoingMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors in ancillary data (SCM_RIGHTS, SCM_PIDFD): the script's numbers on its side, the process's on the stack's. A message takes out
 * only what the script may use, or a script could send itself any file of the process.
 */
final class ScmRights {
    private ScmRights() {}

    private static ByteBuffer numbers(byte[] data) {
        return ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
    }

    /** Makes received descriptors the interpreter's own, and their numbers the script's. */
    static void takeIn(DescriptorTable table, List<ControlMessage> received) {
        for (ControlMessage item : received) {
            if (ControlMessages.bringsDescriptors(item.level(), item.type())) {
                table.lingering().expect();
                ByteBuffer numbers = numbers(item.data());
                for (int at = 0; at + Integer.BYTES <= item.data().length; at += Integer.BYTES) {
                    numbers.putInt(at, table.addReceived(numbers.getInt(at)).number());
                }
            }
        }
    }

    /** Closes received descriptors that the script will not get to know. */
    static void drop(DescriptorTable table, List<ControlMessage> takenIn) {
        for (ControlMessage item : takenIn) {
            if (ControlMessages.bringsDescriptors(item.level(), item.type())) {
                ByteBuffer numbers = numbers(item.data());
                while (numbers.remaining() >= Integer.BYTES) {
                    Descriptor received = table.own(numbers.getInt());
                    if (received != null) {
                        received.closeSoon();
                    }
                }
            }
        }
    }

    /**
     * Sends, as {@link Endpoint#sendMessage}. None of the descriptors that go with the message is closed meanwhile.
     *
     * @return as there; {@link DescriptorTable#refusal} where the script may not use one of the descriptors; a code of {@link Trust} where
     *     it may not send what the message holds
     */
    static int send(DescriptorTable table, Endpoint endpoint, OutgoingMessage message, int flags) {
        if (message.control().isEmpty()) {
            return endpoint.sendMessage(message, flags);
        }
        List<Descriptor> entered = new ArrayList<>();
        try {
            List<ControlMessage> control = new ArrayList<>();
            for (ControlMessage item : message.control()) {
                int refusal = Trust.refusal(table, ControlMessages.reach(item.level(), item.type()));
                if (refusal != 0) {
                    // The kernel's own answer to a type that it does not know.
                    return refusal == Codes.NOT_KNOWN ? -Errno.EINVAL : refusal;
                }
                if (ControlMessages.takesDescriptors(item.level(), item.type())) {
                    byte[] data = item.data().clone();
                    int failure = translate(table, data, entered);
                    if (failure < 0) {
                        return failure;
                    }
                    control.add(new ControlMessage(item.level(), item.type(), data));
                } else {
                    control.add(item);
                }
            }
            return endpoint.sendMessage(
                    new OutgoingMessage(message.data(), message.at(), message.count(), control, message.to()), flags);
        } finally {
            entered.forEach(Descriptor::leave);
        }
    }

    /** Turns the script's numbers into the process's. What is left at the end, less than a number, is left to the kernel. */
    private static int translate(DescriptorTable table, byte[] data, List<Descriptor> entered) {
        ByteBuffer numbers = numbers(data);
        for (int at = 0; at + Integer.BYTES <= data.length; at += Integer.BYTES) {
            Descriptor descriptor = table.find(numbers.getInt(at));
            if (descriptor == null) {
                return table.refusal();
            }
            if (!descriptor.enter()) {
                return -Errno.EBADF;
            }
            entered.add(descriptor);
            descriptor.sent();
            numbers.putInt(at, descriptor.endpoint().descriptor());
        }
        return 0;
    }
}
