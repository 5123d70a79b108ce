package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.stack.UnsupportedStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A context whose stack has no network at all. Programs that use sockets can be imported, and fail with the stack's
 * errno where they call one.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class UnsupportedStackImportTest {
    private static final int ENETDOWN = 100;

    private Sandbox sandbox;

    @BeforeAll
    void open() {
        sandbox = new Sandbox(PySockets.builder().stack(new UnsupportedStack(ENETDOWN)));
        sandbox.run("""
                import socket

                def attempt(text):
                    names = {"socket": socket}
                    try:
                        exec(text, names)
                        return "no failure"
                    except OSError as failure:
                        return failure.errno
                """);
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "socket.socket()",
        "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "socket.socket(fileno=0)",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.create_server(('127.0.0.1', 0))",
        "socket.gethostname()",
        "socket.getaddrinfo('127.0.0.1', 80)",
        "socket.gethostbyname('localhost')",
        "socket.getnameinfo(('127.0.0.1', 80), 0)",
        "socket.if_nameindex()",
        "import select; select.epoll()",
    })
    void everyCallFailsWithTheErrnoOfTheStack(String call) {
        int errno = call.contains("fileno=") ? Errno.EBADF : ENETDOWN;
        assertEquals(String.valueOf(errno), sandbox.text("attempt(\"\"\"%s\"\"\")".formatted(call)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "selectors", "ssl", "socketserver", "http.client", "http.server",
        "urllib.request", "ftplib", "smtplib", "poplib", "imaplib", "xmlrpc.client", "logging.handlers", "asyncio"})
    void modulesThatUseSocketsAreImported(String name) {
        assertEquals(name, sandbox.text("import importlib; importlib.import_module('%s').__name__".formatted(name)));
    }

    @Test
    void constantsOfOneSystemAreAbsent() {
        assertEquals("[True, True, False, False]", sandbox.text("""
                str([hasattr(socket, name) for name in ("AF_INET6", "SO_REUSEADDR", "AF_NETLINK", "AF_PACKET")])
                """));
        assertEquals("2", sandbox.text("str(int(socket.AddressFamily.AF_INET))"));
    }

    @Test
    void whatNeedsNoNetworkWorks() {
        assertEquals("b'\\x7f\\x00\\x00\\x01'", sandbox.text("str(socket.inet_aton('127.0.0.1'))"));
        assertEquals("80", sandbox.text("str(socket.ntohs(socket.htons(80)))"));
    }
}
