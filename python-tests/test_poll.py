"""Poll objects: what is registered, with which events, what comes back and in what order, and how long a poll waits."""

import errno
import os
import select
import socket
import unittest

from support import HOST, LIMIT
from support_streams import MESSAGE, SHORT
from support_waiting import (
    CLOCK_RANGE, NEGATIVE, NOT_A_DESCRIPTOR, NOT_DESCRIPTORS, Index, InterruptedWaitCase, Named, WaitingTestCase,
    ends_when_closed)

READABLE = select.POLLIN | select.POLLRDNORM
WRITABLE = select.POLLOUT | select.POLLWRNORM
LIMIT_MS = LIMIT * 1000


class PollCase(WaitingTestCase):
    def setUp(self):
        super().setUp()
        self.pollster = select.poll()
        self.left, self.right = self.pair()

    def ready(self, timeout=LIMIT_MS):
        return self.pollster.poll(timeout)


class PollObjectTest(PollCase):
    def test_type(self):
        kind = type(self.pollster)
        self.assertEqual((kind.__module__, kind.__name__, kind.__qualname__), ("select", "poll", "poll"))
        self.assertTrue(repr(self.pollster).startswith("<select.poll object at 0x"), repr(self.pollster))

    def test_type_makes_no_objects(self):
        for arguments in ((), (1,)):
            self.assertRefused(
                TypeError, "cannot create 'select.poll' instances", type(self.pollster), *arguments)

    def test_type_has_no_subclasses(self):
        def derive():
            class Derived(type(self.pollster)):
                pass

        self.assertRefused(TypeError, "type 'select.poll' is not an acceptable base type", derive)

    def test_methods(self):
        names = {name for name in dir(self.pollster) if not name.startswith("_")}
        self.assertEqual(names, {"modify", "poll", "register", "unregister"})

    def test_objects_have_no_attributes_of_their_own(self):
        with self.assertRaises(AttributeError):
            self.pollster.extra = 1

    def test_function_takes_no_arguments(self):
        self.assertRaises(TypeError, select.poll, 1)
        self.assertRaises(TypeError, select.poll, size=1)

    def test_objects_are_independent(self):
        self.pollster.register(self.left, select.POLLOUT)
        self.assertEqual(select.poll().poll(0), [])


class RegistrationTest(PollCase):
    def test_methods_give_nothing(self):
        self.assertIsNone(self.pollster.register(self.left, select.POLLIN))
        self.assertIsNone(self.pollster.modify(self.left, select.POLLOUT))
        self.assertIsNone(self.pollster.unregister(self.left))

    def test_sockets_numbers_and_objects_stand_for_the_same(self):
        number = self.left.fileno()
        for given in (self.left, number, Named(number)):
            self.pollster.register(given, select.POLLOUT)
            self.assertEqual(self.ready(), [(number, select.POLLOUT)])
            self.pollster.unregister(number)
        self.pollster.register(number)
        self.pollster.modify(self.left, 0)
        self.pollster.unregister(Named(number))
        self.assertEqual(self.ready(0), [])

    def test_events_unless_said_are_reading_writing_and_urgent_data(self):
        client, server = self.tcp_pair()
        self.pollster.register(server)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLOUT)])
        client.send(b"!", socket.MSG_OOB)
        self.pollster.modify(server, select.POLLPRI)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLPRI)])
        client.send(MESSAGE)
        self.pollster.modify(server, select.POLLIN)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLIN)])
        self.pollster.register(server)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLIN | select.POLLPRI | select.POLLOUT)])

    def test_register_again_sets_the_events(self):
        self.pollster.register(self.left, select.POLLOUT)
        self.pollster.register(self.left, select.POLLIN)
        self.assertEqual(self.ready(0), [])
        self.pollster.unregister(self.left)
        self.assertRaises(KeyError, self.pollster.unregister, self.left)

    def test_modify_sets_the_events(self):
        self.pollster.register(self.left, select.POLLIN)
        self.pollster.modify(self.left, select.POLLOUT)
        self.assertEqual(self.ready(), [(self.left.fileno(), select.POLLOUT)])
        self.pollster.modify(self.left, 0)
        self.assertEqual(self.ready(0), [])

    def test_modify_what_is_not_registered(self):
        for given in (777, self.left, Named(778)):
            failure = self.assertErrno(errno.ENOENT, self.pollster.modify, given, select.POLLIN)
            self.assertIs(type(failure), FileNotFoundError)
            self.assertEqual(str(failure), "[Errno 2] No such file or directory")

    def test_unregister_what_is_not_registered(self):
        for given, number in ((777, 777), (self.left, self.left.fileno()), (Named(778), 778)):
            with self.assertRaises(KeyError) as caught:
                self.pollster.unregister(given)
            self.assertEqual(caught.exception.args, (number,))

    def test_number_need_not_be_open(self):
        number = self.closed_number()
        self.pollster.register(number, select.POLLIN)
        self.assertEqual(self.ready(), [(number, select.POLLNVAL)])
        self.pollster.modify(number, 0)
        self.assertEqual(self.ready(), [(number, select.POLLNVAL)])
        self.pollster.unregister(number)
        self.assertEqual(self.ready(0), [])

    def test_what_is_no_descriptor(self):
        for value, kind, text in NOT_DESCRIPTORS:
            with self.subTest(value=value):
                self.assertRefused(kind, text, self.pollster.register, value)
                self.assertRefused(kind, text, self.pollster.modify, value, select.POLLIN)
                self.assertRefused(kind, text, self.pollster.unregister, value)

    def test_poll_object_is_no_descriptor(self):
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, self.pollster.register, self.pollster)
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, self.pollster.unregister, self.pollster)

    def test_events_that_are_refused(self):
        self.pollster.register(self.left, 0)
        too_large = "Python int too large for C unsigned short"
        for events, kind, text in (
                (-1, ValueError, "value must be positive"), (-(1 << 64), ValueError, "value must be positive"),
                (1 << 16, OverflowError, too_large), (1 << 32, OverflowError, too_large),
                ((1 << 64) - 1, OverflowError, too_large),
                (1 << 64, OverflowError, "Python int too large to convert to C unsigned long"),
                ("x", TypeError, "an integer is required"), (1.0, TypeError, "an integer is required"),
                (None, TypeError, "an integer is required"), (Index(1), TypeError, "an integer is required")):
            with self.subTest(events=events):
                self.assertRefused(kind, text, self.pollster.register, self.left, events)
                self.assertRefused(kind, text, self.pollster.modify, self.left, events)
        self.assertEqual(self.ready(0), [])

    def test_most_events(self):
        self.pollster.register(self.left, (1 << 16) - 1)
        (number, events), = self.ready()
        self.assertEqual((number, events & 0xFF), (self.left.fileno(), select.POLLOUT))

    def test_descriptor_is_checked_before_events(self):
        self.assertRefused(ValueError, NEGATIVE, self.pollster.register, -1, -1)
        self.assertRefused(ValueError, "value must be positive", self.pollster.modify, 777, -1)

    def test_wrong_numbers_of_arguments(self):
        for name, arguments in (
                ("register", ()), ("register", (1, 2, 3)), ("modify", (1,)), ("modify", (1, 2, 3)),
                ("unregister", ()), ("unregister", (1, 2)), ("poll", (1, 2))):
            with self.subTest(name=name, arguments=arguments):
                self.assertRaises(TypeError, getattr(self.pollster, name), *arguments)

    def test_no_argument_has_a_name(self):
        self.assertRaises(TypeError, self.pollster.register, fd=1)
        self.assertRaises(TypeError, self.pollster.register, 1, eventmask=1)
        self.assertRaises(TypeError, self.pollster.modify, fd=1, eventmask=1)
        self.assertRaises(TypeError, self.pollster.unregister, fd=1)
        self.assertRaises(TypeError, self.pollster.poll, timeout=1)


class EventsTest(PollCase):
    def events(self, sock, wanted):
        """What a poll says of `sock`."""
        self.pollster.register(sock, wanted)
        found = self.ready(0)
        self.pollster.unregister(sock)
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
        self.right.close()
        self.assertEqual(self.events(self.left, 0), select.POLLHUP)
        self.assertEqual(self.events(self.left, select.POLLIN), select.POLLIN | select.POLLHUP)

    def test_error_is_told_unasked(self):
        bound = self.own(socket.socket())
        bound.bind((HOST, 0))
        client = self.own(socket.socket())
        client.setblocking(False)
        if client.connect_ex(bound.getsockname()) == errno.EINPROGRESS:
            self.pollster.register(client, 0)
            self.assertEqual(self.ready(), [(client.fileno(), select.POLLERR | select.POLLHUP)])

    def test_urgent_data(self):
        client, server = self.tcp_pair()
        client.send(b"!", socket.MSG_OOB)
        self.pollster.register(server, select.POLLPRI)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLPRI)])

    def test_connection_to_accept(self):
        listener = self.listener()
        self.pollster.register(listener, select.POLLIN | select.POLLOUT)
        self.assertEqual(self.ready(0), [])
        self.bounded(socket.create_connection(listener.getsockname()))
        self.assertEqual(self.ready(), [(listener.fileno(), select.POLLIN)])

    def test_pipes(self):
        read, write = self.pipe()
        self.pollster.register(read)
        self.pollster.register(write)
        self.assertEqual(self.ready(0), [(write, select.POLLOUT)])
        os.write(write, MESSAGE)
        self.assertEqual(self.ready(), [(read, select.POLLIN), (write, select.POLLOUT)])
        os.close(read)
        self.assertEqual(self.ready(), [(read, select.POLLNVAL), (write, select.POLLOUT | select.POLLERR)])

    def test_files_are_always_ready(self):
        # Through the directory, which every context that can open files has.
        self.pipe()
        number = os.open("/tmp", os.O_RDONLY)
        self.addCleanup(os.close, number)
        self.pollster.register(number, select.POLLIN | select.POLLOUT)
        self.assertEqual(self.ready(0), [(number, select.POLLIN | select.POLLOUT)])

    def test_epoll_object(self):
        with select.epoll() as watched:
            self.pollster.register(watched, select.POLLIN)
            watched.register(self.right, select.EPOLLIN)
            self.assertEqual(self.ready(0), [])
            self.left.send(MESSAGE)
            self.assertEqual(self.ready(), [(watched.fileno(), select.POLLIN)])


class ResultOfPollTest(PollCase):
    def test_list_of_pairs(self):
        for count in (0, 1, 2, 50):
            pairs = [self.pair() for _ in range(count)]
            pollster = select.poll()
            for left, right in pairs:
                pollster.register(left, select.POLLOUT)
            found = pollster.poll(0)
            self.assertIs(type(found), list)
            self.assertEqual(found, [(left.fileno(), select.POLLOUT) for left, right in pairs])
            self.assertEqual({type(pair) for pair in found}, {tuple} if count else set())

    def test_list_is_a_new_one(self):
        self.pollster.register(self.left, select.POLLOUT)
        self.assertIsNot(self.ready(), self.ready())

    def test_order_is_that_of_registration(self):
        socks = [self.left, *self.pair(), self.right, *self.pair()]
        for sock in reversed(socks):
            self.pollster.register(sock, select.POLLOUT)
        order = [sock.fileno() for sock in reversed(socks)]
        self.assertEqual([number for number, _ in self.ready()], order)
        self.pollster.modify(order[0], select.POLLOUT | select.POLLIN)
        self.pollster.register(order[1], select.POLLOUT)
        self.assertEqual([number for number, _ in self.ready()], order)
        self.pollster.unregister(order[0])
        self.pollster.register(order[0], select.POLLOUT)
        self.assertEqual([number for number, _ in self.ready()], order[1:] + order[:1])

    def test_what_is_not_ready_is_left_out(self):
        pairs = [self.pair() for _ in range(5)]
        for left, right in pairs:
            self.pollster.register(right, select.POLLIN)
        for left, right in pairs[1::2]:
            left.send(MESSAGE)
        self.assertEqual(self.ready(), [(right.fileno(), select.POLLIN) for left, right in pairs[1::2]])

    def test_messages_through_many_sockets(self):
        pairs = [self.pair() for _ in range(12)]
        by_number = {}
        for left, right in pairs:
            self.pollster.register(left, select.POLLOUT)
            self.pollster.register(right, select.POLLIN)
            by_number[left.fileno()], by_number[right.fileno()] = (left, right), (left, right)
        received = []
        while by_number:
            writable = [number for number, events in self.ready() if events & select.POLLOUT]
            left, right = by_number[writable[len(received) % len(writable)]]
            left.send(MESSAGE)
            self.assertEqual(
                [number for number, events in self.ready() if events & select.POLLIN], [right.fileno()])
            received.append(right.recv(1024))
            for sock in (left, right):
                del by_number[sock.fileno()]
                self.pollster.unregister(sock)
        self.assertEqual(received, [MESSAGE] * 12)

    def test_closed_socket_that_is_still_registered(self):
        self.pollster.register(self.left, select.POLLIN)
        number = self.left.fileno()
        self.left.close()
        self.assertEqual(self.ready(), [(number, select.POLLNVAL)])
        self.pollster.unregister(number)
        self.assertEqual(self.ready(0), [])

    def test_numbers_above_those_of_select(self):
        self.pollster.register(1 << 20, select.POLLIN)
        self.assertEqual(self.ready(), [(1 << 20, select.POLLNVAL)])


class WaitOfPollTest(PollCase):
    def setUp(self):
        super().setUp()
        self.pollster.register(self.right, select.POLLIN)
        self.found = [(self.right.fileno(), select.POLLIN)]

    def test_wait_lasts_its_timeout(self):
        for timeout in (SHORT * 1000, int(SHORT * 1000), Index(int(SHORT * 1000))):
            with self.subTest(timeout=timeout):
                self.assertLasts(SHORT, [], self.pollster.poll, timeout)

    def test_wait_for_nothing_lasts_its_timeout(self):
        self.assertLasts(SHORT, [], select.poll().poll, SHORT * 1000)

    def test_fraction_of_a_millisecond_is_a_whole_one(self):
        self.assertLasts(0.001, [], self.pollster.poll, 1e-100)

    def test_no_wait(self):
        for timeout in (0, 0.0, -0.0, False, Index(0)):
            self.assertEqual(self.pollster.poll(timeout), [])

    def test_data_ends_a_wait_without_limit(self):
        for timeout in ((), (None,), (-1,), (-1000,), (-1.0,), (-0.1,), (-1e-100,), (-(1 << 31),)):
            with self.subTest(timeout=timeout):
                waiting = self.waiting(self.pollster.poll, *timeout)
                self.left.send(MESSAGE)
                self.assertEqual(waiting.join(), self.found)
                self.right.recv(1024)

    def test_data_ends_a_wait_with_a_limit(self):
        for timeout in (LIMIT_MS, int(LIMIT_MS), (1 << 31) - 1, 2147483647.0, 2147483646.5):
            with self.subTest(timeout=timeout):
                waiting = self.waiting(self.pollster.poll, timeout)
                self.left.send(MESSAGE)
                self.assertEqual(waiting.join(), self.found)
                self.right.recv(1024)

    def test_timeouts_of_a_wrong_type(self):
        for timeout in ("not a number", b"", object(), 1j):
            with self.subTest(timeout=timeout):
                self.assertRefused(TypeError, "timeout must be an integer or None", self.pollster.poll, timeout)

    def test_timeouts_that_are_too_large(self):
        for timeout in (1 << 31, 1 << 32, 2147483647.5, -(1 << 31) - 1, -(1 << 40), (1 << 63) // 1000000):
            with self.subTest(timeout=timeout):
                self.assertRefused(OverflowError, "timeout is too large", self.pollster.poll, timeout)

    def test_timeouts_that_no_clock_counts(self):
        for timeout, kind, text in CLOCK_RANGE:
            with self.subTest(timeout=timeout):
                self.assertRefused(kind, text, self.pollster.poll, timeout)

    def test_one_thread_at_a_time(self):
        waiting = self.waiting(self.pollster.poll)
        self.assertRefused(RuntimeError, "concurrent poll() invocation", self.pollster.poll, 0)
        self.left.send(MESSAGE)
        self.assertEqual(waiting.join(), self.found)
        self.assertEqual(self.ready(), self.found)

    def test_changes_during_a_wait_count_from_the_next_poll_on(self):
        others = [sock for _ in range(5) for sock in self.pair()]
        waiting = self.waiting(self.pollster.poll)
        for sock in others:
            self.pollster.register(sock, select.POLLOUT)
        self.pollster.unregister(self.right)
        self.assertRefused(RuntimeError, "concurrent poll() invocation", self.pollster.poll)
        self.left.send(MESSAGE)
        self.assertEqual(waiting.join(), self.found)
        self.assertEqual(self.ready(), [(sock.fileno(), select.POLLOUT) for sock in others])

    @ends_when_closed
    def test_close_by_another_thread_is_told(self):
        self.pollster.register(self.left, select.POLLIN)
        number = self.left.fileno()
        waiting = self.waiting(self.pollster.poll)
        self.left.close()
        found = dict(waiting.join())
        self.assertEqual(found[number], select.POLLNVAL)
        # The other end of the pair may or may not have been seen to hang up by then.
        self.assertLessEqual(set(found), {number, self.right.fileno()})


class InterruptedPollTest(InterruptedWaitCase):
    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()
        self.pollster = select.poll()
        self.pollster.register(self.left, select.POLLIN)

    def test_raising_handler_ends_the_wait(self):
        self.assertInterrupted(self.pollster.poll, self.TIMEOUT * 1000)

    def test_object_is_usable_afterwards(self):
        self.assertInterrupted(self.pollster.poll)
        self.right.send(MESSAGE)
        self.assertEqual(self.pollster.poll(LIMIT_MS), [(self.left.fileno(), select.POLLIN)])

    def test_wait_goes_on_after_a_handler_that_returns(self):
        self.assertGoesOn(4 * SHORT, [], self.pollster.poll, 4 * SHORT * 1000)


if __name__ == "__main__":
    unittest.main()
