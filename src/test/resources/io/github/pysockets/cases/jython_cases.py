"""As cases.py, for the unittest of Python 2.7: see JythonCases."""

import StringIO
import sys
import unittest

PASSED, SKIPPED, FAILED = "passed", "skipped", "failed"


class Module(object):
    """The cases of one module, in the loader's order."""

    def __init__(self, name):
        self._cases = load(name)
        self._result = unittest.TestResult()
        # Otherwise each suite would take itself for the whole run, and tear all fixtures down at its end.
        self._result._testRunEntered = True
        self._of_fixture = PASSED, ""

    def cases(self):
        """A tuple (class, method) for each."""
        return [(type(case).__name__, case._testMethodName) for case in self._cases]

    def run(self, number):
        """Runs one case. Gives (PASSED, SKIPPED or FAILED; its tracebacks or the reason; what it printed)."""
        printed = StringIO.StringIO()
        streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = printed
        try:
            outcome, text = self._run(number)
        finally:
            sys.stdout, sys.stderr = streams
        return outcome, text, printed.getvalue()

    def _run(self, number):
        case, result = self._cases[number], self._result
        for entries in result.errors, result.failures, result.skipped, result.unexpectedSuccesses:
            del entries[:]
        ran_before = result.testsRun
        suite = unittest.TestSuite([case])
        suite.run(result)
        was_run = result.testsRun > ran_before
        is_last = number == len(self._cases) - 1
        if is_last or type(self._cases[number + 1]) is not type(case):
            # Now rather than with the first case of the next class, which is not to blame.
            suite._tearDownPreviousClass(None, result)
            result._previousTestClass = type("BetweenClasses", (), {"__module__": type(case).__module__})
        if is_last:
            suite._handleModuleTearDown(result)
        outcome = self._outcome()
        if was_run:
            return outcome
        # A fixture failed or was skipped; unittest reports that once, and passes over the other cases that need it.
        if outcome[0] != PASSED:
            self._of_fixture = outcome
        return self._of_fixture

    def _outcome(self):
        result = self._result
        texts = ["%s\n%s" % (case, text) for case, text in result.errors + result.failures]
        texts += ["%s\nwas expected to fail, and passed\n" % case for case in result.unexpectedSuccesses]
        if texts:
            return FAILED, "\n".join(texts)
        if result.skipped:
            return SKIPPED, result.skipped[0][1]
        return PASSED, ""


class Import(unittest.TestCase):
    """Stands for the cases of a module that cannot be imported. Fails, or is skipped as the module says."""

    def __init__(self, failure):
        unittest.TestCase.__init__(self, "test_import")
        self._failure = failure

    def test_import(self):
        kind, failure, where = self._failure
        raise kind, failure, where


def load(name):
    try:
        __import__(name)
    except Exception:
        return [Import(sys.exc_info())]
    return list(flat(unittest.TestLoader().loadTestsFromName(name)))


def flat(tests):
    for test in tests:
        if isinstance(test, unittest.TestSuite):
            for each in flat(test):
                yield each
        else:
            yield test
