"""Refusals that are no matter of one subject: closed descriptors, numbers of the wrong type or size, options, backlogs,
directions, argument counts. Address forms are in test_addresses.py, the making of sockets in test_socket_object.py."""

import array
import errno
import io
import socket
import struct
import unittest

from support import HOST
from support.refusals import RefusalTestCase

INT_MAX = 2 ** 31 - 1

SO_PEEK_OFF = 42
"""Of <asm-generic/socket.h>, -1 at first on an AF_UNIX socket. Python has no name for it."""


class ClosedDescriptorTest(RefusalTestCase):
    """A descriptor that is closed by another way than the socket's own. Closed sockets are in test_close.py."""

    def test_a_socket_over_a_descriptor_that_was_closed(self):
        first = socket.socket()
        second = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, first.fileno())
        first.close()
        self.addCleanup(second.detach)
        self.assertSystemError(errno.EBADF, second.setblocking, False)

    def test_closing_a_descriptor_that_was_closed(self):
        first = socket.socket()
        socket.socket(fileno=first.fileno()).close()
        self.assertSystemError(errno.EBADF, first.close)
        self.assertEqual(first.fileno(), -1)
        self.assertIsNone(first.close())

    def test_calls_of_the_standard_library_on_a_closed_socket(self):
        sock = socket.socket()
        sock.settimeout(1)
        sock.close()
        for name, arguments in (("sendfile", (io.BytesIO(b"x"),)), ("get_inheritable", ()),
                                ("set_inheritable", (True,)), ("_accept", ())):
            with self.subTest(name=name):
                self.assertSystemError(errno.EBADF, getattr(sock, name), *arguments)

    def test_every_way_to_change_the_mode_of_a_closed_socket(self):
        sock = socket.socket()
        sock.close()
        for name, value in (("setblocking", True), ("settimeout", 0), ("settimeout", None)):
            with self.subTest(name=name, value=value):
                self.assertSystemError(errno.EBADF, getattr(sock, name), value)
        self.assertTrue(sock.getblocking())


class NumbersTest(RefusalTestCase):
    """Sizes and flags that are no integers, or too large for their C type, in every call that takes them."""

    def setUp(self):
        self.sock, self.other = self.pair()

    def assertAllBeyondSize(self, names, *before):
        for name in names:
            with self.subTest(name=name):
                self.assertRefused(OverflowError, "Python int too large to convert to C ssize_t",
                                   getattr(self.sock, name), *before, 2 ** 63)

    def test_a_size_beyond_the_machine(self):
        self.assertAllBeyondSize(("recv", "recvfrom", "recvmsg"))
        self.assertAllBeyondSize(("recv_into", "recvfrom_into"), bytearray(4))

    def test_a_negative_size_of_recvmsg(self):
        for size in (-1, -2 ** 31):
            with self.subTest(size=size):
                self.assertRefused(ValueError, "negative buffer size in recvmsg()", self.sock.recvmsg, size)

    def calls_with_flags(self):
        """Each call that takes flags, without them, and what comes after them."""
        yield "recv", (1,), ()
        yield "recvfrom", (1,), ()
        yield "recvmsg", (1, 0), ()
        yield "recv_into", (bytearray(4), 4), ()
        yield "recvfrom_into", (bytearray(4), 4), ()
        yield "recvmsg_into", ([bytearray(4)], 0), ()
        yield "send", (b"x",), ()
        yield "sendall", (b"x",), ()
        yield "sendto", (b"x",), ("address",)
        yield "sendmsg", ([b"x"], []), ()

    def test_flags_that_are_no_integer(self):
        for name, before, after in self.calls_with_flags():
            for value in ("1", 1.5, None, b"1"):
                with self.subTest(name=name, value=value):
                    self.assertNotAnInteger(value, getattr(self.sock, name), *before, value, *after)

    def test_flags_outside_of_a_c_int(self):
        for name, before, after in self.calls_with_flags():
            with self.subTest(name=name):
                self.assertAboveInt(getattr(self.sock, name), *before, 2 ** 31, *after)

    def test_a_refused_send_sends_nothing(self):
        for name in ("send", "sendall"):
            self.assertRaises(TypeError, getattr(self.sock, name), "text")
            self.assertRaises(TypeError, getattr(self.sock, name), b"bytes", "flags")
        self.sock.sendall(b"data")
        self.assertEqual(self.other.recv(10), b"data")


class SetOptionTest(RefusalTestCase):
    OPTION = (socket.SOL_SOCKET, socket.SO_REUSEADDR)

    def setUp(self):
        self.sock = self.own(socket.socket())

    def value(self):
        return self.sock.getsockopt(*self.OPTION)

    def test_it_is_off_at_first(self):
        self.assertEqual(self.value(), 0)

    def test_an_integer(self):
        for value in (1, 0, True, False, INT_MAX):
            with self.subTest(value=value):
                self.assertIsNone(self.sock.setsockopt(*self.OPTION, value))
                self.assertEqual(bool(self.value()), bool(value))

    def test_a_buffer(self):
        for value in (1, 0):
            packed = struct.pack("@i", value)
            for form in (packed, bytearray(packed), memoryview(packed), array.array("i", [value])):
                with self.subTest(form=form):
                    self.sock.setsockopt(*self.OPTION, form)
                    self.assertEqual(bool(self.value()), bool(value))

    def test_a_buffer_that_is_too_short(self):
        for value in (b"", b"1"):
            with self.subTest(value=value):
                self.assertSystemError(errno.EINVAL, self.sock.setsockopt, *self.OPTION, value)

    def test_none_and_a_length_reach_the_kernel(self):
        self.assertSystemError(errno.EFAULT, self.sock.setsockopt, *self.OPTION, None, 4)
        self.assertSystemError(errno.EINVAL, self.sock.setsockopt, *self.OPTION, None, 0)

    def test_a_value_that_is_neither_integer_nor_buffer(self):
        for value in ("text", None, 1.5, [1]):
            with self.subTest(value=value):
                self.assertNotBytesLike(value, self.sock.setsockopt, *self.OPTION, value)

    def test_an_integer_outside_of_a_c_int(self):
        for value in (2 ** 31, 2 ** 32 - 1, -2 ** 31 - 1, 2 ** 64):
            with self.subTest(value=value):
                self.assertNotBytesLike(value, self.sock.setsockopt, *self.OPTION, value)

    def test_a_length_belongs_to_none_alone(self):
        for value in (1, b"abcd"):
            with self.subTest(value=value):
                self.assertRaises(TypeError, self.sock.setsockopt, *self.OPTION, value, 4)

    def test_a_length_that_is_no_integer(self):
        for value in ("4", 4.0, None):
            with self.subTest(value=value):
                self.assertRaises(TypeError, self.sock.setsockopt, *self.OPTION, None, value)

    def test_level_and_option_that_are_no_integers(self):
        for value in ("1", None, 1.5):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, self.sock.setsockopt, value, socket.SO_REUSEADDR, 1)
                self.assertNotAnInteger(value, self.sock.setsockopt, socket.SOL_SOCKET, value, 1)

    def test_level_and_option_outside_of_a_c_int(self):
        self.assertAboveInt(self.sock.setsockopt, 2 ** 31, socket.SO_REUSEADDR, 1)
        self.assertAboveInt(self.sock.setsockopt, socket.SOL_SOCKET, 2 ** 31, 1)

    def test_an_option_that_does_not_exist(self):
        self.assertSystemError(errno.ENOPROTOOPT, self.sock.setsockopt, socket.SOL_SOCKET, 9999, 1)
        self.assertSystemError(errno.ENOPROTOOPT, self.sock.setsockopt, socket.IPPROTO_TCP, 9999, 1)

    def test_argument_counts(self):
        for arguments in ((), self.OPTION[:1], self.OPTION, self.OPTION + (1, 2, 3)):
            with self.subTest(arguments=arguments):
                self.assertRaises(TypeError, self.sock.setsockopt, *arguments)


class GetOptionTest(RefusalTestCase):
    OPTION = (socket.SOL_SOCKET, socket.SO_TYPE)
    WHOLE = struct.pack("@i", socket.SOCK_STREAM)

    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_without_length_it_is_an_integer(self):
        for arguments in (self.OPTION, self.OPTION + (0,)):
            with self.subTest(arguments=arguments):
                value = self.sock.getsockopt(*arguments)
                self.assertIs(type(value), int)
                self.assertEqual(value, socket.SOCK_STREAM)

    def test_with_a_length_it_is_bytes(self):
        for length in (1, 2, 4, 100, 1024):
            with self.subTest(length=length):
                value = self.sock.getsockopt(*self.OPTION, length)
                self.assertIs(type(value), bytes)
                self.assertEqual(value, self.WHOLE[:length])

    def test_a_structure(self):
        packed = struct.pack("@ii", 1, 7)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, packed)
        self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8), packed)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes(8))

    def test_a_structure_may_be_given_as_its_first_integer(self):
        self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER), 0)

    def test_a_negative_integer(self):
        left, _ = self.pair()
        self.assertEqual(left.getsockopt(socket.SOL_SOCKET, SO_PEEK_OFF), -1)
        self.assertEqual(left.getsockopt(socket.SOL_SOCKET, SO_PEEK_OFF, 4), struct.pack("@i", -1))

    def test_a_length_out_of_range(self):
        for length in (-1, 1025, INT_MAX):
            with self.subTest(length=length):
                self.assertRefused(OSError, "getsockopt buflen out of range", self.sock.getsockopt, *self.OPTION,
                                   length)

    def test_numbers_that_are_no_integers(self):
        for value in ("1", None, 1.5):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, self.sock.getsockopt, value, socket.SO_TYPE)
                self.assertNotAnInteger(value, self.sock.getsockopt, socket.SOL_SOCKET, value)
                self.assertNotAnInteger(value, self.sock.getsockopt, *self.OPTION, value)

    def test_numbers_outside_of_a_c_int(self):
        self.assertAboveInt(self.sock.getsockopt, 2 ** 31, 1)
        self.assertAboveInt(self.sock.getsockopt, *self.OPTION, 2 ** 31)

    def test_an_option_that_does_not_exist(self):
        self.assertSystemError(errno.ENOPROTOOPT, self.sock.getsockopt, socket.SOL_SOCKET, 9999)
        self.assertSystemError(errno.ENOPROTOOPT, self.sock.getsockopt, socket.SOL_SOCKET, 9999, 4)

    def test_argument_counts(self):
        for arguments in ((), self.OPTION[:1], self.OPTION + (4, 4)):
            with self.subTest(arguments=arguments):
                self.assertRaises(TypeError, self.sock.getsockopt, *arguments)


class ListenTest(RefusalTestCase):
    def bound(self):
        sock = self.bounded(socket.socket())
        sock.bind((HOST, 0))
        return sock

    def test_any_backlog_of_a_c_int(self):
        for arguments in ((), (0,), (-1,), (socket.SOMAXCONN,), (INT_MAX,), (-2 ** 31,)):
            with self.subTest(arguments=arguments):
                sock = self.bound()
                self.assertIsNone(sock.listen(*arguments))
                self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN), 1)

    def test_a_backlog_outside_of_a_c_int(self):
        self.assertAboveInt(self.bound().listen, 2 ** 31)
        self.assertRefused(OverflowError, "signed integer is less than minimum", self.bound().listen, -2 ** 31 - 1)

    def test_a_backlog_that_is_no_integer(self):
        for value in ("1", 1.5, None):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, self.bound().listen, value)


class ShutdownTest(RefusalTestCase):
    def test_a_direction_that_does_not_exist(self):
        sock, _ = self.pair()
        for how in (3, 99, -1, INT_MAX):
            with self.subTest(how=how):
                self.assertSystemError(errno.EINVAL, sock.shutdown, how)

    def test_a_direction_outside_of_a_c_int(self):
        sock, _ = self.pair()
        for how in (2 ** 31, 2 + 2 ** 32, -2 ** 31 - 1):
            with self.subTest(how=how):
                self.assertRefused(OverflowError, "Python int too large to convert to C int", sock.shutdown, how)

    def test_a_direction_that_is_no_integer(self):
        sock, _ = self.pair()
        for value in ("2", 2.0, None):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, sock.shutdown, value)

    def test_a_socket_without_connection(self):
        with socket.socket() as sock:
            for how in (socket.SHUT_RD, socket.SHUT_WR, socket.SHUT_RDWR):
                with self.subTest(how=how):
                    self.assertSystemError(errno.ENOTCONN, sock.shutdown, how)


class ArgumentCountTest(unittest.TestCase):
    """Methods of one argument, and of none."""

    def test_methods_of_one_argument(self):
        with socket.socket() as sock:
            for name in ("bind", "connect", "connect_ex"):
                with self.subTest(name=name):
                    self.assertRaises(TypeError, getattr(sock, name))
                    self.assertRaises(TypeError, getattr(sock, name), HOST, 80)

    def test_methods_of_no_argument(self):
        with socket.socket() as sock:
            for name in ("accept", "_accept", "close", "detach", "dup", "fileno", "getpeername", "getsockname",
                         "get_inheritable"):
                with self.subTest(name=name):
                    self.assertRaises(TypeError, getattr(sock, name), 1)
            self.assertGreaterEqual(sock.fileno(), 0)


if __name__ == "__main__":
    unittest.main()
