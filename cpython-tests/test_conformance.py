"""Tests of the comparison itself: ./conformance --self-test.

    test_conformance.py [VERSION CPYTHON]

Both interpreters are this CPython, or else the one that runs this.
"""

import pathlib
import resource
import sys
import tempfile
import textwrap
import unittest
from unittest import mock

import manifest
import report
import side
from compare import may_run_again, with_second_chance
from comparison import Comparison
from manifest import FAILS, SKIPS, Entry
from side import Outcome, Side
from versions import PYTHON2, PYTHON3, VERSIONS

VERSION, CPYTHON = (VERSIONS[sys.argv[1]], sys.argv[2]) if len(sys.argv) == 3 else (PYTHON3, sys.executable)
PASSED, FAILED, SKIPPED = Outcome("passed"), Outcome("failed", "no"), Outcome("skipped", "lacks it")


class SideCase(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.object(side, "CASE_LIMIT", 3))

    def outcomes(self, source, *names, left_out=(), shards=1):
        """What becomes of the cases of a module, by what comes after "test_made_up."."""
        tests = self.folder / "test"
        (tests / "support").mkdir(parents=True)
        (tests / "support" / "__init__.py").touch()
        (tests / "test_made_up.py").write_text("import os, sys, unittest\n" + textwrap.dedent(source))
        made = Side("cpython", [CPYTHON, "-E", "-s", "-B"], shards, self.folder, VERSION.runner)
        return {name.removeprefix("test_made_up."): outcome
                for name, outcome in made.run(tests, left_out, names or ["test_made_up"]).items()}

    def kinds(self, *given, **named):
        return {name: outcome.kind for name, outcome in self.outcomes(*given, **named).items()}


class SideTest(SideCase):
    def test_each_kind(self):
        outcomes = self.outcomes("""
            class A(unittest.TestCase):
                def test_error(self):
                    raise ValueError("an example")
                @unittest.expectedFailure
                def test_expected(self):
                    self.fail()
                def test_failed(self):
                    self.assertEqual(1, 2)
                def test_passed(self):
                    pass
                @unittest.skip("lacks it")
                def test_skipped(self):
                    pass
                def test_tear_down(self):
                    self.addCleanup(lambda: 1 / 0)
            """)
        self.assertEqual({name: outcome.kind for name, outcome in outcomes.items()}, {
            "A.test_error": "error", "A.test_expected": "passed", "A.test_failed": "failed", "A.test_passed": "passed",
            "A.test_skipped": "skipped", "A.test_tear_down": "error"})
        self.assertEqual(outcomes["A.test_error"].why, "ValueError: an example [test_error, line 5]")
        self.assertEqual(outcomes["A.test_skipped"].why, "lacks it")

    @unittest.skipIf(VERSION is PYTHON2, "Python 2.7 has no subtests")
    def test_subtests(self):
        outcomes = self.outcomes("""
            class A(unittest.TestCase):
                def test_subtest(self):
                    with self.subTest(part=1):
                        pass
                    with self.subTest(part=2):
                        self.fail("here")
            """)
        self.assertEqual(outcomes["A.test_subtest"].kind, "failed")
        self.assertIn("(part=2)", outcomes["A.test_subtest"].why)

    def test_a_case_that_hangs_or_ends_the_process_takes_no_other_with_it(self):
        outcomes = self.kinds("""
            import threading
            class A(unittest.TestCase):
                def test_1(self):
                    pass
                def test_2(self):
                    threading.Event().wait()
                def test_3(self):
                    os._exit(5)
                def test_4(self):
                    raise KeyboardInterrupt
                def test_5(self):
                    pass
            """)
        self.assertEqual(outcomes, {"A.test_1": "passed", "A.test_2": "hung", "A.test_3": "ended",
                                    "A.test_4": "error", "A.test_5": "passed"})

    def test_a_thread_that_is_left_does_not_keep_the_process(self):
        with mock.patch.object(side, "EXIT_LIMIT", 1):
            self.assertEqual(self.kinds("""
                import threading
                class A(unittest.TestCase):
                    def test_1(self):
                        threading.Thread(target=threading.Event().wait).start()
                """), {"A.test_1": "passed"})

    @unittest.skipIf(VERSION is PYTHON2, "Python 2.7 does not spawn")
    def test_a_process_that_a_case_spawns_finds_the_module_of_the_case(self):
        self.assertEqual(self.kinds("""
            import multiprocessing
            def work():
                pass
            class A(unittest.TestCase):
                def test_1(self):
                    process = multiprocessing.get_context("spawn").Process(target=work)
                    process.start()
                    process.join()
                    self.assertEqual(process.exitcode, 0)
            """), {"A.test_1": "passed"})

    def test_fixtures(self):
        outcomes = self.outcomes("""
            class A(unittest.TestCase):
                @classmethod
                def setUpClass(cls):
                    raise OSError("no class")
                def test_1(self):
                    pass
            class B(A):
                @classmethod
                def setUpClass(cls):
                    raise unittest.SkipTest("lacks it")
            class C(unittest.TestCase):
                def test_1(self):
                    pass
            """)
        self.assertEqual(outcomes["A.test_1"].kind, "error")
        self.assertIn("no class", outcomes["A.test_1"].why)
        self.assertEqual(outcomes["B.test_1"], SKIPPED)
        self.assertEqual(outcomes["C.test_1"], PASSED)

    def test_module_fixture(self):
        self.assertEqual(self.kinds("""
            def setUpModule():
                raise OSError("no module")
            class A(unittest.TestCase):
                def test_1(self):
                    pass
            """), {"A.test_1": "error"})

    def test_module_that_skips_itself(self):
        self.assertEqual(self.outcomes("raise unittest.SkipTest('lacks it')"), {"test_made_up": SKIPPED})

    def test_module_that_cannot_be_imported(self):
        self.assertEqual(self.kinds("import no_such_module_anywhere"), {"test_made_up": "error"})

    CLASSES = """
        class A(unittest.TestCase):
            def test_1(self):
                pass
            def test_10(self):
                pass
        class B(A):
            pass
        class AB(A):
            pass
        """

    def test_names(self):
        self.assertEqual(self.outcomes(self.CLASSES, "test_made_up.A.test_1", "test_made_up.B").keys(),
                         {"A.test_1", "B.test_1", "B.test_10"})

    def test_left_out(self):
        self.assertEqual(self.outcomes(self.CLASSES, left_out=["test_made_up.A.test_1"]).keys(),
                         {"A.test_10", "AB.test_1", "AB.test_10", "B.test_1", "B.test_10"})

    def test_shards(self):
        self.assertEqual(len(self.outcomes(self.CLASSES, shards=2)), 6)
        self.assertTrue(all('"case"' in file.read_text() for file in self.folder.glob("cpython-[12]-1.jsonl")))


@unittest.skipUnless(VERSION is PYTHON2, "of Python 2.7 alone")
class Python2Test(SideCase):
    """What its modules do in test_main counts."""

    def test_the_module_chooses_its_classes(self):
        self.assertEqual(self.kinds("""
            from test import test_support
            class Base(unittest.TestCase):
                def test_1(self):
                    self.fail()
            class A(Base):
                def test_1(self):
                    self.assertTrue(prepared)
            def test_main():
                global prepared
                prepared = True
                test_support.run_unittest(A)
            """), {"A.test_1": "passed"})

    def test_the_module_skips_itself_there(self):
        self.assertEqual(self.outcomes("""
            def test_main():
                raise unittest.SkipTest('lacks it')
            """), {"test_made_up": SKIPPED})


class ComparisonTest(unittest.TestCase):
    def compare(self, theirs, ours, *entries):
        named = [{f"test_a.{name}": outcome for name, outcome in each.items()} for each in (theirs, ours)]
        entries = [Entry(f"test_a.{entry[0]}", entry[1], "graalpy", "a reason") for entry in entries]
        return Comparison(["test_a"], *named, entries)

    def test_as_in_cpython(self):
        both = {"A.test_1": PASSED, "A.test_2": SKIPPED}
        self.assertTrue(self.compare(both, both).is_as_listed)

    def test_nothing_to_compare(self):
        self.assertFalse(self.compare({}, {}).is_as_listed)

    def test_unlisted(self):
        for ours in FAILED, SKIPPED, Outcome("hung"), Outcome("error"):
            found = self.compare({"A.test_1": PASSED}, {"A.test_1": ours})
            self.assertEqual([case.name for case in found.unlisted], ["test_a.A.test_1"])
            self.assertFalse(found.is_as_listed)
            self.assertIn("test_a.A.test_1", "\n".join(report.lines(found)))

    def test_absent(self):
        self.assertEqual(len(self.compare({"A.test_1": PASSED}, {}).unlisted), 1)
        self.assertTrue(self.compare({}, {"A.test_1": SKIPPED}).is_as_listed)

    def test_module_absent(self):
        found = Comparison(["test_a"], {"test_a.A.test_1": PASSED}, {"test_a": SKIPPED}, [])
        self.assertEqual([(case.name, case.ours) for case in found.cases], [("test_a.A.test_1", SKIPPED)])

    def test_listed(self):
        found = self.compare({"A.test_1": PASSED, "A.test_2": PASSED}, {"A.test_1": FAILED, "A.test_2": SKIPPED},
                             ("A.test_1", FAILS), ("*.test_2", SKIPS))
        self.assertTrue(found.is_as_listed)
        self.assertIn("a reason", "\n".join(report.lines(found)))

    def test_listed_as_another_outcome(self):
        self.assertFalse(self.compare({"A.test_1": PASSED}, {"A.test_1": FAILED}, ("A.test_1", SKIPS)).is_as_listed)

    def test_listed_and_passes(self):
        found = self.compare({"A.test_1": PASSED, "A.test_2": PASSED}, {"A.test_1": FAILED, "A.test_2": PASSED},
                             ("A.*", FAILS))
        self.assertEqual([case.name for case in found.surprises], ["test_a.A.test_2"])
        self.assertFalse(found.is_as_listed)

    def test_listed_and_skipped_by_cpython(self):
        for ours in PASSED, SKIPPED, FAILED:
            self.assertTrue(self.compare({"A.test_1": SKIPPED}, {"A.test_1": ours}, ("A.test_1", FAILS)).is_as_listed)

    def test_fails_where_cpython_skips(self):
        self.assertFalse(self.compare({"A.test_1": SKIPPED}, {"A.test_1": FAILED}).is_as_listed)

    def test_fails_in_cpython(self):
        found = self.compare({"A.test_1": FAILED}, {"A.test_1": FAILED})
        self.assertTrue(found.is_as_listed)
        self.assertEqual(len(found.not_counted), 1)


class SecondChanceTest(unittest.TestCase):
    def test_only_what_passed_then_counts(self):
        first = {"a": Outcome("failed", "late"), "b": FAILED, "c": PASSED}
        again = with_second_chance(first, {"a": PASSED, "b": FAILED})
        self.assertEqual(again, {"a": Outcome("passed", at_first="late"), "b": FAILED, "c": PASSED})
        found = Comparison(["a"], dict.fromkeys(first, PASSED), again, [])
        self.assertEqual([case.name for case in found.unsteady], ["a"])

    def test_who_gets_one(self):
        self.assertTrue(may_run_again("a.A.test_1", FAILED))
        self.assertTrue(may_run_again("a.A.test_subprocess_send_signal", Outcome("hung")))
        self.assertFalse(may_run_again("a.A.test_subprocess_kill", Outcome("hung")))
        self.assertFalse(may_run_again("a.A.test_subprocess_send_signal", Outcome("ended")))


class ManifestTest(unittest.TestCase):
    def test_the_manifests_can_be_read(self):
        for version in VERSIONS.values():
            self.assertTrue(manifest.read(version.manifest))

    def test_a_stack_has_a_list_of_its_own(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        file = folder / "list.tsv"
        file.write_text("a\tfails\tjvm\twhy\n")
        (folder / "list-small.tsv").write_text("a\tskips\tstack\tno such sockets\n")
        self.assertEqual([entry.category for entry in manifest.read_for(file, "")], ["jvm"])
        self.assertEqual([entry.category for entry in manifest.read_for(file, "large")], ["jvm"])
        self.assertEqual([entry.category for entry in manifest.read_for(file, "small")], ["stack", "jvm"])

    def test_what_counts_only_where_there_are_few_descriptors(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        file = pathlib.Path(folder, "conformance.tsv")
        file.write_text("a\tskips\tdescriptors\twhy\nb\tfails\tjvm\twhy\n")
        for hard, counted in ((32_768, "ab"), (65_536, "ab"), (1 << 20, "b"), (resource.RLIM_INFINITY, "b")):
            with self.subTest(hard=hard), mock.patch.object(resource, "getrlimit", lambda _, hard=hard: (1024, hard)):
                self.assertEqual("".join(entry.pattern for entry in manifest.read_for(file, "")), counted)

    def test_mistakes(self):
        for words in ("a fails nocategory why", "a - graalpy why", "a fails excluded why", "a fails graalpy "):
            with self.subTest(words), tempfile.NamedTemporaryFile("w") as file:
                file.write(words.replace(" ", "\t") + "\n")
                file.flush()
                with self.assertRaisesRegex(ValueError, "line 1: no"):
                    manifest.read(pathlib.Path(file.name))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
