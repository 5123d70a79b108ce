"""Test cases in which a signal comes while a call waits."""

import signal
import threading
import time
import unittest

from support import SocketTestCase
from support.streams import SHORT, MeasuresWaits


class Interrupted(Exception):
    """What the handler raises. No call of a socket raises it by itself."""


def needs_timer(case):
    """Skips `case` where no signal can be timed. Python handles signals in its main thread only."""
    if not hasattr(signal, "setitimer"):
        return unittest.skip("this Python has no signal.setitimer")(case)
    return case


@needs_timer
class SignalCase(MeasuresWaits, SocketTestCase):
    TIMEOUT = 5.0
    """Seconds that a call waits which the signal does not end. Far more than the time until the signal."""

    def setUp(self):
        super().setUp()
        if threading.current_thread() is not threading.main_thread():
            self.skipTest("signal handlers are set and run by the main thread only")
        self.handled = 0

    def on_alarm(self, handler):
        try:
            before = signal.signal(signal.SIGALRM, handler)
        except PermissionError as failure:
            self.skipTest("the application that runs this Python keeps signals to itself: %s" % failure)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        self.addCleanup(signal.setitimer, signal.ITIMER_REAL, 0)

    def raising(self, number, frame):
        raise Interrupted

    def counting(self, number, frame):
        self.handled += 1

    def during(self, wait, seconds=4 * SHORT, interval=0):
        """Has signals come, the first after SHORT seconds, while `wait(seconds)` runs, and a handler of them run in it.

        A busy machine may run the handler only after the wait. So longer ones follow, until one has it in its midst.
        """
        while not self.handled and seconds < self.TIMEOUT:
            signal.setitimer(signal.ITIMER_REAL, SHORT, interval)
            wait(seconds)
            signal.setitimer(signal.ITIMER_REAL, 0)
            seconds *= 2
        self.assertGreaterEqual(self.handled, 1)

    def assertInterrupted(self, function, *arguments):
        """A signal during `function` makes it raise what the handler raises, long before its timeout."""
        self.on_alarm(self.raising)
        start = time.monotonic()
        with self.assertRaises(Interrupted):
            try:
                signal.setitimer(signal.ITIMER_REAL, SHORT)
                function(*arguments)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        self.assertLess(time.monotonic() - start, self.TIMEOUT)
