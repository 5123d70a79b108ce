package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.ScriptContexts;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that waits holds up nobody, not even what GraalPy does on all threads together. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class BlockedThreadsTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "server.accept()", "left.recv(1)", "select.select([server], [], [])", "poll.poll()", "epoll.poll()",
        "connection.do_handshake()"
    })
    void regularExpressionsAreFirstUsedWhileAnotherThreadWaits(String call) {
        try (Context context = ScriptContexts.sandbox().allowCreateThread(true).build();
                PySockets _ = PySockets.install(context)) {
            context.eval("python", """
                    import select, socket, threading
                    %s

                    server = socket.create_server(("127.0.0.1", 0))
                    left, right = socket.socketpair()
                    poll = select.poll()
                    poll.register(left, select.POLLIN)
                    epoll = select.epoll()
                    epoll.register(left, select.EPOLLIN)

                    def wait():
                        begun.set()
                        try:
                            %s
                        except OSError:
                            pass

                    begun = threading.Event()
                    """.formatted(call.startsWith("connection") ? "import ssl" : "", call));
            if (call.startsWith("connection")) {
                context.eval("python", """
                        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                        tls.check_hostname = False
                        connection = tls.wrap_socket(left, do_handshake_on_connect=False)
                        """);
            }
            context.eval("python", """
                    thread = threading.Thread(target=wait, daemon=True)
                    thread.start()
                    begun.wait()
                    # Until it is in the call, which begins right after.
                    thread.join(0.1)
                    """);
            assertEquals("aab", context.eval("python", """
                    import re
                    found = re.compile("(?:a+)b").search("xaab").group()
                    assert thread.is_alive()
                    found
                    """).asString());
        }
    }
}
