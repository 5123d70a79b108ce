package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.ProxyServer;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.proxy.Proxy;
import io.github.pysockets.resolver.NameResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripts whose TCP connections go through a proxy of which they know nothing. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class ProxyTest {
    private static final String SCRIPT = """
            import asyncio, errno, select, socket, threading

            server = socket.create_server(("127.0.0.1", 0))
            address = server.getsockname()

            def greet():
                try:
                    while True:
                        connection, _ = server.accept()
                        with connection:
                            connection.sendall(b"welcome")
                            connection.sendall(connection.recv(100))
                            connection.recv(1)
                except OSError:
                    pass

            threading.Thread(target=greet, daemon=True).start()

            def talk(sock):
                with sock:
                    sock.sendall(b"echo")
                    data = b""
                    while len(data) < 11:
                        data += sock.recv(100)
                    assert data == b"welcomeecho", data
                    assert sock.getpeername()[:2] == target[:2], sock.getpeername()
                    with sock.dup() as again:
                        assert again.getpeername() == sock.getpeername()
                    return "done"

            target = address

            def blocking():
                return talk(socket.create_connection(address))

            def with_timeout():
                return talk(socket.create_connection(address, 20))

            def nonblocking(wait):
                sock = socket.socket()
                sock.setblocking(False)
                error = sock.connect_ex(address)
                if error == errno.EINPROGRESS:
                    wait(sock)
                    error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    sock.close()
                    raise OSError(error, "by number")
                sock.settimeout(20)
                return talk(sock)

            def by_select():
                return nonblocking(lambda sock: select.select([], [sock], [], 20))

            def by_poll():
                def wait(sock):
                    poll = select.poll()
                    poll.register(sock, select.POLLOUT)
                    poll.poll(20000)
                return nonblocking(wait)

            def by_epoll():
                def wait(sock):
                    with select.epoll() as poll:
                        poll.register(sock, select.EPOLLOUT)
                        ready = poll.poll(20)
                        assert ready and ready[0][1] & select.EPOLLOUT, ready
                return nonblocking(wait)

            def by_asyncio():
                async def run():
                    reader, writer = await asyncio.open_connection(*address)
                    writer.write(b"echo")
                    data = await reader.readexactly(11)
                    assert writer.get_extra_info("peername") == address
                    writer.close()
                    return data
                return "done" if asyncio.run(run()) == b"welcomeecho" else "wrong"

            def fastopen():
                sock = socket.socket()
                sock.sendto(b"echo", socket.MSG_FASTOPEN, address)
                data = b""
                with sock:
                    while len(data) < 11:
                        data += sock.recv(100)
                return "done" if data == b"welcomeecho" else str(data)

            def passed_on():
                left, right = socket.socketpair()
                fresh = socket.socket()
                socket.send_fds(left, [b"x"], [fresh.fileno()])
                got = socket.socket(fileno=socket.recv_fds(right, 10, 1)[1][0])
                got.connect(address)
                return talk(got)

            def datagrams():
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
                    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                        one.bind(("127.0.0.1", 0))
                        one.settimeout(20)
                        other.sendto(b"a", one.getsockname())
                        other.sendmsg([b"b"], [], 0, one.getsockname())
                        other.connect(one.getsockname())
                        other.send(b"c")
                        return "done" if [one.recv(9) for _ in range(3)] == [b"a", b"b", b"c"] else "wrong"

            def mapped():
                sock = socket.socket(socket.AF_INET6)
                sock.connect(("::ffff:127.0.0.1", address[1]))
                global target
                target = ("::ffff:127.0.0.1", address[1])
                try:
                    return talk(sock)
                finally:
                    target = address

            def attempt(call):
                try:
                    return call()
                except OSError as failure:
                    return f"{type(failure).__name__} {failure}".replace(str(address[1]), "PORT")
            """;

    /** The kinds of proxy. */
    private enum Kind {
        SOCKS5(Proxy::socks5),
        HTTP(Proxy::http);

        private final Function<InetSocketAddress, Proxy> make;

        Kind(Function<InetSocketAddress, Proxy> make) {
            this.make = make;
        }
    }

    private static Engine engine;

    private ProxyServer proxy;

    @BeforeAll
    static void startEngine() {
        engine = Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
    }

    @AfterAll
    static void endEngine() {
        engine.close();
    }

    @BeforeEach
    void startProxy() throws Exception {
        proxy = new ProxyServer();
    }

    @AfterEach
    void endProxy() throws Exception {
        proxy.close();
    }

    private void withScript(PySockets.Builder builder, ThrowingConsumer use) throws Exception {
        try (Context context = ScriptContexts.sandbox().engine(engine).allowCreateThread(true).build();
                PySockets _ = builder.install(context)) {
            context.eval("python", SCRIPT);
            use.accept(context);
        }
    }

    /** What a test does with a context. */
    @FunctionalInterface
    private interface ThrowingConsumer {
        void accept(Context context) throws Exception;
    }

    private static String run(Context context, String call) {
        return context.eval("python", "attempt(" + call + ")").asString();
    }

    @ParameterizedTest
    @EnumSource
    void connectionsGoThroughIt(Kind kind) throws Exception {
        withScript(PySockets.builder().proxy(kind.make.apply(proxy.address())), context -> {
            int count = 0;
            for (String call : List.of("blocking", "with_timeout", "by_select", "by_poll", "by_epoll", "by_asyncio",
                    "fastopen", "mapped", "passed_on")) {
                assertEquals("done", run(context, call), call);
                assertEquals(++count, proxy.targets.size(), call);
            }
            assertEquals("done", run(context, "datagrams"));
            assertEquals(count, proxy.targets.size());
            String target = "127.0.0.1:" + context.eval("python", "address[1]").asInt();
            assertEquals(List.of(target), proxy.targets.stream().distinct().toList());
        });
    }

    private static final String REFUSALS = """
            SOCKS5 1 ConnectionRefusedError [Errno 111] Connection refused: the proxy could not connect
            SOCKS5 2 PermissionError [Errno 13] Permission denied: the proxy does not allow it
            SOCKS5 3 OSError [Errno 101] Network is unreachable: says the proxy
            SOCKS5 4 OSError [Errno 113] No route to host: says the proxy
            SOCKS5 5 ConnectionRefusedError [Errno 111] Connection refused: says the proxy
            SOCKS5 6 TimeoutError [Errno 110] Connection timed out: says the proxy
            SOCKS5 99 ConnectionRefusedError [Errno 111] Connection refused: the proxy could not connect
            HTTP 403 PermissionError [Errno 13] Permission denied: the proxy does not allow it
            HTTP 502 OSError [Errno 113] No route to host: says the proxy
            HTTP 504 TimeoutError [Errno 110] Connection timed out: says the proxy
            HTTP 500 ConnectionRefusedError [Errno 111] Connection refused: the proxy answers 500
            """;

    @ParameterizedTest
    @EnumSource
    void refusalsAreErrnos(Kind kind) throws Exception {
        withScript(PySockets.builder().proxy(kind.make.apply(proxy.address())), context -> {
            for (String line : REFUSALS.split("\n")) {
                String[] words = line.split(" ", 3);
                if (!words[0].equals(kind.name())) {
                    continue;
                }
                proxy.replyWith(Integer.parseInt(words[1]));
                String message = words[2];
                assertEquals(message, run(context, "blocking"));
                assertEquals(message, run(context, "with_timeout"));
                String byNumber = message.substring(0, message.indexOf(']')) + "] by number";
                for (String call : List.of("by_select", "by_poll", "by_epoll")) {
                    assertEquals(byNumber, run(context, call), call);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void passwordIsGiven(Kind kind) throws Exception {
        proxy.wantPassword();
        Proxy made = kind.make.apply(proxy.address());
        withScript(PySockets.builder().proxy(made.withPassword("user", "secret")), context -> {
            assertEquals("done", run(context, "blocking"));
            assertEquals("user@", proxy.targets.getFirst().substring(0, 5));
        });
        for (Proxy wrong : List.of(made, made.withPassword("user", "wrong"))) {
            withScript(PySockets.builder().proxy(wrong), context -> assertEquals(
                    "PermissionError [Errno 13] Permission denied: the proxy",
                    run(context, "blocking").substring(0, 55)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingPassesBeforeTheProxyHasAnswered(Kind kind) throws Exception {
        proxy.fallSilent();
        withScript(PySockets.builder().proxy(kind.make.apply(proxy.address())), context -> {
            context.eval("python", """
                    sock = socket.socket()
                    sock.setblocking(False)
                    assert sock.connect_ex(address) == errno.EINPROGRESS
                    assert sock.connect_ex(address) == errno.EALREADY
                    poll = select.poll()
                    poll.register(sock)
                    epoll = select.epoll()
                    epoll.register(sock)
                    """);
            for (String call : List.of("sock.send(b'x')", "sock.recv(1)", "sock.sendmsg([b'x'])", "sock.recvmsg(1)")) {
                assertEquals("BlockingIOError [Errno 11] Resource temporarily unavailable",
                        run(context, "lambda: " + call), call);
            }
            assertEquals("OSError [Errno 107] Transport endpoint is not connected",
                    run(context, "lambda: sock.getpeername()"));
            for (String call : List.of("poll.poll(50)", "epoll.poll(0.05)",
                    "sum(select.select([sock], [sock], [sock], 0.05), [])")) {
                assertEquals("[]", run(context, "lambda: str(" + call + ")"), call);
            }
            assertEquals("0", run(context, "lambda: str(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void silentProxyEndsAtTheTimeout(Kind kind) throws Exception {
        proxy.fallSilent();
        withScript(PySockets.builder().proxy(kind.make.apply(proxy.address())), context -> assertEquals(
                "TimeoutError timed out", run(context, "lambda: socket.create_connection(address, 0.2)")));
    }

    @ParameterizedTest
    @EnumSource
    void policyJudgesTheTrueTarget(Kind kind) throws Exception {
        NameResolver resolver = NameResolver.only(host -> host.equals("good.test")
                ? Optional.of(List.of(InetAddress.ofLiteral("127.0.0.1")))
                : Optional.empty());
        PySockets.Builder builder = PySockets.builder()
                .proxy(kind.make.apply(proxy.address()))
                .resolver(resolver)
                .policy(NetworkPolicy.parse("allow good.test; allow listen 127.0.0.1"));
        withScript(builder, context -> {
            assertEquals("PermissionError [Errno 13] Permission denied: connect to 127.0.0.1:PORT",
                    run(context, "blocking"));
            assertEquals(List.of(), proxy.targets);
            assertEquals("done",
                    run(context, "lambda: talk(socket.create_connection(('good.test', address[1])))"));
            assertEquals(1, proxy.targets.size());
        });
    }

    @ParameterizedTest
    @EnumSource
    void otherTargetsAreReachedDirectly(Kind kind) throws Exception {
        Proxy made = kind.make.apply(proxy.address()).onlyFor(target -> !target.getAddress().isLoopbackAddress());
        withScript(PySockets.builder().proxy(made), context -> {
            assertEquals("done", run(context, "blocking"));
            assertEquals("done", run(context, "by_asyncio"));
            assertEquals(List.of(), proxy.targets);
        });
    }

    @ParameterizedTest
    @EnumSource
    void absentProxyIsAnError(Kind kind) throws Exception {
        proxy.close();
        withScript(PySockets.builder().proxy(kind.make.apply(proxy.address())), context -> {
            assertEquals("ConnectionRefusedError [Errno 111] Connection refused", run(context, "blocking")
                    .replace(": on the way to the proxy", ""));
            assertEquals("ConnectionRefusedError [Errno 111] by number", run(context, "by_epoll"));
        });
    }
}
