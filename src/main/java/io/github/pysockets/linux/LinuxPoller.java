package io.github.pysockets.linux;

import static io.github.pysockets.abi.FileControl.F_DUPFD_CLOEXEC;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * ppoll(2) with an eventfd(2) as its last descriptor, by which {@link #wake} ends it. It is the last because the kernel
 * prepares to wait for one descriptor after the other until it finds one that is ready.
 *
 * <p>Waiting also works in a process that has no descriptor to spare. Without an eventfd a wait is split into slices,
 * and checks after each whether it was woken.
 */
final class LinuxPoller implements Poller {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int FIRST_CAPACITY = 8;
    private static final int LOWEST_NUMBER = 1024;

    private static final int NONE = -1;
    /** How late a wake may be noticed without an eventfd. */
    private static final long SLICE_NANOS = 10_000_000;
    private static final int SLICES_BETWEEN_TRIES = 100;

    /** {@link #NONE} until there is one. */
    private volatile int eventfd;
    /** Whether it was woken while there was no eventfd. */
    private volatile boolean isWoken;
    /** The time limit of a wait. After the wait, the eventfd's counter is read into it. */
    private final Room limit = Room.lasting(Timespec.SIZE);
    private final MemorySegment timeout = limit.take(Timespec.SIZE);
    private Room room = Room.lasting((long) FIRST_CAPACITY * Pollfd.SIZE);
    private MemorySegment descriptors = room.take(room.capacity());
    private volatile boolean isClosed;

    LinuxPoller() {
        eventfd = newEventfd();
    }

    /** An eventfd, or {@link #NONE} if it would take the process's last descriptor, which is left to the program. */
    private static int newEventfd() {
        int made = WaitCalls.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        return made < 0 ? NONE : aside(made);
    }

    /**
     * Moves a descriptor to a number that programs do not get to see. The lowest free number is often that of a file
     * just closed, and code that still uses it would find our eventfd there. Also, select(2) can only use low numbers.
     */
    private static int aside(int descriptor) {
        int moved = DescriptorCalls.fcntl(descriptor, F_DUPFD_CLOEXEC, LOWEST_NUMBER);
        if (moved < 0 && isAnotherLeft(descriptor)) {
            // The process may not be allowed so high a number.
            return descriptor;
        }
        DescriptorCalls.close(descriptor);
        return moved < 0 ? NONE : moved;
    }

    private static boolean isAnotherLeft(int descriptor) {
        int another = DescriptorCalls.fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (another < 0) {
            return false;
        }
        DescriptorCalls.close(another);
        return true;
    }

    /** Excludes {@link #wake}, so that no wake is lost between the two ways of waiting. */
    private synchronized void tryForEventfd() {
        if (eventfd == NONE && !isClosed) {
            eventfd = newEventfd();
            if (eventfd != NONE && isWoken) {
                isWoken = false;
                wake();
            }
        }
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        if (endpoint == null) {
            return await(0, nanos);
        }
        int descriptor = descriptor(endpoint);
        if (descriptor == NONE) {
            return POLLNVAL;
        }
        Pollfd.encode(descriptors, 0, descriptor, (short) events);
        int result = await(1, nanos);
        return result <= 0 ? result : Short.toUnsignedInt(Pollfd.ready(descriptors, 0));
    }

    /** {@link #NONE} for an endpoint of another stack. */
    private static int descriptor(Endpoint endpoint) {
        LinuxEndpoint own = endpoint.ability(LinuxEndpoint.class);
        return own == null ? NONE : own.descriptor();
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        if (descriptors.byteSize() < (count + 1L) * Pollfd.SIZE) {
            room = Room.lasting(Math.max((count + 1L) * Pollfd.SIZE, descriptors.byteSize() * 2));
            descriptors = room.take(room.capacity());
        }
        int strangers = 0;
        for (int i = 0; i < count; i++) {
            int descriptor = endpoints[i] == null ? NONE : descriptor(endpoints[i]);
            strangers += endpoints[i] != null && descriptor == NONE ? 1 : 0;
            Pollfd.encode(descriptors, i, descriptor, events[i]);
        }
        int result = await(count, strangers == 0 ? nanos : 0);
        for (int i = 0; i < count; i++) {
            ready[i] = Pollfd.ready(descriptors, i);
        }
        return result < 0 || strangers == 0 ? result : result + markStrangers(endpoints, ready, count);
    }

    private static int markStrangers(Endpoint[] endpoints, short[] ready, int count) {
        int marked = 0;
        for (int i = 0; i < count; i++) {
            if (endpoints[i] != null && descriptor(endpoints[i]) == NONE) {
                ready[i] = POLLNVAL;
                marked++;
            }
        }
        return marked;
    }

    /**
     * Waits for the first {@code count} descriptors and the eventfd.
     *
     * @return how many of the first {@code count} are ready, or a negated errno
     */
    private int await(int count, long nanos) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        // A check without waiting leaves a wake for the next wait.
        if (nanos == 0) {
            return call(count, 0);
        }
        if (eventfd == NONE) {
            tryForEventfd();
        }
        return eventfd == NONE ? awaitInSlices(count, nanos) : awaitWithEventfd(count, nanos);
    }

    private int awaitWithEventfd(int count, long nanos) {
        Pollfd.encode(descriptors, count, eventfd, (short) POLLIN);
        int result = call(count + 1, nanos);
        if (result > 0 && Pollfd.ready(descriptors, count) != 0) {
            takeWakes();
            result--;
        }
        return result;
    }

    private int awaitInSlices(int count, long nanos) {
        long end = System.nanoTime() + Math.max(0, nanos);
        for (int slice = 1;; slice++) {
            // Read before the poll: a later wake is for the next slice.
            boolean isLast = isWoken;
            if (isLast) {
                isWoken = false;
            }
            long left = nanos < 0 ? SLICE_NANOS : Math.max(0, end - System.nanoTime());
            int result = call(count, isLast ? 0 : Math.min(left, SLICE_NANOS));
            if (result != 0 || isLast || left == 0 || isClosed) {
                return result;
            }
            if (slice % SLICES_BETWEEN_TRIES == 0) {
                tryForEventfd();
                if (eventfd != NONE) {
                    return awaitWithEventfd(count, nanos < 0 ? nanos : Math.max(1, end - System.nanoTime()));
                }
            }
        }
    }

    /** ppoll(2) of the first {@code count}. Returns how many are ready, 0 also after a signal, or a negated errno. */
    private int call(int count, long nanos) {
        if (nanos >= 0) {
            Timespec.encode(timeout, nanos);
        }
        int result;
        try {
            result = WaitCalls.ppoll(
                    descriptors.asSlice(0, (long) count * Pollfd.SIZE), nanos >= 0 ? timeout : null);
            if (Room.GUARDED) {
                room.check();
                limit.check();
            }
        } finally {
            // The call got bare addresses.
            Reference.reachabilityFence(this);
        }
        return result == -Errno.EINTR ? 0 : result;
    }

    private void takeWakes() {
        try {
            FileCalls.read(eventfd, timeout.asSlice(0, Long.BYTES));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Excludes {@link #close}: after it, the number of the eventfd may be another file's. */
    @Override
    public synchronized void wake() {
        if (isClosed) {
            return;
        }
        if (eventfd == NONE) {
            isWoken = true;
            return;
        }
        MemorySegment one = Scratch.mine().room(Long.BYTES);
        one.set(Fields.HOST_LONG, 0, 1);
        FileCalls.write(eventfd, one);
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            if (eventfd != NONE) {
                DescriptorCalls.close(eventfd);
            }
        }
    }
}
