"""As runner.py, in Python 2.7: for CPython and for Jython.

The modules of 2.7 say in a function test_main which classes they have cases in, and set up there what these share. So
that is called, with a run_unittest of ours.
"""

import importlib
import os
import sys
import threading
import time
import types
import unittest

# Neither this folder nor CPython's gets compiled files.
sys.dont_write_bytecode = True

from names import module_of
from recording import Records, RecordingResult, cases_of, is_named, name_of, summary

IS_JYTHON = sys.platform.startswith("java")
# The network is needed by some to talk to themselves; those that talk to others are left out one by one.
RESOURCES = ["network"]
THREADS_LIMIT = 1


def make_test_package(folder):
    """Makes `test` a package of just that folder, whatever package of this name the interpreter comes with."""
    package = types.ModuleType("test")
    package.__path__ = [folder]
    sys.modules["test"] = package
    package.support = sys.modules["test.test_support"] = package.test_support = importlib.import_module("test.support")
    package.support.use_resources = RESOURCES
    package.support.verbose = False


def run_what_cpython_keeps_to_itself():
    """Has the cases run that are marked as details of CPython: nearly all are about any implementation.

    Of its module _testcapi they want the limits of C's numbers.
    """
    sys.modules["test.support"].check_impl_detail = lambda **_guards: True
    limits = sys.modules["_testcapi"] = types.ModuleType("_testcapi")
    for name, bits in ("SHRT", 16), ("INT", 32), ("LONG", 64), ("LLONG", 64):
        setattr(limits, name + "_MAX", 2 ** (bits - 1) - 1)
        setattr(limits, name + "_MIN", -(2 ** (bits - 1)))
        setattr(limits, "U" + name + "_MAX", 2**bits - 1)
    limits.PY_SSIZE_T_MAX = 2**63 - 1


def count_threads_of_python():
    """Has test.support count the threads that Python knows: its own way needs thread._count, which Jython has not.

    Between cases it waits for those to end that a case has started.
    """

    def threading_setup():
        return len(threading.enumerate()),

    def threading_cleanup(before):
        end = time.time() + THREADS_LIMIT
        while len(threading.enumerate()) > before and time.time() < end:
            time.sleep(0.01)

    support = sys.modules["test.support"]
    support.threading_setup, support.threading_cleanup = threading_setup, threading_cleanup


class Run(object):
    def __init__(self, records, left_out, shard, names):
        self.records, self.left_out, self.names = records, left_out, names
        self.shard, self.of = map(int, shard.split("/"))
        self.classes = {}
        self.seen = set()

    def run_unittest(self, *given):
        """In the place of that of test.support, which takes classes, cases, suites and names of modules."""
        loader = unittest.defaultTestLoader
        suite = unittest.TestSuite()
        for each in given:
            if isinstance(each, str):
                suite.addTest(loader.loadTestsFromModule(sys.modules[each]))
            elif isinstance(each, (unittest.TestSuite, unittest.TestCase)):
                suite.addTest(each)
            else:
                suite.addTest(loader.loadTestsFromTestCase(each))
        chosen = [case for case in cases_of(suite) if self.is_chosen(case)]
        for case in chosen:
            self.records.write("case", name_of(case))
        unittest.TestSuite(chosen).run(RecordingResult(self.records))

    def is_chosen(self, case):
        name = name_of(case)
        if name in self.seen or not is_named(case, self.names):
            return False
        self.seen.add(name)
        number = self.classes.setdefault(type(case), len(self.classes))
        return number % self.of == self.shard - 1 and name not in self.left_out

    def module(self, name):
        """Runs the module's cases. A record says why, where it cannot be imported or does not want to run."""
        try:
            module = importlib.import_module("test." + name)
            if hasattr(module, "test_main"):
                module.test_main()
            else:
                self.run_unittest("test." + name)
        except unittest.SkipTest as skip:
            self.records.write("fixture", name, "skipped", str(skip))
        except Exception:
            self.records.write("fixture", name, "error", summary(sys.exc_info()))


def main(tests, records, left_out, shard, *names):
    make_test_package(tests)
    if IS_JYTHON:
        count_threads_of_python()
        run_what_cpython_keeps_to_itself()
    with open(left_out) as file:
        left_out = set(file.read().split())
    records = Records(records)
    run = Run(records, left_out, shard, names)
    sys.modules["test.support"].run_unittest = run.run_unittest
    modules = []
    for name in map(module_of, names):
        if name not in modules:
            modules.append(name)
    for name in modules:
        records.write("load", name)
        run.module(name)
    records.write("done")
    if IS_JYTHON:
        # Threads that a case has left behind would keep the process.
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
