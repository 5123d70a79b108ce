package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.StackClock;
import io.github.pysockets.stack.StackException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What an event loop of an interpreter waits for: descriptors, streams whose bytes it reads by itself, and timers. The
 * interpreter calls {@link #round} again and again, and runs what is ready.
 *
 * <p>Int results are zero or more, or one of {@link Codes}. Thread-safe, but only one thread may be in {@link #round}
 * at a time. The wait ends as every wait of the interpreter does; a close of this loop ends it too.
 */
public final class EventLoop {
    /** What a descriptor is waited for, the numbers of Python's {@code selectors}. */
    public static final int READ = 1;

    public static final int WRITE = 2;

    /** A later timer is looked at again after this time. */
    private static final double LONGEST_WAIT_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StackClock clock;
    private final WaitSet waitSet;
    private final Map<Integer, Source> sources = new ConcurrentHashMap<>();
    private final LoopTimers timers = new LoopTimers();
    private final ReadyEvents found = new ReadyEvents();
    private final LoopRound round;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    private record Source(LoopSource source, Object owner) {}

    /**
     * @param buffer receives the bytes of the streams that are ready in one round; the next round overwrites it
     * @throws StackException as epoll_create1(2) failed; EINVAL where the buffer has no room
     */
    public EventLoop(SocketRuntime runtime, byte[] buffer) throws StackException {
        if (buffer.length == 0) {
            throw new StackException(Errno.EINVAL);
        }
        clock = runtime.clock();
        boolean hasEpoll = runtime.stack().ability(EpollStack.class) != null;
        waitSet = hasEpoll ? new EpollWaitSet(runtime) : new PollWaitSet(runtime);
        round = new LoopRound(buffer);
    }

    private static int events(int interest) {
        return ((interest & READ) != 0 ? POLLIN : 0) | ((interest & WRITE) != 0 ? POLLOUT : 0);
    }

    /** Waits for a descriptor from now on, until it is ready for something of {@code interest}. */
    public int add(int number, int interest) {
        sources.remove(number);
        return closed ? -Errno.EBADF : waitSet.add(number, events(interest));
    }

    /** @param keepsStream whether a stream is still read by {@link #round} */
    public int modify(int number, int interest, boolean keepsStream) {
        if (!keepsStream || (interest & READ) == 0) {
            sources.remove(number);
        }
        return closed ? -Errno.EBADF : waitSet.modify(number, events(interest));
    }

    public int remove(int number) {
        sources.remove(number);
        return closed ? -Errno.EBADF : waitSet.remove(number);
    }

    /** Makes {@link #round} read a stream that is waited for, and give its bytes in place of the event. */
    public int read(PySocket stream, Object owner) {
        return read(stream, new LoopStream(stream), owner);
    }

    /** As {@link #read(PySocket, Object)}, for a TLS connection. */
    public int read(LoopTls tls, Object owner) {
        return read(tls.socket(), tls, owner);
    }

    /** As {@link #read(PySocket, Object)}, for a socket that receives datagrams. */
    public int readDatagrams(PySocket socket, AddressTuples addresses, Object owner) {
        return read(socket, new LoopDatagrams(socket, addresses), owner);
    }

    private int read(PySocket socket, LoopSource source, Object owner) {
        int number = socket.fileno();
        if (number < 0 || closed) {
            return -Errno.EBADF;
        }
        sources.put(number, new Source(source, owner));
        return 0;
    }

    /** Makes {@link #round} give the event again. */
    public void readNoMore(int number) {
        sources.remove(number);
    }

    /** @param when in seconds of the loop's clock */
    public LoopTimer timer(double when, Object owner) throws StackException {
        if (closed) {
            throw new StackException(Errno.EBADF);
        }
        return timers.add(when, owner);
    }

    public void cancel(LoopTimer timer) {
        timers.cancel(timer);
    }

    /**
     * Waits until something is ready or due, and reads from the streams that are ready.
     *
     * @param now seconds of the loop's clock; not a number where the caller knows of no timer
     * @param resolution a timer that is at most so many seconds later is due
     * @param waits false to look at what is ready already
     * @return as {@link LoopRound#toPython}; 0 for nothing, or where there is a timer and no time; 1 for nothing where
     *     there is no timer either; or one of {@link Codes}
     */
    public Object round(double now, double resolution, boolean waits, Values values) {
        if (!busy.compareAndSet(false, true)) {
            return Codes.CONCURRENT_POLL;
        }
        try {
            if (closed) {
                return -Errno.EBADF;
            }
            if (Double.isNaN(now) && timers.count() > 0) {
                return 0;
            }
            round.begin();
            long began = clock.nanoTime();
            int count = waitSet.await(waits ? limit(now) : 0, found);
            if (count < 0) {
                return count;
            }
            for (int i = 0; i < found.count(); i++) {
                sort(found.numbers()[i], found.events()[i]);
            }
            timers.takeDue(now + (clock.nanoTime() - began) / NANOS + resolution, round::addTimer);
            return round.isEmpty() ? timers.count() > 0 ? 0 : 1 : round.toPython(values);
        } finally {
            busy.set(false);
        }
    }

    /** The nanoseconds until the first timer; negative where there is none. */
    private long limit(double now) {
        double first = timers.first();
        if (first == Double.POSITIVE_INFINITY) {
            return -1;
        }
        return (long) (Math.clamp(first - now, 0, LONGEST_WAIT_SECONDS) * NANOS);
    }

    private void sort(int number, int events) {
        // An error or a hang-up makes both directions ready.
        int interest = ((events & ~POLLOUT) != 0 ? READ : 0) | ((events & ~POLLIN) != 0 ? WRITE : 0);
        Source source = sources.get(number);
        if (source != null && (interest & READ) != 0) {
            source.source.read(round, source.owner);
            interest &= ~READ;
        }
        if (interest != 0) {
            round.addEvent(number, interest);
        }
    }

    /** Forgets all. A thread that waits ends with EBADF. */
    public void close() throws CallFailure, StackException {
        closed = true;
        sources.clear();
        timers.clear();
        waitSet.close();
    }
}
