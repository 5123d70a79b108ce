package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.TlsApplication;
import io.github.pysockets.tls.EnginePair;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.python.core.PyInteger;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/** The module ssl in Jython: what an application gives to it, and how it ends what scripts wait for. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class JythonTlsTest {
    private static final int LIMIT = 20;

    private static final Made AUTHORITY = TestCertificates.authority("CN=Company CA");
    private static final Made SCRIPT = TestCertificates.of("CN=script").dns("localhost").issuedBy(AUTHORITY);
    private static final Made SERVER = TestCertificates.of("CN=localhost").dns("localhost").issuedBy(AUTHORITY);
    private static final Made STRANGER =
            TestCertificates.server(TestCertificates.authority("CN=Other CA"), "localhost");

    private static final String FUNCTIONS = """
            import errno
            import socket
            import ssl

            def connected(port):
                plain = socket.create_connection(("127.0.0.1", port), 20)
                return ssl.create_default_context().wrap_socket(plain, server_hostname="localhost")

            def ask(port):
                connection = connected(port)
                try:
                    connection.sendall("GET / HTTP/1.0\\r\\n\\r\\n")
                    reply = connection.makefile("rb")
                    try:
                        return reply.read().partition("\\r\\n\\r\\n")[2]
                    finally:
                        reply.close()
                finally:
                    connection.close()

            def refusal(port):
                try:
                    return ask(port)
                except ssl.SSLError as failure:
                    return failure.reason

            def silence(port):
                connection = connected(port)
                connection.settimeout(None)
                begun.countDown()
                try:
                    return connection.recv(1)
                except socket.error as failure:
                    return errno.errorcode[failure.errno]
                finally:
                    connection.close()
            """;

    private PythonInterpreter interpreter;
    private JythonSockets sockets;

    @BeforeEach
    void open() {
        interpreter = new PythonInterpreter(null, new PySystemState());
        sockets = JythonSockets.builder()
                .sslContext(EnginePair.context(SCRIPT, AUTHORITY.certificate()))
                .install(interpreter);
        interpreter.exec(FUNCTIONS);
    }

    @AfterEach
    void close() {
        sockets.close();
        interpreter.close();
    }

    private String call(String function, int port) {
        return interpreter.get(function).__call__(new PyInteger(port)).toString();
    }

    @Test
    void trustsWhomTheApplicationTrustsAndShowsItsKey() {
        try (TlsApplication server = new TlsApplication(EnginePair.context(SERVER, AUTHORITY.certificate()))) {
            assertEquals("CN=script", call("ask", server.port()));
        }
    }

    @Test
    void trustsNobodyElse() {
        try (TlsApplication stranger = new TlsApplication(EnginePair.context(STRANGER, null))) {
            assertEquals("CERTIFICATE_VERIFY_FAILED", call("refusal", stranger.port()));
        }
    }

    @Test
    void closingEndsARead() throws Exception {
        assertEquals("EBADF", endedBy(thread -> sockets.close()));
    }

    @Test
    void anInterruptEndsARead() throws Exception {
        assertEquals("EINTR", endedBy(thread -> assertTrue(waits(thread))));
    }

    /** Interrupts it once it waits. */
    private boolean waits(Thread thread) {
        while (!sockets.interruptWait(thread)) {
            Thread.onSpinWait();
        }
        return true;
    }

    private String endedBy(Consumer<Thread> ending) throws Exception {
        var begun = new CountDownLatch(1);
        interpreter.set("begun", begun);
        try (TlsApplication server = new TlsApplication(EnginePair.context(SERVER, AUTHORITY.certificate()))) {
            CompletableFuture<String> ended = new CompletableFuture<>();
            Thread reader = Thread.ofPlatform().daemon().start(() -> {
                try {
                    ended.complete(call("silence", server.port()));
                } catch (Throwable failure) {
                    ended.completeExceptionally(failure);
                }
            });
            assertTrue(begun.await(LIMIT, TimeUnit.SECONDS));
            ending.accept(reader);
            return ended.get(LIMIT, TimeUnit.SECONDS);
        }
    }
}
