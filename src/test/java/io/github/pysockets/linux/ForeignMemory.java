package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * An array that stands for a process's memory: pointers in it are indexes. Nothing is put at its start, for index 0
 * is null.
 */
final class ForeignMemory {
    private static final int START = 16;

    private final MemorySegment memory = MemorySegment.ofArray(new byte[2048]);
    private int end = START;

    MemorySegment segment() {
        return memory;
    }

    /** Puts bytes behind what is there. @return where they are */
    long put(byte[] bytes) {
        long at = end;
        MemorySegment.copy(bytes, 0, memory, Fields.BYTE, at, bytes.length);
        end += bytes.length;
        return at;
    }

    long putHex(String hex) {
        return put(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Puts a C string of ISO 8859-1. */
    long putText(String text) {
        return put((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Puts 64-bit numbers. */
    long putWords(long... words) {
        long at = end;
        for (long word : words) {
            memory.set(Fields.HOST_LONG, end, word);
            end += Long.BYTES;
        }
        return at;
    }

    /** Two 32-bit numbers as one 64-bit one, the first at the lower address. */
    static long pair(int first, int second) {
        return Integer.toUnsignedLong(first) | (long) second << 32;
    }
}
