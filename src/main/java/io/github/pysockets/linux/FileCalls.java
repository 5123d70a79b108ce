package io.github.pysockets.linux;

import io.github.pysockets.abi.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Reads and writes files and pipes. Results are the number of bytes moved, or the negated errno. */
final class FileCalls {
    private static final MethodHandle READ = Libc.function("read");
    private static final MethodHandle WRITE = Libc.function("write");

    private FileCalls() {}

    static int read(int descriptor, MemorySegment into) {
        int result;
        do {
            result = Libc.call(READ, descriptor, into.address(), into.byteSize());
        } while (result == -Errno.EINTR);
        return result;
    }

    static int write(int descriptor, MemorySegment from) {
        int result;
        do {
            result = Libc.call(WRITE, descriptor, from.address(), from.byteSize());
        } while (result == -Errno.EINTR);
        return result;
    }

    /** @param offset where in the file to begin; -1 for the file's own position, which then moves */
    static int sendfile(int to, int from, long offset, long count) {
        MemorySegment start = Scratch.mine().room(Long.BYTES);
        start.set(Fields.HOST_LONG, 0, offset);
        long startPointer = offset == -1 ? 0 : start.address();
        int result;
        do {
            // It is interrupted only before the first byte. The kernel moves less than 2^31 bytes at a time.
            result = Libc.call(Sending.SENDFILE, to, from, startPointer, count);
        } while (result == -Errno.EINTR);
        return result;
    }

    /**
     * statx(2) of a descriptor. glibc has had the call since 2.28.
     *
     * @param room of {@link Statx#SIZE} bytes or more
     */
    static int statx(int descriptor, MemorySegment room) {
        MemorySegment into = room.asSlice(0, Statx.SIZE);
        into.set(Fields.BYTE, 0, (byte) 0);
        // The path is an empty string: the memory for the answer, which is still zeroed.
        return Libc.call(
                Status.STATX, descriptor, into.address(), Statx.AT_EMPTY_PATH, Statx.BASIC, into.address());
    }

    private static final class Sending {
        static final MethodHandle SENDFILE = Libc.function("sendfile");
    }

    private static final class Status {
        static final MethodHandle STATX = Libc.function("statx");
    }
}
