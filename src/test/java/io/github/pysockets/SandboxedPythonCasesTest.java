package io.github.pysockets;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.CommandCases;
import io.github.pysockets.cases.PythonCases;
import io.github.pysockets.cases.PythonFiles;
import io.github.pysockets.fixtures.ScriptContexts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs files of python-tests in a context that has nothing but PySockets: sockets need no file system, no native access
 * and no access to Java. {@code -Dpython.cases} chooses as in {@link PythonCasesTest}.
 *
 * <p>The files left out open files or pipes, use signals, or compare numbers and texts with those of the {@code os}
 * module, which in such a context are not the operating system's.
 */
final class SandboxedPythonCasesTest {
    private static final List<String> MODULES = List.of(
            "test_byte_order", // functions without a socket
            "test_getaddrinfo", // the name service
            "test_tcp", // every way to send and to receive, with a thread at the other end
            "test_tcp_options", // options as numbers and as bytes
            "test_udp", // addresses with each datagram
            "test_timeouts", // waiting in Java
            "test_makefile", // the standard library's files on top
            "test_ip_ancillary", // messages with ancillary data
            "test_os_descriptors", // what is supplied of os, where it has numbers of its own
            "test_descriptor_modes",
            "test_fcntl",
            "test_select", // waiting for many, of sockets
            "test_poll",
            "test_epoll",
            "test_selectors", // the standard library's module on top
            "test_socketserver", // select and threads
            "test_asyncio_streams", // event loops
            "test_asyncio_servers", // many tasks, name look-ups on other threads
            "test_http", // a protocol of the standard library, both its ends
            "test_ftplib", // two connections at a time
            "test_ssl_module", // TLS without a connection; SandboxedTlsTest has those
            "test_ssl_context",
            "test_socket_object"); // dropped sockets, and the warnings for them

    private static final Map<String, String> LACKS =
            Map.of("Operation not permitted: '/tmp/",
                    "a context without IO cannot make a directory for a socket or a certificate");

    private static Context context;
    private static PySockets sockets;
    private static PythonCases cases;

    @BeforeAll
    static void start() {
        context = ScriptContexts.sandbox().option("python.WarnOptions", "default").build();
        sockets = PySockets.install(context);
        ScriptContexts.supply(context, PythonFiles::textOrNull);
        cases = new PythonCases(context, CommandCases.LIMIT, LACKS);
    }

    @AfterAll
    static void end() {
        sockets.close();
        context.close(true);
    }

    @TestFactory
    Stream<DynamicNode> cases() {
        CaseFilter filter = CaseFilter.fromProperty();
        List<String> modules = MODULES.stream().filter(filter::acceptsSomeOf).toList();
        assumeFalse(modules.isEmpty(), "python.cases names no file that is run in this context");
        return modules.stream().map(module -> cases.module(module, filter));
    }
}
