package io.github.pysockets.posix;

import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * ppoll(2), with an eventfd(2) as its last descriptor by which {@link #wake} ends it. Last, because the kernel gets
 * ready to wait for one descriptor after the other until it finds one that is ready.
 */
final class PosixPoller implements Poller {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;
    private static final int FIRST_CAPACITY = 8;
    private static final int LOWEST_NUMBER = 1024;

    private final int eventfd;
    /** The time limit of a wait; after it, where the eventfd's counter is read to. */
    private final MemorySegment timeout = Arena.ofAuto().allocate(Timespec.SIZE, Long.BYTES);
    private MemorySegment descriptors = room(FIRST_CAPACITY);
    private volatile boolean isClosed;

    PosixPoller() throws StackException {
        eventfd = aside(Failures.check(WaitCalls.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)));
    }

    /**
     * Moves a descriptor out of the numbers that programs get to see: the lowest free one is often that of a file just closed, and who
     * still used that number would find our eventfd there. select(2) can do with low numbers only, besides.
     */
    private static int aside(int descriptor) {
        int moved = DescriptorCalls.fcntl(descriptor, DescriptorCalls.F_DUPFD_CLOEXEC, LOWEST_NUMBER);
        if (moved < 0) {
            // The process may have no number so high.
            return descriptor;
        }
        DescriptorCalls.close(descriptor);
        return moved;
    }

    @Override
    public int poll(int descriptor, int events, long nanos) {
        PollDescriptor.encode(descriptors, 0, descriptor, (short) events);
        int result = await(1, nanos);
        return result <= 0 ? result : Short.toUnsignedInt(PollDescriptor.ready(descriptors, 0));
    }

    @Override
    public int poll(int[] newDescriptors, short[] events, short[] ready, int count, long nanos) {
        if (descriptors.byteSize() < (count + 1L) * PollDescriptor.SIZE) {
            descriptors = room(Math.max(count + 1L, descriptors.byteSize() / PollDescriptor.SIZE * 2));
        }
        for (int i = 0; i < count; i++) {
            PollDescriptor.encode(descriptors, i, newDescriptors[i], events[i]);
        }
        int result = await(count, nanos);
        for (int i = 0; i < count; i++) {
            ready[i] = PollDescriptor.ready(descriptors, i);
        }
        return result;
    }

    /**
     * Waits for the first {@code count} descriptors and the eventfd.
     *
     * @return how many of those are ready, or a negated errno
     */
    private int await(int count, long nanos) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        // A look is no wait, so it leaves a wake for the wait that follows.
        boolean isWait = nanos != 0;
        if (isWait) {
            PollDescriptor.encode(descriptors, count, eventfd, POLLIN);
        }
        long limit = 0;
        if (nanos >= 0) {
            Timespec.encode(timeout, nanos);
            limit = timeout.address();
        }
        int result;
        try {
            result = WaitCalls.ppoll(descriptors.address(), isWait ? count + 1 : count, limit);
        } finally {
            // The call got bare addresses.
            Reference.reachabilityFence(this);
        }
        if (result > 0 && isWait && PollDescriptor.ready(descriptors, count) != 0) {
            takeWakes();
            result--;
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

    /** Excludes {@link #close}: once it is closed, the number of the eventfd may be another file's. */
    @Override
    public synchronized void wake() {
        if (isClosed) {
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
            DescriptorCalls.close(eventfd);
        }
    }

    private static MemorySegment room(long capacity) {
        return Arena.ofAuto().allocate(capacity * PollDescriptor.SIZE, Long.BYTES);
    }
}
