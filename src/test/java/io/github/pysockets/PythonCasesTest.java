package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * Runs all that is in python-tests, on our sockets, in a context like that of the pysockets command. The same files
 * pass in CPython 3.12.
 *
 * <p>{@code mvn test -Dtest=PythonCasesTest -Dpython.cases=test_tcp} runs one file, {@code
 * -Dpython.cases=test_tcp.SendingOverIPv4Test} one class: see {@link CaseFilter}.
 */
final class PythonCasesTest {
    private static CommandCases cases;

    @BeforeAll
    static void start() {
        cases = new CommandCases(PySockets.builder(), LackList.none());
    }

    @AfterAll
    static void end() {
        cases.close();
    }

    @TestFactory
    Stream<DynamicNode> cases() {
        CaseFilter filter = CaseFilter.fromProperty();
        List<String> modules = PythonFiles.testModules().stream().filter(filter::acceptsSomeOf).toList();
        assertTrue(!modules.isEmpty(), "python.cases names no file in " + PythonFiles.FOLDER);
        return cases.of(modules, filter);
    }
}
