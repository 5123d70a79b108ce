package io.github.pysockets.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory that one thread's calls share, so that no call allocates. It holds what the current call passes to
 * the kernel and gets back, and nothing in it outlives that call.
 */
final class Scratch {
    /** Octets of struct sockaddr_storage. */
    static final int ADDRESS_SIZE = 128;

    /** The most that {@link #room} keeps. Who needs more allocates for the one call. */
    static final int ROOM_LIMIT = 256 * 1024;

    private static final int FIRST_ROOM = 1024;
    private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

    private final MemorySegment errno;
    private final MemorySegment address;
    private final MemorySegment length;
    private final MemorySegment message;
    private MemorySegment room;

    private Scratch() {
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(Libc.errnoLayout());
        address = arena.allocate(ADDRESS_SIZE, 8);
        length = arena.allocate(JAVA_INT);
        message = arena.allocate(MessageHeader.SIZE, 8);
        room = arena.allocate(FIRST_ROOM, 8);
    }

    /**
     * The current thread's. It is reachable as long as the thread lives, so its addresses may be passed as plain
     * numbers.
     */
    static Scratch mine() {
        return MINE.get();
    }

    MemorySegment errnoCapture() {
        return errno;
    }

    /** What errno was after the last call. */
    int errno() {
        return errno.get(JAVA_INT, 0);
    }

    /** What a call with a C int as its result gave: zero or more, or the negated errno. */
    int result(long word) {
        int value = (int) word;
        return value >= 0 ? value : -errno();
    }

    /** Room for a socket address. */
    MemorySegment address() {
        return address;
    }

    /** Room for a struct msghdr with its one struct iovec: {@link MessageHeader}. */
    MemorySegment message() {
        return message;
    }

    /** The address of a socklen_t, for calls that set a length. */
    long lengthPointer() {
        return length.address();
    }

    int length() {
        return length.get(JAVA_INT, 0);
    }

    void setLength(int value) {
        length.set(JAVA_INT, 0, value);
    }

    /**
     * Room for what has no fixed size: option values, ioctl arguments, messages. What was in it is not kept.
     *
     * @param size octets, at most {@link #ROOM_LIMIT}
     */
    MemorySegment room(long size) {
        if (size > room.byteSize()) {
            room = Arena.ofAuto().allocate(Math.max(size, Math.min(2 * room.byteSize(), ROOM_LIMIT)), 8);
        }
        return room;
    }
}
