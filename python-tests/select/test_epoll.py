"""Epoll objects: made and closed, what they watch and with which events, what comes back, and how long a poll waits."""

import errno
import gc
import os
import queue
import select
import socket
import unittest

from support import LIMIT, require
from support.polling import ByEpoll, EventCases, RegistrationCases, SignalledCases, WaitCases, WatchingCase
from support.streams import MESSAGE, SHORT
from support.waiting import (
    NEGATIVE, NO_C_INT, NOT_A_DESCRIPTOR, Index, InterruptedWaitCase, WaitingTestCase, ends_when_closed)

CLOSED = "I/O operation on closed epoll object"
MOST_UNLESS_SAID = 1023


def setUpModule():
    require(select, "epoll")


class EpollCase(ByEpoll, WatchingCase):
    def tell(self, *expected):
        """These sockets are ready for these events, each as (socket, events), and no others."""
        self.assertEqual(sorted(self.ready(0)), sorted((sock.fileno(), events) for sock, events in expected))


class EpollObjectTest(WaitingTestCase):
    def test_number(self):
        with select.epoll() as watched:
            self.assertIs(type(watched.fileno()), int)
            self.assertGreater(watched.fileno(), 0)
            self.assertEqual(watched.fileno(), watched.fileno())
            with select.epoll() as other:
                self.assertNotEqual(other.fileno(), watched.fileno())

    def test_size_hints(self):
        for size in (-1, 1, 16, (1 << 31) - 1, True, Index(16)):
            with self.subTest(size=size), select.epoll(size) as watched:
                self.assertFalse(watched.closed)
            select.epoll(sizehint=size).close()

    def test_sizes_that_are_refused(self):
        for size in (0, -2, -(1 << 31)):
            self.assertRefused(ValueError, "negative sizehint", select.epoll, size)
            self.assertRefused(ValueError, "negative sizehint", select.epoll, sizehint=size)
            self.assertRefused(ValueError, "negative sizehint", select.epoll, size, 12356)
        self.assertRefused(OverflowError, NO_C_INT, select.epoll, 1 << 31)

    def test_sizes_that_are_no_integers(self):
        for size in ("foo", None, (), ["foo"], {}, 1.0):
            self.assertNotAnInteger(size, select.epoll, size)

    def test_flags(self):
        for flags in (0, select.EPOLL_CLOEXEC, Index(0)):
            select.epoll(-1, flags).close()
            select.epoll(flags=flags).close()

    def test_flags_that_are_refused(self):
        for flags in (12356, -1, 1):
            with self.assertRaises(OSError) as caught:
                select.epoll(flags=flags)
            self.assertEqual(caught.exception.args, ("invalid flags",))
        self.assertRefused(OverflowError, NO_C_INT, select.epoll, flags=1 << 31)
        self.assertNotAnInteger(None, select.epoll, flags=None)

    def test_arguments_that_there_are_not(self):
        self.assertRaises(TypeError, select.epoll, 1, 2, 3)
        self.assertRaises(TypeError, select.epoll, size=1)
        self.assertRaises(TypeError, select.epoll, 1, sizehint=2)

    def test_child_processes_do_not_inherit_it(self):
        for flags in (0, select.EPOLL_CLOEXEC):
            with select.epoll(flags=flags) as watched:
                try:
                    inheritable = os.get_inheritable(watched.fileno())
                except (OSError, AttributeError) as failure:
                    self.skipTest("this Python cannot ask for it: %s" % failure)
                self.assertIs(inheritable, False)

    def test_type(self):
        self.assertIs(type(select.epoll), type)
        self.assertEqual((select.epoll.__module__, select.epoll.__qualname__), ("select", "epoll"))
        with select.epoll() as watched:
            self.assertIs(type(watched), select.epoll)
            self.assertTrue(repr(watched).startswith("<select.epoll object at 0x"), repr(watched))

    def test_type_has_no_subclasses(self):
        def derive():
            class Derived(select.epoll):
                pass

        self.assertRefused(TypeError, "type 'select.epoll' is not an acceptable base type", derive)

    def test_methods(self):
        names = {name for name in dir(select.epoll) if not name.startswith("_")}
        self.assertEqual(names, {"close", "closed", "fileno", "fromfd", "modify", "poll", "register", "unregister"})

    def test_attributes_cannot_be_set(self):
        with select.epoll() as watched:
            with self.assertRaises(AttributeError):
                watched.extra = 1
            with self.assertRaises(AttributeError):
                watched.closed = True
            with self.assertRaises(AttributeError):
                del watched.closed
            self.assertIs(watched.closed, False)


class ClosedEpollTest(EpollCase):
    def test_close(self):
        self.assertIs(self.watched.closed, False)
        self.assertIsNone(self.watched.close())
        self.assertIs(self.watched.closed, True)
        self.assertIsNone(self.watched.close())
        self.assertIs(self.watched.closed, True)

    def test_close_takes_no_argument(self):
        self.assertRaises(TypeError, self.watched.close, 1)
        self.assertIs(self.watched.closed, False)

    def test_every_call_is_refused(self):
        self.watched.close()
        for name, arguments in (
                ("fileno", ()), ("register", (self.left, select.EPOLLIN)), ("modify", (self.left, select.EPOLLIN)),
                ("unregister", (self.left,)), ("poll", ()), ("poll", (1.0,)), ("__enter__", ())):
            with self.subTest(call=name):
                self.assertRefused(ValueError, CLOSED, getattr(self.watched, name), *arguments)

    def test_descriptors_are_checked_first_and_timeouts_last(self):
        self.watched.close()
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, self.watched.register, object())
        self.assertRefused(ValueError, NEGATIVE, self.watched.unregister, -1)
        self.assertNotAnInteger("x", self.watched.modify, 1, "x")
        self.assertRefused(ValueError, CLOSED, self.watched.poll, "x", 0)

    def test_block_closes(self):
        with select.epoll() as watched:
            self.assertIs(watched.closed, False)
            self.assertGreater(watched.fileno(), 0)
        self.assertIs(watched.closed, True)
        self.assertRefused(ValueError, CLOSED, watched.fileno)

    def test_block_gives_the_object_itself(self):
        with self.watched as same:
            self.assertIs(same, self.watched)

    def test_block_that_fails_closes(self):
        with self.assertRaises(LookupError), self.watched:
            raise LookupError
        self.assertIs(self.watched.closed, True)

    def test_exit_takes_up_to_three_arguments(self):
        for arguments in ((), (None,), (None, None), (1, 2, 3)):
            watched = select.epoll()
            self.assertIsNone(watched.__exit__(*arguments))
            self.assertIs(watched.closed, True)
        self.assertRaises(TypeError, self.watched.__exit__, 1, 2, 3, 4)

    def test_number_is_closed_too(self):
        number = self.watched.fileno()
        other = select.epoll.fromfd(number)
        self.watched.close()
        self.assertIs(other.closed, False)
        self.assertEqual(other.fileno(), number)
        self.assertErrno(errno.EBADF, other.poll, 0)
        self.assertErrno(errno.EBADF, other.register, self.left, select.EPOLLIN)
        other.close()

    def test_object_that_is_dropped_closes_its_number(self):
        dropped = select.epoll()
        dropped.register(self.left, select.EPOLLOUT)
        self.watched.register(dropped, select.EPOLLIN)
        self.assertEqual(len(self.ready()), 1)
        del dropped
        # It is ready as long as it is open, so what is no longer reported has been closed.
        for _ in range(200):
            gc.collect()
            if not self.watched.poll(0.01):
                break
        self.assertEqual(self.ready(0), [])


class FromDescriptorTest(EpollCase):
    def test_both_objects_are_one_set(self):
        other = select.epoll.fromfd(self.watched.fileno())
        self.assertIs(type(other), select.epoll)
        self.assertEqual(other.fileno(), self.watched.fileno())
        other.register(self.left, select.EPOLLOUT)
        self.watched.register(self.right, select.EPOLLOUT)
        expected = {(sock.fileno(), select.EPOLLOUT) for sock in (self.left, self.right)}
        self.assertEqual(set(self.watched.poll(1, 4)), expected)
        self.assertEqual(set(other.poll(0.9, 4)), expected)

    def test_number_that_is_not_of_an_epoll_object(self):
        other = select.epoll.fromfd(self.left.detach())
        self.addCleanup(other.close)
        self.assertErrno(errno.EINVAL, other.register, self.right)
        self.assertErrno(errno.EINVAL, other.poll, 0)

    def test_what_is_no_number(self):
        for value in ("x", None, 1.0, self.left):
            self.assertNotAnInteger(value, select.epoll.fromfd, value)
        self.assertRefused(OverflowError, NO_C_INT, select.epoll.fromfd, 1 << 31)

    def test_arguments_that_there_are_not(self):
        self.assertRaises(TypeError, select.epoll.fromfd)
        self.assertRaises(TypeError, select.epoll.fromfd, 1, 2)
        self.assertRaises(TypeError, select.epoll.fromfd, fd=1)


class WatchedTest(RegistrationCases, EpollCase):
    def test_arguments_by_name(self):
        self.watched.register(fd=self.left, eventmask=select.EPOLLIN)
        self.watched.modify(fd=self.left, eventmask=select.EPOLLOUT)
        self.assertEqual(self.watched.poll(timeout=LIMIT, maxevents=1), [(self.left.fileno(), select.EPOLLOUT)])
        self.watched.unregister(fd=self.left)

    def test_events_unless_said_are_reading_writing_and_urgent_data(self):
        client, server = self.tcp_pair()
        client.send(b"!", socket.MSG_OOB)
        client.send(MESSAGE)
        select.select([server], [], [], LIMIT)
        self.watched.register(server)
        self.tell((server, select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT))

    def test_twice(self):
        self.watched.register(self.left, select.EPOLLIN)
        failure = self.assertErrno(errno.EEXIST, self.watched.register, self.left, select.EPOLLOUT)
        self.assertIs(type(failure), FileExistsError)
        self.assertEqual(str(failure), "[Errno 17] File exists")
        self.assertEqual(self.ready(0), [])

    def test_what_is_not_watched(self):
        for call, arguments in ((self.watched.modify, (self.left, 1)), (self.watched.unregister, (self.left,))):
            failure = self.assertErrno(errno.ENOENT, call, *arguments)
            self.assertIs(type(failure), FileNotFoundError)
            self.assertEqual(str(failure), "[Errno 2] No such file or directory")

    def test_number_that_is_not_open(self):
        number = self.closed_number()
        for call, arguments in (
                (self.watched.register, (number,)), (self.watched.modify, (number, 1)),
                (self.watched.unregister, (number,))):
            self.assertNotOpen(call, *arguments)

    def test_itself(self):
        self.assertErrno(errno.EINVAL, self.watched.register, self.watched)

    def test_another_epoll_object(self):
        with select.epoll() as inner:
            self.watched.register(inner, select.EPOLLIN)
            inner.register(self.right, select.EPOLLIN)
            self.assertEqual(self.ready(0), [])
            self.left.send(MESSAGE)
            self.assertEqual(self.ready(), [(inner.fileno(), select.EPOLLIN)])
            self.assertEqual(inner.poll(0), [(self.right.fileno(), select.EPOLLIN)])

    def test_epoll_object_is_ready_when_something_in_it_is(self):
        self.watched.register(self.right, select.EPOLLIN)
        self.assertEqual(select.select([self.watched], [], [], 0), ([], [], []))
        self.left.send(MESSAGE)
        self.assertEqual(select.select([self.watched], [self.watched], [], LIMIT), ([self.watched], [], []))

    def test_file_cannot_be_watched(self):
        self.pipe()
        number = os.open("/tmp", os.O_RDONLY)
        self.addCleanup(os.close, number)
        failure = self.assertErrno(errno.EPERM, self.watched.register, number, select.EPOLLIN)
        self.assertIs(type(failure), PermissionError)

    def test_pipes(self):
        read, write = self.pipe()
        self.watched.register(read)
        self.watched.register(write)
        self.assertEqual(self.ready(), [(write, select.EPOLLOUT)])
        os.write(write, MESSAGE)
        self.assertEqual(sorted(self.ready()), sorted([(read, select.EPOLLIN), (write, select.EPOLLOUT)]))
        os.close(read)
        self.assertEqual(self.ready(), [(write, select.EPOLLOUT | select.EPOLLERR)])

    def test_events_that_are_no_integers(self):
        self.watched.register(self.right)
        for events in ("x", 1.0, None):
            self.assertNotAnInteger(events, self.watched.register, self.left, events)
            self.assertNotAnInteger(events, self.watched.modify, self.right, events)

    def test_low_bits_of_events_count(self):
        for events in ((1 << 32) | select.EPOLLOUT, select.EPOLLOUT - (1 << 64), Index(select.EPOLLOUT)):
            self.watched.register(self.left, events)
            self.tell((self.left, select.EPOLLOUT))
            self.watched.unregister(self.left)
        self.assertErrno(errno.EINVAL, self.watched.register, self.left, -1)

    def test_closed_socket_leaves_silently(self):
        for sock in (self.left, self.right):
            self.watched.register(sock, select.EPOLLOUT)
        number = self.left.fileno()
        self.left.close()
        self.tell((self.right, select.EPOLLOUT | select.EPOLLHUP))
        self.assertErrno(errno.EBADF, self.watched.unregister, number)
        self.assertRefused(ValueError, NEGATIVE, self.watched.unregister, self.left)

    def test_duplicate_keeps_a_closed_socket_watched(self):
        # What is watched is the open socket, under the number by which it was registered.
        duplicate = self.bounded(self.left.dup())
        self.watched.register(self.left, select.EPOLLOUT)
        number = self.left.fileno()
        self.left.close()
        self.assertEqual(self.ready(), [(number, select.EPOLLOUT)])
        duplicate.close()
        self.assertEqual(self.ready(0), [])

    def test_wrong_numbers_of_arguments(self):
        for name, arguments in (
                ("register", ()), ("register", (1, 2, 3)), ("modify", ()), ("modify", (1,)), ("unregister", ()),
                ("unregister", (1, 2)), ("poll", (0, 1, 2)), ("fileno", (1,))):
            with self.subTest(name=name, arguments=arguments):
                self.assertRaises(TypeError, getattr(self.watched, name), *arguments)
        self.assertRaises(TypeError, self.watched.poll, time=1)


class EpollEventsTest(EventCases, EpollCase):
    def test_data_and_room(self):
        both = select.EPOLLIN | select.EPOLLOUT
        for sock in (self.left, self.right):
            self.watched.register(sock, both)
        self.tell((self.left, select.EPOLLOUT), (self.right, select.EPOLLOUT))
        self.left.send(MESSAGE)
        self.tell((self.left, select.EPOLLOUT), (self.right, both))
        self.right.recv(1024)
        self.watched.unregister(self.left)
        self.watched.modify(self.right, select.EPOLLIN)
        self.tell()

    def test_every_band_of_data_and_room(self):
        self.left.send(MESSAGE)
        events = select.EPOLLRDNORM | select.EPOLLWRNORM
        self.watched.register(self.right, events | select.EPOLLRDBAND | select.EPOLLMSG)
        self.tell((self.right, events))

    def test_level_is_told_again_and_again(self):
        self.watched.register(self.right, select.EPOLLIN)
        self.left.send(MESSAGE)
        for _ in range(3):
            self.tell((self.right, select.EPOLLIN))
        self.right.recv(3)
        self.tell((self.right, select.EPOLLIN))
        self.right.recv(1024)
        self.tell()

    def test_edge_is_told_once(self):
        events = select.EPOLLIN | select.EPOLLOUT
        self.watched.register(self.right, events | select.EPOLLET)
        self.tell((self.right, select.EPOLLOUT))
        self.tell()
        self.left.send(MESSAGE)
        self.tell((self.right, events))
        self.right.recv(3)
        self.tell()
        self.left.send(MESSAGE)
        self.tell((self.right, events))

    def test_edge_is_told_anew_after_modify(self):
        self.watched.register(self.right, select.EPOLLOUT | select.EPOLLET)
        self.tell((self.right, select.EPOLLOUT))
        self.watched.modify(self.right, select.EPOLLOUT | select.EPOLLET)
        self.tell((self.right, select.EPOLLOUT))
        self.tell()

    def test_one_shot_needs_modify_to_tell_anything_more(self):
        self.watched.register(self.right, select.EPOLLIN | select.EPOLLONESHOT)
        for _ in range(2):
            self.left.send(MESSAGE)
            self.tell((self.right, select.EPOLLIN))
            self.tell()
            self.left.send(MESSAGE)
            self.tell()
            self.right.recv(1024)
            self.assertErrno(errno.EEXIST, self.watched.register, self.right)
            self.watched.modify(self.right, select.EPOLLIN | select.EPOLLONESHOT)
            self.tell()

    def test_exclusive_watch(self):
        with select.epoll() as other:
            for watched in (self.watched, other):
                watched.register(self.right, select.EPOLLIN | select.EPOLLEXCLUSIVE)
            self.left.send(MESSAGE)
            self.assertEqual(self.ready(), [(self.right.fileno(), select.EPOLLIN)])
            self.assertErrno(errno.EINVAL, self.watched.modify, self.right, select.EPOLLIN)


class ResultOfEpollTest(EpollCase):
    def test_list_of_pairs(self):
        for count in (0, 1, 2, 50):
            socks = [sock for _ in range(count) for sock in self.pair()][:count]
            with select.epoll() as watched:
                for sock in socks:
                    watched.register(sock, select.EPOLLOUT)
                found = watched.poll(0)
                self.assertIs(type(found), list)
                self.assertEqual(sorted(found), sorted((sock.fileno(), select.EPOLLOUT) for sock in socks))
                self.assertEqual({type(pair) for pair in found}, {tuple} if count else set())

    def test_at_most_so_many(self):
        socks = [self.left, self.right, *self.pair(), *self.pair()]
        for sock in socks:
            self.watched.register(sock, select.EPOLLOUT)
        for most, count in ((1, 1), (4, 4), (6, 6), (7, 6), (100_000, 6), (-1, 6), (Index(3), 3), (True, 1)):
            with self.subTest(most=most):
                self.assertEqual(len(self.watched.poll(0, most)), count)
                self.assertEqual(len(self.watched.poll(maxevents=most)), count)

    def test_what_was_not_told_comes_first_next_time(self):
        socks = [self.left, self.right, *self.pair(), *self.pair()]
        for sock in socks:
            self.watched.register(sock, select.EPOLLOUT)
        found = [number for _ in range(3) for number, events in self.watched.poll(0, 2)]
        self.assertEqual(sorted(found), sorted(sock.fileno() for sock in socks))

    def test_most_unless_said(self):
        duplicates = self.duplicates(self.left, MOST_UNLESS_SAID + 2)
        for number in duplicates:
            self.watched.register(number, select.EPOLLOUT)
        self.assertEqual(len(self.watched.poll(0)), MOST_UNLESS_SAID)
        self.assertEqual(len(self.watched.poll(0, 5000)), len(duplicates))

    def test_most_that_is_refused(self):
        for most in (0, -2, -(1 << 31)):
            self.assertRefused(
                ValueError, "maxevents must be greater than 0, got %d" % most, self.watched.poll, 0, most)
        for most in (1 << 31, 1 << 70):
            self.assertRefused(OverflowError, NO_C_INT, self.watched.poll, 0, most)
        for most in ("x", 1.0, None):
            self.assertNotAnInteger(most, self.watched.poll, 0, most)

    def test_timeout_is_checked_before_the_most(self):
        self.assertRefused(TypeError, "timeout must be an integer or None", self.watched.poll, "x", 0)

    def test_nothing_watched(self):
        self.assertEqual(self.ready(0), [])
        self.assertLasts(SHORT, [], self.watched.poll, SHORT)

    def test_messages_through_many_sockets(self):
        pairs = {}
        for _ in range(12):
            left, right = self.pair()
            left.send(b"%d" % right.fileno())
            self.watched.register(right, select.EPOLLIN)
            pairs[right.fileno()] = right
        while pairs:
            for number, events in self.watched.poll(LIMIT, 5):
                self.assertEqual(events, select.EPOLLIN)
                self.assertEqual(pairs[number].recv(1024), b"%d" % number)
                self.watched.unregister(number)
                del pairs[number]
        self.assertEqual(self.ready(0), [])


class WaitOfEpollTest(WaitCases, EpollCase):
    # Less than a millisecond below 0 is rounded up to 0.
    at_once = (-0.0009, -1e-100)
    endless = ((-2147483,),)
    limits = (2147483, 2147483.647)
    too_large = (2147484, 2147483.648, -2147485, -1e7)

    def test_wait_lasts_its_timeout_however_many_are_wanted(self):
        self.assertLasts(SHORT, [], self.watched.poll, SHORT, 4)

    def test_what_is_registered_during_a_wait_ends_it(self):
        waiting = self.waiting(self.watched.poll)
        self.watched.register(self.left, select.EPOLLOUT)
        self.assertEqual(waiting.join(), [(self.left.fileno(), select.EPOLLOUT)])

    def test_events_that_are_set_during_a_wait_end_it(self):
        waiting = self.waiting(self.watched.poll)
        self.watched.modify(self.right, select.EPOLLOUT)
        self.assertEqual(waiting.join(), [(self.right.fileno(), select.EPOLLOUT)])

    def test_two_threads_at_a_time(self):
        waiting = [self.waiting(self.watched.poll) for _ in range(2)]
        self.left.send(MESSAGE)
        for peer in waiting:
            self.assertEqual(peer.join(), self.found)

    def test_edge_ends_the_wait_of_one_thread_only(self):
        self.watched.modify(self.right, select.EPOLLIN | select.EPOLLET)
        results = queue.Queue()
        for _ in range(2):
            self.waiting(lambda: results.put(self.watched.poll(LIMIT)))
        self.left.send(MESSAGE)
        self.assertEqual(results.get(timeout=LIMIT), self.found)
        with self.assertRaises(queue.Empty):
            results.get(timeout=SHORT)
        self.left.send(MESSAGE)
        self.assertEqual(results.get(timeout=LIMIT), self.found)

    def test_close_of_a_watched_socket_does_not_end_the_wait(self):
        self.watched.register(self.left, select.EPOLLIN)
        other, sender = self.pair()
        self.watched.register(other, select.EPOLLIN)
        self.watched.unregister(self.right)
        waiting = self.waiting(self.watched.poll)
        self.left.close()
        sender.send(MESSAGE)
        self.assertEqual(waiting.join(), [(other.fileno(), select.EPOLLIN)])

    @ends_when_closed
    def test_close_by_another_thread_ends_the_wait(self):
        for timeout in ((), (LIMIT,)):
            with self.subTest(timeout=timeout):
                watched = self.own(select.epoll())
                watched.register(self.right, select.EPOLLIN)
                waiting = self.waiting(self.assertErrno, errno.EBADF, watched.poll, *timeout)
                watched.close()
                self.assertEqual(str(waiting.join()), "[Errno 9] Bad file descriptor")
                self.assertRefused(ValueError, CLOSED, watched.poll)


class InterruptedEpollTest(SignalledCases, EpollCase, InterruptedWaitCase):
    pass


if __name__ == "__main__":
    unittest.main()
