"""Sockets and descriptors: a socket made from a number, what is inherited, and what blocks.

How several sockets share a connection (dup, fromfd, detach) is in test_tcp_connections.py.
"""

import errno
import os
import socket
import stat
import sys
import tempfile
import unittest

import _socket
from support import HAS_IPV6, HOST, HOST6
from support.refusals import RefusalTestCase


def is_known_to_os(sock):
    """Whether the functions of `os` work on the descriptor of a socket. In CPython they always do."""
    try:
        return stat.S_ISSOCK(os.fstat(sock.fileno()).st_mode)
    except OSError:
        if sys.implementation.name == "cpython":
            raise
        return False


class FromNumberTest(RefusalTestCase):
    """`socket(fileno=...)`."""

    def assertFound(self, sock, protocol):
        """A new object finds out family, type and protocol by the number alone, and takes it over."""
        expected = (sock.family, sock.type, protocol, sock.getsockname())
        number = sock.detach()
        twin = self.own(socket.socket(fileno=number))
        self.assertEqual(twin.fileno(), number)
        self.assertEqual((twin.family, twin.type, twin.proto, twin.getsockname()), expected)
        self.assertIsInstance(twin.family, socket.AddressFamily)
        self.assertIsInstance(twin.type, socket.SocketKind)

    def test_a_tcp_socket(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        sock.bind((HOST, 0))
        self.assertFound(sock, socket.IPPROTO_TCP)

    def test_a_udp_socket(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.bind((HOST, 0))
        self.assertFound(sock, socket.IPPROTO_UDP)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6")
    def test_an_ipv6_socket(self):
        sock = self.own(socket.socket(socket.AF_INET6, socket.SOCK_STREAM))
        sock.bind((HOST6, 0))
        self.assertFound(sock, socket.IPPROTO_TCP)

    def test_unix_sockets(self):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
            with self.subTest(kind=kind), tempfile.TemporaryDirectory() as directory:
                sock = self.own(socket.socket(socket.AF_UNIX, kind))
                sock.bind(os.path.join(directory, "socket"))
                self.assertFound(sock, 0)

    def test_what_is_said_is_not_found_out(self):
        number = socket.socket(socket.AF_INET, socket.SOCK_STREAM).detach()
        for arguments, expected in (((socket.AF_INET, socket.SOCK_DGRAM), (2, 2, 6)),
                                    ((-1, socket.SOCK_DGRAM), (2, 2, 6)), ((socket.AF_UNIX,), (1, 1, 6)),
                                    ((-1, -1, 23), (2, 1, 23)), ((77, 88, 23), (77, 88, 23))):
            with self.subTest(arguments=arguments):
                sock = socket.socket(*arguments, fileno=number)
                self.assertEqual((sock.family, sock.type, sock.proto), expected)
                sock.detach()
        socket.close(number)

    def test_a_family_and_a_type_without_a_name_stay_numbers(self):
        family = max(socket.AddressFamily) + 1
        kind = max(set(socket.SocketKind) - {socket.SOCK_NONBLOCK, socket.SOCK_CLOEXEC}) + 1
        with socket.socket(family, kind, 23, socket.socket().detach()) as sock:
            self.assertEqual((sock.family, sock.type, sock.proto), (family, kind, 23))
            self.assertEqual((type(sock.family), type(sock.type)), (int, int))

    def test_the_number_may_be_the_fourth_argument(self):
        number = socket.socket().detach()
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, number) as sock:
            self.assertEqual((sock.fileno(), sock.proto), (number, 0))

    def test_both_classes_take_a_number(self):
        number = socket.socket().detach()
        sock = self.own(_socket.socket(fileno=number))
        self.assertEqual((sock.fileno(), sock.family, sock.type), (number, 2, 1))

    def test_the_new_object_blocks_whatever_the_old_one_did(self):
        with socket.socket() as sock:
            sock.setblocking(False)
            twin = socket.socket(fileno=sock.fileno())
            self.assertIsNone(twin.gettimeout())
            self.assertTrue(twin.getblocking())
            twin.detach()

    def test_a_number_of_another_type(self):
        for kind in (socket.socket, _socket.socket):
            for value in ("foo", 42.5, b"1", []):
                with self.subTest(kind=kind, value=value):
                    self.assertNotAnInteger(value, kind, socket.AF_INET, socket.SOCK_STREAM, fileno=value)

    def test_a_negative_number(self):
        for value in (-1, -42, -2 ** 31):
            for arguments in ((), (socket.AF_INET, socket.SOCK_STREAM)):
                with self.subTest(value=value, arguments=arguments):
                    self.assertRefused(ValueError, "negative file descriptor", socket.socket, *arguments, fileno=value)

    def test_a_number_beyond_the_machine(self):
        self.assertRefused(OverflowError, "Python int too large to convert to C long", socket.socket, fileno=2 ** 64)

    def test_a_number_that_is_not_open(self):
        number = socket.socket().detach()
        socket.close(number)
        for arguments in ((), (socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_STREAM, 0)):
            with self.subTest(arguments=arguments):
                self.assertSystemError(errno.EBADF, socket.socket, *arguments, fileno=number)

    def test_a_number_that_is_no_socket(self):
        with tempfile.TemporaryFile() as file:
            self.assertNotASocket(file.fileno())

    def test_a_pipe_is_no_socket(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        self.assertNotASocket(reader)

    def assertNotASocket(self, number):
        """ENOTSOCK; another interpreter may keep files and sockets in different tables, and then it is EBADF."""
        allowed = (errno.ENOTSOCK,) if sys.implementation.name == "cpython" else (errno.ENOTSOCK, errno.EBADF)
        for arguments in ((), (socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_STREAM, 0)):
            with self.subTest(arguments=arguments), self.assertRaises(OSError) as caught:
                socket.socket(*arguments, fileno=number)
            self.assertIn(caught.exception.errno, allowed)


class DetachTest(RefusalTestCase):
    def test_the_core_class_detaches_too(self):
        sock = _socket.socket()
        number = sock.detach()
        self.assertEqual((sock.fileno(), sock.detach()), (-1, -1))
        socket.close(number)


class FromFdTest(RefusalTestCase):
    def test_the_protocol_may_be_given(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            with socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_DGRAM) as twin:
                self.assertEqual((twin.family, twin.type, twin.proto), (2, 2, 0))
            with socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_DGRAM, 17) as twin:
                self.assertEqual(twin.proto, 17)

    def test_a_number_that_is_not_open(self):
        self.assertSystemError(errno.EBADF, socket.fromfd, -1, socket.AF_INET, socket.SOCK_STREAM)

    def test_a_number_of_another_type(self):
        for value in ("1", 1.0, None):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, socket.fromfd, value, socket.AF_INET, socket.SOCK_STREAM)


class AcceptTest(RefusalTestCase):
    def test_the_core_call_gives_a_number(self):
        listener = self.listener()
        client = self.bounded(socket.create_connection(listener.getsockname()))
        number, address = listener._accept()
        self.assertIs(type(number), int)
        self.assertEqual(address, client.getsockname())
        socket.close(number)

    def test_a_subclass_gives_plain_sockets(self):
        class Subclass(socket.socket):
            pass

        listener = self.bounded(Subclass())
        listener.bind((HOST, 0))
        listener.listen()
        self.bounded(socket.create_connection(listener.getsockname()))
        self.assertIs(type(self.own(listener.accept()[0])), socket.socket)


class InheritanceTest(RefusalTestCase):
    """A descriptor that a program started by this one would get. None is inherited unless asked for."""

    def test_a_new_socket(self):
        for kind in (socket.SOCK_STREAM, socket.SOCK_STREAM | socket.SOCK_CLOEXEC):
            with self.subTest(kind=kind), socket.socket(socket.AF_INET, kind) as sock:
                self.assertIs(sock.get_inheritable(), False)
                self.assertEqual(sock.type, socket.SOCK_STREAM)

    def test_a_pair(self):
        self.assertEqual([sock.get_inheritable() for sock in self.pair()], [False, False])

    def test_a_duplicate(self):
        with socket.socket() as sock:
            sock.set_inheritable(True)
            with sock.dup() as twin:
                self.assertIs(twin.get_inheritable(), False)
            with socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_STREAM) as twin:
                self.assertIs(twin.get_inheritable(), False)

    def test_an_accepted_socket(self):
        _, server = self.tcp_pair()
        self.assertIs(server.get_inheritable(), False)

    def test_it_can_be_changed(self):
        with socket.socket() as sock:
            for value in (True, False):
                sock.set_inheritable(value)
                self.assertIs(sock.get_inheritable(), value)

    def test_a_number_taken_over_stays_what_it_was(self):
        with socket.socket() as sock:
            sock.set_inheritable(True)
            twin = socket.socket(fileno=sock.fileno())
            self.assertIs(twin.get_inheritable(), True)
            twin.detach()

    def test_os_sees_the_same(self):
        with socket.socket() as sock:
            if not is_known_to_os(sock):
                self.skipTest("the os module of this interpreter has descriptors of its own")
            self.assertIs(os.get_inheritable(sock.fileno()), False)
            os.set_inheritable(sock.fileno(), True)
            self.assertIs(sock.get_inheritable(), True)


class BlockingTest(RefusalTestCase):
    """The timeout of the object and the blocking mode of its descriptor."""

    def assertMode(self, sock, timeout):
        self.assertEqual(sock.type, socket.SOCK_STREAM)
        self.assertEqual(sock.gettimeout(), timeout)
        self.assertIs(sock.getblocking(), timeout != 0.0)
        if is_known_to_os(sock):
            self.assertIs(os.get_blocking(sock.fileno()), timeout is None)

    def test_a_new_socket_blocks(self):
        with socket.socket() as sock:
            self.assertMode(sock, None)

    def test_a_socket_made_without_blocking(self):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as sock:
            self.assertMode(sock, 0.0)

    def test_the_mode_can_be_changed_back_and_forth(self):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as sock:
            for change, timeout in ((lambda: sock.setblocking(True), None), (lambda: sock.setblocking(False), 0.0),
                                    (lambda: sock.settimeout(None), None), (lambda: sock.settimeout(2.0), 2.0),
                                    (lambda: sock.setblocking(True), None), (lambda: sock.settimeout(0), 0.0)):
                change()
                self.assertMode(sock, timeout)

    def test_the_default_timeout_decides_at_first(self):
        before = socket.getdefaulttimeout()
        self.addCleanup(socket.setdefaulttimeout, before)
        for timeout in (0.0, None, 2.0, None):
            with self.subTest(timeout=timeout):
                socket.setdefaulttimeout(timeout)
                with socket.socket() as sock:
                    self.assertMode(sock, timeout)


if __name__ == "__main__":
    unittest.main()
