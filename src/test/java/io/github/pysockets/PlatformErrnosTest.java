package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.fixtures.Sandbox;
import org.junit.jupiter.api.Test;

/**
 * Scripts on a platform whose errnos are not Linux's: here its module {@code errno} has some of macOS's numbers, one of
 * Windows's, and lacks one.
 */
final class PlatformErrnosTest {
    private static final String OTHER_PLATFORM = """
            import errno, sys, types

            known, errno = errno, types.ModuleType("errno")
            errno.__dict__.update((name, getattr(known, name)) for name in dir(known) if name.startswith("E"))
            errno.ECONNREFUSED = 61
            errno.EWOULDBLOCK, errno.EAGAIN = 10035, 35
            errno.EOPNOTSUPP, errno.ENOTSUP = 102, 45
            errno.EADDRINUSE = 48
            del errno.EISCONN
            sys.modules["errno"] = errno
            """;

    private static final String CALLS = """
            import socket, struct

            def number_of(call, *arguments):
                try:
                    return call(*arguments)
                except EnvironmentError as failure:
                    return failure.args[0]

            listener = socket.socket()
            listener.bind(("127.0.0.1", 0))
            second = socket.socket()
            in_use = number_of(second.bind, listener.getsockname())

            refused = number_of(second.connect, listener.getsockname())
            second.close()
            second = socket.socket()
            again = second.connect_ex(listener.getsockname())

            second.close()
            second = socket.socket()
            second.setblocking(False)
            second.connect_ex(listener.getsockname())
            import select
            select.select([], [second], [], 20)
            as_int = second.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            second.close()
            second = socket.socket()
            second.setblocking(False)
            second.connect_ex(listener.getsockname())
            select.select([], [second], [], 20)
            as_bytes = struct.unpack("i", second.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR, 4))[0]

            left, right = socket.socketpair()
            left.setblocking(False)
            blocked = number_of(left.recv, 1)
            listener.listen(1)
            left.close()
            closed = number_of(left.recv, 1)
            third = socket.create_connection(listener.getsockname())
            unknown = number_of(third.connect, listener.getsockname())
            """;

    @Test
    void numbersAreThoseThatTheModuleHasForTheNames() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.run(OTHER_PLATFORM + CALLS);

            assertEquals("[48, 61, 61, 61, 61, 10035, 9, 106]", sandbox.text(
                    "str([in_use, refused, again, as_int, as_bytes, blocked, closed, unknown])"));
            assertEquals("Connection refused Address already in use", sandbox.text("""
                    def text_of(call, *arguments):
                        try:
                            return call(*arguments)
                        except OSError as failure:
                            return failure.strerror

                    fourth, fifth = socket.socket(), socket.socket()
                    fourth.bind(("127.0.0.1", 0))
                    taken = fourth.getsockname()
                    f"{text_of(socket.create_connection, taken)} {text_of(fifth.bind, taken)}"
                    """));
        }
    }

    @Test
    void jythonHasThemToo() {
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.run(OTHER_PLATFORM + CALLS);

            assertEquals("[48, 61, 61, 61, 61, 10035, 9, 106]", scripts.text(
                    "str([in_use, refused, again, as_int, as_bytes, blocked, closed, unknown])"));
        }
    }
}
