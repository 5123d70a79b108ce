package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the stack runs. */
final class PlatformTest {
    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Linux, x86_64", "Linux, aarch64"})
    void knownMachinesWillDo(String system, String architecture) {
        assertDoesNotThrow(() -> Platform.require(system, architecture));
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Mac OS X, aarch64", "Windows 11, amd64", "FreeBSD, amd64", "Linux, x86"})
    void othersAreRefusedInOneSentence(String system, String architecture) {
        UnsupportedOperationException refusal = assertThrows(
                UnsupportedOperationException.class, () -> Platform.require(system, architecture));

        assertEquals(
                "The linux stack runs on Linux on x86-64 or aarch64, and this is " + system + " on " + architecture
                        + ".",
                refusal.getMessage());
    }
}
