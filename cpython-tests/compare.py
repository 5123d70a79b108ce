"""Runs CPython's test modules in CPython, which reads this, and on PySockets, and compares: the work of ./conformance.

    compare.py PYSOCKETS FOLDER [--all | NAME ...]

PYSOCKETS is the command; FOLDER takes what the runs leave behind. Without a NAME all modules but the slow ones run, and
with --all those too. Exit status: 0 where all that differs is in the manifest and all in it differs, 1 where not, 2
where it cannot be run.
"""

import importlib.util
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import manifest
import report
from comparison import Comparison
from names import module_of
from side import Outcome, Side

MODULES = ("test_socket", "test_timeout", "test_select", "test_poll", "test_epoll", "test_selectors",
           "test_socketserver", "test_httpservers", "test_ssl", "test_ftplib", "test_smtplib", "test_poplib",
           "test_httplib", "test_imaplib", "test_xmlrpc", "test_asyncio.test_streams", "test_asyncio.test_server",
           "test_asyncio.test_sock_lowlevel", "test_asyncio.test_sendfile", "test_asyncio.test_selector_events",
           "test_asyncio.test_buffered_proto", "test_asyncio.test_unix_events", "test_asyncio.test_sslproto",
           "test_asyncio.test_ssl", "test_asyncio.test_events.EPollEventLoopTests")
# Each takes minutes. test_events runs the same cases for each kind of event loop; test_subprocess starts an interpreter
# for each case.
SLOW_MODULES = "test_asyncio.test_events", "test_asyncio.test_subprocess"
SHARDS = 2
ATTEMPTS_ALONE = 3
# More failures than this are not due to a busy machine.
MOST_AGAIN = 20


def main(pysockets, folder, *names):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    names = MODULES + SLOW_MODULES if names == ("--all",) else names or MODULES
    tests = tests_of_this_python()
    unknown = [name for name in names if not (tests / f"{module_of(name).replace('.', '/')}.py").is_file()]
    if unknown:
        stop(f"no such test module in CPython {platform.python_version()}: {', '.join(unknown)}")
    # This also builds it where that is due, before two processes of it try.
    version = subprocess.run([pysockets, "--version"], capture_output=True, text=True)
    if version.returncode != 0:
        stop(version.stderr.strip())
    folder = empty(pathlib.Path(folder))
    entries = manifest.read()
    cpython, own = sides(pysockets, folder)
    theirs, ours = run((cpython, own), tests, left_out(entries), names)
    modules = list(dict.fromkeys(map(module_of, names)))
    comparison = Comparison(modules, theirs, ours, entries)
    for attempt in range(1, ATTEMPTS_ALONE + 1):
        again = [case.name for case in comparison.unlisted if case.ours.kind in ("failed", "error")]
        if 0 < len(again) <= MOST_AGAIN:
            second, = run([replace(own, name=f"again-{attempt}", shards=1)], tests, set(), again)
            ours = with_second_chance(ours, second)
            comparison = Comparison(modules, theirs, ours, entries)
    print(f"The test modules of CPython {platform.python_version()}, in it and on\n{version.stdout.strip()}:\n")
    print("\n".join(report.lines(comparison)))
    return 0 if comparison.is_as_listed else 1


def tests_of_this_python():
    return pathlib.Path(importlib.util.find_spec("test").submodule_search_locations[0])


def left_out(entries):
    return {entry.pattern for entry in entries if entry.category == "excluded"}


def sides(pysockets, folder):
    # -E -s: nothing of the user's own. Neither writes into CPython's installation: -B, and a cache elsewhere.
    cache = f"pycache_prefix={folder.parent / 'conformance-pycache'}"
    return (Side("cpython", [sys.executable, "-E", "-s", "-B"], 1, folder),
            Side("pysockets", [pysockets, "-E", "-s", "-X", cache], SHARDS, folder))


def run(sides, tests, left_out, names):
    """The outcomes of each side. Both run at the same time: what CPython does there is mostly to wait."""
    with ThreadPoolExecutor() as threads:
        try:
            return list(threads.map(lambda side: side.run(tests, left_out, names), sides))
        except BaseException:
            for side in sides:
                side.stopped.set()
            raise


def with_second_chance(first, second):
    """The first outcomes, but for those that passed the second time.

    Some cases give a call ten milliseconds, which it has not always got on a machine with other work. What hung or
    ended its process gets no second chance.
    """
    passed = {case for case, outcome in second.items() if outcome.kind == "passed"}
    return first | {case: Outcome("passed", at_first=first[case].why) for case in passed & first.keys()}


def empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def stop(reason):
    print(f"conformance: {reason}", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
