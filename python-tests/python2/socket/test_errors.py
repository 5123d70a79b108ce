"""The classes of errors, their arguments and texts."""

import errno
import os
import pickle
import socket
import unittest

import _socket

from support import SocketTestCase


class ClassesTest(SocketTestCase):
    def test_tree(self):
        self.assertTrue(issubclass(socket.error, IOError))
        self.assertFalse(issubclass(socket.error, OSError))
        for kind in socket.herror, socket.gaierror, socket.timeout:
            self.assertEqual(kind.__bases__, (socket.error,))
        self.assertTrue(issubclass(socket.error, EnvironmentError))

    def test_names(self):
        for name in "error", "herror", "gaierror", "timeout":
            kind = getattr(socket, name)
            self.assertEqual((kind.__module__, kind.__name__), ("socket", name))
            self.assertIs(kind, getattr(_socket, name))

    def test_of_one_argument(self):
        failure = socket.error("a text")
        self.assertEqual((failure.args, failure.errno, str(failure)), (("a text",), None, "a text"))

    def test_of_two_arguments(self):
        failure = socket.error(5, "a text")
        self.assertEqual((failure.errno, failure.strerror, failure.filename), (5, "a text", None))
        self.assertEqual(str(failure), "[Errno 5] a text")
        self.assertEqual(repr(failure), "error(5, 'a text')")
        self.assertEqual(failure[0], 5)
        number, text = failure
        self.assertEqual((number, text), (5, "a text"))

    def test_errors_can_be_pickled(self):
        for failure in socket.error(5, "a text"), socket.gaierror(-2, "no"), socket.timeout("timed out"):
            for protocol in 0, 1, 2:
                back = pickle.loads(pickle.dumps(failure, protocol))
                self.assertIs(type(back), type(failure))
                self.assertEqual(back.args, failure.args)


class CallsTest(SocketTestCase):
    def test_an_error_of_the_system(self):
        with self.assertRaises(socket.error) as caught:
            self.own(socket.socket()).recv(1)
        failure = caught.exception
        self.assertIs(type(failure), socket.error)
        self.assertEqual(failure.args, (errno.ENOTCONN, "Transport endpoint is not connected"))
        self.assertEqual(str(failure), "[Errno 107] Transport endpoint is not connected")

    def test_it_is_an_io_error(self):
        try:
            self.own(socket.socket()).accept()
        except IOError as failure:
            self.assertEqual(failure.errno, errno.EINVAL)
        else:
            self.fail("accept of a socket that does not listen")

    def test_the_texts_are_those_of_the_system(self):
        address = self.refused_address()
        with self.assertRaises(socket.error) as caught:
            self.bounded(socket.socket()).connect(address)
        self.assertEqual(caught.exception.args, (errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED)))

    def test_a_timeout_has_no_number(self):
        left, _ = self.pair()
        left.settimeout(0.01)
        with self.assertRaises(socket.timeout) as caught:
            left.recv(1)
        failure = caught.exception
        self.assertEqual((failure.args, failure.errno, failure.strerror), (("timed out",), None, None))
        self.assertEqual(str(failure), "timed out")
        self.assertEqual(repr(failure), "timeout('timed out',)")

    def test_creating(self):
        self.assertErrno(errno.EAFNOSUPPORT, socket.socket, -1)
        self.assertErrno(errno.EINVAL, socket.socket, socket.AF_INET, 99)
        self.assertErrno(errno.EPROTONOSUPPORT, socket.socket, socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_UDP)
        self.assertErrno(errno.EOPNOTSUPP, socket.socketpair, socket.AF_INET)

    def test_descriptors(self):
        self.assertErrno(errno.EBADF, socket.fromfd, -1, socket.AF_INET, socket.SOCK_STREAM)
        self.assertRaises(TypeError, socket.fromfd, "1", socket.AF_INET, socket.SOCK_STREAM)
        self.assertSays(TypeError, "fromfd() takes at least 3 arguments (1 given)", socket.fromfd, 1)

    def test_a_broken_pipe_is_no_signal(self):
        left, right = self.pair()
        right.close()
        self.assertErrno(errno.EPIPE, left.send, "x")
        self.assertErrno(errno.EPIPE, left.sendall, "x")

    def test_a_reset(self):
        left, right = self.tcp_pair()
        right.sendall("unread")
        self.assertEqual(left.recv(1, socket.MSG_PEEK), "u")
        left.close()
        self.assertErrno(errno.ECONNRESET, right.recv, 1)


class AddressesTest(SocketTestCase):
    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_of_ipv4(self):
        for call in self.sock.bind, self.sock.connect, self.sock.connect_ex:
            self.assertSays(TypeError, "getsockaddrarg: AF_INET address must be tuple, not int", call, 5)
            self.assertSays(TypeError, "getsockaddrarg: AF_INET address must be tuple, not list", call, ["", 1])
            self.assertSays(TypeError, "getsockaddrarg() takes exactly 2 arguments (1 given)", call, ("",))
            self.assertSays(TypeError, "getsockaddrarg() takes exactly 2 arguments (3 given)", call, ("", 1, 2))
            self.assertSays(TypeError, "an integer is required", call, ("", "1"))
            for port in -1, 65536, 70000:
                self.assertSays(OverflowError, "getsockaddrarg: port must be 0-65535.", call, ("", port))
            for host in 5, None, []:
                self.assertRaises(TypeError, call, (host, 1))

    def test_two_arguments_are_no_address(self):
        self.assertSays(TypeError, "connect() takes exactly one argument (2 given)", self.sock.connect, "", 1)
        self.assertSays(TypeError, "connect_ex() takes exactly one argument (2 given)", self.sock.connect_ex, "", 1)
        self.assertSays(TypeError, "bind() takes exactly one argument (2 given)", self.sock.bind, "", 1)
        self.assertSays(TypeError, "bind() takes exactly one argument (0 given)", self.sock.bind)

    def test_names_that_are_too_long_for_idna(self):
        self.assertRaises(UnicodeError, self.sock.bind, (u"\u2620" * 70, 0))


if __name__ == "__main__":
    unittest.main()
