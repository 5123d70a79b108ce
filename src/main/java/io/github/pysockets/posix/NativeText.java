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

    private NativeText() {}

    /** The text at an address of {@code memory}; null at address 0. */
    static String read(MemorySegment memory, long address) {
        if (address == 0) {
            return null;
        }
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
     * Whether the octets can be a C string: a 0 among them would end it early, and the call would see another name.
     * No octets at all, null, are a null pointer.
     */
    static boolean fits(byte[] octets) {
        if (octets == null) {
            return true;
        }
        for (byte octet : octets) {
            if (octet == 0) {
                return false;
            }
        }
        return true;
    }

    /** The address of a C string that lives as long as {@code arena}; 0 for null. */
    static long write(byte[] octets, Arena arena) {
        if (octets == null) {
            return 0;
        }
        MemorySegment copy = arena.allocate(octets.length + 1L);
        MemorySegment.copy(octets, 0, copy, Fields.BYTE, 0, octets.length);
        return copy.address();
    }
}
