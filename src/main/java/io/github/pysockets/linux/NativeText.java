package io.github.pysockets.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * C strings. Bytes are decoded as UTF-8. A byte that is not UTF-8 becomes U+DC00 plus its value, so that nothing is
 * lost, as with Python's {@code surrogateescape}: PEP 383.
 */
final class NativeText {
    private static final char ESCAPE = 0xDC00;

    /** The most bytes in a name. DNS allows 255, and nobody makes a line longer than a page in a file of names. */
    static final int LONGEST = 4096;

    private NativeText() {}

    /** The text that a pointer points to; null for a null pointer. */
    static String readPointer(MemorySegment memory, long address) {
        return address == 0 ? null : read(memory, address);
    }

    /** The text at an offset of {@code memory}. */
    static String read(MemorySegment memory, long address) {
        long end = address;
        while (memory.get(Fields.BYTE, end) != 0) {
            end++;
        }
        byte[] bytes = new byte[Math.toIntExact(end - address)];
        MemorySegment.copy(memory, Fields.BYTE, address, bytes, 0, bytes.length);
        return decode(bytes);
    }

    static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (ESCAPE + Byte.toUnsignedInt(in.get())));
            }
            decoder.reset();
        }
    }

    /**
     * Whether the bytes can be a name. A 0 among them would end the C string early, and the call would see another
     * name. Nobody knows a name above the maximum, and libc would use the thread's stack to look for it.
     */
    static boolean fits(byte[] bytes) {
        if (bytes.length > LONGEST) {
            return false;
        }
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #fits}, but also true for null, which becomes a null pointer. */
    static boolean fitsOrNull(byte[] bytes) {
        return bytes == null || fits(bytes);
    }

    /** A C string for one call, in memory that the caller closes. */
    static Room terminated(byte[] bytes) {
        Room room = Room.of(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, room.bytes(), Fields.BYTE, 0, bytes.length);
        return room;
    }

    /** As {@link #write}; 0, the null pointer, for null. */
    static long writeOrNull(byte[] bytes, Arena arena) {
        return bytes == null ? 0 : write(bytes, arena);
    }

    /** The address of a C string that lives as long as {@code arena}. */
    static long write(byte[] bytes, Arena arena) {
        MemorySegment copy = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, copy, Fields.BYTE, 0, bytes.length);
        return copy.address();
    }
}
