"""Poll objects: what is registered, with which events, what comes back and in what order, and how long a poll waits."""

import errno
import os
import select
import socket
import unittest

from support.polling import ByPoll, EventCases, RegistrationCases, SignalledCases, WaitCases, WatchingCase
from support.streams import MESSAGE, SHORT
from support.waiting import NEGATIVE, NOT_A_DESCRIPTOR, Index, InterruptedWaitCase, Named, ends_when_closed


class PollCase(ByPoll, WatchingCase):
    pass


class PollObjectTest(PollCase):
    def test_type(self):
        kind = type(self.watched)
        self.assertEqual((kind.__module__, kind.__name__, kind.__qualname__), ("select", "poll", "poll"))
        self.assertTrue(repr(self.watched).startswith("<select.poll object at 0x"), repr(self.watched))

    def test_type_makes_no_objects(self):
        for arguments in ((), (1,)):
            self.assertRefused(
                TypeError, "cannot create 'select.poll' instances", type(self.watched), *arguments)

    def test_type_has_no_subclasses(self):
        def derive():
            class Derived(type(self.watched)):
                pass

        self.assertRefused(TypeError, "type 'select.poll' is not an acceptable base type", derive)

    def test_methods(self):
        names = {name for name in dir(self.watched) if not name.startswith("_")}
        self.assertEqual(names, {"modify", "poll", "register", "unregister"})

    def test_objects_have_no_attributes_of_their_own(self):
        with self.assertRaises(AttributeError):
            self.watched.extra = 1

    def test_function_takes_no_arguments(self):
        self.assertRaises(TypeError, select.poll, 1)
        self.assertRaises(TypeError, select.poll, size=1)

    def test_objects_are_independent(self):
        self.watched.register(self.left, select.POLLOUT)
        self.assertEqual(select.poll().poll(0), [])


class RegistrationTest(RegistrationCases, PollCase):
    def test_events_unless_said_are_reading_writing_and_urgent_data(self):
        client, server = self.tcp_pair()
        self.watched.register(server)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLOUT)])
        client.send(b"!", socket.MSG_OOB)
        self.watched.modify(server, select.POLLPRI)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLPRI)])
        client.send(MESSAGE)
        self.watched.modify(server, select.POLLIN)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLIN)])
        self.watched.register(server)
        self.assertEqual(self.ready(), [(server.fileno(), select.POLLIN | select.POLLPRI | select.POLLOUT)])

    def test_register_again_sets_the_events(self):
        self.watched.register(self.left, select.POLLOUT)
        self.watched.register(self.left, select.POLLIN)
        self.assertEqual(self.ready(0), [])
        self.watched.unregister(self.left)
        self.assertRaises(KeyError, self.watched.unregister, self.left)

    def test_modify_sets_the_events(self):
        self.watched.register(self.left, select.POLLIN)
        self.watched.modify(self.left, select.POLLOUT)
        self.assertEqual(self.ready(), [(self.left.fileno(), select.POLLOUT)])
        self.watched.modify(self.left, 0)
        self.assertEqual(self.ready(0), [])

    def test_modify_what_is_not_registered(self):
        for given in (777, self.left, Named(778)):
            failure = self.assertErrno(errno.ENOENT, self.watched.modify, given, select.POLLIN)
            self.assertIs(type(failure), FileNotFoundError)
            self.assertEqual(str(failure), "[Errno 2] No such file or directory")

    def test_unregister_what_is_not_registered(self):
        for given, number in ((777, 777), (self.left, self.left.fileno()), (Named(778), 778)):
            with self.assertRaises(KeyError) as caught:
                self.watched.unregister(given)
            self.assertEqual(caught.exception.args, (number,))

    def test_number_need_not_be_open(self):
        number = self.closed_number()
        self.watched.register(number, select.POLLIN)
        self.assertEqual(self.ready(), [(number, select.POLLNVAL)])
        self.watched.modify(number, 0)
        self.assertEqual(self.ready(), [(number, select.POLLNVAL)])
        self.watched.unregister(number)
        self.assertEqual(self.ready(0), [])

    def test_poll_object_is_no_descriptor(self):
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, self.watched.register, self.watched)
        self.assertRefused(TypeError, NOT_A_DESCRIPTOR, self.watched.unregister, self.watched)

    def test_events_that_are_refused(self):
        self.watched.register(self.left, 0)
        too_large = "Python int too large for C unsigned short"
        for events, kind, text in (
                (-1, ValueError, "value must be positive"), (-(1 << 64), ValueError, "value must be positive"),
                (1 << 16, OverflowError, too_large), (1 << 32, OverflowError, too_large),
                ((1 << 64) - 1, OverflowError, too_large),
                (1 << 64, OverflowError, "Python int too large to convert to C unsigned long"),
                ("x", TypeError, "an integer is required"), (1.0, TypeError, "an integer is required"),
                (None, TypeError, "an integer is required"), (Index(1), TypeError, "an integer is required")):
            with self.subTest(events=events):
                self.assertRefused(kind, text, self.watched.register, self.left, events)
                self.assertRefused(kind, text, self.watched.modify, self.left, events)
        self.assertEqual(self.ready(0), [])

    def test_most_events(self):
        self.watched.register(self.left, (1 << 16) - 1)
        (number, events), = self.ready()
        self.assertEqual((number, events & 0xFF), (self.left.fileno(), select.POLLOUT))

    def test_descriptor_is_checked_before_events(self):
        self.assertRefused(ValueError, NEGATIVE, self.watched.register, -1, -1)
        self.assertRefused(ValueError, "value must be positive", self.watched.modify, 777, -1)

    def test_wrong_numbers_of_arguments(self):
        for name, arguments in (
                ("register", ()), ("register", (1, 2, 3)), ("modify", (1,)), ("modify", (1, 2, 3)),
                ("unregister", ()), ("unregister", (1, 2)), ("poll", (1, 2))):
            with self.subTest(name=name, arguments=arguments):
                self.assertRaises(TypeError, getattr(self.watched, name), *arguments)

    def test_no_argument_has_a_name(self):
        self.assertRaises(TypeError, self.watched.register, fd=1)
        self.assertRaises(TypeError, self.watched.register, 1, eventmask=1)
        self.assertRaises(TypeError, self.watched.modify, fd=1, eventmask=1)
        self.assertRaises(TypeError, self.watched.unregister, fd=1)
        self.assertRaises(TypeError, self.watched.poll, timeout=1)


class EventsTest(EventCases, PollCase):
    def test_pipes(self):
        read, write = self.pipe()
        self.watched.register(read)
        self.watched.register(write)
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
        self.watched.register(number, select.POLLIN | select.POLLOUT)
        self.assertEqual(self.ready(0), [(number, select.POLLIN | select.POLLOUT)])

    def test_epoll_object(self):
        with select.epoll() as watched:
            self.watched.register(watched, select.POLLIN)
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
        self.watched.register(self.left, select.POLLOUT)
        self.assertIsNot(self.ready(), self.ready())

    def test_order_is_that_of_registration(self):
        socks = [self.left, *self.pair(), self.right, *self.pair()]
        for sock in reversed(socks):
            self.watched.register(sock, select.POLLOUT)
        order = [sock.fileno() for sock in reversed(socks)]
        self.assertEqual([number for number, _ in self.ready()], order)
        self.watched.modify(order[0], select.POLLOUT | select.POLLIN)
        self.watched.register(order[1], select.POLLOUT)
        self.assertEqual([number for number, _ in self.ready()], order)
        self.watched.unregister(order[0])
        self.watched.register(order[0], select.POLLOUT)
        self.assertEqual([number for number, _ in self.ready()], order[1:] + order[:1])

    def test_what_is_not_ready_is_left_out(self):
        pairs = [self.pair() for _ in range(5)]
        for left, right in pairs:
            self.watched.register(right, select.POLLIN)
        for left, right in pairs[1::2]:
            left.send(MESSAGE)
        self.assertEqual(self.ready(), [(right.fileno(), select.POLLIN) for left, right in pairs[1::2]])

    def test_messages_through_many_sockets(self):
        pairs = [self.pair() for _ in range(12)]
        by_number = {}
        for left, right in pairs:
            self.watched.register(left, select.POLLOUT)
            self.watched.register(right, select.POLLIN)
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
                self.watched.unregister(sock)
        self.assertEqual(received, [MESSAGE] * 12)

    def test_closed_socket_that_is_still_registered(self):
        self.watched.register(self.left, select.POLLIN)
        number = self.left.fileno()
        self.left.close()
        self.assertEqual(self.ready(), [(number, select.POLLNVAL)])
        self.watched.unregister(number)
        self.assertEqual(self.ready(0), [])

    def test_numbers_above_those_of_select(self):
        self.watched.register(1 << 20, select.POLLIN)
        self.assertEqual(self.ready(), [(1 << 20, select.POLLNVAL)])


class WaitOfPollTest(WaitCases, PollCase):
    at_once = ()
    endless = ((-1e-100,), (-(1 << 31),))
    limits = ((1 << 31) - 1, 2147483647.0, 2147483646.5)
    too_large = (1 << 31, 1 << 32, 2147483647.5, -(1 << 31) - 1, -(1 << 40), (1 << 63) // 1000000)

    def test_whole_milliseconds(self):
        for timeout in (int(SHORT * 1000), Index(int(SHORT * 1000))):
            with self.subTest(timeout=timeout):
                self.assertLasts(SHORT, [], self.watched.poll, timeout)

    def test_one_thread_at_a_time(self):
        waiting = self.waiting(self.watched.poll)
        self.assertRefused(RuntimeError, "concurrent poll() invocation", self.watched.poll, 0)
        self.left.send(MESSAGE)
        self.assertEqual(waiting.join(), self.found)
        self.assertEqual(self.ready(), self.found)

    def test_changes_during_a_wait_count_from_the_next_poll_on(self):
        others = [sock for _ in range(5) for sock in self.pair()]
        waiting = self.waiting(self.watched.poll)
        for sock in others:
            self.watched.register(sock, select.POLLOUT)
        self.watched.unregister(self.right)
        self.assertRefused(RuntimeError, "concurrent poll() invocation", self.watched.poll)
        self.left.send(MESSAGE)
        self.assertEqual(waiting.join(), self.found)
        self.assertEqual(self.ready(), [(sock.fileno(), select.POLLOUT) for sock in others])

    @ends_when_closed
    def test_close_by_another_thread_is_told(self):
        self.watched.register(self.left, select.POLLIN)
        number = self.left.fileno()
        waiting = self.waiting(self.watched.poll)
        self.left.close()
        found = dict(waiting.join())
        self.assertEqual(found[number], select.POLLNVAL)
        # The other end of the pair may or may not have been seen to hang up by then.
        self.assertLessEqual(set(found), {number, self.right.fileno()})


class InterruptedPollTest(SignalledCases, PollCase, InterruptedWaitCase):
    pass


if __name__ == "__main__":
    unittest.main()
