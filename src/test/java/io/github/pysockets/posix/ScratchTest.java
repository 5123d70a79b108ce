package io.github.pysockets.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void roomGrowsAndStays() {
        CompletableFuture.runAsync(() -> {
            Scratch scratch = Scratch.mine();
            long first = scratch.room(1).address();
            assertEquals(first, scratch.room(100).address());

            for (int size : new int[] {5_000, 100_000, Scratch.ROOM_LIMIT}) {
                assertTrue(scratch.room(size).byteSize() >= size);
            }
            long last = scratch.room(1).address();
            assertEquals(Scratch.ROOM_LIMIT, scratch.room(1).byteSize());
            assertEquals(last, scratch.room(Scratch.ROOM_LIMIT).address());
        }, Thread.ofPlatform()::start).join();
    }
}
