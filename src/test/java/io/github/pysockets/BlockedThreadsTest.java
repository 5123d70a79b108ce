package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.BlockedCalls;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.fixtures.ThreadActions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that waits holds up nobody, not even what GraalPy does on all threads together. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class BlockedThreadsTest {
    private static final List<String> CALLS = List.of(
            "accept", "connect", "recv", "send", "sendall", "recvmsg", "sendfile", "select", "poll", "epoll",
            "do_handshake", "getaddrinfo");

    private static BlockedCalls calls;
    private static ThreadActions actions;

    @BeforeAll
    static void open() throws IOException {
        calls = new BlockedCalls();
        calls.context.eval("python", "keep = []");
        actions = new ThreadActions(calls.context);
    }

    @AfterAll
    static void close() {
        calls.close();
    }

    @TestFactory
    Stream<DynamicTest> takesPartAndWaitsOn() {
        return CALLS.stream().map(name -> dynamicTest(name, () -> {
            Blocked blocked = calls.block(calls.make(name));
            for (int time = 0; time < 3; time++) {
                CompletableFuture<Thread> acting = new CompletableFuture<>();
                actions.submit(blocked.thread, () -> acting.complete(Thread.currentThread()))
                        .get(10, TimeUnit.SECONDS);
                assertEquals(blocked.thread, acting.get(10, TimeUnit.SECONDS));
            }
            assertFalse(blocked.isDone());
            blocked.thread.interrupt();
            assertEquals("EINTR", blocked.result());
        }));
    }

    /** A wait that has a timeout keeps it, however often it takes part. */
    @TestFactory
    Stream<DynamicTest> keepsItsTimeout() {
        return CALLS.stream().filter(name -> !name.equals("getaddrinfo")).map(name -> dynamicTest(name, () -> {
            Blocked blocked = Blocked.in(calls.python("outcome"), calls.make(name), 0.3);
            while (!blocked.isDone()) {
                try {
                    actions.submit(blocked.thread, () -> {}).get(10, TimeUnit.SECONDS);
                } catch (IllegalStateException ended) {
                    break;
                }
            }
            assertEquals(switch (name) {
                case "select" -> "([], [], [])";
                case "poll", "epoll" -> "[]";
                default -> "timed out";
            }, blocked.result());
        }));
    }

    /** An action and a close that come together may wake the wait only once. */
    @Test
    void neitherLosesTheOther() throws Exception {
        for (int time = 0; time < 200; time++) {
            Value call = calls.make("recv");
            Blocked blocked = calls.block(call);
            AtomicInteger done = new AtomicInteger();
            List<Future<Void>> submitted = new ArrayList<>();
            Thread other = Thread.ofPlatform().start(() -> {
                for (int action = 0; action < 3; action++) {
                    submitted.add(actions.submit(blocked.thread, done::incrementAndGet));
                }
            });
            call.invokeMember("close");
            assertEquals("EBADF", blocked.result());
            other.join();
        }
    }

    /** They run Python code, which may raise: not in the wait, but right after it. */
    @Test
    void actionsWithSideEffectsComeAfterTheWait() throws Exception {
        Value call = calls.make("recv");
        Blocked blocked = calls.block(call);
        CompletableFuture<Boolean> waited = new CompletableFuture<>();
        Future<Void> action =
                actions.submitWithSideEffects(blocked.thread, () -> waited.complete(blocked.isWaiting()));
        actions.submit(blocked.thread, () -> {}).get(10, TimeUnit.SECONDS);
        assertFalse(action.isDone());
        call.invokeMember("shutdown");
        assertEquals("b''", blocked.result());
        action.get(10, TimeUnit.SECONDS);
        assertEquals(false, waited.getNow(null));
    }

    /** The callback of a handshake is Python code that may wait for another socket. */
    @Test
    void callbackWithinACallTakesPart() throws Exception {
        calls.context.eval("python", """
                import socket, threading

                def callback_that_waits():
                    left, right = socket.socketpair()
                    ours, theirs = socket.socketpair()

                    def named(connection, name, context):
                        ours.recv(1)

                    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    server.sni_callback = named
                    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                    client.check_hostname = False
                    client.verify_mode = ssl.CERT_NONE
                    hello = client.wrap_socket(
                        left, server_hostname="localhost", do_handshake_on_connect=False)
                    hello.setblocking(False)
                    try:
                        hello.do_handshake()
                    except ssl.SSLWantReadError:
                        pass
                    accepting = server.wrap_socket(right, server_side=True, do_handshake_on_connect=False)
                    keep.extend([hello, theirs, ours])
                    return accepting
                """);
        Value accepting = calls.python("callback_that_waits").execute();
        Blocked blocked = Blocked.in(calls.context.eval("python", """
                def handshake(sock):
                    try:
                        sock.do_handshake()
                    except OSError as failure:
                        return type(failure).__name__
                handshake
                """), accepting);
        actions.submit(blocked.thread, () -> {}).get(10, TimeUnit.SECONDS);
        assertFalse(blocked.isDone());
        calls.context.eval("python", "keep[-2].close()");
        assertEquals("SSLError", blocked.result());
    }

    /** Over TLS, one thread writes at a time. */
    @Test
    void threadThatWaitsForAnothersWriteTakesPart() throws Exception {
        calls.context.getBindings("python").putMember("tests", ScriptContexts.ROOT.resolve("python-tests").toString());
        calls.context.eval("python", """
                import sys, threading
                sys.path.insert(0, tests)
                from support.tls import server_context, unverifying_context

                class Writing:
                    def __init__(self, sock):
                        self.sock = sock

                    def call(self, limit):
                        self.sock.settimeout(limit)
                        self.sock.sendall(bytes(10_000_000))

                def writing():
                    left, right = socket.socketpair()
                    server = threading.Thread(
                        target=lambda: keep.append(server_context().wrap_socket(right, server_side=True)))
                    server.start()
                    sock = unverifying_context().wrap_socket(left)
                    server.join()
                    return Writing(sock)
                """);
        Value call = calls.python("writing").execute();
        Blocked first = calls.block(call);
        Blocked second = calls.block(call);
        actions.submit(second.thread, () -> {}).get(10, TimeUnit.SECONDS);
        assertFalse(second.isDone());
        assertTrue(calls.sockets.interruptWait(second.thread));
        assertEquals("EINTR", second.result());
        assertEquals("timed out", Blocked.in(calls.python("outcome"), call, 0.05).result());
        Blocked third = calls.block(call);
        call.getMember("sock").invokeMember("close");
        assertEquals("EBADF", first.result());
        assertEquals("EBADF", third.result());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "server.accept()", "left.recv(1)", "select.select([server], [], [])", "poll.poll()", "epoll.poll()"
    })
    void regularExpressionsAreFirstUsedWhileAnotherThreadWaits(String call) {
        try (Context context = ScriptContexts.sandbox().build();
                PySockets _ = PySockets.install(context)) {
            context.eval("python", """
                    import select, socket, threading

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
                    thread = threading.Thread(target=wait, daemon=True)
                    thread.start()
                    begun.wait()
                    # Until it is in the call, which begins right after.
                    thread.join(0.1)
                    """.formatted(call));
            assertEquals("aab", context.eval("python", """
                    import re
                    found = re.compile("(?:a+)b").search("xaab").group()
                    assert thread.is_alive()
                    found
                    """).asString());
        }
    }

    /** Threads that wait are many, and the one that asks has the interpreter's lock. */
    @Test
    void manyThreadsTakePart() {
        try (Context context = ScriptContexts.sandbox().build();
                PySockets _ = PySockets.install(context)) {
            assertEquals("aab", context.eval("python", """
                    import socket, threading

                    pairs = [socket.socketpair() for _ in range(50)]
                    threads = [threading.Thread(target=left.recv, args=(1,)) for left, _ in pairs]
                    for thread in threads:
                        thread.start()
                    import re
                    found = re.compile("(?:a+)b").search("xaab").group()
                    assert all(thread.is_alive() for thread in threads)
                    for _, right in pairs:
                        right.send(b"x")
                    for thread in threads:
                        thread.join()
                    found
                    """).asString());
        }
    }
}
