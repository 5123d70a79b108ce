package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.graalpy.HostExports;
import io.github.pysockets.graalpy.SocketExports;
import io.github.pysockets.graalpy.TlsContextExports;
import io.github.pysockets.graalpy.TlsExports;
import io.github.pysockets.graalpy.TlsMaterialExports;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Java objects that the Python side holds give a script nothing but the calls that they are for. */
final class HostObjectsTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("""
                import socket
                import _socket
                import _pysockets
                import _pysockets.host
                import ssl

                sock = socket.socket()
                buffer = _pysockets.host.calls.buffer(100)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                queue = ssl.MemoryBIO()
                connection = context.wrap_bio(queue, queue, server_hostname="localhost")
                """);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static List<String> exported(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(HostAccess.Export.class))
                .map(Method::getName)
                .sorted()
                .distinct()
                .toList();
    }

    private static List<String> members(String expression) {
        return sandbox.run(expression).getMemberKeys().stream().sorted().toList();
    }

    @Test
    void socketCallsHaveTheirFunctionsAlone() {
        assertTrue(exported(SocketExports.class).contains("recv"));
        assertEquals(exported(HostExports.class), members("_pysockets.exports"));
        assertEquals(exported(SocketExports.class), members("_pysockets.host.calls"));
    }

    @Test
    void tlsCallsHaveTheirFunctionsAlone() {
        assertTrue(exported(TlsExports.class).contains("handshake"));
        assertEquals(exported(TlsExports.class), members("_pysockets.tls_host.connections"));
        assertEquals(exported(TlsContextExports.class), members("_pysockets.tls_host.contexts"));
        assertEquals(exported(TlsMaterialExports.class), members("_pysockets.tls_host.materials"));
    }

    @Test
    void tlsObjectsHaveNoMembers() {
        assertEquals(List.of(), members("context._handle"));
        assertEquals(List.of(), members("queue._handle"));
        assertEquals(List.of(), members("connection._sslobj._handle"));
    }

    @Test
    void socketsHaveNoMembers() {
        assertEquals(List.of(), members("sock._handle"));
    }

    @Test
    void buffersHaveNoMembers() {
        assertEquals(List.of(), members("buffer"));
    }

    @Test
    void noClassIsInReach() {
        assertEquals("[]", sandbox.text("""
                reached = []
                owners = [_pysockets.exports, _pysockets.host.calls, _pysockets.host.names, sock._handle, buffer]
                owners += [_pysockets.tls_host.connections, context._handle, connection._sslobj._handle]
                for owner in owners:
                    for name in ("getClass", "class", "static", "hashCode", "wait", "notify"):
                        try:
                            getattr(owner, name)
                            reached.append(name)
                        except AttributeError:
                            pass
                str(reached)
                """));
    }
}
