package io.github.pysockets.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Native memory that calls of the C library read and write. A segment has exactly the requested size and is all zeros.
 * So nothing of an earlier call can be read from it, and Java code cannot reach beyond it.
 *
 * <p>The C library does not know segments. So the {@code *Calls} classes pass it an address, and the size of the
 * segment or less. To check them, {@code -Dio.github.pysockets.guards=true} puts guard bytes on both sides of each
 * segment. They are checked after every native call, and an {@link AssertionError} says where the kernel wrote and
 * should not have.
 */
final class Room implements AutoCloseable {
    /** Whether there are guard bytes: on in the tests. */
    static final boolean GUARDED = Boolean.getBoolean("io.github.pysockets.guards");

    private static final int GUARD_SIZE = GUARDED ? 64 : 0;
    private static final byte GUARD = (byte) 0xa5;

    /** A thread's rooms that have an arena of their own, newest first. Kept only if there are guard bytes to check. */
    private static final ThreadLocal<Deque<Room>> OWN = ThreadLocal.withInitial(ArrayDeque::new);

    /** Null if the memory lives as long as this object. */
    private final Arena arena;

    private final MemorySegment whole;
    private MemorySegment taken;

    private Room(Arena arena, Arena allocator, long capacity, long size) {
        this.arena = arena;
        whole = allocator.allocate(GUARD_SIZE + capacity + GUARD_SIZE, Long.BYTES);
        // New memory is all zeros.
        taken = whole.asSlice(GUARD_SIZE, size);
        guard();
    }

    /** Memory for many calls, one after the other: see {@link #take}. */
    static Room lasting(long capacity) {
        return new Room(null, Arena.ofAuto(), capacity, 0);
    }

    /**
     * Memory for one use by the calling thread, which closes it. Rooms that are open at once are closed in reverse
     * order.
     *
     * @throws RuntimeException if {@code size} is negative
     * @throws OutOfMemoryError if there is not enough memory
     */
    static Room of(long size) {
        Arena own = Arena.ofConfined();
        try {
            Room made = new Room(own, own, size, size);
            if (GUARDED) {
                OWN.get().push(made);
            }
            return made;
        } catch (RuntimeException | Error failure) {
            own.close();
            throw failure;
        }
    }

    long capacity() {
        return whole.byteSize() - 2 * GUARD_SIZE;
    }

    /** The segment that was taken last. */
    MemorySegment bytes() {
        return taken;
    }

    /**
     * Takes {@code size} bytes, all zeros. Segments taken earlier must not be used any more.
     *
     * @throws IndexOutOfBoundsException if {@code size} is negative, or more than the capacity
     */
    MemorySegment take(long size) {
        if (size != taken.byteSize()) {
            taken = whole.asSlice(GUARD_SIZE, size);
        }
        taken.fill((byte) 0);
        if (GUARDED) {
            guard();
        }
        return taken;
    }

    private void guard() {
        whole.asSlice(0, GUARD_SIZE).fill(GUARD);
        whole.asSlice(GUARD_SIZE + taken.byteSize(), GUARD_SIZE).fill(GUARD);
    }

    /** @throws AssertionError if something was written outside the taken segment */
    void check() {
        check(0, "before");
        check(GUARD_SIZE + taken.byteSize(), "after");
    }

    private void check(long at, String where) {
        for (int i = 0; i < GUARD_SIZE; i++) {
            if (whole.get(Fields.BYTE, at + i) != GUARD) {
                throw new AssertionError(
                        "a native call wrote " + where + " the " + taken.byteSize() + " bytes that it was given");
            }
        }
    }

    /** Checks all rooms of the calling thread that have an arena of their own. */
    static void checkOwn() {
        OWN.get().forEach(Room::check);
    }

    /** Frees the memory if it is for one use. */
    @Override
    public void close() {
        if (arena == null) {
            return;
        }
        try {
            if (GUARDED) {
                OWN.get().remove(this);
                check();
            }
        } finally {
            arena.close();
        }
    }
}
