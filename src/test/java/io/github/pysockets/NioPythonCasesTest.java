package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.LackList;
import io.github.pysockets.cases.PythonCases;
import io.github.pysockets.cases.PythonFiles;
import io.github.pysockets.cli.CommandSetup;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.nio.NioStack;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * As {@link PythonCasesTest}, on the portable stack. What that lacks is absent from Python's modules, and cases for it
 * are skipped, by themselves or because nio-lacks.tsv lists them. docs/platforms.md says how many.
 */
final class NioPythonCasesTest {
    private static final LackList LACKS = LackList.read("nio-lacks.tsv");

    private static Context context;
    private static PySockets sockets;
    private static PythonCases cases;

    @BeforeAll
    static void start() {
        context = ScriptContexts.command("-B", "-W", "default", "-")
                .option("python.PythonPath", PythonFiles.searchPath())
                .build();
        sockets = CommandSetup.install(context, PySockets.builder().stack(NioStack.open()));
        cases = new PythonCases(context, PythonCasesTest.LIMIT, LACKS);
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
        assumeFalse(modules.isEmpty(), "python.cases names no file that is run on this stack");
        Stream<DynamicNode> all = modules.stream().map(module -> cases.module(module, filter));
        return filter.acceptsAll()
                ? Stream.concat(
                        all,
                        Stream.of(DynamicTest.dynamicTest("the list", () -> assertEquals(Set.of(), LACKS.unused()))))
                : all;
    }
}
