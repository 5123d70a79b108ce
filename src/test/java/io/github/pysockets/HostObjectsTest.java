package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.graalpy.SocketCalls;
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

                sock = socket.socket()
                buffer = _pysockets.calls.buffer(100)
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
        assertTrue(exported(SocketCalls.class).contains("recv"));
        assertEquals(exported(SocketCalls.class), members("_pysockets.calls"));
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
                for owner in (_pysockets.calls, _pysockets.host.names, sock._handle, buffer):
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
