package io.github.pysockets.posix;

import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** ppoll(2), with an eventfd(2) as its first descriptor by which {@link #wake} ends it. */
final class PosixPoller implements Poller {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;
    private static final int FIRST_CAPACITY = 8;

    private final int eventfd;
    /** The time limit of a wait; after it, where the eventfd's counter is read to. */
    private final MemorySegment timeout = Arena.ofAuto().allocate(Timespec.SIZE, Long.BYTES);
    private MemorySegment descriptors = room(FIRST_CAPACITY);
    private volatile boolean isClosed;

    PosixPoller() throws StackException {
        eventfd = Failures.check(WaitCalls.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    }

    @Override
    public int poll(int descriptor, int events, long nanos) {
        PollDescriptor.encode(descriptors, 1, descriptor, (short) events);
        int result = await(1, nanos);
        return result <= 0 ? result : Short.toUnsignedInt(PollDescriptor.ready(descriptors, 1));
    }

    @Override
    public int poll(int[] newDescriptors, short[] events, short[] ready, int count, long nanos) {
        if (descriptors.byteSize() < (count + 1L) * PollDescriptor.SIZE) {
            descriptors = room(Math.max(count + 1L, descriptors.byteSize() / PollDescriptor.SIZE * 2));
        }
        for (int i = 0; i < count; i++) {
            PollDescriptor.encode(descriptors, i + 1, newDescriptors[i], events[i]);
        }
        int result = await(count, nanos);
        for (int i = 0; i < count; i++) {
            ready[i] = PollDescriptor.ready(descriptors, i + 1);
        }
        return result;
    }

    /**
     * Waits for the eventfd and the {@code count} descriptors after it.
     *
     * @return how many of those are ready, or a negated errno
     */
    private int await(int count, long nanos) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        // A look is no wait, so it leaves a wake for the wait that follows.
        PollDescriptor.encode(descriptors, 0, nanos == 0 ? -1 : eventfd, POLLIN);
        long limit = 0;
        if (nanos >= 0) {
            Timespec.encode(timeout, nanos);
            limit = timeout.address();
        }
        int result;
        try {
            result = WaitCalls.ppoll(descriptors.address(), count + 1, limit);
        } finally {
            // The call got bare addresses.
            Reference.reachabilityFence(this);
        }
        if (result > 0 && PollDescriptor.ready(descriptors, 0) != 0) {
            takeWakes();
            result--;
        }
        return result == -Errno.EINTR ? 0 : result;
    }

    private void takeWakes() {
        try {
            WaitCalls.read(eventfd, timeout.address(), Long.BYTES);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Excludes {@link #close}: once it is closed, the number of the eventfd may be another file's. */
    @Override
    public synchronized void wake() {
        if (isClosed) {
            return;
        }
        MemorySegment one = Scratch.mine().room(Long.BYTES);
        one.set(Fields.HOST_LONG, 0, 1);
        WaitCalls.write(eventfd, one.address(), Long.BYTES);
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            DescriptorCalls.close(eventfd);
        }
    }

    private static MemorySegment room(long capacity) {
        return Arena.ofAuto().allocate(capacity * PollDescriptor.SIZE, Long.BYTES);
    }
}
