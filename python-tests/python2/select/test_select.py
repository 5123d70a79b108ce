"""select.select."""

import errno
import select
import socket
import time
import unittest

from support import LIMIT, SHORT
from support.polling import NO_DESCRIPTORS, Named, OldNamed, PollingTestCase


class SelectTest(PollingTestCase):
    def setUp(self):
        self.left, self.right = self.pair()

    def test_nothing(self):
        self.assertEqual(select.select([], [], [], 0), ([], [], []))

    def test_readable(self):
        self.assertEqual(select.select([self.left, self.right], [], [], 0), ([], [], []))
        self.left.send("x")
        self.assertEqual(select.select([self.left, self.right], [], [], LIMIT), ([self.right], [], []))

    def test_writable(self):
        self.assertEqual(select.select([], [self.left], [], 0), ([], [self.left], []))
        self.fill(self.left)
        self.assertEqual(select.select([], [self.left], [], 0), ([], [], []))

    def test_what_is_both(self):
        self.left.send("x")
        self.assertEqual(select.select([self.right], [self.right], [self.right], 0),
                         ([self.right], [self.right], []))

    def test_the_end_of_a_stream_is_readable(self):
        self.left.close()
        self.assertEqual(select.select([self.right], [], [], 0), ([self.right], [], []))

    def test_a_listener_with_a_connection_is_readable(self):
        listener = self.listener()
        self.assertEqual(select.select([listener], [], [], 0)[0], [])
        self.own(socket.create_connection(listener.getsockname()))
        self.assertEqual(select.select([listener], [], [], LIMIT)[0], [listener])

    def test_out_of_band_data_is_exceptional(self):
        client, server = self.tcp_pair()
        client.send("!", socket.MSG_OOB)
        self.assertEqual(select.select([], [], [server], LIMIT), ([], [], [server]))

    def test_a_connection_that_was_refused_is_writable(self):
        sock = self.own(socket.socket())
        sock.setblocking(0)
        sock.connect_ex(self.refused_address())
        self.assertEqual(select.select([], [sock], [], LIMIT)[1], [sock])
        self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), errno.ECONNREFUSED)

    def test_forms_of_descriptors(self):
        self.left.send("x")
        number = self.right.fileno()
        wrapped = socket.socket(_sock=self.right)
        for form in number, long(number), Named(number), OldNamed(number), Named(long(number)), wrapped:
            self.assertEqual(select.select([form], [], [], 0), ([form], [], []))

    def test_the_same_object_comes_back(self):
        self.left.send("x")
        self.assertIs(select.select([self.right], [], [], 0)[0][0], self.right)

    def test_any_sequence(self):
        self.left.send("x")
        for made in (self.right,), iter([self.right]), {self.right: 1}, set([self.right]):
            self.assertEqual(select.select(made, [], [], 0), ([self.right], [], []))

    def test_one_object_many_times(self):
        self.left.send("x")
        self.assertEqual(select.select([self.right] * 3, [], [], 0)[0], [self.right] * 3)

    def test_a_pipe(self):
        reader, writer = self.pipe()
        self.assertEqual(select.select([reader], [writer], [], 0), ([], [writer], []))

    def test_timeouts(self):
        for timeout in SHORT, 0.0501:
            start = time.time()
            self.assertEqual(select.select([self.left], [], [], timeout), ([], [], []))
            self.assertTrue(time.time() - start > timeout * 0.8)

    def test_it_waits_until_something_comes(self):
        peer = self.peer(select.select, [self.right], [], [])
        peer.thread.join(SHORT)
        self.assertTrue(peer.thread.isAlive())
        self.left.send("x")
        self.assertEqual(peer.join(), ([self.right], [], []))

    def test_none_is_no_timeout(self):
        self.left.send("x")
        self.assertEqual(select.select([self.right], [], [], None), ([self.right], [], []))


class SelectArgumentsTest(PollingTestCase):
    def test_no_descriptors(self):
        for value, kind, text in NO_DESCRIPTORS:
            for lists in ([value], [], []), ([], [value], []), ([], [], [value]):
                self.assertSays(kind, text, select.select, *(lists + (0,)))

    def test_large_numbers(self):
        self.assertSays(ValueError, "filedescriptor out of range in select()", select.select, [9999], [], [], 0)

    def test_a_list_with_an_iterator_of_its_own(self):
        class Failing(list):
            def __iter__(self):
                raise KeyError("its own")

        self.assertRaises(KeyError, select.select, Failing(), [], [], 0)

    def test_an_attribute_that_fails(self):
        class Failing(object):
            def __getattr__(self, name):
                raise KeyError("its own")

        expected = "argument must be an int, or have a fileno() method"
        self.assertSays(TypeError, expected, select.select, [Failing()], [], [], 0)

    def test_no_sequences(self):
        for lists in (1, [], []), ([], None, []), ([], [], 1.5):
            self.assertSays(TypeError, "arguments 1-3 must be sequences", select.select, *(lists + (0,)))

    def test_timeouts(self):
        for timeout in "1", [], {}:
            self.assertSays(TypeError, "timeout must be a float or None", select.select, [], [], [], timeout)
        self.assertSays(OverflowError, "timeout period too long", select.select, [], [], [], 1e300)
        for timeout in -1, -0.5, -1e300, float("-inf"), 2.0**63:
            with self.assertRaises(select.error) as caught:
                select.select([], [], [], timeout)
            self.assertEqual(caught.exception.args, (errno.EINVAL, "Invalid argument"))

    def test_counts(self):
        self.assertRaises(TypeError, select.select)
        self.assertRaises(TypeError, select.select, [], [])
        self.assertRaises(TypeError, select.select, [], [], [], 0, 0)
        self.assertRaises(TypeError, lambda: select.select(rlist=[], wlist=[], xlist=[]))

    def test_closed_sockets(self):
        left, right = self.pair()
        number = left.fileno()
        left.close()
        self.assertSays(ValueError, "file descriptor cannot be a negative integer (-1)",
                        select.select, [left], [], [], 0)
        with self.assertRaises(select.error) as caught:
            select.select([number], [], [], 0)
        self.assertEqual(caught.exception.args, (errno.EBADF, "Bad file descriptor"))
        sock = socket.socket()
        sock.close()
        self.assertErrno(errno.EBADF, select.select, [sock], [], [], 0)

    def test_errors_of_fileno_come_through(self):
        class Broken(object):
            def fileno(self):
                raise KeyError("mine")

        # In Python 2.7 whatever goes wrong with fileno means that there is no descriptor, but for its own exception.
        self.assertRaises((KeyError, TypeError), select.select, [Broken()], [], [], 0)

    def test_a_list_that_changes_meanwhile(self):
        left, right = self.pair()
        items = []

        class Growing(object):
            def fileno(self):
                if len(items) < 5:
                    items.append(left)
                return right.fileno()

        items.append(Growing())
        left.send("x")
        self.assertTrue(len(select.select(items, [], [], 0)[0]) >= 1)


class ErrorTest(unittest.TestCase):
    def test_it_is_no_error_of_the_system(self):
        self.assertEqual(select.error.__bases__, (Exception,))
        self.assertEqual((select.error.__module__, select.error.__name__), ("select", "error"))

    def test_it_unpacks(self):
        try:
            select.select([], [], [], -1)
        except select.error as failure:
            number, text = failure
            self.assertEqual((number, text, failure[0]), (errno.EINVAL, "Invalid argument", errno.EINVAL))
            self.assertEqual(str(failure), "(22, 'Invalid argument')")
        else:
            self.fail("a negative timeout")


if __name__ == "__main__":
    unittest.main()
