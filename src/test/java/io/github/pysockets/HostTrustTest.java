package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.TlsApplication;
import io.github.pysockets.tls.EnginePair;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default contexts of scripts use what the application gives them for TLS: its trust, its keys, its rules. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class HostTrustTest {
    private static final int LIMIT = 20_000;
    private static final String UNKNOWN = "20 unable to get local issuer certificate";

    private static final Made AUTHORITY = TestCertificates.authority("CN=Company CA");
    private static final Made OTHER = TestCertificates.authority("CN=Other CA");
    private static final Made SCRIPT = TestCertificates.of("CN=script").dns("localhost").issuedBy(AUTHORITY);
    private static final Made SERVER =
            TestCertificates.of("CN=localhost").dns("localhost").ip("127.0.0.1").issuedBy(AUTHORITY);
    private static final Made STRANGER = TestCertificates.server(OTHER, "localhost");

    /** {@code ask(port)}: what the server answers; {@code refusal(port)}: why its certificate is not good. */
    private static final String FUNCTIONS = """
            import socket
            import ssl

            def connected(port, name="localhost", context=None, session=None):
                sock = socket.create_connection(("127.0.0.1", port), 20)
                try:
                    context = context or ssl.create_default_context()
                    return context.wrap_socket(sock, server_hostname=name, session=session)
                except BaseException:
                    sock.close()
                    raise

            def answer(connection):
                connection.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
                with connection.makefile("rb") as file:
                    return file.read().partition(b"\\r\\n\\r\\n")[2].decode()

            def ask(port, name="localhost", context=None):
                with connected(port, name, context) as connection:
                    return answer(connection)

            def refusal(port, name="localhost", context=None):
                try:
                    return ask(port, name, context)
                except ssl.SSLCertVerificationError as failure:
                    return "%d %s" % (failure.verify_code, failure.verify_message)
                except ssl.SSLError as failure:
                    return failure.reason or str(failure)
            """;

    private static Sandbox sandbox;
    private static TlsApplication server;
    private static TlsApplication stranger;

    @BeforeAll
    static void open() {
        sandbox = sandbox(EnginePair.context(SCRIPT, AUTHORITY.certificate()));
        server = new TlsApplication(EnginePair.context(SERVER, AUTHORITY.certificate()));
        stranger = new TlsApplication(EnginePair.context(STRANGER, AUTHORITY.certificate()));
    }

    @AfterAll
    static void close() {
        sandbox.close();
        server.close();
        stranger.close();
    }

    private static Sandbox sandbox(SSLContext trust) {
        Sandbox made = new Sandbox(PySockets.builder().sslContext(trust));
        made.run(FUNCTIONS);
        return made;
    }

    private static String call(String function, Object... arguments) {
        return Sandbox.text(sandbox.get(function).execute(arguments));
    }

    private static String refusal(Made certificate) {
        try (TlsApplication shown = new TlsApplication(EnginePair.context(certificate, null))) {
            return call("refusal", shown.port());
        }
    }

    @Test
    void trustsWhomTheApplicationTrustsAndShowsItsKey() {
        assertEquals("CN=script", call("ask", server.port()));
    }

    @Test
    void trustsNobodyElse() {
        assertEquals(UNKNOWN, call("refusal", stranger.port()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "other.example|62 Hostname mismatch, certificate is not valid for 'other.example'.",
                "127.0.0.2|64 IP address mismatch, certificate is not valid for '127.0.0.2'.",
                "::1|64 IP address mismatch, certificate is not valid for '::1'.",
                "127.0.0.1|CN=script",
                "LOCALHOST|CN=script"
            })
    void namesAreCompared(String name, String outcome) {
        assertEquals(outcome, call("refusal", server.port(), name));
    }

    @Test
    void timesAreLookedAt() {
        Instant now = Instant.now();
        Made expired = TestCertificates.of("CN=old").dns("localhost").to(now.minus(Duration.ofMinutes(1)))
                .issuedBy(AUTHORITY);
        Made early = TestCertificates.of("CN=new").dns("localhost").from(now.plus(Duration.ofHours(1)))
                .issuedBy(AUTHORITY);
        assertEquals("10 certificate has expired", refusal(expired));
        assertEquals("9 certificate is not yet valid", refusal(early));
    }

    @Test
    void usesOfAKeyAreLookedAt() {
        assertEquals("26 unsuitable certificate purpose", refusal(TestCertificates.client(AUTHORITY, "localhost")));
    }

    @Test
    void whatWasAgreedOnIsTold() {
        String told = sandbox.text("""
                with connected(%d) as connection:
                    certificate = connection.getpeercert()
                    told = (
                        connection.version(),
                        connection.cipher()[0],
                        certificate["issuer"],
                        certificate["subjectAltName"],
                        ssl.DER_cert_to_PEM_cert(connection.getpeercert(True)),
                    )
                    answer(connection)
                repr(told[:4]) + told[4]
                """.formatted(server.port()));
        assertEquals(
                "('TLSv1.3', 'TLS_AES_256_GCM_SHA384', ((('commonName', 'Company CA'),),),"
                        + " (('DNS', 'localhost'), ('IP Address', '127.0.0.1')))" + SERVER.pem(),
                told);
    }

    @Test
    void authoritiesThatAScriptLoadsCountInstead() {
        sandbox.run("""
                def context_for(pem):
                    context = ssl.create_default_context()
                    context.load_verify_locations(cadata=pem)
                    return context
                """);
        Object context = sandbox.get("context_for").execute(OTHER.pem());
        assertEquals(TlsApplication.NOBODY, call("ask", stranger.port(), "localhost", context));
        assertEquals(UNKNOWN, call("refusal", server.port(), "localhost", context));
        sandbox.run("without = ssl.create_default_context(cadata=" + quoted(OTHER.pem()) + ")");
        assertEquals(UNKNOWN, call("refusal", server.port(), "localhost", sandbox.get("without")));
    }

    private static String quoted(String text) {
        return "'''" + text + "'''";
    }

    @Test
    void contextThatLoadsNothingTrustsNobody() {
        sandbox.run("bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)");
        assertEquals(UNKNOWN, call("refusal", server.port(), "localhost", sandbox.get("bare")));
    }

    @Test
    void keyIsNotShownToServersThatAreNotVerified() {
        sandbox.run("""
                trusting = ssl.create_default_context()
                trusting.check_hostname = False
                trusting.verify_mode = ssl.CERT_NONE
                """);
        assertEquals(TlsApplication.NOBODY, call("ask", server.port(), "x", sandbox.get("trusting")));
        assertEquals(TlsApplication.NOBODY, call("ask", stranger.port(), "x", sandbox.get("trusting")));
    }

    @Test
    void nameIsNotLookedAtWhereTheScriptSaysSo() {
        sandbox.run("""
                nameless = ssl.create_default_context()
                nameless.check_hostname = False
                """);
        assertEquals("CN=script", call("ask", server.port(), "other.example", sandbox.get("nameless")));
        assertEquals("CN=script", call("ask", server.port(), null, sandbox.get("nameless")));
        assertEquals(UNKNOWN, call("refusal", stranger.port(), "localhost", sandbox.get("nameless")));
    }

    @Test
    void revocationListsThatAreNotThereAreNotDoneWithout() {
        sandbox.run("""
                strict = ssl.create_default_context()
                strict.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
                """);
        assertEquals(UNKNOWN, call("refusal", server.port(), "localhost", sandbox.get("strict")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void sessionsAreTakenUpOnlyWhenTheScriptSaysSo(String version) {
        assertEquals("[False, False, True]", sandbox.text("""
                context = ssl.create_default_context()
                context.minimum_version = context.maximum_version = ssl.TLSVersion.%s
                reused, session = [], None
                for offered in (False, False, True):
                    with connected(%d, context=context, session=session if offered else None) as connection:
                        answer(connection)
                        reused.append(connection.session_reused)
                        session = connection.session
                repr(reused)
                """.formatted(version, server.port())));
    }

    @Test
    void sessionsOfOneContextAreUnknownToAnother() {
        assertEquals("[False, False]", sandbox.text("""
                reused = []
                for _ in range(2):
                    with connected(%d) as connection:
                        answer(connection)
                        reused.append(connection.session_reused)
                repr(reused)
                """.formatted(server.port())));
    }

    @Test
    void standardLibraryUsesIt() {
        sandbox.run("""
                import urllib.error
                import urllib.request

                def fetch(port):
                    try:
                        with urllib.request.urlopen("https://localhost:%d/" % port, timeout=20) as answer:
                            return answer.read().decode()
                    except urllib.error.URLError as failure:
                        return str(failure.reason.verify_code)
                """);
        assertEquals("CN=script", call("fetch", server.port()));
        assertEquals("20", call("fetch", stranger.port()));
    }

    @Test
    void eachContextHasItsOwn() {
        try (Sandbox second = sandbox(EnginePair.context(null, OTHER.certificate()))) {
            assertEquals(
                    TlsApplication.NOBODY,
                    Sandbox.text(second.get("ask").execute(stranger.port())));
            assertEquals(UNKNOWN, Sandbox.text(second.get("refusal").execute(server.port())));
        }
        assertEquals("CN=script", call("ask", server.port()));
        assertEquals(UNKNOWN, call("refusal", stranger.port()));
    }

    @Test
    void serversThatAskForItShowTheApplicationsKey() throws IOException {
        sandbox.run("""
                import threading

                def serve(mode):
                    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                    context.verify_mode = ssl.VerifyMode[mode]
                    context.load_default_certs(ssl.Purpose.CLIENT_AUTH)
                    listener = socket.create_server(("127.0.0.1", 0))
                    outcome = []

                    def answer():
                        with listener:
                            sock = listener.accept()[0]
                        sock.settimeout(20)
                        try:
                            with context.wrap_socket(sock, server_side=True) as connection:
                                connection.recv(1)
                                outcome.append(str(connection.getpeercert())[:49])
                                connection.sendall(b"!")
                        except ssl.SSLError as failure:
                            outcome.append(failure.reason)

                    thread = threading.Thread(target=answer)
                    thread.start()

                    def finish():
                        thread.join(20)
                        return outcome[0]

                    return listener.getsockname()[1], finish
                """);
        Made client = TestCertificates.client(AUTHORITY, "visitor");
        assertEquals("None", visit("CERT_NONE", EnginePair.context(null, AUTHORITY.certificate()), true));
        assertEquals("None", visit("CERT_OPTIONAL", EnginePair.context(null, AUTHORITY.certificate()), true));
        assertEquals(
                "{'subject': ((('commonName', 'visitor'),),), 'iss",
                visit("CERT_REQUIRED", EnginePair.context(client, AUTHORITY.certificate()), true));
        assertEquals(
                "PEER_DID_NOT_RETURN_A_CERTIFICATE",
                visit("CERT_REQUIRED", EnginePair.context(null, AUTHORITY.certificate()), false));
        Made expired = TestCertificates.of("CN=visitor").to(Instant.now().minus(Duration.ofMinutes(1)))
                .issuedBy(AUTHORITY);
        assertEquals(
                "CERTIFICATE_VERIFY_FAILED",
                visit("CERT_REQUIRED", EnginePair.context(expired, AUTHORITY.certificate()), false));
    }

    /** What a script's server says of its client; {@code good} whether that gets an answer. */
    private static String visit(String mode, SSLContext client, boolean good) throws IOException {
        var served = sandbox.get("serve").execute(mode);
        int port = served.getArrayElement(0).asInt();
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket connection =
                        (SSLSocket) client.getSocketFactory().createSocket(plain, "localhost", port, true)) {
            connection.setSoTimeout(LIMIT);
            if (good) {
                connection.getOutputStream().write('?');
                assertEquals('!', connection.getInputStream().read());
                assertEquals("CN=script", TlsApplication.client(connection));
            } else {
                assertThrows(IOException.class, () -> {
                    connection.getOutputStream().write('?');
                    connection.getInputStream().read();
                });
            }
        }
        return Sandbox.text(served.getArrayElement(1).execute());
    }

    @Test
    void whatTheApplicationHasSwitchedOffStaysOff() throws GeneralSecurityException {
        SSLContext narrow = SSLContext.getInstance("TLSv1.2");
        narrow.init(null, new TrustManager[] {new Answering(null)}, null);
        try (Sandbox old = sandbox(narrow)) {
            assertEquals("TLSv1.2", old.text("""
                    with connected(%d) as connection:
                        version = connection.version()
                        answer(connection)
                    version
                    """.formatted(server.port())));
            old.run("""
                    new = ssl.create_default_context()
                    new.minimum_version = ssl.TLSVersion.TLSv1_3
                    """);
            assertEquals(
                    "NO_PROTOCOLS_AVAILABLE",
                    Sandbox.text(old.get("refusal").execute(server.port(), "localhost", old.get("new"))));
        }
    }

    @Test
    void trustManagerOfTheApplicationsIsHeard() throws GeneralSecurityException {
        assertEquals("28 certificate rejected", refusalBy(new CertificateException("not on a Sunday")));
    }

    @Test
    void trustManagerThatBreaksDownIsNoConsent() throws GeneralSecurityException {
        assertEquals("[SSL] internal error (_ssl)", refusalBy(new IllegalStateException("no database")));
    }

    private static String refusalBy(Exception thrown) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Answering(thrown)}, null);
        try (Sandbox asking = sandbox(context)) {
            return Sandbox.text(asking.get("refusal").execute(server.port()));
        }
    }

    @Test
    void contextHasToBeInitialized() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        PySockets.Builder builder = PySockets.builder();
        assertThrows(IllegalStateException.class, () -> builder.sslContext(context));
    }

    /** Says the same of everybody. */
    private static final class Answering extends X509ExtendedTrustManager {
        private final Exception thrown;

        /** @param thrown a CertificateException or an unchecked one; null to trust everybody */
        Answering(Exception thrown) {
            this.thrown = thrown;
        }

        private void answer() throws CertificateException {
            switch (thrown) {
                case null -> {
                }
                case CertificateException refusal -> throw refusal;
                default -> throw (RuntimeException) thrown;
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            answer();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            answer();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            answer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
