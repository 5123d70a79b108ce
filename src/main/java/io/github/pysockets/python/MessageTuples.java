package io.github.pysockets.python;

import static io.github.pysockets.abi.Errno.ENOBUFS;

import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/** Converts messages with ancillary data between Java and Python. */
public final class MessageTuples {
    /** More ancillary items than any kernel accepts in one message. */
    private static final int MOST_ITEMS = 1 << 16;

    private MessageTuples() {}

    /** A tuple (count, ((level, type, data), ...), flags, address, damaged). */
    public static Object toPython(Values values, AddressTuples addresses, int count, IncomingMessage message) {
        Object[] control = message.control().stream()
                .map(item -> values.tuple(item.level(), item.type(), values.bytes(item.data())))
                .toArray();
        return values.tuple(
                count,
                values.tuple(control),
                message.flags(),
                addresses.toPython(message.from()),
                message.controlDamaged());
    }

    /** @param items ((level, type, data), ...) */
    public static List<ControlMessage> control(TupleItems items) throws StackException {
        if (items.size() > MOST_ITEMS) {
            throw new StackException(ENOBUFS);
        }
        List<ControlMessage> control = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            TupleItems item = items.items(i);
            control.add(new ControlMessage(number(item, 0), number(item, 1), item.bytes(2, Integer.MAX_VALUE)));
        }
        return control;
    }

    /** An int of at most 32 bits. */
    private static int number(TupleItems item, int at) {
        long number = item.number(at);
        if (number != (int) number) {
            throw Refusal.WRONG_TYPE;
        }
        return (int) number;
    }
}
