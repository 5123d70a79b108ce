"""What is known of the cases that do not pass here as they do in CPython: conformance.tsv, or conformance-2.7.tsv.

Entries of category "descriptors" count only where the machine allows a process few descriptors.

A stack that can do less than the operating system's has a list of its own beside that, such as conformance-nio.tsv.
What it says of a case goes before what the other one says.
"""

import fnmatch
import pathlib
import resource
from dataclasses import dataclass

FILE = pathlib.Path(__file__).with_name("conformance.tsv")
CATEGORIES = ("excluded", "cpython-only", "graalpy", "jython", "jvm", "design", "stack", "descriptors")
SKIPS, FAILS = "skips", "fails"
ENOUGH_DESCRIPTORS = 2**16 + 512
"""CPython's cases open up to 2**16 descriptors or as many as they may, less 32 for all else. The command has 33 open
before it does anything.
"""


@dataclass(frozen=True)
class Entry:
    """pattern is a case's name or a pattern of fnmatch for several; outcome, what they do here, is SKIPS or FAILS, or
    "-" where they do not run."""

    pattern: str
    outcome: str
    category: str
    reason: str

    def covers(self, case):
        return fnmatch.fnmatchcase(case, self.pattern)


def of_stack(file, stack):
    """The list of a stack that is named, beside the one for all; None where it has none."""
    own = file.with_stem(f"{file.stem}-{stack}") if stack else file
    return own if own != file and own.is_file() else None


def read_for(file, stack):
    """The entries for a stack, on this machine; stack is empty for the operating system's."""
    own = of_stack(file, stack)
    entries = (read(own) if own else []) + read(file)
    return entries if few_descriptors() else [entry for entry in entries if entry.category != "descriptors"]


def few_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return hard != resource.RLIM_INFINITY and hard < ENOUGH_DESCRIPTORS


def read(file=FILE):
    entries = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            entry = Entry(*line.split("\t"))
            if entry.category not in CATEGORIES:
                raise ValueError(f"{file.name}, line {number}: no such category: {entry.category}")
            if entry.outcome not in (("-",) if entry.category == "excluded" else (SKIPS, FAILS)):
                raise ValueError(f"{file.name}, line {number}: no such outcome: {entry.outcome}")
            if not entry.reason:
                raise ValueError(f"{file.name}, line {number}: no reason given")
            entries.append(entry)
    return entries
