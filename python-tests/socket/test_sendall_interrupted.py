"""Signals while sendall waits for room. The other calls that wait are in test_interrupted.py."""

import signal
import socket
import threading
import unittest

from support import LIMIT, SocketTestCase

SOON = 0.05
"""Seconds until the first signal."""

MORE_THAN_FITS = 64 << 20
"""Bytes that no buffer of the kernel takes at once."""


class Interrupted(Exception):
    """What a handler raises."""


@unittest.skipUnless(hasattr(signal, "setitimer"), "this Python has no signal.setitimer")
class SendallTest(SocketTestCase):
    def setUp(self):
        if threading.current_thread() is not threading.main_thread():
            self.skipTest("signal handlers are set and run by the main thread only")
        self.sender, receiver = socket.socketpair()
        self.own(self.sender)
        self.own(receiver)
        # Should no signal come, sendall ends with EPIPE and the test fails.
        rescue = threading.Timer(LIMIT, receiver.shutdown, (socket.SHUT_RDWR,))
        rescue.daemon = True
        rescue.start()
        self.addCleanup(rescue.cancel)
        self.handled = 0

    def signals(self, handler, every=0.0):
        """Runs `handler` for a signal that comes soon, and again and again if `every` is set."""
        try:
            before = signal.signal(signal.SIGALRM, handler)
        except PermissionError as refusal:
            self.skipTest("the application that runs this Python keeps signals to itself: %s" % refusal)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        self.addCleanup(signal.setitimer, signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_REAL, SOON, every)

    def fail_inside(self):
        """A system call that fails, so that the handler leaves another errno behind than it found."""
        self.handled += 1
        with self.assertRaises(OSError):
            socket.close(-1)

    def raising(self, number, frame):
        self.fail_inside()
        raise Interrupted

    def returning(self, number, frame):
        self.fail_inside()

    def test_a_handler_that_raises_ends_it(self):
        for timeout in (None, LIMIT / 2):
            with self.subTest(timeout=timeout):
                self.sender.settimeout(timeout)
                data = bytes(MORE_THAN_FITS)
                with self.assertRaises(Interrupted):
                    self.signals(self.raising)
                    self.sender.sendall(data)

    def test_a_handler_that_returns_leaves_the_timeout_to_end_it(self):
        self.sender.settimeout(6 * SOON)
        data = bytes(MORE_THAN_FITS)
        self.signals(self.returning, SOON)
        with self.assertRaises(TimeoutError) as caught:
            self.sender.sendall(data)
        self.assertEqual(caught.exception.args, ("timed out",))
        self.assertGreaterEqual(self.handled, 1)


if __name__ == "__main__":
    unittest.main()
