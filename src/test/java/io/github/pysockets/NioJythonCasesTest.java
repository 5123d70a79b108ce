package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.JythonCases;
import io.github.pysockets.cases.LackList;
import io.github.pysockets.cases.Python2Files;
import io.github.pysockets.nio.NioStack;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/** As {@link JythonCasesTest}, on the portable stack: see {@link NioPythonCasesTest}. */
final class NioJythonCasesTest {
    private static final LackList LACKS = LackList.read("nio-lacks-jython.tsv");

    private static PythonInterpreter interpreter;
    private static JythonSockets sockets;
    private static JythonCases cases;

    @BeforeAll
    static void start() {
        interpreter = new PythonInterpreter(null, new PySystemState());
        sockets = JythonSockets.builder().stack(NioStack.open()).foreignDescriptors(true).install(interpreter);
        cases = new JythonCases(interpreter, JythonCasesTest.LIMIT, LACKS);
    }

    @AfterAll
    static void end() {
        sockets.close();
        interpreter.close();
    }

    @TestFactory
    Stream<DynamicNode> cases() {
        CaseFilter filter = CaseFilter.fromProperty();
        List<String> modules = Python2Files.testModules().stream().filter(filter::acceptsSomeOf).toList();
        assumeFalse(modules.isEmpty(), "python.cases names no file that is run on this stack");
        Stream<DynamicNode> all = modules.stream().map(module -> cases.module(module, filter));
        return filter.acceptsAll()
                ? Stream.concat(
                        all,
                        Stream.of(DynamicTest.dynamicTest("the list", () -> assertEquals(Set.of(), LACKS.unused()))))
                : all;
    }
}
