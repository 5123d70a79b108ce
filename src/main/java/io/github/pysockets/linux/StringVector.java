package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import java.lang.foreign.MemorySegment;

/** An array of pointers to C strings, with a null pointer at its end, as execve(2) takes it. For one use. */
final class StringVector implements AutoCloseable {
    private final Room room;

    /** @param strings each ends with a 0 byte; what comes after the last one is left out */
    StringVector(byte[] strings) {
        int count = 0;
        for (byte one : strings) {
            if (one == 0) {
                count++;
            }
        }
        long textAt = (count + 1L) * Long.BYTES;
        room = Room.of(textAt + strings.length);
        MemorySegment memory = room.bytes();
        MemorySegment.copy(strings, 0, memory, BYTE, textAt, strings.length);
        int filled = 0;
        int start = 0;
        for (int i = 0; i < strings.length; i++) {
            if (strings[i] == 0) {
                memory.set(HOST_LONG, (long) filled * Long.BYTES, memory.address() + textAt + start);
                filled++;
                start = i + 1;
            }
        }
    }

    long address() {
        return room.bytes().address();
    }

    @Override
    public void close() {
        room.close();
    }
}
