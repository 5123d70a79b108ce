package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.CommandCases;
import io.github.pysockets.cases.LackList;
import io.github.pysockets.cases.PythonFiles;
import io.github.pysockets.nio.NioStack;
import java.util.List;
import java.util.stream.Stream;
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

    /** With this property all is run. */
    private static final String WHOLE = "python.cases.whole";

    /** Modules about TLS, to which one stack is as good as another, take long: the other folders have TLS enough. */
    private static final List<String> LEFT = PythonFiles.testModulesIn("ssl");

    private static CommandCases cases;

    @BeforeAll
    static void start() {
        cases = new CommandCases(PySockets.builder().stack(NioStack.open()), LACKS);
    }

    @AfterAll
    static void end() {
        cases.close();
    }

    @TestFactory
    Stream<DynamicNode> cases() {
        CaseFilter filter = CaseFilter.fromProperty();
        List<String> left = filter.acceptsAll() && !Boolean.getBoolean(WHOLE) ? LEFT : List.of();
        List<String> modules = PythonFiles.testModules().stream()
                .filter(filter::acceptsSomeOf)
                .filter(module -> !left.contains(module))
                .toList();
        assumeFalse(modules.isEmpty(), "python.cases names no file that is run on this stack");
        Stream<DynamicNode> all = cases.of(modules, filter);
        return filter.acceptsAll()
                ? Stream.concat(all, Stream.of(DynamicTest.dynamicTest("the list", () -> assertEquals(
                        List.of(),
                        LACKS.unused().stream()
                                .filter(name -> !left.contains(name.substring(0, (name + ".").indexOf('.'))))
                                .toList()))))
                : all;
    }
}
