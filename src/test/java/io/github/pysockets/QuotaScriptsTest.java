package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.quota.Quota;
import io.github.pysockets.tls.EnginePair;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts see of a quota: which exceptions, with which texts, and that all bytes arrive, however slowly. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class QuotaScriptsTest {
    /** For both Pythons. */
    private static final String COMMON = """
            import select
            import socket
            import threading

            def failure(call, *arguments):
                try:
                    call(*arguments)
                except Exception as e:
                    return "%s%r" % (type(e).__name__, e.args)
                return "no failure"

            def connection():
                listener = socket.socket()
                listener.bind(("127.0.0.1", 0))
                listener.listen(5)
                client = socket.socket()
                client.connect(listener.getsockname())
                server, _ = listener.accept()
                listener.close()
                return client, server

            def by_recv(sock):
                parts = []
                while True:
                    part = sock.recv(65536)
                    if not part:
                        return b"".join(parts)
                    parts.append(part)

            def by_select(sock):
                sock.setblocking(False)
                parts = []
                vain = 0
                while vain < 100:
                    select.select([sock], [], [])
                    try:
                        part = sock.recv(65536)
                    except socket.error:
                        vain += 1
                        continue
                    if not part:
                        return b"".join(parts)
                    parts.append(part)

            def by(wait, sock):
                sock.setblocking(False)
                parts = []
                vain = 0
                while vain < 100:
                    wait()
                    got = len(parts)
                    while True:
                        try:
                            part = sock.recv(65536)
                        except socket.error:
                            break
                        if not part:
                            return b"".join(parts)
                        parts.append(part)
                    vain += len(parts) == got

            def by_poll(sock):
                poll = select.poll()
                poll.register(sock, select.POLLIN)
                return by(poll.poll, sock)

            def by_epoll(sock, flags=0):
                epoll = select.epoll()
                epoll.register(sock.fileno(), select.EPOLLIN | flags)
                try:
                    return by(epoll.poll, sock)
                finally:
                    epoll.close()

            def by_edge(sock):
                return by_epoll(sock, select.EPOLLET)

            def whole(sock):
                return sock.recv(len(DATA), socket.MSG_WAITALL) + by_recv(sock)

            def by_file(sock):
                file = sock.makefile("rb")
                try:
                    return file.read()
                finally:
                    file.close()

            DATA = bytes(bytearray(i * 7 % 251 for i in range(50000)))

            def exchange(receive, timeout=None):
                client, server = connection()
                client.settimeout(timeout)
                server.settimeout(timeout)

                def send():
                    client.sendall(DATA)
                    client.close()

                sender = threading.Thread(target=send)
                sender.start()
                received = receive(server)
                sender.join()
                server.close()
                return received == DATA
            """;

    /** Python code in a context or an interpreter. */
    private interface Python {
        void run(String code);

        /** The str() of an expression. */
        String text(String expression);

        default void holds(String expression) {
            assertEquals("True", text(expression), expression);
        }
    }

    private static void inGraalPy(PySockets.Builder builder, Consumer<Python> test) {
        try (Sandbox sandbox = new Sandbox(builder)) {
            sandbox.run(COMMON);
            test.accept(new Python() {
                @Override
                public void run(String code) {
                    sandbox.run(code);
                }

                @Override
                public String text(String expression) {
                    return sandbox.text("str(" + expression + ")");
                }
            });
        }
    }

    private static void inGraalPy(Quota quota, Consumer<Python> test) {
        inGraalPy(PySockets.builder().quota(quota), test);
    }

    private static void inJython(Quota quota, Consumer<Python> test) {
        try (JythonScripts scripts = new JythonScripts(JythonSockets.builder().quota(quota))) {
            scripts.run(COMMON);
            test.accept(new Python() {
                @Override
                public void run(String code) {
                    scripts.run(code);
                }

                @Override
                public String text(String expression) {
                    return scripts.text(expression);
                }
            });
        }
    }

    private static void inBoth(String limits, Consumer<Python> test) {
        inGraalPy(Quota.parse(limits), test);
        inJython(Quota.parse(limits), test);
    }

    // Sockets

    private static void openSockets(Python python, String error) {
        python.run("kept = [socket.socket(), socket.socket()]");
        String refusal = error + "(24, 'Too many open files: the limit of 2 open sockets')";
        assertEquals(refusal, python.text("failure(socket.socket)"));
        assertEquals(refusal, python.text("failure(socket.socketpair)"));
        python.run("kept.pop().close()");
        assertEquals("no failure", python.text("failure(socket.socket)"));
    }

    @Test
    void openSockets() {
        inGraalPy(Quota.parse("sockets=2"), python -> openSockets(python, "OSError"));
        inJython(Quota.parse("sockets=2"), python -> openSockets(python, "error"));
    }

    @Test
    void closedContextGivesItsSocketsBack() {
        Quota quota = Quota.parse("sockets=3");
        for (int i = 0; i < 3; i++) {
            inGraalPy(quota, python -> python.run("kept = [socket.socket() for _ in range(3)]"));
            inJython(quota, python -> python.run("kept = [socket.socket() for _ in range(3)]"));
        }
    }

    /** So many that a collection is worth its time: those that free a few are limited to a part of the time. */
    @Test
    void droppedSocketsGiveTheirRoomBack() {
        inGraalPy(Quota.parse("sockets=40"), python -> python.run("for _ in range(120): socket.socket()"));
    }

    @Test
    void contextsShareAQuota() {
        Quota quota = Quota.parse("sockets=2");
        inGraalPy(quota, one -> {
            one.run("kept = socket.socket()");
            inJython(quota, other -> {
                other.run("kept = socket.socket()");
                assertTrue(one.text("failure(socket.socket)").contains("the limit of 2 open sockets"));
                assertTrue(other.text("failure(socket.socket)").contains("the limit of 2 open sockets"));
            });
            one.run("socket.socket().close()");
        });
    }

    // Connections

    private static void connections(Python python) {
        python.run("""
                def some():
                    listener = socket.socket()
                    listener.bind(("127.0.0.1", 0))
                    listener.listen(5)
                    accepted = []
                    for timeout in (None, 60, None, 60):
                        client = socket.socket()
                        client.settimeout(timeout)
                        client.connect(listener.getsockname())
                        client.sendall(b"x")
                        server, _ = listener.accept()
                        accepted.append(server.recv(5))
                        server.close()
                        client.close()
                    listener.close()
                    return accepted == [b"x"] * 4
                """);
        python.holds("some()");
    }

    /** Eight of them, where four may come at once. */
    @Test
    void connectionsWaitForTheirTime() {
        inBoth("connections=4/s", QuotaScriptsTest::connections);
    }

    @Test
    void connectionThatIsTooEarlyEndsByItsTimeout() {
        inBoth("connections=1/s", python -> {
            python.run("""
                    listener = socket.socket()
                    listener.bind(("127.0.0.1", 0))
                    listener.listen(5)
                    clients = [socket.socket() for _ in range(60)]
                    for client in clients[1:]:
                        client.setblocking(False)
                    codes = [client.connect_ex(listener.getsockname()) for client in clients]
                    late = socket.socket()
                    late.settimeout(0.01)
                    """);
            assertEquals("0 {115}", python.text("'%d {%s}' % (codes[0], ', '.join(map(str, sorted(set(codes[1:])))))"));
            assertEquals("timed out", python.text("failure(late.connect, listener.getsockname()).split(\"'\")[1]"));
        });
    }

    @Test
    void connectionsInAll() {
        inGraalPy(Quota.parse("connections=2"), python -> {
            python.run("pair = connection()");
            assertEquals("OSError(105, 'No buffer space available: the limit of 2 connections in all')",
                    python.text("failure(connection)"));
        });
    }

    // Bytes

    private static void bytesInAll(Python python, String error) {
        python.run("pair = connection()");
        assertEquals("None", python.text("pair[0].sendall(b'x' * 1000)"));
        assertEquals(error + "(122, 'Disk quota exceeded: the limit of 1000 bytes out in all')",
                python.text("failure(pair[0].sendall, b'x')"));
        assertEquals("500", python.text("len(pair[1].recv(5000))"));
        assertEquals(error + "(122, 'Disk quota exceeded: the limit of 500 bytes in in all')",
                python.text("failure(pair[1].recv, 5000)"));
        python.holds("select.select([pair[1]], [pair[0]], [], 60)[:2] == ([pair[1]], [pair[0]])");
    }

    @Test
    void bytesInAll() {
        inGraalPy(Quota.parse("in=500,out=1000"), python -> bytesInAll(python, "OSError"));
        inJython(Quota.parse("in=500,out=1000"), python -> bytesInAll(python, "error"));
    }

    /** In rounds of 4000 bytes. None of these ways to receive asks in vain again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"by_recv", "by_select", "by_poll", "by_epoll", "by_edge", "whole", "by_file"})
    void allBytesArriveHoweverSlowly(String way) {
        inBoth("in=200K/s,out=400K/s", python -> {
            python.holds("exchange(" + way + ")");
            if (way.equals("by_recv") || way.equals("whole")) {
                python.holds("exchange(" + way + ", 60)");
            }
        });
    }

    @Test
    void allBytesOfAnEventLoopArrive() {
        inGraalPy(Quota.parse("in=400K/s,out=400K/s"), python -> {
            python.run("""
                    import asyncio

                    async def several():
                        async def answer(reader, writer):
                            writer.write(await reader.read())
                            await writer.drain()
                            writer.close()

                        server = await asyncio.start_server(answer, "127.0.0.1", 0)
                        address = server.sockets[0].getsockname()

                        async def ask(number):
                            reader, writer = await asyncio.open_connection(*address)
                            data = DATA[number:number + 10_000]
                            writer.write(data)
                            writer.write_eof()
                            answer = await reader.read()
                            writer.close()
                            return answer == data

                        async with server:
                            return await asyncio.gather(*(ask(number) for number in range(5)))

                    class Counting(asyncio.SelectorEventLoop):
                        rounds = 0

                        def _run_once(self):
                            self.rounds += 1
                            super()._run_once()

                    loop = Counting()
                    """);
            python.holds("loop.run_until_complete(several()) == [True] * 5");
            python.holds("loop.rounds < 1000");
            python.run("loop.close()");
        });
    }

    /** A policy wraps what the quota has wrapped. */
    @Test
    void allBytesArriveUnderAPolicy() {
        NetworkPolicy loopback = NetworkPolicy.builder().allow("@loopback").build();
        inGraalPy(
                PySockets.builder().policy(loopback).quota(Quota.parse("in=200K/s,out=200K/s,sockets=20")),
                python -> {
                    python.holds("exchange(by_recv)");
                    python.holds("exchange(by_select)");
                    python.holds("exchange(by_edge)");
                    python.holds("exchange(by_epoll)");
                });
    }

    /** The peer has ended the connection before anything was received. */
    @Test
    void endOfThePeerIsNotTakenForTheEndOfItsBytes() {
        inBoth("in=400K/s", python -> {
            python.run("""
                    def after_the_end(receive):
                        client, server = connection()
                        client.sendall(DATA)
                        client.close()
                        server.shutdown(socket.SHUT_WR)
                        received = receive(server)
                        server.close()
                        return received == DATA
                    """);
            python.holds("after_the_end(by_recv)");
            python.holds("after_the_end(by_select)");
            python.holds("after_the_end(by_epoll)");
        });
    }

    private static final Made AUTHORITY = TestCertificates.authority("CN=Authority of the quota");
    private static final Made SERVER = TestCertificates.of("CN=localhost").dns("localhost").issuedBy(AUTHORITY);

    @Test
    void allBytesArriveOverTls() {
        inGraalPy(
                PySockets.builder()
                        .quota(Quota.parse("in=400K/s,out=400K/s"))
                        .sslContext(EnginePair.context(SERVER, null)),
                python -> {
                    python.run("""
                            import ssl

                            def secured(timeout=None):
                                keys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                                keys.load_default_certs(ssl.Purpose.CLIENT_AUTH)
                                anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                                anybody.check_hostname = False
                                anybody.verify_mode = ssl.CERT_NONE
                                client, server = connection()
                                client.settimeout(timeout)
                                server.settimeout(timeout)

                                def send():
                                    with keys.wrap_socket(server, server_side=True) as connected:
                                        connected.sendall(DATA)

                                sender = threading.Thread(target=send)
                                sender.start()
                                with anybody.wrap_socket(client) as connected:
                                    received = by_recv(connected)
                                sender.join()
                                return received == DATA
                            """);
                    python.holds("secured()");
                    python.holds("secured(60)");
                });
    }

    // What ends a wait for a rate

    /** A datagram that leaves a debt of a minute. */
    private static final String DEBT = """
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("127.0.0.1", 0))
            s.connect(s.getsockname())
            s.send(b"x" * 60000)
            """;

    @Test
    void timeoutEndsAWait() {
        inBoth("out=1K/s", python -> {
            python.run(DEBT + "s.settimeout(0.01)\n");
            assertEquals("timed out", python.text("failure(s.send, b'x').split(\"'\")[1]"));
            assertEquals("([], [], [])", python.text("select.select([], [s], [], 0.01)"));
            python.run("s.settimeout(0)");
            assertTrue(python.text("failure(s.send, b'x')").contains("Resource temporarily unavailable"));
        });
    }

    @Test
    void closeAndInterruptEndAWait() throws Exception {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().quota(Quota.parse("out=1K/s")))) {
            sandbox.run(COMMON + DEBT);
            Blocked interrupted = Blocked.in(sandbox.run("lambda: failure(s.send, b'x')"));
            interrupted.thread.interrupt();
            assertTrue(interrupted.result().startsWith("InterruptedError(4, "));
            Blocked selecting = Blocked.in(sandbox.run("lambda: failure(select.select, [], [s], [])"));
            selecting.thread.interrupt();
            assertTrue(selecting.result().startsWith("InterruptedError(4, "));
            Blocked closed = Blocked.in(sandbox.run("lambda: failure(s.send, b'x')"));
            sandbox.run("s.close()");
            assertEquals("OSError(9, 'Bad file descriptor')", closed.result());
        }
    }

    @Test
    void endOfTheSocketsEndsAWait() throws Exception {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().quota(Quota.parse("out=1K/s")))) {
            sandbox.run(COMMON + DEBT);
            Blocked sending = Blocked.in(sandbox.run("lambda: failure(s.send, b'x')"));
            sandbox.sockets.close();
            assertEquals("OSError(9, 'Bad file descriptor')", sending.result());
        }
    }

    // The rest

    @Test
    void waitsInAll() {
        inGraalPy(Quota.parse("waiting=50ms"), python -> {
            python.run("left, right = socket.socketpair()");
            String text = "(110, 'Connection timed out: the limit of 50 ms of waiting in all')";
            assertEquals("TimeoutError" + text, python.text("failure(left.recv, 1)"));
            assertEquals("TimeoutError" + text, python.text("failure(select.select, [left], [], [])"));
            python.run("right.send(b'x')");
            assertEquals("b'x'", python.text("left.recv(1)"));
        });
        inJython(Quota.parse("waiting=50ms"), python -> {
            python.run("left, right = socket.socketpair()");
            assertEquals("error(110, 'Connection timed out: the limit of 50 ms of waiting in all')",
                    python.text("failure(left.recv, 1)"));
        });
    }

    @Test
    void lookups() {
        inGraalPy(Quota.parse("lookups=1"), python -> {
            python.run("socket.getaddrinfo('localhost', 80)");
            String text = "OSError(122, 'Disk quota exceeded: the limit of 1 look-ups in all')";
            assertEquals(text, python.text("failure(socket.getaddrinfo, 'localhost', 80)"));
            assertEquals(text, python.text("failure(socket.gethostbyname, 'localhost')"));
            python.run("socket.getaddrinfo('127.0.0.1', 80); connection()");
        });
    }

    @Test
    void buffers() {
        inBoth("buffers=100K", python -> {
            python.run("s = socket.socket()");
            python.run("s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 60000)");
            assertTrue(python.text("failure(s.setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 60000)").endsWith(
                    "(105, 'No buffer space available: the limit of 100000 bytes for the buffers of all sockets')"));
        });
    }
}
