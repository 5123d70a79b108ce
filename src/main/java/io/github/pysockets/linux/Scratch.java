package io.github.pysockets.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Native memory that one thread's calls share, so that no call allocates. It holds what the current call passes to
 * the kernel and gets back, and nothing in it outlives that call: see {@link Room}.
 */
final class Scratch {
    /** Bytes of struct sockaddr_storage. */
    static final int ADDRESS_SIZE = 128;

    /** The most that {@link #room} gives and a thread keeps. Who needs more allocates for the one call: {@link #hold}. */
    static final int ROOM_LIMIT = 256 * 1024;

    private static final int FIRST_ROOM = 1024;
    private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

    private final Room errnoRoom = Room.lasting(Libc.errnoLayout().byteSize());
    private final Room addressRoom = Room.lasting(ADDRESS_SIZE);
    private final Room lengthRoom = Room.lasting(Integer.BYTES);
    private final Room messageRoom = Room.lasting(Msghdr.SIZE);
    private Room room = Room.lasting(FIRST_ROOM);

    // Segments that never change, for calls that are made all the time.
    private final MemorySegment errno = errnoRoom.take(errnoRoom.capacity());
    private final MemorySegment address = addressRoom.take(ADDRESS_SIZE);
    private final MemorySegment length = lengthRoom.take(Integer.BYTES);
    private final MemorySegment message = messageRoom.take(Msghdr.SIZE);

    private Scratch() {}

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

    /** Room for a socket address of {@link #ADDRESS_SIZE} bytes. It holds what was last in it. */
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
     * The address of a socklen_t, which is set to the size of the room that the call gets.
     *
     * @throws IllegalArgumentException where {@code told} is not from 0 to the size of {@code room}
     */
    long lengthPointer(MemorySegment room, int told) {
        if (told < 0 || told > room.byteSize()) {
            throw new IllegalArgumentException("a call cannot be told of " + told + " bytes of " + room.byteSize());
        }
        length.set(JAVA_INT, 0, told);
        return length.address();
    }

    /** What the call has set the socklen_t to; at most {@code most}, as some calls tell of more than there was room for. */
    int length(int most) {
        return Math.clamp(length.get(JAVA_INT, 0), 0, most);
    }

    /**
     * Room for what has no fixed size: option values, ioctl arguments, messages. All zeros.
     *
     * @param size bytes, at most {@link #ROOM_LIMIT}
     * @throws IndexOutOfBoundsException where it is negative, or more
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

    /** {@link #room} of any size: its own memory, and not the thread's, above {@link #ROOM_LIMIT}. Whoever takes it closes it. */
    Room hold(long size) {
        if (size > ROOM_LIMIT) {
            return Room.of(size);
        }
        room(size);
        return room;
    }

    /** Looks whether a call wrote beyond what it was given. */
    void check() {
        errnoRoom.check();
        addressRoom.check();
        lengthRoom.check();
        messageRoom.check();
        room.check();
        Room.checkOwn();
    }
}
