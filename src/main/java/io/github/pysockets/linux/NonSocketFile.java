package io.github.pysockets.linux;

import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.F_SETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;
import static io.github.pysockets.linux.Fields.BYTE;

import io.github.pysockets.abi.Errno;
import java.lang.foreign.MemorySegment;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * A descriptor that is not a socket: a pipe, a terminal, a file on a disk. Results are zero or more, or the negated
 * errno.
 *
 * <p>Calls wait only in blocking mode, so O_NONBLOCK is set for the duration of a call and then cleared. A poll(2)
 * before the call would not be enough: another reader may be faster. The flag belongs to the open file, which may have
 * several descriptors, and nothing shows which descriptors share it. So calls on one inode run one after the other.
 * This takes no long wait, as none of them waits. {@link BorrowedNonBlocking} can do better for sockets, which have a
 * number that identifies them. A file on a disk needs none of this: reading waits for the disk at most, in either mode.
 */
final class NonSocketFile {
    /** The most bytes that a pipe has room for, unless the system's administrator allows more. */
    private static final int MOST_ROOM = 1 << 20;

    private static final int LOCKS = 64;
    private static final Object[] ALL = new Object[LOCKS];

    static {
        for (int i = 0; i < LOCKS; i++) {
            ALL[i] = new Object();
        }
    }

    private NonSocketFile() {}

    /** read(2), without waiting. */
    static int read(int descriptor, byte[] into, int at, int count) {
        return withRoom(count, room -> {
            int result = withoutWaiting(descriptor, () -> FileCalls.read(descriptor, room));
            if (result > 0) {
                MemorySegment.copy(room, BYTE, 0, into, at, result);
            }
            return result;
        });
    }

    /** write(2), without waiting. The JVM ignores SIGPIPE. */
    static int write(int descriptor, byte[] from, int at, int count) {
        // What has no room for more is not given more: each attempt copies all that it is given.
        int most = count <= MOST_ROOM || Statx.isStored(status(descriptor)) ? count : MOST_ROOM;
        return withRoom(most, room -> {
            MemorySegment.copy(from, at, room, BYTE, 0, most);
            return withoutWaiting(descriptor, () -> FileCalls.write(descriptor, room));
        });
    }

    /** sendfile(2), without waiting. The kernel would fill a pipe from a socket or a terminal, and wait for that. */
    static int sendFile(int descriptor, int from, long offset, long count) {
        if (!Statx.isStored(status(from))) {
            int flags = DescriptorCalls.fcntl(from, F_GETFL, 0);
            return flags < 0 ? flags : -Errno.EINVAL;
        }
        return withoutWaiting(descriptor, () -> FileCalls.sendfile(descriptor, from, offset, count));
    }

    /** Whether it is a pipe: splice(2) has a flag that keeps it from waiting for one. */
    static boolean isPipe(int descriptor) {
        return Statx.isPipe(status(descriptor));
    }

    /** The flags of the open file, without an O_NONBLOCK that a call under way has borrowed. */
    static int flags(int descriptor) {
        synchronized (lock(status(descriptor))) {
            return DescriptorCalls.fcntl(descriptor, F_GETFL, 0);
        }
    }

    static int setFlags(int descriptor, int flags) {
        synchronized (lock(status(descriptor))) {
            return DescriptorCalls.fcntl(descriptor, F_SETFL, flags);
        }
    }

    static int setNonBlocking(int descriptor, boolean on) {
        synchronized (lock(status(descriptor))) {
            int flags = DescriptorCalls.fcntl(descriptor, F_GETFL, 0);
            if (flags < 0) {
                return flags;
            }
            return DescriptorCalls.fcntl(descriptor, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
        }
    }

    static int withRoom(int size, ToIntFunction<MemorySegment> call) {
        // Not the thread's Scratch, which other calls use before this one is over.
        try (Room room = Room.of(size)) {
            return call.applyAsInt(room.bytes());
        }
    }

    /** Makes a call, with O_NONBLOCK set meanwhile unless the file is on a disk. */
    static int withoutWaiting(int descriptor, IntSupplier call) {
        MemorySegment status = status(descriptor);
        if (Statx.isStored(status)) {
            return call.getAsInt();
        }
        synchronized (lock(status)) {
            int flags = DescriptorCalls.fcntl(descriptor, F_GETFL, 0);
            if (flags < 0 || (flags & O_NONBLOCK) != 0) {
                return flags < 0 ? flags : call.getAsInt();
            }
            int set = DescriptorCalls.fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
            if (set < 0) {
                return set;
            }
            try {
                return call.getAsInt();
            } finally {
                DescriptorCalls.fcntl(descriptor, F_SETFL, flags);
            }
        }
    }

    /** The status of the file; zeros, which mean no kind of file, if it is not open. */
    private static MemorySegment status(int descriptor) {
        MemorySegment status = Scratch.mine().room(Statx.SIZE);
        FileCalls.statx(descriptor, status);
        return status;
    }

    private static Object lock(MemorySegment status) {
        return ALL[(int) (Statx.inode(status) & LOCKS - 1)];
    }
}
