package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Memory that calls share. */
final class ScratchTest {
    @Test
    void eachThreadHasItsOwn() {
        Scratch mine = Scratch.mine();

        assertSame(mine, Scratch.mine());
        assertNotSame(mine, CompletableFuture.supplyAsync(Scratch::mine, Thread.ofPlatform()::start).join());
    }

    @Test
    void roomGrowsUpToItsLimitAndStays() {
        inNewThread(() -> {
            Scratch scratch = Scratch.mine();
            long first = scratch.room(1).address();
            assertEquals(first, scratch.room(100).address());

            for (int size : new int[] {5_000, 100_000, Scratch.ROOM_LIMIT}) {
                assertEquals(size, scratch.room(size).byteSize());
            }
            long last = scratch.room(1).address();
            assertEquals(last, scratch.room(Scratch.ROOM_LIMIT).address());
            assertThrows(IndexOutOfBoundsException.class, () -> scratch.room(Scratch.ROOM_LIMIT + 1L));
        });
    }

    @Test
    void roomIsAsLargeAsAskedForAndHoldsNothingOfBefore() {
        Scratch scratch = Scratch.mine();
        scratch.room(100).fill((byte) 7);

        MemorySegment room = scratch.room(60);

        assertEquals(60, room.byteSize());
        assertArrayEquals(new byte[60], room.toArray(Fields.BYTE));
        assertThrows(IndexOutOfBoundsException.class, () -> scratch.room(-1));
    }

    @Test
    void muchRoomIsForOneCall() {
        Scratch scratch = Scratch.mine();
        MemorySegment large;
        try (Room room = scratch.hold(10L << 20)) {
            large = room.bytes();
            assertEquals(10L << 20, large.byteSize());
        }
        assertFalse(large.scope().isAlive());
        assertThrows(RuntimeException.class, () -> Room.of(-1).close());
    }

    @Test
    void lengthIsThatOfTheRoomAndStaysWithinIt() {
        Scratch scratch = Scratch.mine();
        MemorySegment room = scratch.room(16);

        assertThrows(IllegalArgumentException.class, () -> scratch.lengthPointer(room, 17));
        assertThrows(IllegalArgumentException.class, () -> scratch.lengthPointer(room, -1));

        scratch.lengthPointer(room, 16);
        assertEquals(16, scratch.length(128));
        assertEquals(8, scratch.length(8));
    }

    @Test
    void writingBeyondTheRoomIsNoticed() {
        assumeTrue(Room.GUARDED, "there are no guard bytes");
        inNewThread(() -> {
            Scratch scratch = Scratch.mine();
            MemorySegment room = scratch.room(16);
            MemorySegment beyond = NativeMemory.ALL.asSlice(room.address() + 16, 1);

            beyond.set(Fields.BYTE, 0, (byte) 1);
            assertThrows(AssertionError.class, () -> DescriptorCalls.fcntl(-1, 1, 0));

            scratch.room(16);
            DescriptorCalls.fcntl(-1, 1, 0);
            NativeMemory.ALL.set(Fields.BYTE, room.address() - 1, (byte) 1);
            assertThrows(AssertionError.class, () -> DescriptorCalls.fcntl(-1, 1, 0));
        });
    }

    @Test
    void writingBeyondRoomForOneCallIsNoticed() {
        assumeTrue(Room.GUARDED, "there are no guard bytes");
        inNewThread(() -> {
            Room room = Room.of(100);
            NativeMemory.ALL.set(Fields.BYTE, room.bytes().address() + 100, (byte) 1);
            assertThrows(AssertionError.class, () -> DescriptorCalls.fcntl(-1, 1, 0));
            assertThrows(AssertionError.class, room::close);
        });
    }

    private static void inNewThread(Runnable action) {
        CompletableFuture.runAsync(action, Thread.ofPlatform()::start).join();
    }
}
