"""What the outcomes of both sides come to, case by case, with what the manifest says of them."""

from dataclasses import dataclass
from functools import cached_property

from manifest import FAILS, SKIPS, Entry
from names import is_module, module_of
from side import Outcome

ABSENT = Outcome("absent", "no such case here")


@dataclass(frozen=True)
class Case:
    """One case on both sides. entry is the manifest's on it, or None."""

    name: str
    theirs: Outcome
    ours: Outcome
    entry: Entry | None

    @property
    def module(self):
        return module_of(self.name)

    @property
    def differs(self):
        if self.theirs.kind == "passed":
            return self.ours.kind != "passed"
        # What CPython does not run on this machine may pass here, or be skipped.
        return self.theirs.kind in ("skipped", "absent") and self.ours.kind not in ("passed", "skipped", "absent")

    @property
    def effect(self):
        return SKIPS if self.ours.kind in ("skipped", "absent") else FAILS

    @property
    def is_unlisted(self):
        return self.differs and (self.entry is None or self.entry.outcome != self.effect)

    @property
    def passes_though_listed(self):
        return self.entry is not None and self.theirs.kind == "passed" and self.ours.kind == "passed"


class Comparison:
    def __init__(self, modules, theirs, ours, entries):
        self.modules = modules
        self.excluded = [entry for entry in entries if entry.category == "excluded"]
        listed = [entry for entry in entries if entry.category != "excluded"]
        self.cases = [made(name, theirs, ours, listed) for name in names(theirs, ours)]

    @cached_property
    def unlisted(self):
        return [case for case in self.cases if case.is_unlisted]

    @cached_property
    def surprises(self):
        return [case for case in self.cases if case.passes_though_listed]

    @cached_property
    def unsteady(self):
        return [case for case in self.cases if case.ours.at_first]

    @cached_property
    def not_counted(self):
        """What CPython itself does not pass, though it runs it."""
        return [case for case in self.cases if case.theirs.kind not in ("passed", "skipped", "absent")]

    @cached_property
    def known(self):
        """The listed differences that were seen, by their entry."""
        found = {}
        for case in self.cases:
            if case.differs and not case.is_unlisted:
                found.setdefault(case.entry, []).append(case)
        return found

    @property
    def is_as_listed(self):
        return bool(self.cases) and not self.unlisted and not self.surprises


def names(theirs, ours):
    """All cases. A module that could not be imported on one side is no case where the other side knows its cases."""
    known = theirs.keys() | ours.keys()
    with_cases = {module_of(name) for name in known if not is_module(name)}
    return sorted(name for name in known if name not in with_cases)


def made(name, theirs, ours, entries):
    entry = next((entry for entry in entries if entry.covers(name)), None)
    return Case(name, outcome(name, theirs), outcome(name, ours), entry)


def outcome(name, outcomes):
    known = outcomes.get(name) or outcomes.get(module_of(name))
    if known is None:
        return ABSENT
    return known if name in outcomes else Outcome("skipped" if known.kind == "skipped" else "absent", known.why)
