package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small structs, against their bytes on little-endian hosts. */
final class StructTest {
    private final byte[] bytes = new byte[Msghdr.SIZE];
    private final MemorySegment room = MemorySegment.ofArray(bytes);

    @BeforeEach
    void fillWithGarbage() {
        Arrays.fill(bytes, (byte) 0xee);
    }

    private void assertHolds(String hex) {
        String expected = hex.replace(" ", "");
        assertEquals(expected, HexFormat.of().formatHex(bytes, 0, expected.length() / 2));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000 0000000000000000",
        "1, 0000000000000000 0100000000000000",
        "999999999, 0000000000000000 ffc99a3b00000000",
        "1000000000, 0100000000000000 0000000000000000",
        "9223372036854775807, 047dc12502000000 ffd7f23200000000",
    })
    void timespecIsSecondsAndNanoseconds(long nanos, String hex) {
        Timespec.encode(room, nanos);

        assertHolds(hex);
    }

    @Test
    void pollfdIsOneOfAnArray() {
        Pollfd.encode(room, 0, -1, (short) 0x2001);
        Pollfd.encode(room, 1, 0x12345678, (short) 4);

        assertHolds("ffffffff 0120 0000  78563412 0400 0000");

        bytes[14] = 0x10;
        bytes[15] = 0x20;
        assertEquals(0, Pollfd.ready(room, 0));
        assertEquals(0x2010, Pollfd.ready(room, 1));
    }

    /** Memory of the process, of so many bytes. */
    private static MemorySegment memory(long size) {
        return Arena.ofAuto().allocate(size);
    }

    private static String hex(long number) {
        return "%016x".formatted(Long.reverseBytes(number));
    }

    @Test
    void msghdrPointsToTheIovecBehindItAndTellsOfNoMoreThanThereIs() {
        MemorySegment header = memory(Msghdr.SIZE);
        MemorySegment name = memory(16);
        MemorySegment data = memory(300);
        MemorySegment control = memory(64);

        Msghdr.encode(header, name, data, control);

        MemorySegment.copy(header, Fields.BYTE, 0, bytes, 0, bytes.length);
        assertHolds(hex(name.address()) + hex(16)
                + hex(header.address() + 56) + hex(1)
                + hex(control.address()) + hex(64) + hex(0)
                + hex(data.address()) + hex(300));
    }

    @Test
    void msghdrWithoutNameAndControlPointsToNeither() {
        MemorySegment header = memory(Msghdr.SIZE);
        header.fill((byte) 0xee);
        MemorySegment data = memory(1);

        Msghdr.encode(header, null, data, null);

        MemorySegment.copy(header, Fields.BYTE, 0, bytes, 0, bytes.length);
        assertHolds(hex(0) + hex(0) + hex(header.address() + 56) + hex(1) + hex(0) + hex(0) + hex(0)
                + hex(data.address()) + hex(1));
    }

    @Test
    void msghdrTellsWhatTheKernelSetAndNoMoreThanThereIs() {
        Msghdr.encode(room, memory(128), memory(1), memory(4096));

        assertEquals(128, Msghdr.nameLength(room, 128));
        assertEquals(110, Msghdr.nameLength(room, 110));
        assertEquals(4096, Msghdr.controlLength(room, 4096));
        assertEquals(4000, Msghdr.controlLength(room, 4000));
        assertEquals(0, Msghdr.flags(room));

        bytes[48] = 0x20;
        bytes[51] = 0x40;
        assertEquals(0x4000_0020, Msghdr.flags(room));
        Arrays.fill(bytes, 40, 48, (byte) 0xff);
        assertEquals(0, Msghdr.controlLength(room, 4096));
    }

    @Test
    void hintsAreFourNumbers() {
        AddrinfoCodec.encodeHints(room, 10, 1, 6, 0x401);

        assertHolds("01040000 0a000000 01000000 06000000" + "00".repeat(32));
    }
}
