package io.github.pysockets.linux;

import static io.github.pysockets.abi.Errno.ERANGE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory for the answer of a call of {@link NetdbCalls}. For one question; the caller closes it. */
final class NetdbAnswer implements AutoCloseable {
    private static final int FIRST_SIZE = 4096;
    private static final int LAST_SIZE = 1 << 20;

    /** Bytes that are enough for struct hostent, servent and protoent. */
    private static final int ENTRY_SIZE = 32;

    /** A call that leaves its answer in the given place. */
    interface Question {
        /** @return 0 or an errno */
        int ask(NetdbAnswer answer);
    }

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment entry = arena.allocate(ENTRY_SIZE, Long.BYTES);
    private final MemorySegment found = arena.allocate(Long.BYTES, Long.BYTES);
    private final MemorySegment hostError = arena.allocate(Integer.BYTES, Integer.BYTES);
    private MemorySegment buffer = arena.allocate(FIRST_SIZE, Long.BYTES);

    /**
     * Asks, and repeats with a larger buffer while the call requires one.
     *
     * @return 0 or an errno
     */
    int to(Question question) {
        while (true) {
            int errno = question.ask(this);
            if (errno != ERANGE || buffer.byteSize() >= LAST_SIZE) {
                return errno;
            }
            buffer = arena.allocate(buffer.byteSize() * 4, Long.BYTES);
        }
    }

    /** The address of a C string for the question. */
    long text(byte[] bytes) {
        return NativeText.write(bytes, arena);
    }

    /** As {@link #text}; 0, the null pointer, for null. */
    long textOrNull(byte[] bytes) {
        return NativeText.writeOrNull(bytes, arena);
    }

    /** The address of the struct that was found; 0 if there was none. */
    long found() {
        return found.get(HOST_LONG, 0);
    }

    /** h_errno. */
    int hostError() {
        return hostError.get(HOST_INT, 0);
    }

    long entryPointer() {
        return entry.address();
    }

    long bufferPointer() {
        return buffer.address();
    }

    long bufferSize() {
        return buffer.byteSize();
    }

    long foundPointer() {
        return found.address();
    }

    long hostErrorPointer() {
        return hostError.address();
    }

    @Override
    public void close() {
        arena.close();
    }
}
