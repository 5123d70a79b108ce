package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sockets of which the last one has something to read. They are held, as a number that no object holds is looked at
 * more closely at each use.
 */
final class ManySockets {

    private final List<PySocket> sockets = new ArrayList<>();
    private final int count;

    ManySockets(SocketRuntime runtime, int count) throws StackException {
        this.count = count;
        while (sockets.size() < count + 1) {
            sockets.addAll(runtime.openPair(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0));
        }
        // The two ends of a pair are neighbors.
        int last = count - 1;
        PySocket otherEnd = sockets.get(last % 2 == 0 ? last + 1 : last - 1);
        otherEnd.send((_, array, _) -> array[array.length - 1] = 1, 1, 0);
    }

    /** Their descriptor numbers. */
    int[] numbers() {
        return sockets.stream().limit(count).mapToInt(PySocket::fileno).toArray();
    }
}
