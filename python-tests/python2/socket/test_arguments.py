"""What functions do with arguments of a wrong kind, and in which order they look at them."""

import _socket
import array
import errno
import os
import socket
import unittest

from support import HOST, SocketTestCase

NO_INTEGER = "an integer is required"
NO_FLOAT = "integer argument expected, got float"
TOO_LARGE = "Python int too large to convert to C long"


class Raises(object):
    """Each of its conversions raises what it was made with."""

    def __init__(self, failure):
        self.failure = failure

    def __int__(self):
        raise self.failure

    __float__ = __int__


class Wrong(object):
    """Its conversions return what they must not."""

    def __int__(self):
        return "1"

    __float__ = __int__


class Old:
    """An instance of a class of the old kind."""


class Three(object):
    def __int__(self):
        return 3


class Closes(object):
    """A number that closes a socket when it is asked for."""

    def __init__(self, sock, number):
        self.sock = sock
        self.number = number

    def __int__(self):
        self.sock.close()
        return self.number

    def __float__(self):
        self.sock.close()
        return float(self.number)


class NumbersTest(SocketTestCase):
    def setUp(self):
        self.sock = self.own(_socket.socket(socket.AF_INET, socket.SOCK_DGRAM))

    def takers(self):
        """Functions of one integer, as C takes it."""
        return (
            lambda number: self.sock.recv(1, number),
            lambda number: self.sock.getsockopt(socket.SOL_SOCKET, number),
            lambda number: _socket.socket(number),
            lambda number: _socket.getservbyport(number),
            lambda number: _socket.htons(number),
        )

    def test_what_is_no_integer(self):
        for taker in self.takers():
            for value in None, "1", u"1", [], object():
                self.assertSays(TypeError, NO_INTEGER, taker, value)
            self.assertSays(TypeError, NO_FLOAT, taker, 1.0)
            self.assertSays(OverflowError, TOO_LARGE, taker, 1 << 63)
            self.assertSays(TypeError, "__int__ method should return an integer", taker, Wrong())
            self.assertSays(AttributeError, "Old instance has no attribute '__trunc__'", taker, Old())

    def test_what_a_conversion_raises(self):
        for taker in self.takers() + (self.sock.settimeout,):
            for failure in TypeError("its own"), ValueError("its own"), AttributeError("its own"):
                self.assertSays(type(failure), "its own", taker, Raises(failure))

    def test_what_is_no_float(self):
        for taker in self.sock.settimeout, _socket.setdefaulttimeout:
            self.assertSays(TypeError, "a float is required", taker, "1")
            self.assertSays(TypeError, "a float is required", taker, object())
            self.assertSays(TypeError, "nb_float should return float object", taker, Wrong())
            self.assertSays(AttributeError, "Old instance has no attribute '__float__'", taker, Old())

    def test_a_fraction_is_dropped(self):
        self.sock.setblocking(0.5)
        self.assertEqual(self.sock.gettimeout(), 0.0)
        self.sock.setblocking(-1.5)
        self.assertIsNone(self.sock.gettimeout())
        listener = self.own(_socket.socket())
        listener.bind((HOST, 0))
        self.assertIsNone(listener.listen(1.5))
        self.assertIsNone(listener.shutdown(2.9))
        for call in self.sock.setblocking, listener.listen, listener.shutdown:
            self.assertRaises(ValueError, call, float("nan"))
            self.assertRaises(OverflowError, call, float("inf"))
            self.assertSays(OverflowError, TOO_LARGE, call, 1e300)
        self.assertSays(OverflowError, "Python int too large to convert to C int", listener.listen, 1 << 31)

    def test_a_number_that_closes_the_socket(self):
        for name, arguments in (
            ("recv", (5, Closes(self.sock, 0))),
            ("recv_into", (bytearray(5), Closes(self.sock, 0))),
            ("send", ("x", Closes(self.sock, 0))),
            ("getsockopt", (socket.SOL_SOCKET, Closes(self.sock, socket.SO_TYPE))),
            ("setsockopt", (socket.SOL_SOCKET, Closes(self.sock, socket.SO_REUSEADDR), 1)),
            ("shutdown", (Closes(self.sock, 2),)),
        ):
            self.assertErrno(errno.EBADF, getattr(self.sock, name), *arguments)
            self.sock.__init__(socket.AF_INET, socket.SOCK_DGRAM)
        self.assertIsNone(self.sock.settimeout(Closes(self.sock, 1)))


class OrderTest(SocketTestCase):
    """All arguments are looked at, in their order, before the first is judged by its value."""

    def setUp(self):
        self.sock = self.own(_socket.socket(socket.AF_INET, socket.SOCK_DGRAM))

    def test_flags_before_a_negative_size(self):
        for call in self.sock.recv, self.sock.recvfrom:
            self.assertSays(TypeError, NO_INTEGER, call, -1, None)

    def test_buffer_before_its_size_before_flags(self):
        for name in "recv_into", "recvfrom_into":
            call = getattr(self.sock, name)
            expected = name + "() argument 1 must be read-write buffer, not int"
            self.assertSays(TypeError, expected, call, 1, None, None)
            self.assertSays(TypeError, NO_FLOAT, call, bytearray(1), 1.0, None)
            self.assertSays(TypeError, NO_INTEGER, call, bytearray(1), -1, None)

    def test_data_before_flags(self):
        for name in "send", "sendall":
            expected = name + "() argument 1 must be string or buffer, not int"
            self.assertSays(TypeError, expected, getattr(self.sock, name), 1, None)


class TextsTest(SocketTestCase):
    def test_what_must_be_text(self):
        sock = self.own(_socket.socket())
        for name, call in (
            ("inet_aton", _socket.inet_aton),
            ("inet_pton", lambda text: _socket.inet_pton(socket.AF_INET, text)),
            ("gethostbyname", _socket.gethostbyname),
            ("gethostbyname_ex", _socket.gethostbyname_ex),
            ("gethostbyaddr", _socket.gethostbyaddr),
            ("getservbyname", _socket.getservbyname),
            ("getprotobyname", _socket.getprotobyname),
            ("makefile", sock.makefile),
        ):
            where = "%s() argument %d must be string" % (name, 2 if name == "inet_pton" else 1)
            self.assertSays(TypeError, where + ", not int", call, 1)
            self.assertSays(TypeError, where + ", not bytearray", call, bytearray("1"))
            self.assertSays(TypeError, where + " without null bytes, not str", call, "1\0")
            self.assertSays(TypeError, where + " without null bytes, not unicode", call, u"1\0")
            self.assertRaises(UnicodeEncodeError, call, u"\xe9")

    def test_a_host_of_getnameinfo(self):
        where = "argument 1 must be string"
        self.assertSays(TypeError, where + ", not int", _socket.getnameinfo, (1, 1), 0)
        self.assertSays(TypeError, where + " without null bytes, not str", _socket.getnameinfo, ("1\0", 1), 0)
        self.assertRaises(UnicodeEncodeError, _socket.getnameinfo, (u"\xe9", 1), 0)

    def test_bytes_that_may_change_are_refused(self):
        for name, call in (
            ("inet_ntoa", _socket.inet_ntoa),
            ("inet_ntop", lambda value: _socket.inet_ntop(socket.AF_INET, value)),
        ):
            where = "%s() argument %d" % (name, 1 if name == "inet_ntoa" else 2)
            for value in bytearray(4), memoryview(bytearray(4)):
                expected = "%s must be string or read-only buffer, not %s" % (where, type(value).__name__)
                self.assertSays(TypeError, expected, call, value)
            self.assertEqual(call(buffer("\x7f\0\0\1")), HOST)
            self.assertEqual(call(array.array("B", [127, 0, 0, 1])), HOST)

    def test_an_option_that_is_neither_number_nor_bytes(self):
        sock = self.own(_socket.socket())
        start = "setsockopt() argument 3 must be string or read-only buffer, not "
        for value in 1.5, None, Old(), Raises(ValueError("its own")), bytearray(4), memoryview("1234"):
            name = {"NoneType": "None"}.get(type(value).__name__, type(value).__name__)
            self.assertSays(
                TypeError, start + name, sock.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, value
            )

    def test_a_scope_id(self):
        for function in (
            lambda scope: self.own(_socket.socket(socket.AF_INET6)).bind(("::1", 0, 0, scope)),
            lambda scope: self.own(_socket.socket(socket.AF_INET6)).connect_ex(("::1", 1, 0, scope)),
        ):
            self.assertSays(TypeError, NO_FLOAT, function, 1.5)
            self.assertSays(TypeError, NO_INTEGER, function, "x")
            self.assertSays(ValueError, "its own", function, Raises(ValueError("its own")))


class AttributesTest(SocketTestCase):
    def test_they_can_only_be_read(self):
        sock = self.own(_socket.socket())
        for name in "family", "type", "proto", "timeout":
            attribute = getattr(_socket.socket, name)
            self.assertRaises(TypeError, setattr, sock, name, 1)
            self.assertRaises(TypeError, delattr, sock, name)
            self.assertRaises(TypeError, attribute.__set__, sock, 1)
            self.assertRaises(TypeError, attribute.__delete__, sock)
            self.assertRaises(TypeError, attribute.__get__, 1, int)

    def test_no_name_of_java_shows(self):
        for name in "family", "type", "recv", "__init__":
            self.assertNotIn("pysockets", repr(type(getattr(_socket.socket, name))))


class OsTest(SocketTestCase):
    def test_what_is_no_descriptor(self):
        for call in (lambda fd: os.read(fd, 1)), (lambda fd: os.write(fd, "x")), os.close, os.fdopen, os.isatty:
            for value in None, NotImplemented, "1", []:
                self.assertSays(TypeError, NO_INTEGER, call, value)
            for value in float("nan"), float("inf"), 1e300:
                self.assertSays(TypeError, NO_FLOAT, call, value)

    def test_a_mode(self):
        left, _ = self.pair()
        self.assertRaises(TypeError, os.fdopen, left.fileno(), 1)
        self.assertRaises(TypeError, os.fdopen, left.fileno(), "r\0")
        self.assertRaises(UnicodeEncodeError, os.fdopen, left.fileno(), u"\xe9")


class InitializedAgainTest(SocketTestCase):
    def test_the_socket_is_another(self):
        sock = self.own(_socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.assertIsNone(sock.__init__(socket.AF_UNIX, socket.SOCK_STREAM))
        self.assertEqual((sock.family, sock.type), (socket.AF_UNIX, socket.SOCK_STREAM))


if __name__ == "__main__":
    unittest.main()
