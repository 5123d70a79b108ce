"""What the cases of select, poll and epoll share."""

import os

from support import SocketTestCase

NOT_A_DESCRIPTOR = "argument must be an int, or have a fileno() method"
NEGATIVE = "file descriptor cannot be a negative integer (-1)"


class Named(object):
    """Has a fileno method that gives what the object was made of."""

    def __init__(self, number):
        self._number = number

    def fileno(self):
        return self._number


class OldNamed:
    """As `Named`, of the old kind of class."""

    def __init__(self, number):
        self._number = number

    def fileno(self):
        return self._number


NO_DESCRIPTORS = (
    ("a text", TypeError, NOT_A_DESCRIPTOR),
    (object(), TypeError, NOT_A_DESCRIPTOR),
    (None, TypeError, NOT_A_DESCRIPTOR),
    (1.0, TypeError, NOT_A_DESCRIPTOR),
    (Named("a text"), TypeError, "fileno() returned a non-integer"),
    (Named(None), TypeError, "fileno() returned a non-integer"),
    (OldNamed("a text"), TypeError, "fileno() returned a non-integer"),
    (-1, ValueError, NEGATIVE),
    (-1L, ValueError, NEGATIVE),
    (Named(-1), ValueError, NEGATIVE),
)
"""What stands for no descriptor, with the class and the text of the error that says so."""


class PollingTestCase(SocketTestCase):
    def fill(self, sock):
        """Writes to `sock` until nothing more fits."""
        sock.setblocking(0)
        try:
            while True:
                sock.send("x" * 65536)
        except IOError:
            return

    def pipe(self):
        """The two ends of a pipe of the operating system: (to read, to write)."""
        ends = os.pipe()
        for end in ends:
            self.addCleanup(os.close, end)
        return ends
