package io.github.pysockets;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.CommandCases;
import io.github.pysockets.cases.LackList;
import io.github.pysockets.cases.PythonFiles;
import java.util.List;
import java.util.stream.Stream;
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

    private static CommandCases cases;

    @BeforeAll
    static void start() {
        cases = new CommandCases(PySockets.builder(), LackList.none());
        cases.context().eval("python", USE_JAVA_LOOP);
    }

    @AfterAll
    static void end() {
        cases.close();
    }

    @TestFactory
    Stream<DynamicNode> cases() {
        CaseFilter filter = CaseFilter.fromProperty();
        List<String> modules = PythonFiles.testModulesIn("asyncio").stream().filter(filter::acceptsSomeOf).toList();
        assumeFalse(modules.isEmpty(), "python.cases names no file of python-tests/asyncio");
        return cases.of(modules, filter);
    }
}
