package io.github.pysockets.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.linux.LinuxStack;
import org.junit.jupiter.api.Test;

final class ErrnoTextsTest {
    @Test
    void textsAreThoseOfTheCLibrary() {
        for (int errno = 0; errno < 200; errno++) {
            assertEquals(LinuxStack.open().errorText(errno), ErrnoTexts.of(errno));
        }
    }

    @Test
    void numberWithoutATextIsNamed() {
        assertEquals("Unknown error 54321", ErrnoTexts.of(54321));
        assertEquals("Unknown error -1", ErrnoTexts.of(-1));
    }
}
