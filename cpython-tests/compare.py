"""Runs CPython's test modules in a CPython and on PySockets, and compares: the work of ./conformance.

    compare.py VERSION CPYTHON PYSOCKETS FOLDER [--all | NAME ...]

VERSION is 3.12 or 2.7; CPYTHON is the command of a CPython of this version, and PYSOCKETS ours. FOLDER takes what the
runs leave behind. The environment variable PYSOCKETS_STACK names a stack, as for the pysockets command. Without a NAME
all modules but the slow ones run, and with --all those too. Exit status: 0 where all that differs is in the manifest
and all in it differs, 1 where not, 2 where it cannot be run.
"""

import os
import pathlib
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
from versions import VERSIONS

SHARDS = 2
DESCRIBE = pathlib.Path(__file__).with_name("describe.py")
ATTEMPTS_ALONE = 3
# More failures than this are not due to a busy machine.
MOST_AGAIN = 20
RACE_OF_THE_JVM = ".test_subprocess_send_signal"
"""The end of the name of the cases that signal a child while its JVM starts. What the JVM makes of that depends on the
moment: in the first fifth of a second it can take the signal for itself, so that the child ends otherwise, or not.
"""


def main(version, reference, pysockets, folder, *names):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    version = VERSIONS[version]
    names = version.all() if names == ("--all",) else names or version.modules
    release, tests = describe(reference)
    unknown = [name for name in names if not (tests / f"{module_of(name).replace('.', '/')}.py").is_file()]
    if unknown:
        stop(f"no such test module in CPython {release}: {', '.join(unknown)}")
    # This also builds it where that is due, before two processes of it try.
    ours = about(version, pysockets)
    folder = empty(pathlib.Path(folder))
    stack = os.environ.get("PYSOCKETS_STACK", "")
    entries = manifest.read_for(version.manifest, stack)
    cpython, own = sides(version, reference, pysockets, folder)
    theirs, found = run((cpython, own), tests, left_out(entries), names)
    modules = list(dict.fromkeys(map(module_of, names)))
    comparison = Comparison(modules, theirs, found, entries)
    for attempt in range(1, ATTEMPTS_ALONE + 1):
        again = [case.name for case in comparison.unlisted if may_run_again(case.name, case.ours)]
        if 0 < len(again) <= MOST_AGAIN:
            second, = run([replace(own, name=f"again-{attempt}", shards=1)], tests, set(), again)
            found = with_second_chance(found, second)
            comparison = Comparison(modules, theirs, found, entries)
    on = f"{ours}, stack {stack}" if stack else ours
    print(f"The test modules of CPython {release}, in it and on\n{on}:\n")
    print("\n".join(report.lines(comparison)))
    return 0 if comparison.is_as_listed else 1


def describe(python):
    """The release of a CPython, and the folder of its tests."""
    said = output([python, "-E", "-s", "-B", DESCRIBE, "--tests"]).splitlines()
    return said[1], pathlib.Path(said[2])


def about(version, pysockets):
    """What the build and its interpreter say of themselves."""
    build = output([pysockets, "--version"])
    if version.options:
        # The line is about the interpreter that the command has without options.
        build = f"{build.split(' (')[0]} ({' '.join(output([pysockets, *version.options, DESCRIBE]).split())})"
    return build


def output(command):
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        stop(done.stderr.strip())
    return done.stdout.strip()


def left_out(entries):
    return {entry.pattern for entry in entries if entry.category == "excluded"}


def sides(version, reference, pysockets, folder):
    # -E -s: nothing of the user's own. Neither writes into CPython's installation: -B, and a cache elsewhere. The
    # runner for Jython, which has no such options, sees to it there.
    cache = f"pycache_prefix={folder.parent / 'conformance-pycache'}"
    options = version.options or ("-E", "-s", "-X", cache)
    return (Side("cpython", [reference, "-E", "-s", "-B"], 1, folder, version.runner),
            Side("pysockets", [pysockets, *options], SHARDS, folder, version.runner))


def run(sides, tests, left_out, names):
    """The outcomes of each side. Both run at the same time: what CPython does there is mostly to wait."""
    with ThreadPoolExecutor() as threads:
        try:
            return list(threads.map(lambda side: side.run(tests, left_out, names), sides))
        except BaseException:
            for side in sides:
                side.stopped.set()
            raise


def may_run_again(case, outcome):
    """Whether a case gets a second chance.

    Some cases give a call ten milliseconds, which it has not always got on a machine with other work. What hung or
    ended its process gets none, but for the one race that is known.
    """
    return outcome.kind in ("failed", "error") or outcome.kind == "hung" and case.endswith(RACE_OF_THE_JVM)


def with_second_chance(first, second):
    """The first outcomes, but for those that passed the second time."""
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
