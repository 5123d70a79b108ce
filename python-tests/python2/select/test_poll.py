"""select.poll."""

import errno
import select
import socket
import time
import unittest

from support import LIMIT, SHORT
from support.polling import NO_DESCRIPTORS, Named, OldNamed, PollingTestCase

MILLISECONDS = int(LIMIT * 1000)


class PollTest(PollingTestCase):
    def setUp(self):
        self.left, self.right = self.pair()
        self.poll = select.poll()

    def test_nothing(self):
        self.assertEqual(self.poll.poll(0), [])

    def test_events(self):
        self.assertIsNone(self.poll.register(self.left, select.POLLIN))
        self.assertIsNone(self.poll.register(self.right, select.POLLIN | select.POLLOUT))
        self.assertEqual(self.poll.poll(0), [(self.right.fileno(), select.POLLOUT)])
        self.left.send("x")
        self.assertEqual(self.poll.poll(MILLISECONDS), [(self.right.fileno(), select.POLLIN | select.POLLOUT)])

    def test_the_default_is_all(self):
        self.poll.register(self.right)
        self.assertEqual(self.poll.poll(0), [(self.right.fileno(), select.POLLOUT)])
        self.left.send("x")
        self.assertEqual(self.poll.poll(0), [(self.right.fileno(), select.POLLIN | select.POLLOUT)])

    def test_registering_again_replaces(self):
        self.poll.register(self.left, select.POLLOUT)
        self.poll.register(self.left, select.POLLIN)
        self.assertEqual(self.poll.poll(0), [])

    def test_modify(self):
        self.poll.register(self.left, select.POLLOUT)
        self.assertIsNone(self.poll.modify(self.left, select.POLLIN))
        self.assertEqual(self.poll.poll(0), [])

    def test_modify_of_what_is_not_there(self):
        with self.assertRaises(IOError) as caught:
            self.poll.modify(self.left, select.POLLIN)
        self.assertIs(type(caught.exception), IOError)
        self.assertEqual(caught.exception.errno, errno.ENOENT)

    def test_unregister(self):
        self.poll.register(self.left, select.POLLOUT)
        self.assertIsNone(self.poll.unregister(self.left))
        self.assertEqual(self.poll.poll(0), [])
        with self.assertRaises(KeyError) as caught:
            self.poll.unregister(self.left)
        self.assertEqual(caught.exception.args, (self.left.fileno(),))

    def test_the_other_end_closes(self):
        self.poll.register(self.left, select.POLLIN)
        self.right.close()
        (number, events), = self.poll.poll(MILLISECONDS)
        self.assertEqual(number, self.left.fileno())
        self.assertTrue(events & select.POLLHUP)

    def test_a_number_that_is_not_open(self):
        number = self.left.fileno()
        self.poll.register(number)
        self.left.close()
        self.assertEqual(self.poll.poll(MILLISECONDS), [(number, select.POLLNVAL)])

    def test_forms_of_descriptors(self):
        number = self.left.fileno()
        for form in number, long(number), Named(number), OldNamed(number), Named(long(number)):
            self.poll.register(form, select.POLLOUT)
            self.assertEqual(self.poll.poll(0), [(number, select.POLLOUT)])
            self.poll.unregister(form)

    def test_kinds_of_what_it_gives(self):
        self.poll.register(self.left)
        (number, events), = self.poll.poll()
        self.assertEqual((type(number), type(events)), (int, int))

    def test_timeouts(self):
        self.poll.register(self.left, select.POLLIN)
        for timeout in 50, 50.9, 50L:
            start = time.time()
            self.assertEqual(self.poll.poll(timeout), [])
            self.assertTrue(time.time() - start > 0.04)

    def test_it_waits_until_something_comes(self):
        self.poll.register(self.right, select.POLLIN)
        for timeout in (), (None,), (-1,):
            peer = self.peer(self.poll.poll, *timeout)
            peer.thread.join(SHORT)
            self.assertTrue(peer.thread.isAlive())
            self.left.send("x")
            self.assertEqual(peer.join(), [(self.right.fileno(), select.POLLIN)])
            self.assertEqual(self.right.recv(1), "x")

    def test_only_one_thread_polls(self):
        self.poll.register(self.right, select.POLLIN)
        peer = self.peer(self.poll.poll)
        peer.thread.join(SHORT)
        try:
            self.assertSays(RuntimeError, "concurrent poll() invocation", self.poll.poll, 0)
        finally:
            self.left.send("x")
        peer.join()

    def test_a_pipe(self):
        reader, writer = self.pipe()
        self.poll.register(reader, select.POLLIN)
        self.poll.register(writer, select.POLLOUT)
        self.assertEqual(self.poll.poll(0), [(writer, select.POLLOUT)])

    def test_a_dup_is_one_number(self):
        client, _ = self.tcp_pair()
        self.poll.register(client, select.POLLOUT)
        self.poll.register(client.dup(), select.POLLOUT)
        self.assertEqual(self.poll.poll(0), [(client.fileno(), select.POLLOUT)])


class PollArgumentsTest(PollingTestCase):
    def setUp(self):
        self.left, self.right = self.pair()
        self.poll = select.poll()

    def test_no_descriptors(self):
        for value, kind, text in NO_DESCRIPTORS:
            self.assertSays(kind, text, self.poll.register, value)
            self.assertSays(kind, text, self.poll.modify, value, 1)
            self.assertSays(kind, text, self.poll.unregister, value)

    def test_masks(self):
        for call in self.poll.register, self.poll.modify:
            for mask in 65536, 99999, 1 << 40:
                self.assertSays(OverflowError, "Python int too large for C unsigned short", call, self.left, mask)
                # The mask is looked at first.
                self.assertSays(OverflowError, "Python int too large for C unsigned short", call, "x", mask)
            self.assertRaises(OverflowError, call, self.left, -1)

    def test_timeouts(self):
        self.assertSays(TypeError, "timeout must be an integer or None", self.poll.poll, "1")
        for timeout in 1 << 31, 1 << 70, -(1 << 40):
            self.assertRaises(OverflowError, self.poll.poll, timeout)

    def test_counts(self):
        self.assertRaises(TypeError, select.poll, 1)
        self.assertRaises(TypeError, self.poll.poll, 0, 0)
        self.assertRaises(TypeError, self.poll.register)
        self.assertRaises(TypeError, self.poll.modify, self.left)

    def test_closed_sockets(self):
        self.left.close()
        self.assertRaises(ValueError, self.poll.register, self.left)
        sock = socket.socket()
        sock.close()
        self.assertErrno(errno.EBADF, self.poll.register, sock)


if __name__ == "__main__":
    unittest.main()
