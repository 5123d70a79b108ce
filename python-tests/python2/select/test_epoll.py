"""select.epoll, Linux's."""

import errno
import select
import socket
import time
import unittest

from support import LIMIT, SHORT
from support.polling import NO_DESCRIPTORS, Named, PollingTestCase


@unittest.skipUnless(hasattr(select, "epoll"), "select.epoll is Linux's")
class EpollCase(PollingTestCase):
    def setUp(self):
        self.left, self.right = self.pair()
        self.epoll = self.own(select.epoll())


class EpollTest(EpollCase):
    def test_a_closed_set_looks_at_no_argument(self):
        self.epoll.close()
        self.assertSays(ValueError, "I/O operation on closed epoll fd", self.epoll.poll, "x")

    def test_new_opens_the_set(self):
        made = self.own(select.epoll.__new__(select.epoll))
        self.assertNotEqual(made.fileno(), self.epoll.fileno())

    def test_init_leaves_the_set_alone(self):
        number = self.epoll.fileno()
        self.assertIsNone(self.epoll.__init__())
        self.assertEqual(self.epoll.fileno(), number)

    def test_nothing(self):
        self.assertEqual(self.epoll.poll(0), [])

    def test_events(self):
        self.assertIsNone(self.epoll.register(self.left, select.EPOLLIN))
        self.assertIsNone(self.epoll.register(self.right, select.EPOLLIN | select.EPOLLOUT))
        self.assertEqual(self.epoll.poll(0), [(self.right.fileno(), select.EPOLLOUT)])
        self.left.send("x")
        self.assertEqual(self.epoll.poll(LIMIT), [(self.right.fileno(), select.EPOLLIN | select.EPOLLOUT)])

    def test_the_default_is_all(self):
        self.epoll.register(self.left)
        self.assertEqual(self.epoll.poll(0), [(self.left.fileno(), select.EPOLLOUT)])

    def test_registering_again(self):
        self.epoll.register(self.left)
        with self.assertRaises(IOError) as caught:
            self.epoll.register(self.left)
        self.assertIs(type(caught.exception), IOError)
        self.assertEqual(caught.exception.errno, errno.EEXIST)

    def test_what_is_not_there(self):
        for call in (lambda: self.epoll.modify(self.left, 1)), (lambda: self.epoll.unregister(self.left)):
            with self.assertRaises(IOError) as caught:
                call()
            self.assertEqual(caught.exception.errno, errno.ENOENT)

    def test_modify(self):
        self.epoll.register(self.left, select.EPOLLOUT)
        self.assertIsNone(self.epoll.modify(self.left, select.EPOLLIN))
        self.assertEqual(self.epoll.poll(0), [])

    def test_unregister(self):
        self.epoll.register(self.left, select.EPOLLOUT)
        self.assertIsNone(self.epoll.unregister(self.left))
        self.assertEqual(self.epoll.poll(0), [])

    def test_edges(self):
        self.epoll.register(self.right, select.EPOLLIN | select.EPOLLET)
        self.left.send("x")
        expected = [(self.right.fileno(), select.EPOLLIN)]
        self.assertEqual(self.epoll.poll(LIMIT), expected)
        self.assertEqual(self.epoll.poll(0), [])
        self.left.send("x")
        self.assertEqual(self.epoll.poll(LIMIT), expected)

    def test_one_shot(self):
        self.epoll.register(self.left, select.EPOLLOUT | select.EPOLLONESHOT)
        self.assertEqual(self.epoll.poll(0), [(self.left.fileno(), select.EPOLLOUT)])
        self.assertEqual(self.epoll.poll(0), [])
        self.epoll.modify(self.left, select.EPOLLOUT)
        self.assertEqual(self.epoll.poll(0), [(self.left.fileno(), select.EPOLLOUT)])

    def test_the_other_end_closes(self):
        self.epoll.register(self.left, select.EPOLLIN)
        self.right.close()
        (number, events), = self.epoll.poll(LIMIT)
        self.assertTrue(events & select.EPOLLHUP)

    def test_a_closed_socket_is_gone(self):
        client, _ = self.tcp_pair()
        self.epoll.register(client, select.EPOLLOUT)
        client.close()
        self.assertEqual(self.epoll.poll(0), [])

    def test_at_most(self):
        self.epoll.register(self.left, select.EPOLLOUT)
        self.epoll.register(self.right, select.EPOLLOUT)
        self.assertEqual(len(self.epoll.poll(0, 1)), 1)
        self.assertEqual(len(self.epoll.poll(0, 2)), 2)
        self.assertEqual(len(self.epoll.poll(0, -1)), 2)
        self.assertEqual(len(self.epoll.poll(timeout=0, maxevents=1)), 1)

    def test_timeouts(self):
        self.epoll.register(self.left, select.EPOLLIN)
        start = time.time()
        self.assertEqual(self.epoll.poll(SHORT), [])
        self.assertTrue(time.time() - start > SHORT * 0.8)

    def test_it_waits_until_something_comes(self):
        self.epoll.register(self.right, select.EPOLLIN)
        for timeout in (), (-1,), (-1.0,):
            peer = self.peer(self.epoll.poll, *timeout)
            peer.thread.join(SHORT)
            self.assertTrue(peer.thread.isAlive())
            self.left.send("x")
            self.assertEqual(peer.join(), [(self.right.fileno(), select.EPOLLIN)])
            self.assertEqual(self.right.recv(1), "x")

    def test_a_connection_to_nobody(self):
        sock = self.own(socket.socket())
        sock.setblocking(0)
        sock.connect_ex(self.refused_address())
        self.epoll.register(sock, select.EPOLLOUT)
        (number, events), = self.epoll.poll(LIMIT)
        self.assertTrue(events & select.EPOLLERR)

    def test_keywords(self):
        self.epoll.register(fd=self.left, eventmask=select.EPOLLOUT)
        self.epoll.modify(fd=self.left, eventmask=select.EPOLLIN)
        self.epoll.unregister(fd=self.left)


class EpollObjectTest(EpollCase):
    def test_closing(self):
        self.assertFalse(self.epoll.closed)
        self.assertIs(type(self.epoll.fileno()), int)
        self.assertIsNone(self.epoll.close())
        self.assertTrue(self.epoll.closed)
        self.assertIsNone(self.epoll.close())
        for call, arguments in ((self.epoll.fileno, ()), (self.epoll.poll, (0,)), (self.epoll.register, (self.left,)),
                                (self.epoll.modify, (self.left, 1)), (self.epoll.unregister, (self.left,))):
            self.assertSays(ValueError, "I/O operation on closed epoll fd", call, *arguments)

    def test_fromfd_has_the_same_descriptor(self):
        other = select.epoll.fromfd(self.epoll.fileno())
        try:
            self.assertIs(type(other), select.epoll)
            self.assertEqual(other.fileno(), self.epoll.fileno())
            other.register(self.left, select.EPOLLOUT)
            self.assertEqual(self.epoll.poll(0), [(self.left.fileno(), select.EPOLLOUT)])
        finally:
            other.close()

    def test_it_can_be_watched(self):
        self.assertEqual(select.select([self.epoll], [], [], 0)[0], [])
        self.epoll.register(self.left, select.EPOLLOUT)
        self.assertEqual(select.select([self.epoll], [], [], 0)[0], [self.epoll])

    def test_sizes(self):
        self.own(select.epoll(16))
        self.own(select.epoll(sizehint=3))
        self.own(select.epoll(-1))
        for size in 0, -2:
            self.assertSays(ValueError, "sizehint must be greater zero, got %d" % size, select.epoll, size)
        self.assertSays(TypeError, "an integer is required", select.epoll, "1")

    def test_many(self):
        for _ in range(100):
            select.epoll().close()


class EpollArgumentsTest(EpollCase):
    def test_no_descriptors(self):
        for value, kind, text in NO_DESCRIPTORS:
            self.assertSays(kind, text, self.epoll.register, value)
            self.assertSays(kind, text, self.epoll.modify, value, 1)
            self.assertSays(kind, text, self.epoll.unregister, value)

    def test_a_number_that_is_not_open(self):
        number = self.left.fileno()
        self.left.close()
        with self.assertRaises(IOError) as caught:
            self.epoll.register(number)
        self.assertEqual(caught.exception.errno, errno.EBADF)

    def test_forms(self):
        self.epoll.register(Named(self.left.fileno()), select.EPOLLOUT)
        self.epoll.unregister(long(self.left.fileno()))

    def test_most_events(self):
        for most in 0, -2:
            self.assertSays(ValueError, "maxevents must be greater than 0, got %d" % most, self.epoll.poll, 0, most)

    def test_timeouts(self):
        self.assertSays(TypeError, "a float is required", self.epoll.poll, "1")
        self.assertSays(OverflowError, "timeout is too large", self.epoll.poll, 1e300)

    def test_masks(self):
        self.assertRaises(TypeError, self.epoll.register, self.left, "1")
        self.assertRaises(TypeError, self.epoll.modify, self.left)


del EpollCase

if __name__ == "__main__":
    unittest.main()
