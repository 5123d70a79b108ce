"""What holds for poll objects and for epoll objects: a class of cases mixes in `ByPoll` or `ByEpoll`.

The numbers of their events are the same, so those of poll stand for both.
"""

import errno
import select
import socket

from support import HOST, LIMIT
from support.streams import MESSAGE, SHORT
from support.waiting import CLOCK_RANGE, NOT_DESCRIPTORS, Index, Named, WaitingTestCase

READABLE = select.POLLIN | select.POLLRDNORM
WRITABLE = select.POLLOUT | select.POLLWRNORM


class ByPoll:
    """Gives a case poll objects, whose timeouts are in milliseconds."""

    second = 1000

    def watcher(self):
        return select.poll()


class ByEpoll:
    """Gives a case epoll objects, whose timeouts are in seconds."""

    second = 1

    def watcher(self):
        return self.own(select.epoll())


class WatchingCase(WaitingTestCase):
    """A case with an object that watches nothing yet, and a pair of sockets."""

    def setUp(self):
        super().setUp()
        self.watched = self.watcher()
        self.left, self.right = self.pair()

    def ready(self, seconds=LIMIT):
        return self.watched.poll(seconds * self.second)


class RegistrationCases:
    """What is watched."""

    def test_methods_give_nothing(self):
        self.assertIsNone(self.watched.register(self.left, select.POLLIN))
        self.assertIsNone(self.watched.modify(self.left, select.POLLOUT))
        self.assertIsNone(self.watched.unregister(self.left))

    def test_sockets_numbers_and_objects_stand_for_the_same(self):
        number = self.left.fileno()
        same = (self.left, number, Named(number))
        for given, other in zip(same, same[1:] + same[:1]):
            self.watched.register(given, select.POLLIN)
            self.assertEqual(self.ready(0), [])
            self.watched.modify(other, select.POLLOUT)
            self.assertEqual(self.ready(), [(number, select.POLLOUT)])
            self.watched.unregister(given)
            self.assertEqual(self.ready(0), [])

    def test_what_is_no_descriptor(self):
        for value, kind, text in NOT_DESCRIPTORS:
            with self.subTest(value=value):
                self.assertRefused(kind, text, self.watched.register, value)
                self.assertRefused(kind, text, self.watched.register, value, select.POLLIN)
                self.assertRefused(kind, text, self.watched.modify, value, select.POLLIN)
                self.assertRefused(kind, text, self.watched.unregister, value)


class EventCases:
    """What is reported for a socket."""

    def events(self, sock, wanted):
        """What is reported for `sock` at once."""
        self.watched.register(sock, wanted)
        found = self.ready(0)
        self.watched.unregister(sock)
        if not found:
            return 0
        (number, events), = found
        self.assertEqual(number, sock.fileno())
        return events

    def test_nothing(self):
        self.assertEqual(self.events(self.left, select.POLLIN | select.POLLPRI), 0)

    def test_data(self):
        self.left.send(MESSAGE)
        self.assertEqual(self.events(self.right, select.POLLIN), select.POLLIN)
        self.assertEqual(self.events(self.right, READABLE | WRITABLE), READABLE | WRITABLE)
        self.assertEqual(self.events(self.right, select.POLLPRI), 0)

    def test_room(self):
        self.assertEqual(self.events(self.left, select.POLLIN | select.POLLOUT), select.POLLOUT)
        self.fill(self.left)
        self.assertEqual(self.events(self.left, select.POLLOUT), 0)

    def test_end_of_the_other_side(self):
        client, server = self.tcp_pair()
        client.shutdown(socket.SHUT_WR)
        select.select([server], [], [], LIMIT)
        wanted = select.POLLIN | select.POLLRDHUP
        self.assertEqual(self.events(server, wanted), wanted)
        self.assertEqual(self.events(server, select.POLLIN), select.POLLIN)
        self.assertEqual(self.events(server, 0), 0)

    def test_hang_up_is_told_unasked(self):
        self.assertEqual(self.events(self.left, 0), 0)
        self.right.close()
        self.assertEqual(self.events(self.left, 0), select.POLLHUP)
        self.assertEqual(self.events(self.left, select.POLLIN), select.POLLIN | select.POLLHUP)

    def test_error_is_told_unasked(self):
        bound = self.own(socket.socket())
        bound.bind((HOST, 0))
        client = self.own(socket.socket())
        client.setblocking(False)
        if client.connect_ex(bound.getsockname()) == errno.EINPROGRESS:
            self.watched.register(client, 0)
            self.assertEqual(self.ready(), [(client.fileno(), select.POLLERR | select.POLLHUP)])

    def test_urgent_data(self):
        client, server = self.tcp_pair()
        client.send(b"!", socket.MSG_OOB)
        self.watched.register(server, select.POLLPRI)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLPRI)])

    def test_connection_to_accept(self):
        listener = self.listener()
        self.watched.register(listener, select.POLLIN | select.POLLOUT)
        self.assertEqual(self.ready(0), [])
        self.bounded(socket.create_connection(listener.getsockname()))
        self.assertEqual(self.ready(), [(listener.fileno(), select.POLLIN)])


class WaitCases:
    """How long a call waits for data. The timeouts are in the object's own unit.

    `at_once` are those that do not wait, `endless` those without a limit, `limits` those that are long enough for
    anything, and `too_large` those that are refused.
    """

    def setUp(self):
        super().setUp()
        self.watched.register(self.right, select.POLLIN)
        self.found = [(self.right.fileno(), select.POLLIN)]

    def test_wait_lasts_its_timeout(self):
        self.assertLasts(SHORT, [], self.watched.poll, SHORT * self.second)

    def test_wait_for_nothing_lasts_its_timeout(self):
        self.assertLasts(SHORT, [], self.watcher().poll, SHORT * self.second)

    def test_fraction_of_a_millisecond_is_a_whole_one(self):
        self.assertLasts(0.001, [], self.watched.poll, 1e-100)

    def test_no_wait(self):
        for timeout in (0, 0.0, -0.0, False, Index(0), *self.at_once):
            self.assertEqual(self.watched.poll(timeout), [])

    def assertEndsByData(self, *timeout):
        waiting = self.waiting(self.watched.poll, *timeout)
        self.left.send(MESSAGE)
        self.assertEqual(waiting.join(), self.found)
        self.right.recv(1024)

    def test_data_ends_a_wait_without_limit(self):
        for timeout in ((), (None,), (-1,), (-1.0,), (-1000,), (-0.1,), *self.endless):
            with self.subTest(timeout=timeout):
                self.assertEndsByData(*timeout)

    def test_data_ends_a_wait_with_a_limit(self):
        for timeout in (LIMIT * self.second, int(LIMIT * self.second), *self.limits):
            with self.subTest(timeout=timeout):
                self.assertEndsByData(timeout)

    def test_timeouts_of_a_wrong_type(self):
        for timeout in ("not a number", b"", object(), 1j):
            with self.subTest(timeout=timeout):
                self.assertRefused(TypeError, "timeout must be an integer or None", self.watched.poll, timeout)

    def test_timeouts_that_are_too_large(self):
        for timeout in self.too_large:
            with self.subTest(timeout=timeout):
                self.assertRefused(OverflowError, "timeout is too large", self.watched.poll, timeout)

    def test_timeouts_that_no_clock_counts(self):
        for timeout, kind, text in CLOCK_RANGE:
            with self.subTest(timeout=timeout):
                self.assertRefused(kind, text, self.watched.poll, timeout)


class SignalledCases:
    """What signals do to a wait."""

    def setUp(self):
        super().setUp()
        self.watched.register(self.left, select.POLLIN)

    def test_raising_handler_ends_the_wait(self):
        self.assertInterrupted(self.watched.poll, self.TIMEOUT * self.second)

    def test_object_is_usable_afterwards(self):
        self.assertInterrupted(self.watched.poll)
        self.right.send(MESSAGE)
        self.assertEqual(self.ready(), [(self.left.fileno(), select.POLLIN)])

    def test_wait_goes_on_after_a_handler_that_returns(self):
        self.assertGoesOn([], lambda seconds: self.watched.poll(seconds * self.second))
