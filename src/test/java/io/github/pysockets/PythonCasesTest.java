package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.PythonCases;
import io.github.pysockets.cases.PythonFiles;
import io.github.pysockets.cli.CommandSetup;
import io.github.pysockets.fixtures.ScriptContexts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all that is in python-tests, on our sockets, in a context like that of the pysockets command. The same files
 * pass in CPython 3.12.
 *
 * <p>{@code mvn test -Dtest=PythonCasesTest -Dpython.cases=test_tcp} runs one file, {@code
 * -Dpython.cases=test_tcp.SendingOverIPv4Test} one class: see {@link CaseFilter}.
 */
final class PythonCasesTest {
    /** Far more than a case takes; the cases' own waits end after 20 s. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static Context context;
    private static PySockets sockets;
    private static PythonCases cases;

    @BeforeAll
    static void start() {
        context = ScriptContexts.command("-B", "-W", "default", "-")
                .option("python.PythonPath", PythonFiles.searchPath())
                .build();
        sockets = CommandSetup.install(context);
        cases = new PythonCases(context, LIMIT, Map.of());
    }

    @AfterAll
    static void end() {
        context.eval("python", "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)");
        sockets.close();
        context.close(true);
    }

    @TestFactory
    Stream<DynamicNode> cases() {
        CaseFilter filter = CaseFilter.fromProperty();
        List<String> modules = PythonFiles.testModules().stream().filter(filter::acceptsSomeOf).toList();
        assertTrue(!modules.isEmpty(), "python.cases names no file in " + PythonFiles.FOLDER);
        return modules.stream().map(module -> cases.module(module, filter));
    }
}
