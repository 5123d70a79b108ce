"""Runs test modules of CPython's `test` package in the interpreter that reads this, and tells what comes of each case.

    runner.py TESTS RECORDS LEFT_OUT SHARD NAME ...

TESTS is the folder of the `test` package; nothing else of that installation is used. RECORDS gets a line of JSON for
each event, as it happens, so that a case that never ends takes nothing with it. LEFT_OUT names cases that are not to
run. SHARD, as in "1/2", says which part of the classes is this process's. A NAME is a module's, a class's or a case's,
such as test_socket, test_socket.BasicTCPTest or test_socket.BasicTCPTest.testRecv.
"""

import importlib
import os
import sys
import types
import unittest

from names import module_of
from recording import Records, RecordingResult, cases_of, is_named, name_of, summary


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


def use_java_loop():
    """Gives cases that make a loop of asyncio's own class, with whatever selector, one of PySockets."""
    import asyncio

    import pysockets

    asyncio.SelectorEventLoop = lambda selector=None: pysockets.new_event_loop()


def load(module, records):
    """The module's cases; none, and a record that says why, where it cannot be imported."""
    try:
        return list(cases_of(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module("test." + module))))
    except unittest.SkipTest as skip:
        records.write("fixture", module, "skipped", str(skip))
    except Exception:
        records.write("fixture", module, "error", summary(sys.exc_info()))
    return []


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
        if os.environ.get("PYSOCKETS_LOOP") == "java":
            use_java_loop()
    with open(left_out, encoding="utf-8") as file:
        left_out = set(file.read().split())
    run(Records(records), left_out, *map(int, shard.split("/")), names)


if __name__ == "__main__":
    main(*sys.argv[1:])
elif __name__ == "__mp_main__":
    # In a process that a case has spawned by multiprocessing, with this process's arguments.
    make_test_package(sys.argv[1])
