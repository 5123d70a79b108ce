"""What the cases of select, poll and epoll share: objects with a fileno method, pipes, and threads that wait."""

import errno
import os
import signal
import socket
import sys
import time
import unittest

from support.refusals import RefusalTestCase
from support.signals import SignalCase
from support.streams import CLOCK_GRAIN, SHORT

NOT_A_DESCRIPTOR = "argument must be an int, or have a fileno() method."
NEGATIVE = "file descriptor cannot be a negative integer (-1)"
NO_C_INT = "Python int too large to convert to C int"

ends_when_closed = unittest.skipUnless(
    sys.implementation.name == "graalpy",
    "a wait of CPython goes on when another thread closes what it waits for; PySockets ends it",
)


class Named:
    """Has a fileno method that gives what the object was made of, or raises it."""

    def __init__(self, number):
        self._number = number

    def fileno(self):
        if isinstance(self._number, BaseException):
            raise self._number
        return self._number


class Index:
    """Not an int, and can be used as one."""

    def __init__(self, value):
        self._value = value

    def __index__(self):
        return self._value


NOT_DESCRIPTORS = (
    (object(), TypeError, NOT_A_DESCRIPTOR),
    (None, TypeError, NOT_A_DESCRIPTOR),
    (1.0, TypeError, NOT_A_DESCRIPTOR),
    ("1", TypeError, NOT_A_DESCRIPTOR),
    (Index(1), TypeError, NOT_A_DESCRIPTOR),
    (Named("fileno"), TypeError, "fileno() returned a non-integer"),
    (Named(None), TypeError, "fileno() returned a non-integer"),
    (Named(1.0), TypeError, "fileno() returned a non-integer"),
    (Named(Index(1)), TypeError, "fileno() returned a non-integer"),
    (-1, ValueError, NEGATIVE),
    (-5, ValueError, "file descriptor cannot be a negative integer (-5)"),
    (Named(-1), ValueError, NEGATIVE),
    (-(1 << 31), ValueError, "file descriptor cannot be a negative integer (-2147483648)"),
    (1 << 31, OverflowError, NO_C_INT),
    (1 << 70, OverflowError, NO_C_INT),
    (-(1 << 31) - 1, OverflowError, NO_C_INT),
    (Named(1 << 63), OverflowError, NO_C_INT),
    (Named(KeyError("of its own")), KeyError, "'of its own'"),
)
"""What stands for no descriptor, with the class and the text of the error that says so."""

CLOCK_RANGE = (
    (float("nan"), ValueError, "Invalid value NaN (not a number)"),
    (float("inf"), OverflowError, "timestamp out of range for platform time_t"),
    (-float("inf"), OverflowError, "timestamp out of range for platform time_t"),
    (1e300, OverflowError, "timestamp out of range for platform time_t"),
    (1 << 62, OverflowError, "timestamp too large to convert to C _PyTime_t"),
    (1 << 100, OverflowError, "timestamp too large to convert to C _PyTime_t"),
    (-(1 << 100), OverflowError, "timestamp too large to convert to C _PyTime_t"),
)
"""Timeouts that no clock can count, of every call, with the class and the text of the error."""


class WaitingTestCase(RefusalTestCase):
    def assertNotOpen(self, function, *arguments):
        """`function` says that a number is not that of an open descriptor."""
        failure = self.assertErrno(errno.EBADF, function, *arguments)
        self.assertIs(type(failure), OSError)
        # A context that keeps scripts to their own descriptors says more.
        self.assertTrue(str(failure).startswith("[Errno 9] Bad file descriptor"), failure)

    def pipe(self):
        """The two ends of a pipe: (to read, to write)."""
        ends = os.pipe()
        for end in ends:
            self.addCleanup(self._close_end, end)
        try:
            real = os.readlink("/proc/self/fd/%d" % ends[0]) == "pipe:[%d]" % os.fstat(ends[0]).st_ino
        except OSError:
            real = False
        if not real:
            self.skipTest("the pipes of this Python are not the operating system's")
        return ends

    @staticmethod
    def _close_end(end):
        try:
            os.close(end)
        except OSError:
            # A case may close it itself.
            return

    def closed_number(self):
        """A descriptor number that was open a moment ago. The next new descriptor may get it."""
        left, right = self.pair()
        number = left.fileno()
        left.close()
        return number

    def duplicates(self, sock, count):
        """Numbers of `count` further descriptors of a socket."""
        numbers = []
        for _ in range(count):
            try:
                number = socket.dup(sock.fileno())
            except OSError as failure:
                if failure.errno != errno.EMFILE:
                    raise
                self.skipTest("this process may not open %d descriptors" % count)
            self.addCleanup(socket.close, number)
            numbers.append(number)
        return numbers

    def waiting(self, function, *arguments):
        """Runs `function` on a thread, and checks that it does not end by itself."""
        peer = self.peer(function, *arguments)
        peer._thread.join(SHORT)
        self.assertTrue(peer._thread.is_alive(), "the call did not wait")
        return peer

    def fill(self, sock):
        """Writes to `sock` until nothing more fits."""
        sock.setblocking(False)
        with self.assertRaises(BlockingIOError):
            while True:
                sock.send(bytes(65536))

    def assertLasts(self, seconds, expected, function, *arguments):
        """`function` gives `expected`, not earlier than `seconds` after its call."""
        start = time.monotonic()
        result = function(*arguments)
        elapsed = time.monotonic() - start
        self.assertEqual(result, expected)
        self.assertGreaterEqual(elapsed, seconds - CLOCK_GRAIN)


class InterruptedWaitCase(SignalCase, WaitingTestCase):
    def assertGoesOn(self, expected, wait):
        """A signal whose handler returns does not make `wait(seconds)` give `expected` any earlier."""
        self.on_alarm(self.counting)
        self.during(lambda seconds: self.assertLasts(seconds, expected, wait, seconds))
