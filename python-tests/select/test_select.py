"""The select function and its module: which descriptors are ready, in what order, and how long it waits."""

import errno
import os
import select
import socket
import unittest

from support import HOST, LIMIT
from support.streams import MESSAGE, SHORT
from support.waiting import (
    CLOCK_RANGE, NEGATIVE, NOT_A_DESCRIPTOR, NOT_DESCRIPTORS, Index, InterruptedWaitCase, Named, WaitingTestCase,
    ends_when_closed)

SET_SIZE = 1024
"""FD_SETSIZE: how many descriptors one list may have, and the first number that none may be."""


class ModuleTest(unittest.TestCase):
    def test_constants_of_poll(self):
        self.assertEqual(
            {name: value for name, value in vars(select).items() if name.startswith("POLL")},
            {
                "POLLIN": 0x1, "POLLPRI": 0x2, "POLLOUT": 0x4, "POLLERR": 0x8, "POLLHUP": 0x10, "POLLNVAL": 0x20,
                "POLLRDNORM": 0x40, "POLLRDBAND": 0x80, "POLLWRNORM": 0x100, "POLLWRBAND": 0x200, "POLLMSG": 0x400,
                "POLLRDHUP": 0x2000,
            },
        )

    def test_constants_of_epoll(self):
        self.assertEqual(
            {name: value for name, value in vars(select).items() if name.startswith("EPOLL")},
            {
                "EPOLLIN": 0x1, "EPOLLPRI": 0x2, "EPOLLOUT": 0x4, "EPOLLERR": 0x8, "EPOLLHUP": 0x10,
                "EPOLLRDNORM": 0x40, "EPOLLRDBAND": 0x80, "EPOLLWRNORM": 0x100, "EPOLLWRBAND": 0x200,
                "EPOLLMSG": 0x400, "EPOLLRDHUP": 0x2000, "EPOLLEXCLUSIVE": 1 << 28, "EPOLLONESHOT": 1 << 30,
                "EPOLLET": 1 << 31, "EPOLL_CLOEXEC": 0x80000,
            },
        )

    def test_size_of_a_whole_write_to_a_pipe(self):
        self.assertEqual(select.PIPE_BUF, 4096)

    def test_error_is_that_of_the_system(self):
        self.assertIs(select.error, OSError)

    def test_public_names_are_those_of_the_documentation(self):
        names = {name for name in dir(select) if not name.startswith("_")}
        constants = {name for name in names if name.startswith(("POLL", "EPOLL"))}
        self.assertEqual(names - constants, {"select", "poll", "epoll", "error", "PIPE_BUF"})

    def test_functions_are_no_methods_of_a_class_that_has_them(self):
        # The selectors module keeps both as attributes of its classes, and calls them by way of an object.
        class Keeper:
            of_lists = select.select
            of_registered = select.poll

        self.assertEqual(Keeper().of_lists([], [], [], 0), ([], [], []))
        self.assertEqual(Keeper().of_registered().poll(0), [])


class SelectArgumentTest(WaitingTestCase):
    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()

    def test_lists_must_be_iterable(self):
        for lists in ((1, [], []), ([], None, []), ([], [], 2.5), (1, 2, 3)):
            with self.subTest(lists=lists):
                self.assertRefused(TypeError, "arguments 1-3 must be sequences", select.select, *lists)

    def test_error_of_iterating_a_list_comes_through(self):
        def failing():
            yield self.left
            raise LookupError("in the middle")

        self.assertRefused(LookupError, "in the middle", select.select, failing(), [], [], 0)

    def test_what_is_no_descriptor(self):
        for value, kind, text in NOT_DESCRIPTORS:
            for place in range(3):
                lists = [[], [], []]
                lists[place] = [self.left, value]
                with self.subTest(value=value, place=place):
                    self.assertRefused(kind, text, select.select, *lists, 0)

    def test_fileno_that_is_no_method(self):
        class Odd:
            fileno = 3

        self.assertRefused(TypeError, "'int' object is not callable", select.select, [Odd()], [], [], 0)

    def test_fileno_that_is_an_attribute_of_the_object_alone(self):
        class Bare:
            pass

        bare = Bare()
        bare.fileno = self.left.fileno
        self.assertEqual(select.select([], [bare], [], 0), ([], [bare], []))

    def test_closed_socket_has_a_negative_number(self):
        self.left.close()
        self.assertRefused(ValueError, NEGATIVE, select.select, [self.left], [], [], 0)

    def test_numbers_that_are_too_high_for_a_set(self):
        highest = max(self.duplicates(self.left, SET_SIZE))
        for lists in (([highest], [], []), ([], [highest], []), ([self.left], [], [highest])):
            self.assertRefused(ValueError, "filedescriptor out of range in select()", select.select, *lists, 0)

    def test_numbers_that_no_descriptor_has_are_too_high_too(self):
        if self.left.fileno() >= 1 << 20:
            self.skipTest("descriptors of this context have other numbers than the operating system's")
        for number in (SET_SIZE, 5000, 1 << 29, (1 << 29) + 5, (1 << 31) - 1):
            with self.subTest(number=number):
                self.assertRefused(
                    ValueError, "filedescriptor out of range in select()", select.select, [number], [], [], 0)

    def test_more_descriptors_than_a_set_holds(self):
        for lists in (([self.left] * 1025, [], []), ([], [self.left] * 1025, []), ([], [], [self.left] * 1025)):
            self.assertRefused(ValueError, "too many file descriptors in select()", select.select, *lists, 0)

    def test_as_many_descriptors_as_a_set_holds_in_each_list(self):
        most = [self.left] * SET_SIZE
        self.assertEqual(select.select(most, most, most, 0), ([], most, []))

    def test_first_wrong_descriptor_is_told(self):
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, select.select, [self.left, object(), -1], 2, 3, 0)
        self.assertRefused(ValueError, NEGATIVE, select.select, [self.left, Named(-1), object()], [None], 3, 0)
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, select.select, [self.left], [object()], 3, 0)

    def test_timeouts_of_a_wrong_type(self):
        for timeout in ("not a number", b"", object(), 1j, []):
            with self.subTest(timeout=timeout):
                self.assertRefused(TypeError, "timeout must be a float or None", select.select, [], [], [], timeout)

    def test_negative_timeouts(self):
        for timeout in (-1, -0.5, -1e-10, -1e-300, Index(-1)):
            with self.subTest(timeout=timeout):
                self.assertRefused(ValueError, "timeout must be non-negative", select.select, [], [], [], timeout)

    def test_timeouts_that_no_clock_counts(self):
        for timeout, kind, text in CLOCK_RANGE:
            with self.subTest(timeout=timeout):
                self.assertRefused(kind, text, select.select, [], [], [], timeout)
        self.assertRefused(OverflowError, CLOCK_RANGE[1][2], select.select, [], [], [], 9223372037.0)
        self.assertRefused(OverflowError, CLOCK_RANGE[4][2], select.select, [], [], [], 9223372037)

    def test_longest_timeouts(self):
        for timeout in (9223372036, 9223372036.0):
            self.assertEqual(select.select([], [self.left], [], timeout), ([], [self.left], []))

    def test_timeout_is_checked_first(self):
        self.assertRefused(TypeError, "timeout must be a float or None", select.select, 1, 2, 3, "x")
        self.assertRefused(ValueError, "timeout must be non-negative", select.select, [object()], [], [], -1)

    def test_wrong_numbers_of_arguments(self):
        for arguments in ((), ([],), ([], []), ([], [], [], 0, 0)):
            self.assertRaises(TypeError, select.select, *arguments)

    def test_no_argument_has_a_name(self):
        self.assertRaises(TypeError, select.select, [], [], [], timeout=0)
        self.assertRaises(TypeError, select.select, rlist=[], wlist=[], xlist=[])

    def test_number_that_is_not_open(self):
        number = self.closed_number()
        for lists in (([number], [], []), ([], [number], []), ([], [self.right], [number])):
            self.assertNotOpen(select.select, *lists, 0)


class ResultOfSelectTest(WaitingTestCase):
    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()

    def test_nothing_is_ready(self):
        self.assertEqual(select.select([self.left], [], [self.left], 0), ([], [], []))

    def test_lists_are_new_ones(self):
        given = [self.left]
        for lists in (select.select([], [], [], 0), select.select([], given, [], 0)):
            read, write, exceptional = lists
            self.assertEqual({type(ready) for ready in lists}, {list})
            self.assertEqual(len({id(ready) for ready in (given, read, write, exceptional)}), 4)

    def test_objects_are_those_that_were_given(self):
        number = self.left.fileno()
        for given in (self.left, number, Named(number)):
            ready, = select.select([], [given], [], 0)[1]
            self.assertIs(ready, given)

    def test_subclass_of_int(self):
        class Number(int):
            pass

        number = Number(self.left.fileno())
        ready, = select.select([], [number], [], 0)[1]
        self.assertIs(ready, number)

    def test_order_is_that_of_the_lists(self):
        pairs = [self.pair() for _ in range(5)]
        for left, right in pairs:
            left.send(MESSAGE)
        lefts, rights = [list(ends) for ends in zip(*pairs)]
        for readers, writers in ((rights, lefts), (rights[::-1], lefts[::-1])):
            self.assertEqual(select.select(readers, writers, [], LIMIT), (readers, writers, []))

    def test_what_is_not_ready_is_left_out(self):
        pairs = [self.pair() for _ in range(5)]
        for left, right in pairs[::2]:
            left.send(MESSAGE)
        rights = [right for _, right in pairs]
        self.assertEqual(select.select(rights, [], [], LIMIT), (rights[::2], [], []))

    def test_same_object_more_than_once(self):
        self.right.send(MESSAGE)
        number = self.left.fileno()
        self.assertEqual(
            select.select([self.left, number, self.left], [self.left, self.left], [], 0),
            ([self.left, number, self.left], [self.left, self.left], []))

    def test_sockets_numbers_and_objects_mixed(self):
        named = Named(self.right.fileno())
        mixed = [self.left.fileno(), self.right, named, self.left]
        self.assertEqual(select.select(mixed, mixed, mixed, 0), ([], mixed, []))

    def test_lists_may_be_any_iterables(self):
        class Subclass(list):
            def __iter__(self):
                return iter([other])

        other = self.right
        for given, expected in (
                ((self.left,), [self.left]), ({self.left}, [self.left]), ({self.left: 1}, [self.left]),
                (iter([self.left]), [self.left]), ((sock for sock in (self.left, self.right)), [self.left, self.right]),
                (Subclass([self.left]), [self.right])):
            with self.subTest(type=type(given)):
                self.assertEqual(select.select((), given, set(), 0), ([], expected, []))

    def test_list_that_shrinks_while_it_is_read(self):
        shrinking = []

        class Shrinks:
            def fileno(this):
                del shrinking[-1]
                return self.left.fileno()

        shrinking[:] = [Shrinks() for _ in range(10)]
        first = shrinking[:5]
        self.assertEqual(select.select([], shrinking, [], 0), ([], first, []))
        self.assertEqual(shrinking, first)

    def test_list_that_grows_while_it_is_read(self):
        growing = []

        class Grows:
            def fileno(this):
                if len(growing) < 5:
                    growing.append(self.left)
                return self.left.fileno()

        growing.append(Grows())
        self.assertEqual(select.select([], growing, [], 0)[1], growing)
        self.assertEqual(len(growing), 2)

    def test_list_that_is_emptied_while_it_is_read(self):
        emptied = []

        class Empties:
            def fileno(this):
                emptied.clear()
                return self.left.fileno()

        empties = Empties()
        emptied[:] = [empties, self.right]
        self.assertEqual(select.select([], emptied, [], 0), ([], [empties], []))

    def test_other_list_that_changes_while_one_is_read(self):
        writers = []

        class AddsToWriters:
            def fileno(this):
                writers.append(self.right)
                return self.left.fileno()

        self.assertEqual(select.select([AddsToWriters()], writers, [], 0), ([], [self.right], []))


class ReadinessTest(WaitingTestCase):
    """What makes a socket ready, for each of the three lists."""

    def test_socket_with_data_can_be_read(self):
        left, right = self.pair()
        left.send(MESSAGE)
        self.assertEqual(select.select([left, right], [], [], LIMIT), ([right], [], []))
        right.recv(1024)
        self.assertEqual(select.select([left, right], [], [], 0), ([], [], []))

    def test_listener_with_a_connection_can_be_read(self):
        listener = self.listener()
        self.assertEqual(select.select([listener], [], [], 0), ([], [], []))
        self.bounded(socket.create_connection(listener.getsockname()))
        self.assertEqual(select.select([listener], [], [], LIMIT), ([listener], [], []))

    def test_end_of_a_stream_can_be_read(self):
        left, right = self.pair()
        left.close()
        self.assertEqual(select.select([right], [right], [right], LIMIT), ([right], [right], []))

    def test_shutdown_for_writing_is_an_end_too(self):
        left, right = self.tcp_pair()
        left.shutdown(socket.SHUT_WR)
        self.assertEqual(select.select([right], [], [], LIMIT), ([right], [], []))
        self.assertEqual(select.select([left], [left], [], 0), ([], [left], []))

    def test_full_socket_cannot_be_written(self):
        left, right = self.pair()
        self.fill(left)
        self.assertEqual(select.select([], [left, right], [], 0), ([], [right], []))

    def test_connection_under_way_can_be_written_once_it_is_there(self):
        listener = self.listener()
        client = self.own(socket.socket())
        client.setblocking(False)
        self.assertIn(client.connect_ex(listener.getsockname()), (0, errno.EINPROGRESS))
        self.assertEqual(select.select([], [client], [], LIMIT), ([], [client], []))
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0)

    def test_refused_connection_can_be_read_and_written(self):
        bound = self.own(socket.socket())
        bound.bind((HOST, 0))
        client = self.own(socket.socket())
        client.setblocking(False)
        if client.connect_ex(bound.getsockname()) == errno.EINPROGRESS:
            self.assertEqual(select.select([client], [client], [client], LIMIT), ([client], [client], []))
            self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), errno.ECONNREFUSED)

    def test_urgent_data_is_exceptional(self):
        client, server = self.tcp_pair()
        client.send(b"!", socket.MSG_OOB)
        self.assertEqual(select.select([], [], [server], LIMIT), ([], [], [server]))
        self.assertEqual(select.select([server], [server], [server], 0), ([], [server], [server]))

    def test_socket_that_was_never_connected_hangs_up(self):
        sock = self.own(socket.socket())
        self.assertEqual(select.select([sock], [sock], [sock], 0), ([sock], [sock], []))

    def test_pipes(self):
        read, write = self.pipe()
        self.assertEqual(select.select([read, write], [read, write], [], 0), ([], [write], []))
        os.write(write, MESSAGE)
        self.assertEqual(select.select([read], [], [read], LIMIT), ([read], [], []))
        os.close(write)
        os.read(read, 1024)
        self.assertEqual(select.select([read], [], [], LIMIT), ([read], [], []))

    def test_pipes_and_sockets_mixed(self):
        read, write = self.pipe()
        left, right = self.pair()
        os.write(write, MESSAGE)
        left.send(MESSAGE)
        self.assertEqual(
            select.select([read, left, right], [right, write], [], LIMIT), ([read, right], [right, write], []))


class WaitOfSelectTest(WaitingTestCase):
    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()

    def test_timeout_of_any_number_type(self):
        for timeout in (0, 0.0, -0.0, False, Index(0)):
            with self.subTest(timeout=timeout):
                self.assertEqual(select.select([self.left], [], [], timeout), ([], [], []))

    def test_wait_lasts_its_timeout(self):
        for lists in (([self.left], [], []), ([], [], [self.left]), ([], [], [])):
            self.assertLasts(SHORT, ([], [], []), select.select, *lists, SHORT)

    def test_data_ends_the_wait(self):
        for timeout in ((), (None,), (LIMIT,), (int(LIMIT),)):
            with self.subTest(timeout=timeout):
                waiting = self.waiting(select.select, [self.right], [], [], *timeout)
                self.left.send(MESSAGE)
                self.assertEqual(waiting.join(), ([self.right], [], []))
                self.right.recv(1024)

    def test_room_ends_the_wait(self):
        self.fill(self.left)
        waiting = self.waiting(select.select, [], [self.left], [])
        while not select.select([], [self.left], [], 0)[1]:
            self.right.recv(1 << 20)
        self.assertEqual(waiting.join(), ([], [self.left], []))

    def test_event_that_nobody_asked_for_does_not_end_the_wait(self):
        # The hang-up of the other side makes it readable, not exceptional.
        self.right.close()
        self.assertLasts(SHORT, ([], [], []), select.select, [], [], [self.left], SHORT)

    def test_two_threads_wait_for_one_socket(self):
        first = self.waiting(select.select, [self.right], [], [])
        second = self.waiting(select.select, [self.right], [], [])
        self.left.send(MESSAGE)
        self.assertEqual(first.join(), ([self.right], [], []))
        self.assertEqual(second.join(), ([self.right], [], []))

    @ends_when_closed
    def test_close_by_another_thread_ends_the_wait(self):
        for place in range(3):
            with self.subTest(place=place):
                left, right = self.pair()
                self.fill(left)
                lists = [[self.left], [], [self.left]]
                lists[place] = [left]
                waiting = self.waiting(self.assertErrno, errno.EBADF, select.select, *lists)
                left.close()
                self.assertEqual(str(waiting.join()), "[Errno 9] Bad file descriptor")


class InterruptedSelectTest(InterruptedWaitCase):
    def test_raising_handler_ends_the_wait(self):
        left, _ = self.pair()
        self.assertInterrupted(select.select, [left], [], [], self.TIMEOUT)

    def test_raising_handler_ends_a_wait_for_nothing(self):
        self.assertInterrupted(select.select, [], [], [], self.TIMEOUT)

    def test_wait_goes_on_after_a_handler_that_returns(self):
        left, _ = self.pair()
        self.assertGoesOn(([], [], []), lambda seconds: select.select([left], [], [], seconds))


if __name__ == "__main__":
    unittest.main()
