"""The socket object: its class, making, attributes, text and collection. Its descriptor is for test_descriptors.py."""

import copy
import errno
import os
import pickle
import socket
import sys
import unittest
import weakref

import _socket
from support import HAS_IPV6, HOST, requires
from support.collection import ResourceWarnings, collected
from support.refusals import RefusalTestCase


class Subclass(socket.socket):
    """A subclass as applications write them: with attributes of its own."""


class ClassTest(RefusalTestCase):
    def test_the_core_class_has_two_names(self):
        self.assertIs(socket.SocketType, _socket.socket)
        self.assertIs(_socket.SocketType, _socket.socket)

    def test_socket_is_a_subclass_of_the_core_class(self):
        self.assertEqual(socket.socket.__bases__, (_socket.socket,))
        with socket.socket() as sock:
            self.assertIsInstance(sock, socket.SocketType)

    @unittest.skipIf(sys.implementation.name == "graalpy", "only a class that is written in C can be immutable")
    def test_the_core_class_cannot_be_changed(self):
        with self.assertRaisesRegex(TypeError, "immutable type '_socket.socket'"):
            _socket.socket.something = 1
        with self.assertRaisesRegex(TypeError, "immutable type '_socket.socket'"):
            del _socket.socket.bind

    def test_instances_take_no_new_attributes(self):
        for kind in (socket.socket, _socket.socket):
            with self.subTest(kind=kind):
                sock = self.own(kind())
                with self.assertRaises(AttributeError):
                    sock.something = 1

    def test_instances_of_a_subclass_take_new_attributes(self):
        with Subclass() as sock:
            sock.something = 1
            self.assertEqual(sock.something, 1)

    def test_a_subclass_may_extend_a_method(self):
        class Counting(socket.socket):
            calls = 0

            def close(self):
                self.calls += 1
                super().close()

        sock = Counting()
        sock.close()
        self.assertEqual((sock.calls, sock.fileno()), (1, -1))

    def test_a_subclass_of_the_core_class_works(self):
        class Core(_socket.socket):
            pass

        sock = self.own(Core(socket.AF_INET, socket.SOCK_DGRAM))
        sock.bind((HOST, 0))
        self.assertEqual(sock.getsockname()[0], HOST)

    def test_a_socket_is_true_and_equal_to_itself_alone(self):
        left, right = self.pair()
        self.assertTrue(left)
        self.assertEqual(left, left)
        self.assertNotEqual(left, right)
        self.assertEqual(len({left, right, left}), 2)

    def test_the_classes_have_documentation(self):
        self.assertTrue(_socket.socket.__doc__)
        self.assertTrue(_socket.__doc__)


class CreationTest(RefusalTestCase):
    def test_the_default_is_a_tcp_socket(self):
        for kind in (socket.socket, _socket.socket):
            for arguments in ((), (-1, -1, -1), (-1, -1, -1, None)):
                with self.subTest(kind=kind, arguments=arguments):
                    sock = self.own(kind(*arguments))
                    self.assertEqual((sock.family, sock.type, sock.proto), (socket.AF_INET, socket.SOCK_STREAM, 0))

    def test_each_argument_can_be_a_keyword(self):
        for kind in (socket.socket, _socket.socket):
            with self.subTest(kind=kind):
                sock = self.own(kind(family=socket.AF_INET, type=socket.SOCK_DGRAM, proto=17, fileno=None))
                self.assertEqual((sock.family, sock.type, sock.proto), (2, 2, 17))

    def test_an_argument_that_is_no_integer(self):
        for kind in (socket.socket, _socket.socket):
            for name in ("family", "type", "proto"):
                for value in ("2", 2.0, None):
                    with self.subTest(kind=kind, name=name, value=value):
                        self.assertNotAnInteger(value, kind, **{name: value})

    def test_an_argument_outside_of_a_c_int(self):
        for name in ("family", "type", "proto"):
            with self.subTest(name=name):
                self.assertRefused(OverflowError, "Python int too large to convert to C int", socket.socket,
                                   **{name: 2 ** 31})

    def test_an_unknown_keyword_and_too_many_arguments(self):
        for kind in (socket.socket, _socket.socket):
            self.assertRaises(TypeError, kind, kind=1)
            self.assertRaises(TypeError, kind, 2, 1, 0, None, 5)

    def test_a_family_that_the_kernel_lacks(self):
        for family in (socket.AF_UNSPEC, 12345, -2):
            with self.subTest(family=family):
                self.assertSystemError(errno.EAFNOSUPPORT, socket.socket, family)

    def test_a_type_that_does_not_exist(self):
        self.assertSystemError(errno.EINVAL, socket.socket, socket.AF_INET, 99)
        self.assertSystemError(errno.ESOCKTNOSUPPORT, socket.socket, socket.AF_INET, 0)

    def test_a_protocol_that_does_not_fit_the_type(self):
        for protocol in (255, socket.IPPROTO_UDP):
            with self.subTest(protocol=protocol):
                self.assertSystemError(errno.EPROTONOSUPPORT, socket.socket, socket.AF_INET, socket.SOCK_STREAM,
                                       protocol)

    def test_a_socket_that_was_never_initialised(self):
        sock = _socket.socket.__new__(_socket.socket)
        self.assertEqual((sock.family, sock.type, sock.proto, sock.fileno(), sock.timeout), (0, 0, 0, -1, None))
        self.assertEqual(repr(sock), "<socket object, fd=-1, family=0, type=0, proto=0>")
        self.assertErrno(errno.EBADF, sock.recv, 1)
        self.assertRefused(OSError, "getsockaddrlen: bad family", sock.getsockname)
        self.assertEqual(sock.detach(), -1)
        self.assertIsNone(sock.close())


class AttributesTest(RefusalTestCase):
    NAMES = ("family", "type", "proto", "timeout")

    def test_they_cannot_be_set_or_deleted(self):
        for kind in (socket.socket, _socket.socket):
            sock = self.own(kind())
            for name in self.NAMES:
                with self.subTest(kind=kind, name=name):
                    self.assertRaises(AttributeError, setattr, sock, name, 1)
                    self.assertRaises(AttributeError, delattr, sock, name)

    def test_socket_gives_members_of_the_enumerations(self):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
            self.assertIs(sock.family, socket.AddressFamily.AF_INET)
            self.assertIs(sock.type, socket.SocketKind.SOCK_STREAM)
            self.assertIs(type(sock.proto), int)
            self.assertEqual((repr(sock.family), repr(sock.type)),
                             ("<AddressFamily.AF_INET: 2>", "<SocketKind.SOCK_STREAM: 1>"))
            self.assertEqual((str(sock.family), str(sock.type)), ("2", "1"))

    def test_the_core_class_gives_plain_numbers(self):
        sock = self.own(_socket.socket())
        self.assertEqual([type(getattr(sock, name)) for name in ("family", "type", "proto")], [int, int, int])

    def test_timeout_is_what_gettimeout_gives(self):
        with socket.socket() as sock:
            for value in (None, 0.0, 1.5):
                with self.subTest(value=value):
                    sock.settimeout(value)
                    self.assertEqual(sock.timeout, value)
                    self.assertEqual(sock.gettimeout(), value)

    def test_the_type_keeps_no_creation_flags(self):
        kind = socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        with socket.socket(socket.AF_INET, kind) as sock:
            self.assertEqual(sock.type, socket.SOCK_STREAM)
            for change in (lambda: sock.settimeout(1), lambda: sock.settimeout(0), lambda: sock.setblocking(True),
                           lambda: sock.setblocking(False), lambda: sock.settimeout(None)):
                change()
                self.assertEqual(sock.type, socket.SOCK_STREAM)

    def test_they_outlive_close(self):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP)
        sock.close()
        self.assertEqual((sock.family, sock.type, sock.proto), (2, 2, 17))

    def test_a_listening_socket_says_so_to_those_it_accepts(self):
        client, server = self.tcp_pair()
        self.assertEqual((server.family, server.type), (client.family, client.type))


class TextTest(RefusalTestCase):
    """repr()."""

    def test_an_open_socket(self):
        with socket.socket() as sock:
            self.assertEqual(repr(sock), "<socket.socket fd=%d, family=2, type=1, proto=0, laddr=('0.0.0.0', 0)>"
                             % sock.fileno())

    def test_a_bound_socket(self):
        with socket.socket() as sock:
            sock.bind((HOST, 0))
            self.assertEqual(repr(sock), "<socket.socket fd=%d, family=2, type=1, proto=0, laddr=%r>"
                             % (sock.fileno(), sock.getsockname()))

    def test_a_connected_socket(self):
        for family in (socket.AF_INET, socket.AF_INET6):
            if family == socket.AF_INET6 and not HAS_IPV6:
                continue
            with self.subTest(family=family):
                client, server = self.tcp_pair(family)
                for sock in (client, server):
                    self.assertEqual(repr(sock), "<socket.socket fd=%d, family=%d, type=1, proto=0, laddr=%r, raddr=%r>"
                                     % (sock.fileno(), family, sock.getsockname(), sock.getpeername()))

    def test_a_socket_without_addresses(self):
        left, _ = self.pair()
        self.assertEqual(repr(left), "<socket.socket fd=%d, family=1, type=1, proto=0>" % left.fileno())

    def test_a_closed_socket(self):
        sock = socket.socket()
        sock.close()
        self.assertEqual(repr(sock), "<socket.socket [closed] fd=-1, family=2, type=1, proto=0>")

    def test_a_detached_socket(self):
        sock = socket.socket()
        socket.close(sock.detach())
        self.assertEqual(repr(sock), "<socket.socket [closed] fd=-1, family=2, type=1, proto=0>")

    def test_a_subclass_has_its_own_name(self):
        with Subclass() as sock:
            self.assertTrue(repr(sock).startswith("<%s.Subclass fd=%d, " % (__name__, sock.fileno())))

    def test_a_core_socket(self):
        sock = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self.assertEqual(repr(sock), "<socket object, fd=%d, family=2, type=1, proto=0>" % sock.fileno())
        sock.close()
        self.assertEqual(repr(sock), "<socket object, fd=-1, family=2, type=1, proto=0>")

    def test_a_closed_file_of_a_socket_has_no_descriptor(self):
        with socket.socket() as sock:
            file = sock.makefile("rb")
            file.close()
            self.assertIn("BufferedReader name=-1>", repr(file))

    def test_a_family_and_a_type_without_a_name(self):
        descriptor = socket.socket().detach()
        with socket.socket(77, 88, 23, descriptor) as sock:
            self.assertEqual(repr(sock), "<socket.socket fd=%d, family=77, type=88, proto=23>" % descriptor)


class CopyingTest(RefusalTestCase):
    def test_a_socket_cannot_be_pickled(self):
        with socket.socket() as sock:
            for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
                with self.subTest(protocol=protocol):
                    self.assertRefused(TypeError, "cannot pickle 'socket' object", pickle.dumps, sock, protocol)
            for protocol in (0, 1):
                with self.subTest(protocol=protocol):
                    self.assertRaises(TypeError, pickle.dumps, sock, protocol)

    def test_a_core_socket_cannot_be_pickled(self):
        sock = self.own(_socket.socket())
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with self.subTest(protocol=protocol):
                self.assertRaises(TypeError, pickle.dumps, sock, protocol)

    def test_a_socket_cannot_be_copied(self):
        with socket.socket() as sock:
            for function in (copy.copy, copy.deepcopy):
                with self.subTest(function=function.__name__):
                    self.assertRefused(TypeError, "cannot pickle 'socket' object", function, sock)


class CollectionTest(RefusalTestCase):
    """What happens to a socket that nobody holds any more."""

    def test_a_weak_reference_ends_with_the_socket(self):
        sock = socket.socket()
        proxy, reference = weakref.proxy(sock), weakref.ref(sock)
        self.assertEqual(proxy.fileno(), sock.fileno())
        sock.close()
        del sock
        self.assertTrue(collected(lambda: reference() is None))
        with self.assertRaises(ReferenceError):
            proxy.fileno()

    def test_an_open_socket_leaves_a_warning_with_its_text(self):
        def forget():
            return "unclosed %r" % socket.socket()

        with ResourceWarnings() as warned:
            text = forget()
            self.assertTrue(collected(warned.messages))
        self.assertEqual(warned.messages(), [text])

    def test_a_closed_socket_leaves_none(self):
        def forget():
            sock = socket.socket()
            sock.close()
            return weakref.ref(sock)

        with ResourceWarnings() as warned:
            reference = forget()
            self.assertTrue(collected(lambda: reference() is None))
        self.assertEqual(warned.messages(), [])

    def test_a_detached_socket_leaves_none(self):
        def forget():
            sock = socket.socket()
            return sock.detach(), weakref.ref(sock)

        with ResourceWarnings() as warned:
            descriptor, reference = forget()
            self.assertTrue(collected(lambda: reference() is None))
        self.assertEqual(warned.messages(), [])
        socket.close(descriptor)

    def test_its_connection_ends(self):
        def forget_one_end():
            return socket.socketpair()[1]

        with ResourceWarnings() as warned:
            right = self.own(forget_one_end())
            right.setblocking(False)

            def is_at_end():
                try:
                    return right.recv(1) == b""
                except BlockingIOError:
                    return False

            self.assertTrue(collected(is_at_end))
            self.assertTrue(collected(warned.messages))

    def test_a_file_keeps_the_socket(self):
        left, right = socket.socketpair()
        self.bounded(left)
        file = right.makefile("rb")
        reference = weakref.ref(right)
        del right
        self.assertFalse(reference() is None)
        left.sendall(b"line\n")
        self.assertEqual(file.readline(), b"line\n")
        with ResourceWarnings() as warned:
            del file
            self.assertTrue(collected(warned.messages))
        self.assertTrue(warned.messages()[0].startswith("unclosed <socket.socket fd="))
        self.assertEqual(left.recv(1), b"")


class SendfileRefusalsTest(RefusalTestCase):
    """Files that os.sendfile is not tried with."""

    @requires(os, "sendfile")
    def test_a_number_that_is_no_open_file_falls_back_to_send(self):
        class File:
            def __init__(self, number):
                self.fileno = lambda: number

        with socket.socket() as sock:
            self.assertRaises(socket._GiveupOnSendfile, sock._sendfile_use_sendfile, File(-1))
            self.assertRaises(OverflowError, sock._sendfile_use_sendfile, File(2 ** 1000))
            self.assertRaises(TypeError, sock._sendfile_use_sendfile, File(None))


if __name__ == "__main__":
    unittest.main()
