package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * fcntl and ioctl in a context that has nothing but PySockets. A script may run the commands that concern its own
 * descriptors alone, and none that reach the process.
 */
final class DescriptorCommandsTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("""
                import fcntl
                import os
                import socket

                left, right = socket.socketpair()
                F_SETOWN_EX, F_GETOWN_EX = 15, 16
                FIONREAD, SIOCGIFCONF, FIOASYNC, FIOSETOWN = 0x541B, 0x8912, 0x5452, 0x8901

                def attempt(function, *arguments):
                    try:
                        return function(left, *arguments)
                    except OSError as failure:
                        return type(failure).__name__
                """);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The argument is an address, or holds one.
                "fcntl.fcntl, fcntl.F_GETLK, 4096",
                "fcntl.fcntl, F_GETOWN_EX, 4096",
                "fcntl.fcntl, F_SETOWN_EX, bytes(8)",
                "fcntl.ioctl, FIONREAD, 4096",
                "fcntl.ioctl, SIOCGIFCONF, bytes(16)",
                // The kernel sends signals.
                "fcntl.fcntl, fcntl.F_SETOWN, os.getpid()",
                "fcntl.fcntl, fcntl.F_SETSIG, 9",
                "fcntl.fcntl, fcntl.F_SETFL, fcntl.FASYNC",
                "fcntl.ioctl, FIOASYNC, bytes([1, 0, 0, 0])",
                "fcntl.ioctl, FIOSETOWN, bytes(4)",
                // Nobody knows what it is.
                "fcntl.fcntl, 4711",
                "fcntl.ioctl, 4711, bytes(8)"
            })
    void commandThatReachesBeyondTheDescriptorIsNotPermitted(String arguments) {
        assertEquals("PermissionError", sandbox.text("attempt(" + arguments + ")"));
    }

    @Test
    void requestsThatConcernTheDescriptorWork() {
        sandbox.run("right.send(b'12345')");
        assertEquals("5", sandbox.text("int.from_bytes(attempt(fcntl.ioctl, FIONREAD, bytes(4)), 'little')"));
        assertEquals("0", sandbox.text("attempt(fcntl.fcntl, fcntl.F_SETFL, 0o4000)"));
        assertEquals("False", sandbox.text("os.get_blocking(left.fileno())"));
    }

    @Test
    void embedderWhoTrustsTheScriptWithForeignDescriptorsTrustsItWithAll() {
        try (Sandbox open = new Sandbox(PySockets.builder().foreignDescriptors(true))) {
            assertEquals("b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'", open.text("""
                    import fcntl
                    import socket

                    sock = socket.socket()
                    fcntl.fcntl(sock, 16, bytes(8))
                    """));
        }
    }

    @Test
    void aStructThatIsTooShortReachesNothingElse() {
        // The kernel writes a struct ifreq of 40 bytes.
        assertEquals("b'lo'", sandbox.text("""
                with socket.socket() as sock:
                    address = fcntl.ioctl(sock, 0x8915, b"lo")
                address
                """));
    }
}
