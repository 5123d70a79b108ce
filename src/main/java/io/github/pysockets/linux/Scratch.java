package io.github.pysockets.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Native memory that the calls of one thread share, so that no call allocates. It holds what the current call passes to
 * the kernel and gets back. Nothing in it outlives that call: see {@link Room}.
 */
final class Scratch {
    /** Bytes of struct sockaddr_storage. */
    static final int ADDRESS_SIZE = 128;

    /**
     * The largest {@link #room}, and the most that a thread keeps. A call that needs more allocates it: {@link #hold}.
     */
    static final int ROOM_LIMIT = 256 * 1024;

    private static final int FIRST_ROOM = 1024;
    private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

    private final Room errnoRoom = Room.lasting(Libc.errnoLayout().byteSize());
    private final Room addressRoom = Room.lasting(ADDRESS_SIZE);
    private final Room lengthRoom = Room.lasting(Integer.BYTES);
    private final Room messageRoom = Room.lasting(Msghdr.SIZE);
    private Room room = Room.lasting(FIRST_ROOM);

    // Segments that never change, for frequent calls.
    private final MemorySegment errno = errnoRoom.take(errnoRoom.capacity());
    private final MemorySegment address = addressRoom.take(ADDRESS_SIZE);
    private final MemorySegment length = lengthRoom.take(Integer.BYTES);
    private final MemorySegment message = messageRoom.take(Msghdr.SIZE);

    private Scratch() {}

    /**
     * The current thread's scratch. It is reachable as long as the thread lives, so its addresses may be passed as
     * plain numbers.
     */
    static Scratch mine() {
        return MINE.get();
    }

    MemorySegment errnoCapture() {
        return errno;
    }

    /** The errno of the last call. */
    int errno() {
        return errno.get(JAVA_INT, 0);
    }

    /** The result of a call that returns a C int: zero or more, or the negated errno. */
    int result(long word) {
        int value = (int) word;
        return value >= 0 ? value : -errno();
    }

    /** Room for a socket address of {@link #ADDRESS_SIZE} bytes. It keeps its last contents. */
    MemorySegment address() {
        return address;
    }

    /** The first {@code size} bytes of {@link #address}, for a call to read. */
    MemorySegment address(int size) {
        return address.asSlice(0, size);
    }

    /** All of {@link #address}, cleared for a call to write to. */
    MemorySegment emptyAddress() {
        address.fill((byte) 0);
        return address;
    }

    /** Room for a struct msghdr with its one struct iovec: {@link Msghdr}. */
    MemorySegment message() {
        return message;
    }

    /**
     * The address of a socklen_t that holds {@code told}, the size of the room as the call sees it.
     *
     * @throws IllegalArgumentException if {@code told} is negative, or more than the size of {@code room}
     */
    long lengthPointer(MemorySegment room, int told) {
        if (told < 0 || told > room.byteSize()) {
            throw new IllegalArgumentException("a call cannot be told of " + told + " bytes of " + room.byteSize());
        }
        length.set(JAVA_INT, 0, told);
        return length.address();
    }

    /** The socklen_t that the call set; at most {@code most}, as some calls report more than there was room for. */
    int length(int most) {
        return Math.clamp(length.get(JAVA_INT, 0), 0, most);
    }

    /**
     * Room for data without a fixed size: option values, ioctl arguments, messages. All zeros.
     *
     * @param size bytes, at most {@link #ROOM_LIMIT}
     * @throws IndexOutOfBoundsException if {@code size} is negative, or more
     */
    MemorySegment room(long size) {
        if (size > room.capacity() && size <= ROOM_LIMIT) {
            room = Room.lasting(Math.max(size, Math.min(2 * room.capacity(), ROOM_LIMIT)));
        }
        return room.take(size);
    }

    /** Bytes of {@link #room} that the thread keeps. */
    long kept() {
        return room.capacity();
    }

    /**
     * A {@link #room} of any size. Above {@link #ROOM_LIMIT} it has its own memory, not the thread's. The caller closes
     * it.
     */
    Room hold(long size) {
        if (size > ROOM_LIMIT) {
            return Room.of(size);
        }
        room(size);
        return room;
    }

    /** Checks whether a call wrote beyond the memory that it got. */
    void check() {
        errnoRoom.check();
        addressRoom.check();
        lengthRoom.check();
        messageRoom.check();
        room.check();
        Room.checkOwn();
    }
}
