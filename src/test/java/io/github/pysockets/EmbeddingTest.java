package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Sockets in a context that has no IO, no native access, no polyglot bindings, and nothing of Java but PySockets. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class EmbeddingTest {
    @Test
    void echoOverTcp() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("b'over TCP'", sandbox.text("""
                    import socket

                    with socket.create_server(("127.0.0.1", 0)) as listener:
                        with socket.create_connection(listener.getsockname(), timeout=20) as client:
                            server, address = listener.accept()
                            with server:
                                client.sendall(b"over TCP")
                                server.sendall(server.recv(1024))
                                answer = client.recv(1024)
                    answer
                    """));
        }
    }

    @Test
    void serverAndClientOfTheStandardLibrary() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("200 b'/poem'", sandbox.text("""
                    import http.client
                    import http.server
                    import socketserver
                    import threading

                    class Handler(http.server.BaseHTTPRequestHandler):
                        def do_GET(self):
                            self.send_response(200)
                            self.end_headers()
                            self.wfile.write(self.path.encode())

                        def log_message(self, *arguments):
                            pass

                    class Server(socketserver.TCPServer):
                        timeout = 20

                        def get_request(self):
                            return self.socket.accept()

                    with Server(("127.0.0.1", 0), Handler) as server:
                        thread = threading.Thread(target=server._handle_request_noblock)
                        thread.start()
                        connection = http.client.HTTPConnection(*server.server_address, timeout=20)
                        connection.request("GET", "/poem")
                        response = connection.getresponse()
                        answer = "%d %s" % (response.status, response.read())
                        connection.close()
                        thread.join(20)
                    answer
                    """));
        }
    }

    @Test
    void noThreadsAreNeeded() {
        try (Context context = ScriptContexts.sandbox().allowCreateThread(false).build();
                PySockets _ = PySockets.install(context)) {
            assertEquals("b'here'", context.eval("python", """
                    import socket

                    left, right = socket.socketpair()
                    left.send(b"here")
                    right.recv(10)
                    """).toString());
        }
    }

    @Test
    void withoutPySocketsThereAreNoSockets() {
        try (Context context = ScriptContexts.sandbox().build()) {
            assertTrue(context.eval("python", """
                    import socket

                    try:
                        socket.socket()
                        made = True
                    except Exception:
                        made = False
                    not made
                    """).asBoolean());
        }
    }

    @Test
    void installationLeavesTheScriptsNamespaceAlone() {
        try (Context context = ScriptContexts.sandbox().build()) {
            String before = context.eval("python", "sorted(globals())").toString();
            try (PySockets _ = PySockets.install(context)) {
                assertEquals(before, context.eval("python", "sorted(globals())").toString());
            }
        }
    }

    @Test
    void installationImportsNoSocketModule() {
        try (Sandbox sandbox = new Sandbox()) {
            assertFalse(sandbox.run("import sys; 'socket' in sys.modules or '_socket' in sys.modules").asBoolean());
        }
    }

    @Test
    void errnoIsThereForTheApplicationToo() {
        try (Sandbox sandbox = new Sandbox()) {
            PolyglotException failure = assertThrows(PolyglotException.class, () -> sandbox.run("""
                    import socket

                    with socket.create_server(("127.0.0.1", 0)) as listener:
                        address = listener.getsockname()
                    socket.create_connection(address)
                    """));
            assertTrue(failure.isGuestException());
            assertEquals(111, failure.getGuestObject().getMember("errno").asInt());
        }
    }

    @Test
    void accessOfAnApplicationsOwnGoesTogetherWithIt() {
        HostAccess access = HostAccess.newBuilder(PySockets.hostAccess()).allowListAccess(true).build();
        try (Context context = ScriptContexts.with(access).build();
                PySockets _ = PySockets.install(context)) {
            context.getBindings("python").putMember("words", List.of("a", "b"));
            assertEquals("b'ab'", context.eval("python", """
                    import socket

                    left, right = socket.socketpair()
                    for word in words:
                        left.send(word.encode())
                    right.recv(10)
                    """).toString());
        }
    }
}
