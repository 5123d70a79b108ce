"""fcntl, the module of fcntl(2), ioctl(2) and locks, on sockets."""

import array
import errno
import fcntl
import os
import struct
import unittest

from support import IS_JYTHON
from support.polling import PollingTestCase

FIONREAD = 0x541B
"""Of Linux. Jython has no module termios."""

NO_INTEGER = "an integer is required"


class Raises(object):
    def __int__(self):
        raise ValueError("its own")

    def __getattr__(self, name):
        raise ValueError("its own")


class Closes(object):
    """Closes the socket that it names."""

    def __init__(self, sock):
        self.sock = sock

    def fileno(self):
        number = self.sock.fileno()
        self.sock.close()
        return number


class FcntlTest(PollingTestCase):
    def setUp(self):
        self.sock, self.other = self.pair()

    def test_flags(self):
        flags = fcntl.fcntl(self.sock, fcntl.F_GETFL)
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_SETFL, flags | os.O_NONBLOCK), 0)
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFL), flags | os.O_NONBLOCK)

    def test_a_number_of_any_size(self):
        flags = fcntl.fcntl(self.sock, fcntl.F_GETFL)
        for number in flags, long(flags), flags + (1 << 32), flags - (1 << 70):
            self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_SETFL, number), 0)
            self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFL), flags)

    def test_a_struct(self):
        for struct_of in str, buffer, lambda text: array.array("c", text):
            self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFL, struct_of("abcd")), "abcd")
        self.assertSays(ValueError, "fcntl string arg too long", fcntl.fcntl, self.sock, fcntl.F_GETFL, "x" * 1025)

    def test_what_is_neither(self):
        for value in None, [], object(), bytearray(4), memoryview("abcd"):
            self.assertSays(TypeError, NO_INTEGER, fcntl.fcntl, self.sock, fcntl.F_GETFL, value)
        self.assertSays(ValueError, "its own", fcntl.fcntl, self.sock, fcntl.F_GETFL, Raises())
        expected = "integer argument expected, got float"
        self.assertSays(TypeError, expected, fcntl.fcntl, self.sock, fcntl.F_GETFL, 1.0)

    def test_counts(self):
        start = " requires a file or file descriptor, an integer and optionally "
        for arguments in (), (self.sock,), (self.sock, fcntl.F_GETFL, 0, 0):
            self.assertSays(TypeError, "fcntl" + start + "a third integer or a string", fcntl.fcntl, *arguments)
        for arguments in (), (self.sock,), (self.sock, FIONREAD, 0, 0, 0), (self.sock, FIONREAD, 0, 0):
            self.assertSays(TypeError, "ioctl" + start + "an integer or buffer argument", fcntl.ioctl, *arguments)

    def test_what_is_no_descriptor(self):
        expected = "argument must be an int, or have a fileno() method"
        for value in None, "x", 1.0, Raises():
            for call in fcntl.fcntl, fcntl.ioctl, fcntl.flock, fcntl.lockf:
                self.assertSays(TypeError, expected, call, value, 1)

    def test_a_descriptor_that_is_closed_meanwhile(self):
        with self.assertRaises(IOError) as caught:
            fcntl.fcntl(Closes(self.sock), fcntl.F_GETFL)
        self.assertEqual(caught.exception.errno, errno.EBADF)


class IoctlTest(PollingTestCase):
    def setUp(self):
        self.sock, other = self.pair()
        other.send("hello")

    def unread(self, bytes):
        return struct.unpack("i", bytes[::-1] if IS_JYTHON else bytes)[0]

    def test_structs(self):
        self.assertEqual(self.unread(fcntl.ioctl(self.sock, FIONREAD, "\0" * 4)), 5)
        self.assertEqual(self.unread(fcntl.ioctl(self.sock, FIONREAD, buffer("\0" * 4))), 5)

    def test_a_buffer_is_changed(self):
        room = array.array("c", "\0" * 4)
        self.assertEqual(fcntl.ioctl(self.sock, FIONREAD, room), 0)
        self.assertEqual(self.unread(room.tostring()), 5)

    def test_a_copy_of_a_buffer_is_changed(self):
        room = array.array("c", "\0" * 4)
        self.assertEqual(self.unread(fcntl.ioctl(self.sock, FIONREAD, room, False)), 5)
        self.assertEqual(room.tostring(), "\0" * 4)

    def test_a_request_of_any_size(self):
        for request in FIONREAD + (1 << 32), FIONREAD - (1 << 70):
            self.assertEqual(self.unread(fcntl.ioctl(self.sock, request, "\0" * 4)), 5)


class LockTest(PollingTestCase):
    def setUp(self):
        # Linux locks sockets too. Jython keeps the number of a file to itself.
        self.sock, _ = self.pair()

    def test_operations(self):
        for operation in fcntl.LOCK_SH, fcntl.LOCK_EX, fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN:
            self.assertIsNone(fcntl.lockf(self.sock, operation))

    def test_an_operation_that_is_none(self):
        self.assertSays(ValueError, "unrecognized lockf argument", fcntl.lockf, self.sock, 0)
        for operation in 0, fcntl.LOCK_NB, fcntl.LOCK_SH | fcntl.LOCK_EX, fcntl.LOCK_UN | fcntl.LOCK_SH:
            with self.assertRaises(IOError) as caught:
                fcntl.flock(self.sock, operation)
            self.assertEqual(caught.exception.errno, errno.EINVAL)

    def test_a_fraction_is_dropped(self):
        self.assertIsNone(fcntl.lockf(self.sock, fcntl.LOCK_EX, 1.5, 2.5))
        self.assertRaises(ValueError, fcntl.lockf, self.sock, fcntl.LOCK_EX, float("nan"))
        self.assertRaises(OverflowError, fcntl.lockf, self.sock, fcntl.LOCK_EX, 0, float("inf"))


if __name__ == "__main__":
    unittest.main()
