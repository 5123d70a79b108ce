package io.github.pysockets;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
 * Runs what python-tests has for asyncio on the event loop of PySockets. {@link PythonCasesTest} runs it on the
 * standard one. {@code -Dpython.cases} chooses as there.
 */
final class JavaLoopCasesTest {
    /** Cases that run once for each kind of selector run once here. */
    private static final String USE_JAVA_LOOP = """
            import asyncio, pysockets, unittest
            import support.asyncio

            asyncio.set_event_loop_policy(pysockets.EventLoopPolicy())
            support.asyncio.AsyncTestCase.new_loop = lambda self: pysockets.new_event_loop()
            for selector in support.asyncio.WaitingBySelect, support.asyncio.WaitingByPoll:
                unittest.skip("the loop of PySockets has no selector to choose")(selector)
            """;

    private static Context context;
    private static PySockets sockets;
    private static PythonCases cases;

    @BeforeAll
    static void start() {
        context = ScriptContexts.command("-B", "-W", "default", "-")
                .option("python.PythonPath", PythonFiles.searchPath())
                .build();
        sockets = CommandSetup.install(context);
        cases = new PythonCases(context, Duration.ofSeconds(60), Map.of());
        context.eval("python", USE_JAVA_LOOP);
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
        List<String> modules = PythonFiles.testModulesIn("asyncio").stream().filter(filter::acceptsSomeOf).toList();
        assumeFalse(modules.isEmpty(), "python.cases names no file of python-tests/asyncio");
        return modules.stream().map(module -> cases.module(module, filter));
    }
}
