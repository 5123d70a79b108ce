"""One of the two interpreters: runs cases in it, whatever they do to it, and tells what became of each."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field

from names import is_module, module_of

RUNNER = pathlib.Path(__file__).with_name("runner.py")
CASE_LIMIT = 60
SLOW_CASE, SLOW_CASE_LIMIT = ".test_get_event_loop_new_process", 240
"""The end of the name of the cases that start three interpreters one after the other, and what they get for it."""
LOAD_LIMIT = 180
EXIT_LIMIT = 15
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Outcome:
    """kind is one of passed, skipped, failed, error, hung, ended, absent; "ended" means that the process did.
    at_first is what went wrong before the case was run again and passed."""

    kind: str
    why: str = ""
    at_first: str = ""


@dataclass(frozen=True)
class Side:
    name: str
    command: list
    shards: int
    folder: pathlib.Path
    runner: pathlib.Path = RUNNER
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self, tests, left_out, names):
        """The outcomes of all cases of these names, by case.

        tests: the folder of CPython's test package.
        left_out: names of cases that are not to run.
        """
        parts = [Part(self, tests, set(left_out), names, number) for number in range(1, self.shards + 1)]
        threads = [threading.Thread(target=part.run) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcomes = {}
        for part in parts:
            outcomes |= part.outcomes()
        return outcomes


class Part:
    """The cases of one shard: a process, and another for the rest where that one did not come to its end."""

    def __init__(self, side, tests, left_out, names, number):
        self.side, self.tests, self.left_out, self.names = side, tests, left_out, names
        self.label = f"{side.name}-{number}"
        self.shard = f"{number}/{side.shards}"
        self.cases, self.done, self.fixtures = {}, {}, {}

    def run(self):
        attempt = 0
        while True:
            attempt += 1
            before = len(self.done)
            if Attempt(self, attempt).run() or len(self.done) == before or self.side.stopped.is_set():
                return

    def outcomes(self):
        return {case: self.done.get(case) or self.not_run(case) for case in self.cases} | self.modules_not_run()

    def not_run(self, case):
        """What a case came to that did not get its turn: a fixture of its class or its module says why."""
        parts = case.split(".")
        known = (self.fixtures.get(".".join(parts[:count])) for count in range(len(parts), 0, -1))
        return next(filter(None, known), Outcome("absent", f"its process ended, see {self.label}.log"))

    def modules_not_run(self):
        """Modules that have no cases because they could not be imported; they stand for their cases."""
        with_cases = set(map(module_of, self.cases))
        return {name: why for name, why in self.fixtures.items() if is_module(name) and name not in with_cases}


class Attempt:
    """One process, watched by what it records."""

    def __init__(self, part, number):
        self.part = part
        self.records = part.side.folder / f"{part.label}-{number}.jsonl"
        self.log = part.side.folder / f"{part.label}.log"
        self.left_out = part.side.folder / f"{part.label}.left-out"
        self.current, self.since, self.is_done = None, time.monotonic(), False

    def run(self):
        """Whether it came to its end."""
        self.records.write_text("")
        self.left_out.write_text("\n".join(sorted(self.part.left_out | self.part.done.keys())))
        work = tempfile.mkdtemp(prefix="conformance-")
        try:
            with self.records.open("rb") as records, self.log.open("ab") as log:
                process = subprocess.Popen(self.command(), cwd=work, stdin=subprocess.DEVNULL, stdout=log,
                                           stderr=log, start_new_session=True)
                try:
                    self.watch(process, records)
                finally:
                    end(process)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return self.is_done

    def command(self):
        part = self.part
        return [*part.side.command, part.side.runner, part.tests, self.records, self.left_out, part.shard, *part.names]

    def watch(self, process, records):
        while not self.part.side.stopped.wait(LOOK_EVERY):
            # In this order: what it recorded last is read after its end is known.
            status = process.poll()
            self.take(records)
            if status is not None:
                if self.current:
                    # An exception that no case caught, such as that of a signal's handler which came late.
                    kind = "error" if status == 1 else "ended"
                    self.finish(self.current, kind, f"the process ended with status {status}, see {self.log.name}")
                return
            waited = time.monotonic() - self.since
            if self.is_done:
                if waited > EXIT_LIMIT:
                    return
            elif waited > self.limit():
                # The JVM then writes to the log what its threads do.
                signal_group(process, signal.SIGQUIT)
                time.sleep(1)
                if self.current:
                    self.finish(self.current, "hung", f"not at its end after {self.limit()} seconds")
                return

    def limit(self):
        if not self.current:
            return LOAD_LIMIT
        return SLOW_CASE_LIMIT if self.current.endswith(SLOW_CASE) else CASE_LIMIT

    def take(self, records):
        # A line that is not whole yet is left for the next look.
        while (line := records.readline()).endswith(b"\n"):
            self.note(**json.loads(line))
        records.seek(-len(line), os.SEEK_CUR)

    def note(self, event, name, outcome, why):
        self.since = time.monotonic()
        match event:
            case "case":
                self.part.cases.setdefault(name)
            case "start":
                self.current = name
            case "end":
                self.finish(name, outcome, why)
            case "fixture":
                self.part.fixtures.setdefault(name, Outcome(outcome, why))
            case "done":
                self.is_done = True

    def finish(self, case, kind, why):
        self.part.done[case] = Outcome(kind, why)
        self.current = None


def end(process):
    """Ends it with all that it has started."""
    signal_group(process, signal.SIGKILL)
    process.wait()


def signal_group(process, number):
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass
