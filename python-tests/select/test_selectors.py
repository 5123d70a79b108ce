"""The standard library's selectors over our select module: each kind of selector does the same with sockets."""

import os
import select
import selectors
import unittest
import unittest.mock

from support import LIMIT, require, requires
from support.streams import MESSAGE, SHORT
from support.waiting import InterruptedWaitCase, Named, WaitingTestCase

EVENT_READ, EVENT_WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
BOTH = EVENT_READ | EVENT_WRITE
UNKNOWN = 999999


@requires(select, "epoll")
class KindTest(unittest.TestCase):
    def test_default_is_epoll(self):
        self.assertIs(selectors.DefaultSelector, selectors.EpollSelector)

    def test_kinds_of_linux(self):
        for name in ("SelectSelector", "PollSelector", "EpollSelector"):
            self.assertTrue(hasattr(selectors, name), name)
        for name in ("KqueueSelector", "DevpollSelector"):
            self.assertFalse(hasattr(selectors, name), name)


class OfSelect:
    kind = selectors.SelectSelector


class OfPoll:
    kind = selectors.PollSelector


class OfEpoll:
    kind = getattr(selectors, "EpollSelector", None)


class SelectorCase:
    """Gives each case `selector` of the kind, and a pair of sockets."""

    def setUp(self):
        super().setUp()
        if self.kind is None:
            require(select, "epoll")
        self.selector = self.own(self.kind())
        self.left, self.right = self.pair()


class KeyCases(SelectorCase):
    """What a selector knows of what is registered with it."""

    def test_register(self):
        key = self.selector.register(self.left, EVENT_READ, "data")
        self.assertIs(type(key), selectors.SelectorKey)
        self.assertEqual(key, (self.left, self.left.fileno(), EVENT_READ, "data"))
        self.assertIs(key.fileobj, self.left)

    def test_register_numbers_and_objects(self):
        number = self.left.fileno()
        for given in (number, Named(number)):
            key = self.selector.register(given, EVENT_WRITE)
            self.assertEqual((key.fileobj, key.fd, key.data), (given, number, None))
            self.assertEqual(self.selector.select(0), [(key, EVENT_WRITE)])
            self.selector.unregister(given)

    def test_events_that_are_refused(self):
        for events in (0, 4, UNKNOWN):
            self.assertRaises(ValueError, self.selector.register, self.left, events)
        self.assertEqual(len(self.selector.get_map()), 0)

    def test_what_is_no_descriptor(self):
        for given in (-10, object(), "text", None, Named("text"), Named(-1)):
            with self.subTest(given=given):
                self.assertRaises(ValueError, self.selector.register, given, EVENT_READ)

    def test_register_twice(self):
        self.selector.register(self.left, EVENT_READ)
        for given in (self.left, self.left.fileno(), Named(self.left.fileno())):
            self.assertRaises(KeyError, self.selector.register, given, EVENT_READ)
        self.assertEqual(self.selector.get_key(self.left).events, EVENT_READ)

    def test_unregister(self):
        key = self.selector.register(self.left, EVENT_WRITE)
        self.assertEqual(self.selector.unregister(self.left), key)
        self.assertEqual(self.selector.select(0), [])
        self.assertRaises(KeyError, self.selector.unregister, self.left)
        self.assertRaises(KeyError, self.selector.unregister, UNKNOWN)

    def test_unregister_by_number_after_close(self):
        numbers = [sock.fileno() for sock in (self.left, self.right)]
        for number in numbers:
            self.selector.register(number, BOTH)
        self.left.close()
        self.right.close()
        for number in numbers:
            self.assertEqual(self.selector.unregister(number).fd, number)

    def test_unregister_by_socket_after_close(self):
        socks = [self.left, self.right]
        for sock in socks:
            self.selector.register(sock, BOTH)
        for sock in socks:
            sock.close()
        for sock in socks:
            self.assertIs(self.selector.unregister(sock).fileobj, sock)

    def test_unregister_after_another_socket_got_the_number(self):
        number = self.left.fileno()
        self.selector.register(number, EVENT_READ)
        self.left.close()
        # The lowest free number is what the next descriptor gets, unless another thread is faster.
        others = [self.own(self.right.dup()) for _ in range(3)]
        self.selector.unregister(number)
        for other in others:
            self.selector.register(other, EVENT_WRITE)
        self.assertEqual(len(self.selector.select(0)), 3)

    def test_modify_events(self):
        key = self.selector.register(self.left, EVENT_READ)
        changed = self.selector.modify(self.left, EVENT_WRITE)
        self.assertEqual((key.events, changed.events), (EVENT_READ, EVENT_WRITE))
        self.assertEqual(self.selector.get_key(self.left), changed)
        self.assertEqual(self.selector.select(LIMIT), [(changed, EVENT_WRITE)])

    def test_modify_data(self):
        key = self.selector.register(self.left, EVENT_READ, "before")
        changed = self.selector.modify(self.left, EVENT_READ, "after")
        self.assertEqual((key.data, changed.data), ("before", "after"))
        self.assertEqual(key.events, changed.events)
        self.assertEqual(self.selector.get_key(self.left), changed)

    def test_modify_of_data_alone_registers_nothing_anew(self):
        self.selector.register(self.left, EVENT_READ)
        with unittest.mock.patch.object(self.selector, "register") as register:
            with unittest.mock.patch.object(self.selector, "unregister") as unregister:
                self.selector.modify(self.left, EVENT_READ, "data")
        self.assertFalse(register.called)
        self.assertFalse(unregister.called)

    def test_modify_what_is_not_registered(self):
        for given in (self.left, UNKNOWN):
            self.assertRaises(KeyError, self.selector.modify, given, EVENT_READ)

    def test_get_key(self):
        key = self.selector.register(self.left, EVENT_READ, "data")
        for given in (self.left, self.left.fileno(), Named(self.left.fileno())):
            self.assertEqual(self.selector.get_key(given), key)
        for given in (self.right, UNKNOWN):
            self.assertRaises(KeyError, self.selector.get_key, given)

    def test_map(self):
        keys = self.selector.get_map()
        self.assertEqual((len(keys), list(keys), bool(keys)), (0, [], False))
        key = self.selector.register(self.left, EVENT_READ, "data")
        self.assertIn(self.left, keys)
        self.assertEqual(keys[self.left], key)
        self.assertEqual(len(keys), 1)
        self.assertEqual(list(keys), [self.left.fileno()])
        self.assertEqual(list(keys.values()), [key])
        self.assertNotIn(self.right, keys)
        with self.assertRaises(KeyError):
            keys[UNKNOWN]
        with self.assertRaises(TypeError):
            del keys[self.left]

    def assertClosed(self, keys):
        for sock in (self.left, self.right):
            self.assertRaises(RuntimeError, self.selector.get_key, sock)
            with self.assertRaises(KeyError):
                keys[sock]
        self.assertIsNone(self.selector.get_map())

    def test_close(self):
        keys = self.selector.get_map()
        for sock in (self.left, self.right):
            self.selector.register(sock, BOTH)
        self.selector.close()
        self.assertClosed(keys)
        self.selector.close()

    def test_block_closes(self):
        keys = self.selector.get_map()
        with self.selector as same:
            self.assertIs(same, self.selector)
            for sock in (self.left, self.right):
                same.register(sock, BOTH)
        self.assertClosed(keys)


class SelectSelectorKeyTest(OfSelect, KeyCases, WaitingTestCase):
    pass


class PollSelectorKeyTest(OfPoll, KeyCases, WaitingTestCase):
    pass


class EpollSelectorKeyTest(OfEpoll, KeyCases, WaitingTestCase):
    def test_own_number(self):
        self.assertGreaterEqual(self.selector.fileno(), 0)
        self.selector.register(self.left, EVENT_WRITE)
        self.assertEqual(select.select([self.selector], [], [], LIMIT), ([self.selector], [], []))

    def test_file_cannot_be_registered(self):
        self.pipe()
        number = os.open("/tmp", os.O_RDONLY)
        self.addCleanup(os.close, number)
        self.assertRaises(PermissionError, self.selector.register, number, EVENT_READ)
        self.assertRaises(KeyError, self.selector.get_key, number)

    def test_number_that_is_not_open_cannot_be_registered(self):
        number = self.closed_number()
        self.assertNotOpen(self.selector.register, number, EVENT_READ)
        self.assertRaises(KeyError, self.selector.get_key, number)


class FailingModifyCases:
    """Selectors that keep their descriptors in an object of the select module."""

    def test_failure_of_modify_unregisters(self):
        left, _ = self.pair()
        with unittest.mock.patch.object(self.kind, "_selector_cls") as kept:
            kept.return_value.modify.side_effect = ZeroDivisionError
            selector = self.own(self.kind())
            selector.register(left, EVENT_READ)
            self.assertEqual(len(selector.get_map()), 1)
            self.assertRaises(ZeroDivisionError, selector.modify, left, EVENT_WRITE)
            self.assertEqual(len(selector.get_map()), 0)


class PollSelectorFailingModifyTest(OfPoll, FailingModifyCases, WaitingTestCase):
    pass


@requires(select, "epoll")
class EpollSelectorFailingModifyTest(OfEpoll, FailingModifyCases, WaitingTestCase):
    pass


class ReadyCases(SelectorCase):
    """What select gives, and when."""

    def ready(self, timeout=LIMIT):
        """A dict of the events for each object that is ready."""
        found = self.selector.select(timeout)
        events = {}
        for key, ready in found:
            self.assertIs(type(key), selectors.SelectorKey)
            self.assertEqual(key, self.selector.get_key(key.fileobj))
            self.assertTrue(ready)
            events[key.fileobj] = ready
        self.assertEqual(len(events), len(found))
        return events

    def test_only_what_is_ready_for_what_it_waits_for(self):
        self.selector.register(self.left, EVENT_READ)
        self.selector.register(self.right, EVENT_WRITE)
        self.assertEqual(self.ready(), {self.right: EVENT_WRITE})
        self.assertEqual(self.ready(None), {self.right: EVENT_WRITE})

    def test_reading_and_writing_come_together(self):
        self.right.send(MESSAGE)
        self.selector.register(self.left, BOTH)
        self.assertEqual(self.ready(), {self.left: BOTH})

    def test_end_of_the_other_side_is_to_be_read(self):
        self.right.close()
        self.selector.register(self.left, EVENT_READ)
        self.assertEqual(self.ready(), {self.left: EVENT_READ})

    def test_nothing_registered(self):
        self.assertEqual(self.selector.select(timeout=0), [])

    def test_messages_through_many_sockets(self):
        pairs = {}
        for _ in range(12):
            left, right = self.pair()
            self.selector.register(left, EVENT_WRITE, right)
            self.selector.register(right, EVENT_READ, left)
            pairs[left] = right
        received = []
        while pairs:
            writable = [sock for sock, events in self.ready().items() if events & EVENT_WRITE]
            left = writable[len(received) % len(writable)]
            right = pairs.pop(left)
            left.send(MESSAGE)
            self.assertEqual([sock for sock, events in self.ready().items() if events & EVENT_READ], [right])
            received.append(right.recv(1024))
            self.assertIs(self.selector.unregister(right).data, left)
            self.assertIs(self.selector.unregister(left).data, right)
        self.assertEqual(received, [MESSAGE] * 12)

    def test_timeouts_up_to_zero_do_not_wait(self):
        self.selector.register(self.right, EVENT_WRITE)
        for timeout in (0, -1, -0.5):
            self.assertEqual(self.ready(timeout), {self.right: EVENT_WRITE})
        self.selector.unregister(self.right)
        self.selector.register(self.left, EVENT_READ)
        for timeout in (0, -1, -0.5):
            self.assertEqual(self.ready(timeout), {})

    def test_wait_lasts_its_timeout(self):
        self.selector.register(self.left, EVENT_READ)
        self.assertLasts(SHORT, [], self.selector.select, SHORT)

    def test_data_ends_the_wait(self):
        key = self.selector.register(self.left, EVENT_READ)
        for timeout in ((), (None,), (LIMIT,)):
            waiting = self.waiting(self.selector.select, *timeout)
            self.right.send(MESSAGE)
            self.assertEqual(waiting.join(), [(key, EVENT_READ)])
            self.left.recv(1024)


class SelectSelectorReadyTest(OfSelect, ReadyCases, WaitingTestCase):
    pass


class ScalableCases(ReadyCases):
    COUNT = 1100
    """More than the numbers that select(2) has room for."""

    def test_more_descriptors_than_select_takes(self):
        numbers = self.duplicates(self.left, self.COUNT)
        for number in numbers:
            self.selector.register(number, EVENT_WRITE)
        self.assertEqual(self.ready(), dict.fromkeys(numbers, EVENT_WRITE))


class PollSelectorReadyTest(OfPoll, ScalableCases, WaitingTestCase):
    pass


class EpollSelectorReadyTest(OfEpoll, ScalableCases, WaitingTestCase):
    pass


class InterruptedCases(SelectorCase):
    def setUp(self):
        super().setUp()
        self.selector.register(self.left, EVENT_READ)

    def test_raising_handler_ends_the_wait(self):
        self.assertInterrupted(self.selector.select, self.TIMEOUT)

    def test_wait_goes_on_after_a_handler_that_returns(self):
        self.assertGoesOn([], self.selector.select)


class SelectSelectorInterruptedTest(OfSelect, InterruptedCases, InterruptedWaitCase):
    pass


class PollSelectorInterruptedTest(OfPoll, InterruptedCases, InterruptedWaitCase):
    pass


class EpollSelectorInterruptedTest(OfEpoll, InterruptedCases, InterruptedWaitCase):
    pass


if __name__ == "__main__":
    unittest.main()
