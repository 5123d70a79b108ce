package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.PollEvents.POLLRDBAND;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRBAND;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.atomic.AtomicReference;

/** select(2), built on poll(2) as in the kernel. Thread-safe. */
public final class Select {
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXCEPT = 4;

    /** The numbers that fit into the C library's fd_set. A script that relies on the error gets it. */
    private static final int FD_SETSIZE = 1024;

    /** Three lists of the longest length that select(2) allows. */
    private static final int MOST = 3 * FD_SETSIZE;

    private static final int READ_EVENTS = POLLIN | POLLRDNORM | POLLRDBAND;
    private static final int WRITE_EVENTS = POLLOUT | POLLWRNORM | POLLWRBAND;
    private static final int EXCEPT_EVENTS = POLLPRI;

    private final SocketRuntime runtime;
    private final AtomicReference<PollEntries> spare = new AtomicReference<>();

    public Select(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Waits until one of {@code count} descriptors is ready.
     *
     * @param numbers the script's numbers
     * @param wanted for each, a sum of {@link #READ}, {@link #WRITE} and {@link #EXCEPT}
     * @param ready receives the same kind of sum for each
     * @param nanos longest wait in nanoseconds; negative for no limit
     * @return how many are ready, or one of {@link Codes}: EBADF where one is not open, not this interpreter's, or
     *     closed meanwhile
     */
    public int select(int[] numbers, byte[] wanted, byte[] ready, int count, long nanos) {
        PollEntries entries = spare.getAndSet(null);
        if (entries == null) {
            entries = new PollEntries();
        }
        try {
            int failure = fill(entries, numbers, wanted, count);
            if (failure < 0) {
                return failure;
            }
            entries.enter();
            return await(entries, wanted, ready, Deadline.in(runtime.waiting().clock(), nanos));
        } finally {
            entries.leave();
            spare.set(entries);
        }
    }

    /**
     * select(2) in Python's form.
     *
     * @param numbers the first {@code readers} wait to read, the next {@code writers} to write, the others for
     *     exceptional conditions
     * @return 0 for none; or a tuple: how many are ready to read, how many to write, and then the indexes in
     *     {@code numbers} of all that are ready, ascending; or one of {@link Codes}
     * @throws StackException EINVAL where there are more numbers than select(2) allows, or fewer than were announced
     */
    public Object select(int[] numbers, int readers, int writers, long nanos, Values values) throws StackException {
        int count = numbers.length;
        if (count > MOST || readers < 0 || readers > count || writers < 0 || writers > count - readers) {
            throw new StackException(Errno.EINVAL);
        }
        byte[] kinds = new byte[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = (byte) (i < readers ? READ : i < readers + writers ? WRITE : EXCEPT);
        }
        byte[] ready = new byte[count];
        int found = select(numbers, kinds, ready, count, nanos);
        return found <= 0 ? found : values.tuple(places(ready, found, readers, writers));
    }

    private static Object[] places(byte[] ready, int found, int readers, int writers) {
        Object[] places = new Object[2 + found];
        int next = 2;
        int readable = 0;
        int writable = 0;
        for (int i = 0; i < ready.length; i++) {
            if (ready[i] != 0) {
                places[next++] = i;
                readable += i < readers ? 1 : 0;
                writable += i >= readers && i < readers + writers ? 1 : 0;
            }
        }
        places[0] = readable;
        places[1] = writable;
        return places;
    }

    private int fill(PollEntries entries, int[] numbers, byte[] wanted, int count) {
        for (int i = 0; i < count; i++) {
            if (runtime.table().selectNumber(numbers[i]) >= FD_SETSIZE) {
                return Codes.OUT_OF_RANGE;
            }
            Descriptor descriptor = runtime.table().find(numbers[i], Scope.USABLE);
            if (descriptor == null) {
                return runtime.table().refusal();
            }
            entries.add(descriptor, events(wanted[i]));
        }
        return 0;
    }

    private int await(PollEntries entries, byte[] wanted, byte[] ready, Deadline deadline) {
        for (;;) {
            int found = runtime.waiting().any(entries, deadline);
            if (found <= 0) {
                return found;
            }
            int count = 0;
            for (int i = 0; i < entries.count(); i++) {
                int events = entries.ready(i);
                if ((events & POLLNVAL) != 0) {
                    return -Errno.EBADF;
                }
                ready[i] = (byte) (kinds(events) & wanted[i]);
                if (ready[i] != 0) {
                    count++;
                } else if (events != 0) {
                    // poll(2) reports errors and hang-ups even if not asked, and they persist. It would report this one
                    // at once, again and again.
                    entries.pass(i);
                }
            }
            if (count > 0) {
                return count;
            }
        }
    }

    private static int events(int kinds) {
        return ((kinds & READ) != 0 ? READ_EVENTS : 0)
                | ((kinds & WRITE) != 0 ? WRITE_EVENTS : 0)
                | ((kinds & EXCEPT) != 0 ? EXCEPT_EVENTS : 0);
    }

    private static int kinds(int events) {
        return ((events & (READ_EVENTS | POLLHUP | POLLERR)) != 0 ? READ : 0)
                | ((events & (WRITE_EVENTS | POLLERR)) != 0 ? WRITE : 0)
                | ((events & EXCEPT_EVENTS) != 0 ? EXCEPT : 0);
    }
}
