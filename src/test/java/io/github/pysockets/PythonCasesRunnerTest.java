package io.github.pysockets;

import static io.github.pysockets.cases.CaseOutcomes.PASSED;
import static io.github.pysockets.cases.CaseOutcomes.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.cases.CaseFilter;
import io.github.pysockets.cases.CaseOutcomes;
import io.github.pysockets.cases.PythonCases;
import io.github.pysockets.fixtures.ScriptContexts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link PythonCases} reports what happens in a module of cases as it is. */
final class PythonCasesRunnerTest {
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
                    self.assertEqual(1, 2)

                def test_lacking(self):
                    raise OSError("no kettle here")

                def test_passing(self):
                    pass

                def test_skipped(self):
                    self.skipTest("it is Sunday")

                def test_subtests(self):
                    for number in range(3):
                        with self.subTest(number=number):
                            self.assertEqual(number, 1)

                @unittest.expectedFailure
                def test_unexpected_success(self):
                    pass

            class SecondTest(unittest.TestCase):
                def test_passing(self):
                    pass
            """,
            "fixtures",
            """
            import unittest

            events = []

            def setUpModule():
                events.append("module up")

            def tearDownModule():
                events.append("module down")
                raise RuntimeError("at the end: " + ", ".join(events))

            class FirstTest(unittest.TestCase):
                @classmethod
                def setUpClass(cls):
                    events.append("class up")

                @classmethod
                def tearDownClass(cls):
                    events.append("class down")

                def test_one(self):
                    events.append("one")

                def test_two(self):
                    events.append("two")

            class SecondBrokenTest(unittest.TestCase):
                @classmethod
                def setUpClass(cls):
                    raise RuntimeError("cannot be set up")

                def test_one(self):
                    events.append("never")

                def test_two(self):
                    events.append("never")

            class ThirdSkippedTest(unittest.TestCase):
                @classmethod
                def setUpClass(cls):
                    raise unittest.SkipTest("not today")

                def test_one(self):
                    events.append("never")

                def test_two(self):
                    events.append("never")

            class ZLastTest(unittest.TestCase):
                def test_last(self):
                    events.append("last")
            """,
            "broken_teardown",
            """
            import unittest

            class ATest(unittest.TestCase):
                @classmethod
                def tearDownClass(cls):
                    raise RuntimeError("cannot be torn down")

                def test_one(self):
                    pass

                def test_two(self):
                    pass

            class BTest(unittest.TestCase):
                def test_three(self):
                    pass
            """,
            "broken_setup",
            """
            import unittest

            def setUpModule():
                raise RuntimeError("no module for you")

            class ATest(unittest.TestCase):
                def test_one(self):
                    pass

            class BTest(unittest.TestCase):
                def test_two(self):
                    pass
            """,
            "endless",
            """
            import socket
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
                    with left, right:
                        left.recv(1)

                def test_c_afterwards(self):
                    pass
            """,
            "does_not_compile",
            "def (:\n",
            "imports_nothing",
            "import no_such_module_at_all\n",
            "skips_itself",
            "import unittest\n\nraise unittest.SkipTest('wrong machine')\n",
            "empty",
            "import unittest\n");

    private static Context context;
    private static PySockets sockets;
    private static PythonCases cases;

    @BeforeAll
    static void start() {
        context = ScriptContexts.sandbox().build();
        sockets = PySockets.install(context);
        ScriptContexts.supply(context, file -> MODULES.get(file.replace(".py", "")));
        cases = new PythonCases(context, Duration.ofSeconds(60), Map.of("no kettle here", "no kettle"));
    }

    @AfterAll
    static void end() {
        sockets.close();
        context.close(true);
    }

    private static Map<String, String> outcomes(PythonCases runner, String module, String filter) {
        return CaseOutcomes.of(runner.module(module, CaseFilter.of(filter)));
    }

    private static Map<String, String> outcomes(String module) {
        return outcomes(cases, module, "");
    }

    @Test
    void everyMethodOfEveryClassIsATest() {
        assertEquals(
                List.of("OutcomesTest.test_error", "OutcomesTest.test_expected_failure", "OutcomesTest.test_failure",
                        "OutcomesTest.test_lacking", "OutcomesTest.test_passing", "OutcomesTest.test_skipped",
                        "OutcomesTest.test_subtests", "OutcomesTest.test_unexpected_success",
                        "SecondTest.test_passing"),
                List.copyOf(outcomes("outcomes").keySet()));
    }

    @Test
    void whatPassesPasses() {
        Map<String, String> outcomes = outcomes("outcomes");
        assertEquals(PASSED, outcomes.get("OutcomesTest.test_passing"));
        assertEquals(PASSED, outcomes.get("OutcomesTest.test_expected_failure"));
        assertEquals(PASSED, outcomes.get("SecondTest.test_passing"));
    }

    @Test
    void failureHasTheNameAndPythonsTraceback() {
        String message = outcomes("outcomes").get("OutcomesTest.test_failure");
        assertTrue(message.startsWith("outcomes.OutcomesTest.test_failure\n"), message);
        assertContains(message, "Traceback (most recent call last):\n  File \"outcomes.py\", line 12, in test_failure");
        assertContains(message, "AssertionError: 1 != 2");
        assertContains(outcomes("outcomes").get("OutcomesTest.test_error"), "AttributeError: ");
        assertContains(outcomes("outcomes").get("OutcomesTest.test_unexpected_success"), "expected to fail");
    }

    @Test
    void everySubtestThatFailsIsShown() {
        String message = outcomes("outcomes").get("OutcomesTest.test_subtests");
        assertContains(message, "(number=0)");
        assertFalse(message.contains("(number=1)"), message);
        assertContains(message, "(number=2)");
    }

    @Test
    void skipKeepsItsReason() {
        assertEquals("skipped: it is Sunday", outcomes("outcomes").get("OutcomesTest.test_skipped"));
        assertEquals("skipped: wrong machine", outcomes("skips_itself").get("Import.test_import"));
    }

    @Test
    void whatTheContextLacksIsASkip() {
        assertEquals("skipped: no kettle", outcomes("outcomes").get("OutcomesTest.test_lacking"));
    }

    @Test
    void fixturesOfClassesAndModulesRunOnceAndInOrder() {
        Map<String, String> outcomes = outcomes("fixtures");
        assertEquals(PASSED, outcomes.get("FirstTest.test_one"));
        assertEquals(PASSED, outcomes.get("FirstTest.test_two"));
        assertContains(outcomes.get("ZLastTest.test_last"),
                "at the end: module up, class up, one, two, class down, last, module down");
    }

    @Test
    void classThatCannotBeSetUpFailsAllOfItsCases() {
        Map<String, String> outcomes = outcomes("fixtures");
        assertContains(outcomes.get("SecondBrokenTest.test_one"), "cannot be set up");
        assertContains(outcomes.get("SecondBrokenTest.test_two"), "cannot be set up");
        assertContains(outcomes("broken_setup").get("ATest.test_one"), "no module for you");
        assertContains(outcomes("broken_setup").get("BTest.test_two"), "no module for you");
    }

    @Test
    void classThatIsSkippedSkipsAllOfItsCases() {
        Map<String, String> outcomes = outcomes("fixtures");
        assertEquals("skipped: not today", outcomes.get("ThirdSkippedTest.test_one"));
        assertEquals("skipped: not today", outcomes.get("ThirdSkippedTest.test_two"));
    }

    @Test
    void classThatCannotBeTornDownFailsItsLastCaseAlone() {
        Map<String, String> outcomes = outcomes("broken_teardown");
        assertEquals(PASSED, outcomes.get("ATest.test_one"));
        assertContains(outcomes.get("ATest.test_two"), "cannot be torn down");
        assertEquals(PASSED, outcomes.get("BTest.test_three"));
    }

    @Test
    void moduleThatCannotBeImportedIsAFailure() {
        assertContains(outcomes("imports_nothing").get("Import.test_import"),
                "No module named 'no_such_module_at_all'");
        assertContains(outcomes("does_not_compile").get("Import.test_import"), "SyntaxError");
        assertContains(outcomes(cases, "imports_nothing", "imports_nothing.SomeTest").get("Import.test_import"),
                "No module");
    }

    @Test
    void moduleWithoutCasesIsAFailure() {
        assertContains(outcomes("empty").get("empty.cases"), "empty has no cases");
    }

    @Test
    void filterLeavesWhatItNames() {
        assertEquals(Map.of("SecondTest.test_passing", PASSED), outcomes(cases, "outcomes", "outcomes.SecondTest"));
        assertEquals(Map.of("OutcomesTest.test_passing", PASSED),
                outcomes(cases, "outcomes", "other, outcomes.OutcomesTest.test_passing"));
    }

    @Test
    void caseThatDoesNotEndIsInterruptedAndTheNextOneRuns() {
        Map<String, String> outcomes =
                outcomes(new PythonCases(context, Duration.ofMillis(1500), Map.of()), "endless", "");
        assertContains(outcomes.get("EndlessTest.test_a_loop"), "endless.EndlessTest.test_a_loop did not end within");
        assertContains(outcomes.get("EndlessTest.test_b_socket"),
                "endless.EndlessTest.test_b_socket did not end within");
        assertEquals(PASSED, outcomes.get("EndlessTest.test_c_afterwards"));
    }
}
