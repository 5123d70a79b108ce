package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.resolver.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A policy about names of hosts: which addresses they allow, and by which names TLS clients may call those. */
final class PolicyNamesTest {
    private static final String SERVER = """
            import socket, ssl

            server = socket.create_server(("127.0.0.1", 0))
            port = server.getsockname()[1]

            def attempt(call):
                try:
                    call()
                    return "done"
                except PermissionError as failure:
                    return failure.strerror.replace(str(port), "PORT")

            def reach(host):
                with socket.create_connection((host, port), 10):
                    server.accept()[0].close()
            """;

    private final Map<String, List<InetAddress>> hosts = new ConcurrentHashMap<>();
    private final List<Refused> refused = Collections.synchronizedList(new ArrayList<>());

    private void host(String name, String... addresses) throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            found.add(InetAddress.ofLiteral(address));
        }
        hosts.put(name, found);
    }

    private Sandbox sandbox(String policy) {
        Sandbox sandbox = new Sandbox(PySockets.builder()
                .resolver(NameResolver.only(host -> Optional.ofNullable(hosts.get(host))))
                .onRefusal(refused::add)
                .policy(NetworkPolicy.parse("allow bind,listen 127.0.0.1\n" + policy)));
        sandbox.run(SERVER);
        return sandbox;
    }

    @Test
    void nameAllowsTheAddressesThatWereGivenForIt() throws Exception {
        host("api.test", "127.0.0.1");
        host("other.test", "127.0.0.2");
        try (Sandbox sandbox = sandbox("allow connect api.test, *.sub.api.test")) {
            assertEquals("Permission denied: connect to 127.0.0.1:PORT",
                    sandbox.text("attempt(lambda: reach('127.0.0.1'))"));
            assertEquals("done", sandbox.text("attempt(lambda: reach('api.test'))"));
            assertEquals("done", sandbox.text("attempt(lambda: reach('API.Test.'))"));
            assertEquals("done", sandbox.text("attempt(lambda: reach('127.0.0.1'))"));
            assertEquals("Permission denied: look-up of other.test",
                    sandbox.text("attempt(lambda: reach('other.test'))"));
            assertEquals("Permission denied: look-up of sub.api.test",
                    sandbox.text("attempt(lambda: reach('sub.api.test'))"));
            assertEquals("Permission denied: connect to 127.0.0.2:PORT",
                    sandbox.text("attempt(lambda: reach('127.0.0.2'))"));
        }
        assertEquals(List.of("look-up of other.test", "look-up of sub.api.test"),
                refused.stream().map(Refused::toString).filter(text -> text.startsWith("look")).toList());
    }

    @Test
    void refusalStandsWhereWhoIsToldOfItFails() throws Exception {
        try (Sandbox sandbox = new Sandbox(PySockets.builder()
                .onRefusal(refusal -> {
                    throw new IllegalStateException("of a test");
                })
                .policy(NetworkPolicy.parse("allow bind,listen 127.0.0.1; allow connect 127.0.0.1;"
                        + "deny accept 127.0.0.1")))) {
            sandbox.run(SERVER);
            for (int time = 0; time < 2; time++) {
                assertEquals("Permission denied: connect to 127.0.0.2:9",
                        sandbox.text("attempt(lambda: socket.create_connection(('127.0.0.2', 9)))"));
            }
            assertEquals("b''", sandbox.text("""
                    client = socket.create_connection(("127.0.0.1", port), 10)
                    server.setblocking(False)
                    try:
                        server.accept()
                    except BlockingIOError:
                        pass
                    client.recv(1)
                    """));
        }
    }

    @Test
    void nameThatComesToLeadElsewhereFindsWhatIsDenied() throws Exception {
        host("api.test", "127.0.0.1");
        try (Sandbox sandbox = sandbox("allow connect api.test; deny 127.0.0.8/29")) {
            assertEquals("done", sandbox.text("attempt(lambda: reach('api.test'))"));
            host("api.test", "127.0.0.9");
            assertEquals("Permission denied: connect to 127.0.0.9:PORT",
                    sandbox.text("attempt(lambda: reach('api.test'))"));
            host("api.test", "127.0.0.9", "127.0.0.1");
            // create_connection tries one after the other.
            assertEquals("done", sandbox.text("attempt(lambda: reach('api.test'))"));
        }
    }

    private static final String TLS = """

            def call(host, name, by_memory=False):
                context = ssl.create_default_context()
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
                with socket.create_connection((host, port), 10) as plain:
                    accepted, _ = server.accept()
                    accepted.settimeout(10)
                    with accepted:
                        plain.setblocking(False)
                        try:
                            if by_memory:
                                out = ssl.MemoryBIO()
                                connection = context.wrap_bio(ssl.MemoryBIO(), out, server_hostname=name)
                                try:
                                    connection.do_handshake()
                                finally:
                                    if out.pending:
                                        plain.send(out.read())
                            else:
                                with context.wrap_socket(plain, server_hostname=name,
                                                         do_handshake_on_connect=False) as connection:
                                    connection.do_handshake()
                        except ssl.SSLWantReadError:
                            assert name.encode() in accepted.recv(10000)
                        except PermissionError:
                            plain.close()
                            assert accepted.recv(1) == b""
                            raise
            """;

    @Test
    void serverIsCalledByTheNamesThatItsAddressIsAllowedBy() throws Exception {
        host("api.test", "127.0.0.1");
        try (Sandbox sandbox = sandbox("allow connect api.test")) {
            sandbox.run(TLS);
            for (String how : List.of("", ", True")) {
                assertEquals("done", sandbox.text("attempt(lambda: call('api.test', 'api.test'" + how + "))"));
                assertEquals("Permission denied: connect to evil.test" + (how.isEmpty() ? ":PORT" : ""),
                        sandbox.text("attempt(lambda: call('api.test', 'evil.test'" + how + "))"));
            }
        }
    }

    @Test
    void serverThatIsAllowedByItsAddressIsCalledByAnyName() throws Exception {
        try (Sandbox sandbox = sandbox("allow connect 127.0.0.1; deny connect evil.test")) {
            sandbox.run(TLS);
            for (String how : List.of("", ", True")) {
                assertEquals("done", sandbox.text("attempt(lambda: call('127.0.0.1', 'api.test'" + how + "))"));
                assertEquals("Permission denied: connect to evil.test" + (how.isEmpty() ? ":PORT" : ""),
                        sandbox.text("attempt(lambda: call('127.0.0.1', 'evil.test'" + how + "))"));
            }
        }
    }
}
