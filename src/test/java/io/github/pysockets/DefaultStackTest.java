package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.UnsupportedStack;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which stack an application gets that chooses none. */
final class DefaultStackTest {
    private static final SocketStack LINUX = new UnsupportedStack();
    private static final SocketStack NIO = new UnsupportedStack();
    private static final SocketStack VIRTUAL = new UnsupportedStack();

    private static SocketStack open(String name, Supplier<SocketStack> linux) {
        return DefaultStack.open("PYSOCKETS_STACK", name, linux, () -> NIO, () -> VIRTUAL);
    }

    @Test
    void operatingSystemsOwnComesFirst() {
        assertSame(LINUX, open("", () -> LINUX));
        assertSame(LINUX, open("linux", () -> LINUX));
    }

    @Test
    void portableOneStandsInWhereTheOwnCannotBeOpened() {
        assertSame(NIO, open("", () -> {
            throw new UnsupportedOperationException("another system");
        }));
        assertSame(NIO, open("", () -> {
            throw new IllegalStateException("no native access");
        }));
    }

    @Test
    void namedOneIsTakenOrNone() {
        assertSame(NIO, open("nio", () -> LINUX));
        assertSame(VIRTUAL, open("virtual", () -> LINUX));
        assertEquals("another system", assertThrows(
                UnsupportedOperationException.class,
                () -> open("linux", () -> {
                    throw new UnsupportedOperationException("another system");
                })).getMessage());
    }

    @Test
    void otherNameIsRefused() {
        assertEquals(
                "PYSOCKETS_STACK names no stack: it must be linux, nio or virtual, and is \"NIO\".",
                assertThrows(IllegalArgumentException.class, () -> open("NIO", () -> LINUX)).getMessage());
    }
}
