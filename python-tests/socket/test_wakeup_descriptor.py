"""`signal.set_wakeup_fd`: a signal with a handler makes a socket readable, which wakes a thread that waits for it."""

import errno
import select
import signal
import socket
import threading
import unittest

from support import LIMIT, SocketTestCase
from support.streams import SHORT


@unittest.skipUnless(hasattr(signal, "setitimer"), "this Python has no signal.setitimer")
class WakeupDescriptorTest(SocketTestCase):
    def setUp(self):
        if threading.current_thread() is not threading.main_thread():
            self.skipTest("signal handlers are set and run by the main thread only")
        self.handled = []
        try:
            before = signal.signal(signal.SIGALRM, lambda number, frame: self.handled.append(number))
        except PermissionError as refusal:
            self.skipTest("the application that runs this Python keeps signals to itself: %s" % refusal)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        self.addCleanup(signal.setitimer, signal.ITIMER_REAL, 0)
        self.reader, self.writer = self.pair()
        self.reader.setblocking(False)
        self.writer.setblocking(False)
        self.assertEqual(signal.set_wakeup_fd(self.writer.fileno()), -1)
        self.addCleanup(signal.set_wakeup_fd, -1)

    def test_it_gets_the_number_of_the_signal(self):
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        self.assertEqual(select.select([self.reader], [], [], LIMIT)[0], [self.reader])
        self.assertEqual(self.reader.recv(100), bytes([signal.SIGALRM]))

    def test_the_handler_runs_before_what_the_number_wakes(self):
        for _ in range(20):
            self.handled.clear()
            signal.setitimer(signal.ITIMER_REAL, SHORT / 10)
            select.select([self.reader], [], [], LIMIT)
            self.reader.recv(100)
            self.assertEqual(self.handled, [signal.SIGALRM])

    def test_a_full_descriptor_takes_nothing_from_the_handler(self):
        signal.set_wakeup_fd(self.writer.fileno(), warn_on_full_buffer=False)
        try:
            while True:
                self.writer.send(bytes(1000))
        except BlockingIOError:
            pass
        # Nobody writes: the wait ends by its timeout, the handler runs meanwhile.
        left, _ = self.pair()
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        while not self.handled:
            select.select([left], [], [], SHORT)

    def test_the_one_before_is_returned(self):
        self.assertEqual(signal.set_wakeup_fd(-1), self.writer.fileno())
        self.assertEqual(signal.set_wakeup_fd(self.writer.fileno()), -1)

    def test_a_descriptor_that_blocks_is_refused(self):
        self.reader.setblocking(True)
        with self.assertRaisesRegex(ValueError, "^the fd %d must be in non-blocking mode$" % self.reader.fileno()):
            signal.set_wakeup_fd(self.reader.fileno())

    def test_a_number_that_is_no_descriptor_is_refused(self):
        self.assertErrno(errno.EBADF, signal.set_wakeup_fd, 1 << 20)
        with self.assertRaises(TypeError):
            signal.set_wakeup_fd("text")

    def test_another_thread_is_refused(self):
        text = "^set_wakeup_fd only works in main thread of the main interpreter$"

        def refuse():
            with self.assertRaisesRegex(ValueError, text):
                signal.set_wakeup_fd(-1)

        self.peer(refuse).join()


if __name__ == "__main__":
    unittest.main()
