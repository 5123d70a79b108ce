"""The comparison as text."""

import textwrap

from names import module_of

WIDTH = 120
CATEGORIES = {
    "cpython-only": "Cases that skip themselves wherever they are not run by CPython",
    "graalpy": "What GraalPy does not have, or does otherwise",
    "jython": "What Jython does not have, or does otherwise",
    "jvm": "What a process with a JVM in it cannot do",
    "design": "What is otherwise here on purpose",
    "stack": "What this stack of sockets cannot do",
    "descriptors": "What needs more descriptors than this machine allows a process (ulimit -Hn)",
}
GROUPS = ("", "", "CPython", "", "", "here", "", "", "skipped", "differences", "")
HEAD = ("module", "cases", *("passed", "failed", "skipped") * 2, "by both", "listed", "unlisted")
WIDTHS = (8, 10, 8, 9, 10, 8, 9, 10, 13, 10)


def lines(comparison):
    yield from table(comparison)
    yield from known(comparison)
    yield from excluded(comparison)
    yield from some("Does not pass in CPython on this machine, so not compared", comparison.not_counted, theirs)
    yield from some("Passed here when run again, alone", comparison.unsteady, at_first)
    yield from some("NOT IN THE MANIFEST", comparison.unlisted, unlisted)
    yield from some("IN THE MANIFEST, BUT PASSES", comparison.surprises, surprise)
    yield ""
    yield verdict(comparison)


def table(comparison):
    counted = [(module, [case for case in comparison.cases if case.module == module]) for module in comparison.modules]
    rows = [row(module, cases) for module, cases in counted]
    if len(rows) > 1:
        rows.append(row("all", comparison.cases))
    first = max(len(each[0]) for each in [HEAD, *rows])
    for each in [GROUPS, HEAD, *rows]:
        yield (each[0].ljust(first) + "".join(f"{cell:>{width}}" for cell, width in zip(each[1:], WIDTHS))).rstrip()


def row(module, cases):
    return (module, len(cases), *counts([case.theirs for case in cases]), *counts([case.ours for case in cases]),
            sum(case.theirs.kind == case.ours.kind == "skipped" for case in cases),
            sum(case.differs and not case.is_unlisted for case in cases), sum(case.is_unlisted for case in cases))


def counts(outcomes):
    kinds = [outcome.kind for outcome in outcomes]
    passed, skipped = kinds.count("passed"), kinds.count("skipped")
    return passed, len(kinds) - passed - skipped - kinds.count("absent"), skipped


def known(comparison):
    for category, title in CATEGORIES.items():
        entries = {entry: cases for entry, cases in comparison.known.items() if entry.category == category}
        if not entries:
            continue
        yield from ("", title + ":")
        reasons = {}
        for entry, cases in entries.items():
            reasons.setdefault(entry.reason, []).extend(cases)
        for reason, cases in reasons.items():
            yield from filled(reason, "  ")
            for case in cases:
                yield f"    {case.entry.outcome}  {case.name}"


def excluded(comparison):
    entries = [entry for entry in comparison.excluded if module_of(entry.pattern) in comparison.modules]
    if entries:
        yield from ("", "Run on neither side:")
        for entry in entries:
            yield from filled(entry.reason, "  ")
            yield f"    {entry.pattern}"


def some(title, cases, told):
    if cases:
        yield from ("", f"{title}:")
        for case in cases:
            yield f"  {case.name}"
            yield from filled(told(case), "    ")


def theirs(case):
    return f"{case.theirs.kind} in CPython: {case.theirs.why}"


def at_first(case):
    return f"at first: {case.ours.at_first}"


def unlisted(case):
    listed = f" (listed as one that {case.entry.outcome})" if case.entry else ""
    return f"{case.theirs.kind} in CPython, {case.ours.kind} here{listed}: {case.ours.why}"


def surprise(case):
    return f"listed as one that {case.entry.outcome}: {case.entry.reason}"


def filled(text, indent):
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)


def verdict(comparison):
    if comparison.is_as_listed:
        return "Every difference is in the manifest, and every one in it that this machine can show is there."
    if not comparison.cases:
        return "FAILED: no such cases."
    found = [f"{len(cases)} {what}" for cases, what in (
        (comparison.unlisted, "not in the manifest"),
        (comparison.surprises, "in the manifest that pass"),
    ) if cases]
    return f"FAILED: {', '.join(found)}."
