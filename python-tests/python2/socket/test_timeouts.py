"""The three modes of a socket: blocking, non-blocking, and with a timeout."""

import errno
import socket
import time
import unittest

from support import HOST, LIMIT, SHORT, SocketTestCase, receive_all


class ModeTest(SocketTestCase):
    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_new_sockets_block(self):
        self.assertIsNone(self.sock.gettimeout())

    def test_setting(self):
        for value, told in (None, None), (0, 0.0), (0.0, 0.0), (2.5, 2.5), (7, 7.0), (3L, 3.0), (True, 1.0):
            self.assertIsNone(self.sock.settimeout(value))
            self.assertEqual(self.sock.gettimeout(), told)
            self.assertIs(type(self.sock.gettimeout()), type(told))

    def test_setblocking_is_a_shorthand(self):
        self.assertIsNone(self.sock.setblocking(0))
        self.assertEqual(self.sock.gettimeout(), 0.0)
        for flag in 1, True, 5, 1L:
            self.sock.setblocking(flag)
            self.assertIsNone(self.sock.gettimeout())
        self.sock.setblocking(False)
        self.assertEqual(self.sock.gettimeout(), 0.0)

    def test_refused(self):
        for value in -1, -0.5, float("-inf"):
            self.assertSays(ValueError, "Timeout value out of range", self.sock.settimeout, value)
        for value in "a", u"a", "1", [], {}, 1j:
            self.assertRaises(TypeError, self.sock.settimeout, value)
        self.assertSays(TypeError, "a float is required", self.sock.settimeout, "1")
        for flag in None, "1", []:
            self.assertSays(TypeError, "an integer is required", self.sock.setblocking, flag)

    def test_floats_are_what_float_makes(self):
        class Seconds(object):
            def __float__(self):
                return 4.5

        self.sock.settimeout(Seconds())
        self.assertEqual(self.sock.gettimeout(), 4.5)

    def test_the_attribute_of_the_built_in_type(self):
        self.sock.settimeout(2.5)
        self.assertEqual(self.sock._sock.timeout, 2.5)


class DefaultTimeoutTest(SocketTestCase):
    def setUp(self):
        self.addCleanup(socket.setdefaulttimeout, None)

    def test_none_at_first(self):
        self.assertIsNone(socket.getdefaulttimeout())

    def test_new_sockets_have_it(self):
        self.assertIsNone(socket.setdefaulttimeout(10))
        self.assertEqual(socket.getdefaulttimeout(), 10.0)
        sock = self.own(socket.socket())
        self.assertEqual(sock.gettimeout(), 10.0)
        left, right = socket.socketpair()
        self.own(left), self.own(right)
        self.assertEqual((left.gettimeout(), right.gettimeout()), (10.0, 10.0))
        socket.setdefaulttimeout(None)
        self.assertIsNone(self.own(socket.socket()).gettimeout())
        self.assertEqual(sock.gettimeout(), 10.0)

    def test_accepted_sockets_have_it(self):
        listener = self.listener()
        socket.setdefaulttimeout(9)
        self.own(socket.create_connection(listener.getsockname()))
        self.assertEqual(self.own(listener.accept()[0]).gettimeout(), 9.0)

    def test_refused(self):
        self.assertSays(ValueError, "Timeout value out of range", socket.setdefaulttimeout, -1)
        self.assertSays(TypeError, "a float is required", socket.setdefaulttimeout, "spam")


class WaitingTest(SocketTestCase):
    def lasts(self, sock, call, *arguments):
        """`call` ends by the timeout of `sock`, and not much before it."""
        sock.settimeout(SHORT)
        start = time.time()
        with self.assertRaises(socket.timeout) as caught:
            call(*arguments)
        self.assertTrue(time.time() - start > SHORT * 0.8)
        self.assertEqual(caught.exception.args, ("timed out",))
        self.assertIsNone(caught.exception.errno)

    def test_accept(self):
        listener = self.listener()
        self.lasts(listener, listener.accept)

    def test_receiving(self):
        left, _ = self.pair()
        for call, argument in ((left.recv, 1), (left.recvfrom, 1), (left.recv_into, bytearray(1)),
                               (left.recvfrom_into, bytearray(1))):
            self.lasts(left, call, argument)

    def test_sending(self):
        left, _ = self.pair()
        self.lasts(left, left.sendall, "x" * 10000000)
        self.lasts(left, left.send, "x" * 1000000)

    def test_datagrams(self):
        sock = self.udp()
        self.lasts(sock, sock.recvfrom, 1)

    def test_what_comes_in_time(self):
        left, right = self.pair()
        peer = self.peer(left.recv, 10)
        right.sendall("in time")
        self.assertEqual(peer.join(), "in time")

    def test_it_works_after_a_timeout(self):
        left, right = self.pair()
        self.lasts(left, left.recv, 1)
        left.settimeout(LIMIT)
        right.sendall("later")
        self.assertEqual(left.recv(10), "later")

    def test_connect_to_a_full_listener(self):
        listener = self.own(socket.socket(socket.AF_UNIX))
        path = self.path()
        listener.bind(path)
        listener.listen(0)
        first = self.bounded(socket.socket(socket.AF_UNIX))
        first.connect(path)
        second = self.own(socket.socket(socket.AF_UNIX))
        second.setblocking(0)
        self.assertErrno(errno.EAGAIN, second.connect, path)


class NonBlockingTest(SocketTestCase):
    def test_accept(self):
        listener = self.listener()
        listener.setblocking(0)
        self.assertErrno(errno.EAGAIN, listener.accept)

    def test_receiving(self):
        left, _ = self.pair()
        left.setblocking(0)
        for call, argument in ((left.recv, 1), (left.recvfrom, 1), (left.recv_into, bytearray(1)),
                               (left.recvfrom_into, bytearray(1))):
            self.assertErrno(errno.EAGAIN, call, argument)

    def test_sending_until_nothing_fits(self):
        left, right = self.pair()
        left.setblocking(0)
        sent = 0
        with self.assertRaises(socket.error) as caught:
            while True:
                sent += left.send("x" * 65536)
        self.assertEqual(caught.exception.errno, errno.EAGAIN)
        self.assertTrue(sent > 0)
        self.assertErrno(errno.EAGAIN, left.sendall, "x" * 1000000)
        left.close()
        self.assertTrue(len(receive_all(right)) >= sent)

    def test_connect(self):
        listener = self.listener()
        client = self.own(socket.socket())
        client.setblocking(0)
        result = client.connect_ex(listener.getsockname())
        self.assertIn(result, (0, errno.EINPROGRESS))
        self.own(listener.accept()[0])
        client.settimeout(LIMIT)
        self.assertIn(client.connect_ex(listener.getsockname()), (0, errno.EISCONN))

    def test_connect_raises_what_connect_ex_gives(self):
        address = self.refused_address()
        client = self.own(socket.socket())
        client.setblocking(0)
        with self.assertRaises(socket.error) as caught:
            client.connect(address)
        self.assertIn(caught.exception.errno, (errno.EINPROGRESS, errno.ECONNREFUSED))

    def test_the_flag_of_the_call_alone(self):
        left, _ = self.pair()
        left.settimeout(None)
        self.assertErrno(errno.EAGAIN, left.recv, 1, socket.MSG_DONTWAIT)

    def test_a_duplicate_shares_the_mode_of_the_kernel(self):
        left, right = self.pair()
        left.setblocking(0)
        twin = self.own(socket.fromfd(left.fileno(), socket.AF_UNIX, socket.SOCK_STREAM))
        self.assertErrno(errno.EAGAIN, twin.recv, 1)


if __name__ == "__main__":
    unittest.main()
