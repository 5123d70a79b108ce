"""Runs test modules of CPython's `test` package in the interpreter that reads this, and tells what comes of each case.

    runner.py TESTS RECORDS LEFT_OUT SHARD NAME ...

TESTS is the folder of the `test` package; nothing else of that installation is used. RECORDS gets a line of JSON for
each event, as it happens, so that a case that never ends takes nothing with it. LEFT_OUT names cases that are not to
run. SHARD, as in "1/2", says which part of the classes is this process's. A NAME is a module's, a class's or a case's,
such as test_socket, test_socket.BasicTCPTest or test_socket.BasicTCPTest.testRecv.
"""

import importlib
import json
import sys
import traceback
import types
import unittest

from names import module_of


class Records:
    """Writes each event at once. Its keys: event; name, of a case, or of the class or module that a fixture is for;
    outcome, one of passed, failed, error, skipped; why."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8", buffering=1)

    def write(self, event, name="", outcome="", why=""):
        record = {"event": event, "name": name, "outcome": outcome, "why": why}
        self.file.write(json.dumps(record) + "\n")


class RecordingResult(unittest.TestResult):
    """What counts of a case is the first thing that went wrong in it, a subtest of it or its cleaning up included."""

    def __init__(self, records):
        super().__init__()
        self.records = records
        self.outcome = None

    def startTest(self, case):
        super().startTest(case)
        self.records.write("start", name_of(case))

    def stopTest(self, case):
        # Comes without a start where the case is skipped: some versions of unittest do not count those as started.
        super().stopTest(case)
        self.records.write("end", name_of(case), *(self.outcome or ("error", "an exception ended the whole run")))
        self.outcome = None

    def note(self, case, outcome, why=""):
        if not isinstance(case, unittest.TestCase):
            # What stands for setUpClass, setUpModule and their counterparts: "setUpClass (test.test_socket.Some)".
            self.records.write("fixture", short(case.id().rpartition("(")[2].rstrip(")")), outcome, why)
        elif self.outcome is None or (self.outcome[0] == "passed" and outcome != "passed"):
            self.outcome = outcome, why

    def addSuccess(self, case):
        self.note(case, "passed")

    def addFailure(self, case, error):
        self.note(case, "failed", summary(error))

    def addError(self, case, error):
        self.note(case, "error", summary(error))

    def addSkip(self, case, reason):
        self.note(getattr(case, "test_case", case), "skipped", reason)

    def addExpectedFailure(self, case, error):
        self.note(case, "passed", "expected failure")

    def addUnexpectedSuccess(self, case):
        self.note(case, "failed", "passed, which its author did not expect")

    def addSubTest(self, case, subtest, error):
        if error is not None:
            failed = issubclass(error[0], case.failureException)
            self.note(case, "failed" if failed else "error", f"{subtest._subDescription()} {summary(error)}")


def summary(error):
    """The exception in one line, with the deepest place in the test package where it passed."""
    text = " ".join("".join(traceback.format_exception_only(*error[:2])).split())
    places = [frame for frame in traceback.extract_tb(error[2]) if "/test/" in frame.filename]
    return text[:400] + (f" [{places[-1].name}, line {places[-1].lineno}]" if places else "")


def short(name):
    return name.removeprefix("test.")


def name_of(case):
    return short(case.id())


def make_test_package(folder):
    """Makes `test` a package of just that folder, whatever package of this name the interpreter comes with."""
    package = types.ModuleType("test")
    package.__path__ = [folder]
    sys.modules["test"] = package


def collect_only_where_it_matters():
    """Takes three of gc.collect() from cases that do not see them, which the JVM pays with six full collections.

    wait_threads_exit, around each case that has a thread, waits for a count of threads and collects while it waits. The
    classes of asyncio's cases collect in tearDown, when all has been asserted.
    """
    support = importlib.import_module("test.support")
    thorough = support.gc_collect

    def gc_collect():
        if sys._getframe(1).f_code.co_name not in ("wait_threads_exit", "tearDown"):
            thorough()

    support.gc_collect = gc_collect


def cases_of(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from cases_of(each)
        else:
            yield each


def load(module, records):
    """The module's cases; none, and a record that says why, where it cannot be imported."""
    try:
        return list(cases_of(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module("test." + module))))
    except unittest.SkipTest as skip:
        records.write("fixture", module, "skipped", str(skip))
    except Exception:
        records.write("fixture", module, "error", summary(sys.exc_info()))
    return []


def is_named(case, names):
    return any((name_of(case) + ".").startswith(name + ".") for name in names)


def run(records, left_out, shard, of, names):
    chosen = []
    for module in dict.fromkeys(map(module_of, names)):
        records.write("load", module)
        chosen += [case for case in load(module, records) if is_named(case, names)]
    classes = {case_class: number for number, case_class in enumerate(dict.fromkeys(map(type, chosen)))}
    chosen = [case for case in chosen if classes[type(case)] % of == shard - 1 and name_of(case) not in left_out]
    for case in chosen:
        records.write("case", name_of(case))
    unittest.TestSuite(chosen).run(RecordingResult(records))
    records.write("done")


def main(tests, records, left_out, shard, *names):
    make_test_package(tests)
    if sys.implementation.name != "cpython":
        collect_only_where_it_matters()
    with open(left_out, encoding="utf-8") as file:
        left_out = set(file.read().split())
    run(Records(records), left_out, *map(int, shard.split("/")), names)


if __name__ == "__main__":
    main(*sys.argv[1:])
elif __name__ == "__mp_main__":
    # In a process that a case has spawned by multiprocessing, with this process's arguments.
    make_test_package(sys.argv[1])
