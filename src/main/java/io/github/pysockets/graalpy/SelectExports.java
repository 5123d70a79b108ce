package io.github.pysockets.graalpy;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.PollSet;
import io.github.pysockets.python.PyEpoll;
import io.github.pysockets.python.ReadyEvents;
import io.github.pysockets.python.Select;
import io.github.pysockets.python.SocketRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side that wait for several descriptors. Results are as {@link HostExports} says. Timeouts are
 * nanoseconds, negative for none. Bit masks are longs, because Python's are unsigned.
 */
public final class SelectExports {
    /** More descriptors than a process has ready at once. Limits what a script can ask for. */
    private static final int MOST_AT_ONCE = 1 << 16;

    private final SocketRuntime runtime;
    private final PythonValues values;
    private final Select select;
    private final AtomicReference<ReadyEvents> spare = new AtomicReference<>();

    SelectExports(SocketRuntime runtime, PythonValues values) {
        this.runtime = runtime;
        this.values = values;
        select = new Select(runtime);
    }

    /**
     * select(2) for one descriptor, the most common case.
     *
     * @param kind {@link Select#READ}, {@link Select#WRITE} or {@link Select#EXCEPT}
     * @return 1 if it is ready, otherwise 0
     */
    @HostAccess.Export
    public int selectOne(int number, int kind, long nanos) {
        try {
            return select.select(new int[] {number}, new byte[] {(byte) kind}, new byte[1], 1, nanos);
        } catch (Throwable failure) {
            return ResultCodes.code(failure);
        }
    }

    /**
     * select(2).
     *
     * @param numbers a buffer of ints: the first {@code readers} wait to read, the next {@code writers} to write, the
     *     others for exceptional conditions
     * @return 0 for none, or a tuple: how many are ready to read, how many to write, and then the indexes in
     *     {@code numbers} of all that are ready, ascending
     */
    @HostAccess.Export
    public Object select(Value numbers, int readers, int writers, long nanos) {
        return ResultCodes.value(() -> select.select(ints(numbers), readers, writers, nanos, values));
    }

    private static int[] ints(Value buffer) {
        byte[] bytes = PythonValues.toBytes(buffer);
        int[] ints = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer().get(ints);
        return ints;
    }

    // poll(2)

    @HostAccess.Export
    public Object pollSet() {
        return ResultCodes.value(() -> new PollSet(runtime));
    }

    @HostAccess.Export
    public int pollRegister(PollSet set, int number, int events) {
        return ResultCodes.action(set, it -> it.register(number, events));
    }

    /** 1, or 0 where the number is not registered. */
    @HostAccess.Export
    public int pollModify(PollSet set, int number, int events) {
        return ResultCodes.number(set, it -> it.modify(number, events) ? 1 : 0);
    }

    /** 1, or 0 where the number is not registered. */
    @HostAccess.Export
    public int pollUnregister(PollSet set, int number) {
        return ResultCodes.number(set, it -> it.unregister(number) ? 1 : 0);
    }

    /** What is ready, as {@link ReadyEvents#toPython} returns it. */
    @HostAccess.Export
    public Object poll(PollSet set, long nanos) {
        try {
            ReadyEvents found = take();
            found.prepare(0);
            int result = set.poll(nanos, found);
            Object told = result < 0 ? result : found.toPython(values);
            spare.set(found);
            return told;
        } catch (Throwable failure) {
            return ResultCodes.code(failure, set);
        }
    }

    // epoll(7)

    @HostAccess.Export
    public Object epoll(int flags) {
        return ResultCodes.value(() -> runtime.openEpoll(flags));
    }

    /** An epoll object for a descriptor number. */
    @HostAccess.Export
    public Object epollAdopt(int number) {
        return ResultCodes.value(() -> runtime.adoptEpoll(number));
    }

    @HostAccess.Export
    public int epollFileno(PyEpoll epoll) {
        return ResultCodes.number(epoll, PyEpoll::fileno);
    }

    @HostAccess.Export
    public int epollClose(PyEpoll epoll) {
        return ResultCodes.action(epoll, PyEpoll::close);
    }

    @HostAccess.Export
    public int epollRegister(PyEpoll epoll, int number, long events) {
        return ResultCodes.number(epoll, it -> it.control(EPOLL_CTL_ADD, number, (int) events));
    }

    @HostAccess.Export
    public int epollModify(PyEpoll epoll, int number, long events) {
        return ResultCodes.number(epoll, it -> it.control(EPOLL_CTL_MOD, number, (int) events));
    }

    @HostAccess.Export
    public int epollUnregister(PyEpoll epoll, int number) {
        return ResultCodes.number(epoll, it -> it.control(EPOLL_CTL_DEL, number, 0));
    }

    /** What is ready, as {@link ReadyEvents#toPython} returns it. */
    @HostAccess.Export
    public Object epollPoll(PyEpoll epoll, long nanos, int most) {
        try {
            if (most <= 0) {
                return -Errno.EINVAL;
            }
            int capacity = Math.min(most, MOST_AT_ONCE);
            ReadyEvents found = take();
            found.prepare(capacity);
            int result = epoll.poll(nanos, found.numbers(), found.events(), capacity);
            found.setCount(Math.max(0, result));
            Object told = result < 0 ? result : found.toPython(values);
            spare.set(found);
            return told;
        } catch (Throwable failure) {
            return ResultCodes.code(failure, epoll);
        }
    }

    private ReadyEvents take() {
        ReadyEvents found = spare.getAndSet(null);
        return found == null ? new ReadyEvents() : found;
    }
}
