package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.abi.Errno;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Linking and calling. */
final class LibcTest {
    @Test
    void functionThatTheLibraryLacksIsNamed() {
        assertEquals(
                "The C library has no function no_such_function.",
                assertThrows(UnsupportedOperationException.class, () -> Libc.function("no_such_function"))
                        .getMessage());
    }

    @Test
    void resultIsTheIntOrTheNegatedErrno() {
        MethodHandle abs = Libc.function("abs");
        MethodHandle dup = Libc.function("dup");

        assertEquals(5, Libc.call(abs, -5));
        assertEquals(-Errno.EBADF, Libc.call(dup, -1));
    }

    @Test
    void resultIsTheLowHalfOfItsWord() {
        Scratch scratch = Scratch.mine();

        assertEquals(7, scratch.result(0xffff_ffff_0000_0007L));
    }

    @Test
    void allWordsArrive() {
        try (Arena arena = Arena.ofConfined()) {
            long format = NativeText.write("%ld %d %ld".getBytes(StandardCharsets.US_ASCII), arena);
            long room = arena.allocate(64).address();

            // More variadic parameters than those that the shape tells of: it is the same call.
            int length = Libc.call(Libc.function("snprintf"), room, 64, format, -1L << 40, -7, Long.MAX_VALUE);

            assertEquals("-1099511627776 -7 9223372036854775807", NativeText.readPointer(NativeMemory.ALL, room));
            assertEquals(37, length);
        }
    }
}
