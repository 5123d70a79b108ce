package io.github.pysockets;

import static io.github.pysockets.cases.CaseOutcomes.PASSED;
import static io.github.pysockets.cases.CaseOutcomes.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.CaseOutcomes;
import io.github.pysockets.cases.JythonCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.python.core.Py;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/** {@link JythonCases} reports what happens in a module of cases as it is. */
final class JythonCasesRunnerTest {
    private static final Map<String, String> MODULES = Map.of(
            "outcomes",
            """
            import unittest

            class OutcomesTest(unittest.TestCase):
                def test_error(self):
                    self.no_such_name

                @unittest.expectedFailure
                def test_expected_failure(self):
                    self.fail("as expected")

                def test_failure(self):
                    print "something"
                    self.assertEqual(1, 2)

                def test_java_exception(self):
                    from java.lang import IllegalStateException
                    raise IllegalStateException("of Java")

                def test_passing(self):
                    pass

                def test_skipped(self):
                    self.skipTest("it is Sunday")

                @unittest.expectedFailure
                def test_unexpected_success(self):
                    pass
            """,
            "fixtures",
            """
            import unittest

            class ABrokenTest(unittest.TestCase):
                @classmethod
                def setUpClass(cls):
                    raise RuntimeError("cannot be set up")

                def test_one(self):
                    pass

                def test_two(self):
                    pass

            class BTornTest(unittest.TestCase):
                @classmethod
                def tearDownClass(cls):
                    raise RuntimeError("cannot be torn down")

                def test_one(self):
                    pass

            class CTest(unittest.TestCase):
                def test_one(self):
                    pass
            """,
            "endless",
            """
            import socket
            import threading
            import unittest

            class EndlessTest(unittest.TestCase):
                def test_a_loop(self):
                    while True:
                        try:
                            self.id()
                        except BaseException:
                            pass

                def test_b_socket(self):
                    left, right = socket.socketpair()
                    left.recv(1)

                def test_c_afterwards(self):
                    pass
            """,
            "does_not_compile",
            "def (:\n",
            "skips_itself",
            "import unittest\n\nraise unittest.SkipTest('wrong machine')\n",
            "empty",
            "import unittest\n");

    @TempDir
    private static Path folder;

    private static PythonInterpreter interpreter;
    private static JythonSockets sockets;

    @BeforeAll
    static void start() throws Exception {
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            Files.writeString(folder.resolve(module.getKey() + ".py"), module.getValue());
        }
        interpreter = new PythonInterpreter(null, new PySystemState());
        interpreter.getSystemState().path.append(Py.fileSystemEncode(folder.toString()));
        sockets = JythonSockets.install(interpreter);
    }

    @AfterAll
    static void end() {
        sockets.close();
    }

    private static Map<String, String> outcomes(String module, String filter, Duration limit) {
        return CaseOutcomes.of(new JythonCases(interpreter, limit).module(module, CaseFilter.of(filter)));
    }

    private static Map<String, String> outcomes(String module) {
        return outcomes(module, "", Duration.ofSeconds(60));
    }

    @Test
    void eachOutcomeIsReportedAsItIs() {
        Map<String, String> outcomes = outcomes("outcomes");
        assertEquals(
                List.of("test_error", "test_expected_failure", "test_failure", "test_java_exception", "test_passing",
                        "test_skipped", "test_unexpected_success"),
                outcomes.keySet().stream().map(name -> name.replace("OutcomesTest.", "")).toList());
        assertEquals(PASSED, outcomes.get("OutcomesTest.test_passing"));
        assertEquals(PASSED, outcomes.get("OutcomesTest.test_expected_failure"));
        assertEquals("skipped: it is Sunday", outcomes.get("OutcomesTest.test_skipped"));
        assertContains(outcomes.get("OutcomesTest.test_error"), "AttributeError");
        assertContains(outcomes.get("OutcomesTest.test_failure"), "AssertionError: 1 != 2");
        assertContains(outcomes.get("OutcomesTest.test_failure"), "Printed meanwhile:\nsomething");
        assertContains(outcomes.get("OutcomesTest.test_java_exception"), "of Java");
        assertContains(outcomes.get("OutcomesTest.test_unexpected_success"), "was expected to fail, and passed");
    }

    @Test
    void fixturesFailTheCasesThatNeedThem() {
        Map<String, String> outcomes = outcomes("fixtures");
        assertContains(outcomes.get("ABrokenTest.test_one"), "cannot be set up");
        assertContains(outcomes.get("ABrokenTest.test_two"), "cannot be set up");
        assertContains(outcomes.get("BTornTest.test_one"), "cannot be torn down");
        assertEquals(PASSED, outcomes.get("CTest.test_one"));
    }

    @Test
    void theFilterChooses() {
        assertEquals(
                List.of("CTest.test_one"),
                List.copyOf(outcomes("fixtures", "fixtures.CTest", Duration.ofSeconds(60)).keySet()));
    }

    @Test
    void modulesThatCannotBeImported() {
        assertContains(outcomes("does_not_compile").get("Import.test_import"), "SyntaxError");
        assertEquals("skipped: wrong machine", outcomes("skips_itself").get("Import.test_import"));
        assertContains(outcomes("empty").get("empty.cases"), "empty has no cases");
    }

    @Test
    void whatWaitsIsInterrupted() {
        Map<String, String> outcomes =
                outcomes("endless", "endless.EndlessTest.test_b_socket", Duration.ofSeconds(5));
        String text = outcomes.get("EndlessTest.test_b_socket");
        assertContains(text, "did not end within 5 s, where it was");
        assertContains(text, "recv");
    }

    /** A loop that hears nothing is left behind, and what comes after it runs. */
    @Test
    void whatDoesNotEndIsLeftBehind() {
        Map<String, String> outcomes = outcomes("endless", "", Duration.ofSeconds(5));
        assertContains(outcomes.get("EndlessTest.test_a_loop"), "did not end within 5 s");
        assertContains(outcomes.get("EndlessTest.test_b_socket"), "did not end within 5 s");
        assertEquals(PASSED, outcomes.get("EndlessTest.test_c_afterwards"));
    }
}
