package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.TlsApplication;
import io.github.pysockets.tls.EnginePair;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS in a context without IO: with certificates as data all of it works, and no file can be reached by way of it. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class SandboxedTlsTest {
    private static final Made AUTHORITY = TestCertificates.authority("CN=Test CA");
    private static final Made SERVER = TestCertificates.of("CN=localhost").dns("localhost").issuedBy(AUTHORITY);

    /** What the file of the authority is called in a directory of certificates: c_rehash(1). */
    private static final String HASHED_NAME = "3387b84d.0";

    private static Sandbox sandbox;
    private static TlsApplication server;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("import socket, ssl");
        server = new TlsApplication(EnginePair.context(SERVER, null));
    }

    @AfterAll
    static void close() {
        sandbox.close();
        server.close();
    }

    @Test
    void certificatesComeAsData() {
        sandbox.run("""
                def ask(port, pem):
                    context = ssl.create_default_context(cadata=pem)
                    with socket.create_connection(("127.0.0.1", port), 20) as sock:
                        with context.wrap_socket(sock, server_hostname="localhost") as connection:
                            connection.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
                            with connection.makefile("rb") as answer:
                                return answer.readlines()[-1].decode()
                """);
        assertEquals(
                TlsApplication.NOBODY,
                Sandbox.text(sandbox.get("ask").execute(server.port(), AUTHORITY.pem())));
    }

    @Test
    void whomTheSystemTrustsIsKnown() {
        sandbox.run("""
                def refusal(port):
                    context = ssl.create_default_context()
                    counts = context.cert_store_stats()
                    try:
                        with socket.create_connection(("127.0.0.1", port), 20) as sock:
                            context.wrap_socket(sock, server_hostname="localhost")
                    except ssl.SSLCertVerificationError as failure:
                        return "%s %d" % (counts["x509_ca"] > 0, failure.verify_code)
                """);
        assertEquals("True 20", Sandbox.text(sandbox.get("refusal").execute(server.port())));
    }

    @Test
    void bothEndsInMemory() {
        try (Sandbox both = new Sandbox(PySockets.builder().sslContext(EnginePair.context(SERVER, null)))) {
            both.run("""
                    import ssl

                    def through_memory(pem):
                        to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
                        keys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                        keys.load_default_certs(ssl.Purpose.CLIENT_AUTH)
                        trust = ssl.create_default_context(cadata=pem)
                        server = keys.wrap_bio(to_server, to_client, server_side=True)
                        client = trust.wrap_bio(to_client, to_server, server_hostname="localhost")
                        left = [client, server]
                        for _ in range(10):
                            for end in list(left):
                                try:
                                    end.do_handshake()
                                    left.remove(end)
                                except ssl.SSLWantReadError:
                                    pass
                        server.write(b"in memory")
                        return client.read().decode()
                    """);
            assertEquals("in memory", Sandbox.text(both.get("through_memory").execute(AUTHORITY.pem())));
        }
    }

    /** Whether a file is there makes no difference either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "context.load_verify_locations(cafile=path)",
                "context.load_cert_chain(path)",
                "context.load_cert_chain(path, path)",
                "context.load_dh_params(path)",
                "ssl.create_default_context(cafile=path)"
            })
    void filesAreRefusedAsOpenRefusesThem(String use, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("certificate.pem");
        Files.writeString(file, SERVER.pem() + SERVER.keyPem());
        sandbox.run("""
                def outcome(action):
                    try:
                        action()
                        return "done"
                    except OSError as failure:
                        return "%s %s" % (failure.errno, failure.strerror)

                def compare(use, path):
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    names = {"context": context, "ssl": ssl, "path": path}
                    opened, used = outcome(lambda: open(path, "rb")), outcome(lambda: eval(use, names))
                    return "alike" if opened == used != "done" else "%s, %s" % (opened, used)
                """);
        for (Path path : new Path[] {file, folder.resolve("nowhere")}) {
            assertEquals("alike", Sandbox.text(sandbox.get("compare").execute(use, path.toString())));
        }
    }

    @Test
    void foldersOfCertificatesAreOutOfReach(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(HASHED_NAME), AUTHORITY.pem());
        sandbox.run("""
                def by_folder(port, path):
                    context = ssl.create_default_context(capath=path)
                    try:
                        with socket.create_connection(("127.0.0.1", port), 20) as sock:
                            context.wrap_socket(sock, server_hostname="localhost")
                    except ssl.SSLCertVerificationError as failure:
                        return failure.verify_code
                """);
        assertEquals("20", Sandbox.text(sandbox.get("by_folder").execute(server.port(), folder.toString())));
    }

    @Test
    void variablesOfTheEnvironmentReachNoFileEither(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("authority.pem");
        Files.writeString(file, AUTHORITY.pem());
        sandbox.run("""
                import os

                def counted(path):
                    without = ssl.create_default_context().cert_store_stats()
                    os.environ["SSL_CERT_FILE"] = path
                    try:
                        return ssl.create_default_context().cert_store_stats() == without
                    finally:
                        del os.environ["SSL_CERT_FILE"]
                """);
        assertTrue(sandbox.get("counted").execute(file.toString()).asBoolean());
    }

    @Test
    void randomBytesAreThere() {
        assertEquals("16", sandbox.text("len(set(ssl.RAND_bytes(16) for _ in range(16)))"));
    }
}
