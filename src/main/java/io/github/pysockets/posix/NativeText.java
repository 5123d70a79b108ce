package io.github.pysockets.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * C strings. Octets become text as UTF-8; an octet that is not UTF-8 becomes U+DC00 plus its value, so that nothing
 * is lost: that is Python's {@code surrogateescape}, PEP 383.
 */
final class NativeText {
    private static final char ESCAPE = 0xDC00;

    /** Octets of the longest name: DNS has 255 of them, and files for names lines that nobody makes longer than a page. */
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
        byte[] octets = new byte[Math.toIntExact(end - address)];
        MemorySegment.copy(memory, Fields.BYTE, address, octets, 0, octets.length);
        return decode(octets);
    }

    static String decode(byte[] octets) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(octets.length);
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
     * Whether the octets can be a name: a 0 among them would end the C string early, and the call would see another one.
     * One that is longer than any name is known to nobody, and libc would look for it on the thread's stack.
     */
    static boolean fits(byte[] octets) {
        if (octets.length > LONGEST) {
            return false;
        }
        for (byte octet : octets) {
            if (octet == 0) {
                return false;
            }
        }
        return true;
    }

    /** {@link #fits}, and so do no octets at all, null, which are a null pointer. */
    static boolean fitsOrNull(byte[] octets) {
        return octets == null || fits(octets);
    }

    /** As {@link #write}; 0, the null pointer, for null. */
    static long writeOrNull(byte[] octets, Arena arena) {
        return octets == null ? 0 : write(octets, arena);
    }

    /** The address of a C string that lives as long as {@code arena}. */
    static long write(byte[] octets, Arena arena) {
        MemorySegment copy = arena.allocate(octets.length + 1L);
        MemorySegment.copy(octets, 0, copy, Fields.BYTE, 0, octets.length);
        return copy.address();
    }
}
