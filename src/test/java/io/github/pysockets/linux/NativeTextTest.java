package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C strings, in and out. */
final class NativeTextTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "68c3a9, h\u00e9",
        "f09f9880, \ud83d\ude00",
        "68e9, h\udce9",
        "ff61fe, \udcffa\udcfe",
        "c3, \udcc3",
        "e282, \udce2\udc82",
        "c0af, \udcc0\udcaf",
        "eda080, \udced\udca0\udc80",
    })
    void bytesThatAreNoTextAreEscaped(String hex, String text) {
        assertEquals(text, NativeText.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void textEndsAtItsZero() {
        ForeignMemory memory = new ForeignMemory();
        long at = memory.putText("name\0behind");

        assertEquals("name", NativeText.readPointer(memory.segment(), at));
        assertNull(NativeText.readPointer(memory.segment(), 0));
    }

    @Test
    void bytesAreWrittenWithAZeroBehind() {
        try (Arena arena = Arena.ofConfined()) {
            long at = NativeText.write("name".getBytes(StandardCharsets.UTF_8), arena);

            assertEquals("name", NativeText.readPointer(NativeMemory.ALL, at));
            assertEquals(0, NativeText.writeOrNull(null, arena));
        }
    }

    @Test
    void bytesWithAZeroDoNotFit() {
        assertTrue(NativeText.fitsOrNull(null));
        assertTrue(NativeText.fits(new byte[0]));
        assertTrue(NativeText.fits(new byte[] {1, -1}));
        assertFalse(NativeText.fits(new byte[] {1, 0}));
    }
}
