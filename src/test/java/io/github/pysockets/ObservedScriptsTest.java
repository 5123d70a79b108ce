package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.observe.Notes;
import io.github.pysockets.observe.SocketCounts;
import io.github.pysockets.observe.SocketListener;
import io.github.pysockets.observe.SocketState;
import io.github.pysockets.observe.SocketStatistics;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** What an application learns of the scripts of a GraalPy context. */
final class ObservedScriptsTest {
    private static final String TCP = "AF_INET SOCK_STREAM";

    private final Notes notes = new Notes();

    @Test
    void connectionOfAScript() {
        try (Context context = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.builder().label("one").listener(notes).install(context)) {
            context.eval("python", """
                    import socket

                    server = socket.create_server(("127.0.0.1", 0))
                    client = socket.create_connection(server.getsockname())
                    accepted, peer = server.accept()
                    client.sendall(b"x" * 1000)
                    received = accepted.recv(1000, socket.MSG_WAITALL)
                    """);
            SocketStatistics now = sockets.statistics();
            assertEquals(new SocketCounts(3, 3, 1, 1, 0, 0, 1000, 1000), withoutLookUps(now.family("AF_INET")));
            assertTrue(now.total().lookUps() > 0, "of the client's host");
            SocketState accepted = now.sockets().getLast();
            assertEquals("one", accepted.label());
            assertEquals(context.eval("python", "'%s:%d' % peer").asString(), accepted.peer());
            assertEquals(context.eval("python", "'%s:%d' % server.getsockname()").asString(), accepted.local());

            context.eval("python", """
                    for each in client, accepted, server:
                        each.close()
                    """);
            assertEquals(0, sockets.statistics().total().open());
            assertEquals(List.of("opened " + TCP, "opened " + TCP, "connected " + TCP, "accepted " + TCP,
                    "closed " + TCP + " 0 1000", "closed " + TCP + " 1000 0", "closed " + TCP + " 0 0"),
                    notes.take().stream().filter(note -> !note.startsWith("getaddrinfo ")).toList());
        }
    }

    private static SocketCounts withoutLookUps(SocketCounts counts) {
        return new SocketCounts(counts.open(), counts.opened(), counts.accepted(), counts.connected(),
                counts.refused(), 0, counts.bytesIn(), counts.bytesOut());
    }

    @Test
    void connectionOfAsyncio() {
        try (Context context = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.builder().listener(notes).install(context)) {
            context.eval("python", """
                    import asyncio

                    async def main():
                        async def answer(reader, writer):
                            writer.write(await reader.readexactly(3))
                            await writer.drain()
                            writer.close()

                        server = await asyncio.start_server(answer, "127.0.0.1", 0)
                        port = server.sockets[0].getsockname()[1]
                        reader, writer = await asyncio.open_connection("127.0.0.1", port)
                        writer.write(b"abc")
                        assert await reader.read() == b"abc"
                        writer.close()
                        await writer.wait_closed()
                        server.close()

                    asyncio.run(main())
                    """);
            SocketCounts inet = sockets.statistics().family("AF_INET");
            assertEquals(List.of(0L, 3L, 1L, 1L, 6L, 6L), List.of(inet.open(), inet.opened(), inet.accepted(),
                    inet.connected(), inet.bytesIn(), inet.bytesOut()));
        }
    }

    @Test
    void whatTheApplicationRefusesIsAnExceptionAndAnEvent() {
        ForwardingStack refusing = new ForwardingStack(LinuxStack.open()) {
            @Override
            public Endpoint socket(int family, int type, int protocol) throws StackException {
                FailureText.leave(Errno.EMFILE, "at most none");
                throw new StackException(Errno.EMFILE);
            }
        };
        try (Context context = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.builder().stack(refusing).listener(notes).install(context)) {
            String text = context.eval("python", """
                    import socket

                    def text():
                        try:
                            socket.socket()
                        except OSError as failure:
                            return str(failure)

                    text()
                    """).asString();
            assertEquals("[Errno 24] Too many open files: at most none", text);
            assertEquals(1, sockets.statistics().family("AF_INET").refused());
            assertEquals(List.of("refused socket AF_INET null: 24 at most none"), notes.take());
        }
    }

    @Test
    void whatAPolicyRefusesIsAnEvent() {
        NetworkPolicy policy = NetworkPolicy.builder().allow("@loopback").build();
        try (Context context = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.builder().policy(policy).listener(notes).install(context)) {
            context.eval("python", """
                    import socket

                    def refused(call, *arguments):
                        try:
                            call(*arguments)
                        except PermissionError:
                            return True

                    with socket.socket() as s:
                        assert refused(s.connect, ("192.0.2.1", 80))
                        assert refused(s.bind, ("192.0.2.2", 80))
                    assert refused(socket.getaddrinfo, "name.example", 80)
                    """);
            List<String> refused =
                    notes.take().stream().filter(note -> note.startsWith("refused ")).toList();
            assertEquals(List.of("refused connect AF_INET 192.0.2.1:80: 13", "refused bind AF_INET 192.0.2.2:80: 13",
                    "refused getaddrinfo AF_UNSPEC name.example: 13"),
                    refused.stream().map(note -> note.substring(0, note.indexOf(": 13 ") + 4)).toList());
            assertEquals(List.of(2L, 1L), List.of(sockets.statistics().family("AF_INET").refused(),
                    sockets.statistics().family("AF_UNSPEC").refused()));
            assertEquals(0, sockets.statistics().total().connected());
        }
    }

    /** The script has its result, and the application its sockets. */
    @Test
    void listenerThatFailsDoesNoHarm() {
        SocketListener failing = new SocketListener() {
            @Override
            public void opened(SocketState socket) {
                throw new AssertionError("for a test");
            }

            @Override
            public void closed(SocketState socket) {
                throw new IllegalStateException("for a test");
            }
        };
        try (Context context = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.builder().listener(failing).install(context)) {
            assertEquals("hello", context.eval("python", """
                    import socket

                    left, right = socket.socketpair()
                    with left, right:
                        left.sendall(b"hello")
                        text = right.recv(100).decode()
                    text
                    """).asString());
            assertEquals(new SocketCounts(0, 2, 0, 0, 0, 0, 5, 5), sockets.statistics().total());
        }
    }

    @Test
    void listenerIsCalledOnTheScriptsThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        SocketListener noting = new SocketListener() {
            @Override
            public void opened(SocketState socket) {
                threads.add(Thread.currentThread());
            }

            @Override
            public void closed(SocketState socket) {
                threads.add(Thread.currentThread());
            }
        };
        try (Context context = ScriptContexts.sandbox().build();
                PySockets _ = PySockets.builder().listener(noting).install(context)) {
            context.eval("python", "import socket; socket.socket().close()");
        }
        assertEquals(Set.of(Thread.currentThread()), threads);
    }

    @Test
    void statisticsAnswerAfterTheEndToo() {
        Context context = ScriptContexts.sandbox().build();
        PySockets sockets = PySockets.builder().listener(notes).install(context);
        context.eval("python", "import socket; left, right = socket.socketpair(); left.send(b'abc')");
        sockets.close();
        context.close();

        assertEquals(new SocketCounts(0, 2, 0, 0, 0, 0, 0, 3), sockets.statistics().total());
        assertEquals(2, notes.take().stream().filter(note -> note.startsWith("closed ")).count());
    }

    /** The script closes one of two that share a socket; its file keeps it. */
    @Test
    void duplicatesAndDetachedDescriptors() {
        try (Context context = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.builder().listener(notes).install(context)) {
            context.eval("python", """
                    import os, socket

                    one = socket.socket()
                    two = one.dup()
                    one.close()
                    three = socket.socket(fileno=two.detach())
                    """);
            assertEquals(1, sockets.statistics().total().open());
            assertEquals(1, sockets.statistics().total().opened());
            context.eval("python", "three.close()");
            assertEquals(0, sockets.statistics().total().open());
        }
    }
}
