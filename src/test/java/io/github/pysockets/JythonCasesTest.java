package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.JythonCases;
import io.github.pysockets.cases.Python2Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/**
 * Runs all that is in python-tests/python2, on our sockets, in one Jython interpreter. The same files pass in CPython
 * 2.7.
 *
 * <p>{@code mvn test -Dtest=JythonCasesTest -Dpython.cases=test_tcp} runs one file: see {@link CaseFilter}.
 */
final class JythonCasesTest {
    /** Far more than a case takes; the cases' own waits end after 20 s. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static PythonInterpreter interpreter;
    private static JythonSockets sockets;
    private static JythonCases cases;

    @BeforeAll
    static void start() {
        interpreter = new PythonInterpreter(null, new PySystemState());
        // As in the pysockets command: the cases use pipes and files of the process too.
        sockets = JythonSockets.builder().foreignDescriptors(true).install(interpreter);
        cases = new JythonCases(interpreter, LIMIT);
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
        assertTrue(!modules.isEmpty(), "python.cases names no file in " + Python2Files.FOLDER);
        return modules.stream().map(module -> cases.module(module, filter));
    }
}
