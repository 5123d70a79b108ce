"""Writes down what comes of each case, in Python 2.7 and 3: what runner.py and runner2.py share."""

import json
import traceback
import unittest


class Records(object):
    """Writes each event at once. Its keys: event; name, of a case, or of the class or module that a fixture is for;
    outcome, one of passed, failed, error, skipped; why."""

    def __init__(self, path):
        self.file = open(path, "ab", 0)

    def write(self, event, name="", outcome="", why=""):
        record = {"event": event, "name": name, "outcome": outcome, "why": text_of(why)}
        self.file.write(json.dumps(record).encode("ascii") + b"\n")


def text_of(why):
    """What can be written as JSON, of whatever an exception says: in Python 2 that is bytes, of no known encoding."""
    if isinstance(why, bytes):
        return why.decode("latin-1")
    return why if isinstance(why, type(u"")) else str(why)


class RecordingResult(unittest.TestResult):
    """What counts of a case is the first thing that went wrong in it, a subtest of it or its cleaning up included."""

    def __init__(self, records):
        super(RecordingResult, self).__init__()
        self.records = records
        self.outcome = None

    def startTest(self, case):
        super(RecordingResult, self).startTest(case)
        self.records.write("start", name_of(case))

    def stopTest(self, case):
        # Comes without a start where the case is skipped: some versions of unittest do not count those as started.
        super(RecordingResult, self).stopTest(case)
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
        # A subtest's is its case's.
        self.note(getattr(case, "test_case", case), "skipped", reason)

    def addExpectedFailure(self, case, error):
        self.note(case, "passed", "expected failure")

    def addUnexpectedSuccess(self, case):
        self.note(case, "failed", "passed, which its author did not expect")

    def addSubTest(self, case, subtest, error):
        if error is not None:
            failed = issubclass(error[0], case.failureException)
            self.note(case, "failed" if failed else "error", subtest._subDescription() + " " + summary(error))


def summary(error):
    """The exception in one line, with the deepest place in the test package where it passed."""
    text = " ".join("".join(map(text_of, traceback.format_exception_only(*error[:2]))).split())
    places = [(line, function) for file, line, function, _ in traceback.extract_tb(error[2]) if "/test/" in file]
    return text[:400] + (" [%s, line %d]" % places[-1][::-1] if places else "")


def short(name):
    return name[len("test."):] if name.startswith("test.") else name


def name_of(case):
    return short(case.id())


def cases_of(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            for case in cases_of(each):
                yield case
        else:
            yield each


def is_named(case, names):
    """Whether the case is one of these, or in one of these classes and modules."""
    return any((name_of(case) + ".").startswith(name + ".") for name in names)
