package io.github.pysockets.linux;

import io.github.pysockets.abi.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.IntSupplier;

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

    /** pread(2). */
    static int pread(int descriptor, MemorySegment into, long position) {
        return repeated(() -> Libc.call(Positioned.PREAD, descriptor, into.address(), into.byteSize(), position));
    }

    /** pwrite(2). */
    static int pwrite(int descriptor, MemorySegment from, long position) {
        return repeated(() -> Libc.call(Positioned.PWRITE, descriptor, from.address(), from.byteSize(), position));
    }

    /** preadv2(2) with one buffer. */
    static int preadv2(int descriptor, MemorySegment into, long position, int flags) {
        return vectored(Vectored.PREADV2, descriptor, into, position, flags);
    }

    /** pwritev2(2) with one buffer. */
    static int pwritev2(int descriptor, MemorySegment from, long position, int flags) {
        return vectored(Vectored.PWRITEV2, descriptor, from, position, flags);
    }

    private static int vectored(MethodHandle function, int descriptor, MemorySegment data, long position, int flags) {
        try (Room vector = Room.of(2 * Long.BYTES)) {
            vector.bytes().set(Fields.HOST_LONG, 0, data.address());
            vector.bytes().set(Fields.HOST_LONG, Long.BYTES, data.byteSize());
            return repeated(() -> Libc.call(function, descriptor, vector.bytes().address(), 1, position, flags));
        }
    }

    /** splice(2). @param offset where in a file to begin; -1 for its own position, which then moves */
    static int splice(int from, long offset, int to, long toOffset, long count, int flags) {
        return between(Copying.SPLICE, from, offset, to, toOffset, count, flags);
    }

    /** copy_file_range(2). @param offset as for {@link #splice} */
    static int copyRange(int from, long offset, int to, long toOffset, long count) {
        return between(Copying.COPY_FILE_RANGE, from, offset, to, toOffset, count, 0);
    }

    /** The kernel moves less than 2^31 bytes at a time. */
    private static int between(
            MethodHandle function, int from, long offset, int to, long toOffset, long count, int flags) {
        try (Room offsets = Room.of(2 * Long.BYTES)) {
            offsets.bytes().set(Fields.HOST_LONG, 0, offset);
            offsets.bytes().set(Fields.HOST_LONG, Long.BYTES, toOffset);
            long at = offsets.bytes().address();
            return repeated(() -> Libc.call(
                    function, from, offset == -1 ? 0 : at, to, toOffset == -1 ? 0 : at + Long.BYTES, count, flags));
        }
    }

    /** posix_fallocate(3), which returns an errno. */
    static int allocate(int descriptor, long position, long count) {
        return repeated(() -> -Libc.call(Positioned.FALLOCATE, descriptor, position, count));
    }

    /** posix_fadvise(2), which returns an errno. */
    static int advise(int descriptor, long position, long count, int advice) {
        return -Libc.call(Positioned.FADVISE, descriptor, position, count, advice);
    }

    static int syncData(int descriptor) {
        return repeated(() -> Libc.call(Positioned.FDATASYNC, descriptor));
    }

    private static int repeated(IntSupplier call) {
        int result;
        do {
            result = call.getAsInt();
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

    private static final class Positioned {
        static final MethodHandle PREAD = Libc.function("pread");
        static final MethodHandle PWRITE = Libc.function("pwrite");
        static final MethodHandle FALLOCATE = Libc.function("posix_fallocate");
        static final MethodHandle FADVISE = Libc.function("posix_fadvise");
        static final MethodHandle FDATASYNC = Libc.function("fdatasync");
    }

    private static final class Vectored {
        static final MethodHandle PREADV2 = Libc.function("preadv2");
        static final MethodHandle PWRITEV2 = Libc.function("pwritev2");
    }

    private static final class Copying {
        static final MethodHandle SPLICE = Libc.function("splice");
        static final MethodHandle COPY_FILE_RANGE = Libc.function("copy_file_range");
    }
}
