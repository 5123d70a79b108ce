package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.pysockets.fixtures.ExamplePrograms;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.resolver.NameResolver;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The examples of docs/policy.md do what it says of them. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class PolicyExamplesTest {
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        port = server.getAddress().getPort();
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] page = "a page".getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals("/inside")) {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:%d/".formatted(port));
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void scriptReachesOneService() throws Exception {
        try (ExamplePrograms examples = new ExamplePrograms("OneApi")) {
            Object api = examples.load("OneApi").getConstructor(String.class, int.class).newInstance("localhost", port);
            var status = api.getClass().getMethod("status", String.class, int.class);
            assertEquals("200", status.invoke(api, "localhost", port));
            assertEquals("PermissionError: [Errno 13] Permission denied: connect to 127.0.0.1:1",
                    status.invoke(api, "localhost", 1));
            assertEquals("PermissionError: [Errno 13] Permission denied: connect to 127.0.0.2:" + port,
                    status.invoke(api, "127.0.0.2", port));
            assertEquals("PermissionError: [Errno 13] Permission denied: look-up of example.invalid",
                    status.invoke(api, "example.invalid", port));
        }
        assertEquals(1, requests.get());
    }

    @Test
    void pluginHasThisHostAndFiveMegabytes() throws Exception {
        try (ExamplePrograms examples = new ExamplePrograms("Plugin")) {
            Class<?> type = examples.load("Plugin");
            var run = type.getMethod("run", String.class);
            try (AutoCloseable plugin = (AutoCloseable) type.getConstructor().newInstance()) {
                run.invoke(plugin, """
                        import socket

                        def attempt(call):
                            try:
                                return str(call())
                            except OSError as failure:
                                return f"{type(failure).__name__}: {failure}"

                        def pour(size):
                            sent = 0
                            with socket.create_server(("127.0.0.1", 0)) as server:
                                with socket.create_connection(server.getsockname()) as client:
                                    with server.accept()[0] as peer:
                                        while sent < size:
                                            client.sendall(b"x" * 100_000)
                                            left = 100_000
                                            while left:
                                                left -= len(peer.recv(left))
                                            sent += 100_000
                            return sent
                        """);
                assertEquals("4000000", run.invoke(plugin, "attempt(lambda: pour(4_000_000))"));
                String over = (String) run.invoke(plugin, "attempt(lambda: pour(2_000_000))");
                assertTrue(over.startsWith("OSError: [Errno 122] Disk quota exceeded"), over);
                assertEquals("PermissionError: [Errno 13] Permission denied: connect to 10.0.0.1:80",
                        run.invoke(plugin, "attempt(lambda: socket.create_connection(('10.0.0.1', 80)))"));
                long bytes = (long) type.getMethod("bytes").invoke(plugin);
                assertTrue(bytes > 9_000_000 && bytes <= 10_000_000, "bytes: " + bytes);
            }
        }
    }

    /** The operating system's stack, on which a public address leads to this host. */
    private static final class PublicOnLoopback extends ForwardingStack {
        private static final int PUBLIC = 0x0808_0404;
        private static final int LOOPBACK = 0x7F00_0001;

        PublicOnLoopback() {
            super(LinuxStack.open());
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new ForwardingEndpoint(endpoint, this::wrap) {
                @Override
                public int connect(SocketAddress remote) {
                    boolean isPublic = remote instanceof SockaddrIn in && in.address() == PUBLIC;
                    return super.connect(isPublic ? new SockaddrIn(LOOPBACK, ((SockaddrIn) remote).port()) : remote);
                }
            };
        }
    }

    @Test
    void crawlerStaysOutside() throws Exception {
        Map<String, String> names = Map.of("public.test", "8.8.4.4", "rebound.test", "127.0.0.1", "cloud.test",
                "169.254.169.254", "inside.test", "10.1.2.3");
        NameResolver resolver = NameResolver.only(host -> Optional.ofNullable(names.get(host))
                .map(address -> List.of(InetAddress.ofLiteral(address))));
        try (ExamplePrograms examples = new ExamplePrograms("Crawler")) {
            PySockets.Builder builder = PySockets.builder().stack(new PublicOnLoopback()).resolver(resolver);
            Class<?> type = examples.load("Crawler");
            var fetch = type.getMethod("fetch", String.class);
            try (AutoCloseable crawler = (AutoCloseable) type.getConstructor(PySockets.Builder.class)
                    .newInstance(builder)) {
                assertEquals("a page", fetch.invoke(crawler, "http://public.test:" + port));
                for (String host : List.of("rebound.test", "cloud.test", "inside.test", "127.0.0.1", "localhost",
                        "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
                        "169.254.169.254", "192.168.0.1")) {
                    String answer = (String) fetch.invoke(crawler, "http://" + host + ":" + port);
                    assertTrue(answer.contains("Permission denied: connect to") || answer.contains("not known"),
                            host + ": " + answer);
                }
                String redirected = (String) fetch.invoke(crawler, "http://public.test:" + port + "/inside");
                assertTrue(redirected.contains("Permission denied: connect to 127.0.0.1:" + port), redirected);
            }
        }
        assertEquals(2, requests.get());
    }

    @Test
    void documentShowsWhatTheExamplesAre() throws Exception {
        String document = Files.readString(ScriptContexts.ROOT.resolve("docs/policy.md"));
        var block =
                Pattern.compile("\\(\\.\\./examples/embedding/(\\w+\\.java)\\)[^`]*```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(document);
        int count = 0;
        while (block.find()) {
            String example = Files.readString(ScriptContexts.ROOT.resolve("examples/embedding/" + block.group(1)));
            for (String line : block.group(2).split("\n")) {
                assertTrue(example.contains(line.strip()), block.group(1) + " lacks: " + line);
            }
            count++;
        }
        assertTrue(count >= 3, "examples shown: " + count);
    }
}
