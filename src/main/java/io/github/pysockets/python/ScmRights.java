package io.github.pysockets.python;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Descriptors in ancillary data (SCM_RIGHTS, SCM_PIDFD): numbers in C ints on the script's side, endpoints on the
 * stack's. A message carries only descriptors that the script may use. Otherwise a script could send itself any file of
 * the process.
 */
final class ScmRights {
    private ScmRights() {}

    private static ByteBuffer numbers(byte[] data) {
        return ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
    }

    /** Makes received descriptors the interpreter's own, and replaces the endpoints with their numbers. */
    static void takeIn(DescriptorTable table, IncomingMessage message) {
        if (message.control().stream().allMatch(item -> item.endpoints().isEmpty())) {
            return;
        }
        table.lingering().expect();
        List<ControlMessage> control =
                message.control().stream().map(item -> takeIn(table, item)).toList();
        message.set(message.flags(), control, message.controlDamaged(), message.from());
    }

    private static ControlMessage takeIn(DescriptorTable table, ControlMessage item) {
        int size = item.endpoints().size() * Integer.BYTES;
        ByteBuffer numbers = numbers(new byte[size + item.data().length]);
        for (Endpoint received : item.endpoints()) {
            numbers.putInt(table.add(received, Holder.SCRIPT).number());
        }
        numbers.put(item.data());
        return new ControlMessage(item.level(), item.type(), numbers.array());
    }

    /** Closes received descriptors whose numbers the script will not see. */
    static void drop(DescriptorTable table, List<ControlMessage> takenIn) {
        for (ControlMessage item : takenIn) {
            if (ControlMessages.bringsDescriptors(item.level(), item.type())) {
                ByteBuffer numbers = numbers(item.data());
                while (numbers.remaining() >= Integer.BYTES) {
                    Descriptor received = table.find(numbers.getInt(), Scope.OWN);
                    if (received != null) {
                        received.closeSoon();
                    }
                }
            }
        }
    }

    /**
     * Sends, as {@link MessageEndpoint#sendMessage}. The descriptors in the message cannot be closed meanwhile.
     *
     * @return as there; {@link DescriptorTable#refusal} where the script may not use one of the descriptors; a code of
     *     {@link Trust} where it may not send what the message holds
     */
    static int send(DescriptorTable table, MessageEndpoint endpoint, OutgoingMessage message, int flags) {
        if (message.control().isEmpty()) {
            return endpoint.sendMessage(message, flags);
        }
        List<Descriptor> entered = new ArrayList<>();
        try {
            List<ControlMessage> control = new ArrayList<>();
            for (ControlMessage item : message.control()) {
                int refusal = Trust.refusal(table, ControlMessages.reach(item.level(), item.type()));
                if (refusal != 0) {
                    // The kernel's own error for a type that it does not know.
                    return refusal == Codes.NOT_KNOWN ? -Errno.EINVAL : refusal;
                }
                if (ControlMessages.takesDescriptors(item.level(), item.type())) {
                    int first = entered.size();
                    int failure = enter(table, item.data(), entered);
                    if (failure < 0) {
                        return failure;
                    }
                    control.add(passing(item, entered.subList(first, entered.size())));
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

    /** The kernel gets the remainder at the end, which is shorter than a number. */
    private static ControlMessage passing(ControlMessage item, List<Descriptor> passed) {
        byte[] rest = Arrays.copyOfRange(item.data(), passed.size() * Integer.BYTES, item.data().length);
        return new ControlMessage(
                item.level(),
                item.type(),
                rest,
                passed.stream().map(Descriptor::endpoint).toList());
    }

    /** Enters the descriptors that the script names. */
    private static int enter(DescriptorTable table, byte[] data, List<Descriptor> entered) {
        ByteBuffer numbers = numbers(data);
        while (numbers.remaining() >= Integer.BYTES) {
            Descriptor descriptor = table.find(numbers.getInt(), Scope.USABLE);
            if (descriptor == null) {
                return table.refusal();
            }
            if (!descriptor.enter()) {
                return -Errno.EBADF;
            }
            entered.add(descriptor);
            descriptor.sent();
        }
        return 0;
    }
}
