package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.observe.Notes;
import io.github.pysockets.observe.SocketCounts;
import io.github.pysockets.observe.SocketState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an application learns of the scripts of a Jython interpreter. */
final class ObservedJythonTest {
    private static final String TCP = "AF_INET SOCK_STREAM";

    @Test
    void connectionOfAScript() {
        Notes notes = new Notes();
        try (JythonScripts scripts = new JythonScripts(JythonSockets.builder().label("two").listener(notes))) {
            scripts.run("""
                    import socket

                    server = socket.socket()
                    server.bind(("127.0.0.1", 0))
                    server.listen(1)
                    client = socket.socket()
                    client.connect(server.getsockname())
                    accepted, peer = server.accept()
                    client.sendall("x" * 1000)
                    accepted.recv(1000, socket.MSG_WAITALL)
                    """);
            SocketCounts now = scripts.sockets.statistics().family("AF_INET");
            assertEquals(List.of(3L, 3L, 1L, 1L, 0L, 1000L, 1000L), List.of(now.open(), now.opened(), now.accepted(),
                    now.connected(), now.refused(), now.bytesIn(), now.bytesOut()));
            SocketState accepted = scripts.sockets.statistics().sockets().getLast();
            assertEquals(List.of("two", scripts.text("'%s:%d' % peer"), scripts.text("'%s:%d' % server.getsockname()")),
                    List.of(accepted.label(), accepted.peer(), accepted.local()));

            scripts.run("""
                    for each in client, accepted, server:
                        each.close()
                    """);
            assertEquals(List.of("opened " + TCP, "opened " + TCP, "connected " + TCP, "accepted " + TCP,
                    "closed " + TCP + " 0 1000", "closed " + TCP + " 1000 0", "closed " + TCP + " 0 0"),
                    notes.take().stream().filter(note -> !note.startsWith("get")).toList());
            assertEquals(0, scripts.sockets.statistics().total().open());
        }
    }
}
