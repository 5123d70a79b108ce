package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SpawnRequest;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/** What Python's {@code os.posix_spawn} is asked for, as the stack takes it. */
public final class SpawnRequests {
    private static final int OPEN = 0;
    private static final int CLOSE = 1;
    private static final int DUPLICATE = 2;

    /** More than a script has use for, and few enough to be read at once. */
    private static final int MOST = 1 << 16;

    private static final int LONGEST_PATH = 4096;

    private SpawnRequests() {}

    /**
     * @param actions ((0, descriptor, path, flags, mode), (1, descriptor), (2, descriptor, to), ...)
     * @param attributes (flags, group, policy, priority)
     */
    public static SpawnRequest of(
            byte[] path,
            boolean isSearched,
            byte[] arguments,
            byte[] environment,
            TupleItems actions,
            TupleItems attributes,
            TupleItems blocked,
            TupleItems defaults)
            throws StackException {
        return new SpawnRequest(path, isSearched, arguments, environment, actions(actions), number(attributes, 0),
                number(attributes, 1), numbers(blocked), numbers(defaults), number(attributes, 2),
                number(attributes, 3));
    }

    private static List<SpawnRequest.Action> actions(TupleItems items) throws StackException {
        List<SpawnRequest.Action> actions = new ArrayList<>();
        for (int i = 0; i < size(items); i++) {
            TupleItems item = items.items(i);
            int descriptor = number(item, 1);
            actions.add(switch (number(item, 0)) {
                case OPEN ->
                    new SpawnRequest.Open(descriptor, item.bytes(2, LONGEST_PATH), number(item, 3), number(item, 4));
                case CLOSE -> new SpawnRequest.Close(descriptor);
                case DUPLICATE -> new SpawnRequest.Duplicate(descriptor, number(item, 2));
                default -> throw Refusal.WRONG_TYPE;
            });
        }
        return actions;
    }

    private static int[] numbers(TupleItems items) throws StackException {
        int[] numbers = new int[size(items)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(items, i);
        }
        return numbers;
    }

    private static int size(TupleItems items) throws StackException {
        if (items.size() > MOST) {
            throw new StackException(Errno.EINVAL);
        }
        return items.size();
    }

    private static int number(TupleItems items, int at) {
        long number = items.number(at);
        if (number != (int) number) {
            throw Refusal.WRONG_TYPE;
        }
        return (int) number;
    }
}
