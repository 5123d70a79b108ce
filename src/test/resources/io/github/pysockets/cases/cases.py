"""Runs the cases of unittest modules one by one, in Python 2.7 and 3. Evaluates to a function that loads a module; see
PythonCases and JythonCases.

Fixtures of classes and modules are run by unittest itself: all cases of a module share one TestResult, which remembers
whose fixtures are set up, and each case is put into a suite of its own, which compares.
"""

import sys
import unittest

if sys.version_info[0] == 2:
    from StringIO import StringIO
else:
    from io import StringIO

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
        return [(name_of(type(case)), case._testMethodName) for case in self._cases]

    def run(self, number):
        """Runs one case. Gives (PASSED, SKIPPED or FAILED; its tracebacks or the reason; what it printed)."""
        case = self._cases[number]
        printed = StringIO()
        streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = printed
        try:
            outcome, text = self._run(case, self._is_last_of_class(number), number == len(self._cases) - 1)
        finally:
            sys.stdout, sys.stderr = streams
        return outcome, text, printed.getvalue()

    def _is_last_of_class(self, number):
        return number == len(self._cases) - 1 or type(self._cases[number + 1]) is not type(self._cases[number])

    def _run(self, case, is_last_of_class, is_last):
        result = self._result
        for entries in (result.errors, result.failures, result.skipped, result.unexpectedSuccesses):
            del entries[:]
        ran_before = result.testsRun
        suite = unittest.TestSuite([case])
        suite.run(result)
        was_run = result.testsRun > ran_before
        if is_last_of_class:
            self._tear_down_class(suite, case)
        if is_last:
            suite._handleModuleTearDown(result)
        outcome = self._outcome()
        if was_run:
            return outcome
        # A fixture failed or was skipped; unittest reports that once, and passes over the other cases that need it.
        if outcome[0] != PASSED:
            self._of_fixture = outcome
        return self._of_fixture

    def _tear_down_class(self, suite, case):
        # Now rather than with the first case of the next class, which is not to blame.
        suite._tearDownPreviousClass(None, self._result)
        self._result._previousTestClass = type("BetweenClasses", (), {"__module__": type(case).__module__})

    def _outcome(self):
        result = self._result
        texts = ["%s\n%s" % (case, text) for case, text in result.errors + result.failures]
        texts += ["%s\nwas expected to fail, and passed\n" % case for case in result.unexpectedSuccesses]
        if texts:
            return FAILED, "\n".join(texts)
        if result.skipped:
            return SKIPPED, result.skipped[0][1]
        return PASSED, ""


def name_of(cls):
    # Python 2 does not know in which class another was made.
    return getattr(cls, "__qualname__", cls.__name__)


class Import(unittest.TestCase):
    """Stands for the cases of a module that cannot be imported. Fails, or is skipped as the module says."""

    def __init__(self, failure):
        unittest.TestCase.__init__(self, "test_import")
        self._failure = failure

    def test_import(self):
        """Its outcome is known before: what sys.exc_info() gave."""

    def run(self, result=None):
        result.startTest(self)
        if isinstance(self._failure[1], unittest.SkipTest):
            result.addSkip(self, str(self._failure[1]))
        else:
            result.addError(self, self._failure)
        result.stopTest(self)


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


Module
