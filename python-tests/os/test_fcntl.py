"""`fcntl.fcntl` and `fcntl.ioctl` on sockets: commands with numbers and bytes, their results, and what is refused."""

import array
import errno
import fcntl
import os
import socket
import struct
import sys
import unittest

from support import HOST, require
from support.refusals import RefusalTestCase
from support.streams import fill

FIONREAD = 0x541B
FIONBIO = 0x5421
FIOCLEX = 0x5451
FIONCLEX = 0x5450
SIOCGIFADDR = 0x8915
NO_COMMAND = 4711


def setUpModule():
    require(fcntl, "fcntl")


class WithFileno:
    """An object that has a fileno() method."""

    def __init__(self, value):
        self.value = value

    def fileno(self):
        return self.value


class ConstantsTest(unittest.TestCase):
    def test_commands_are_those_of_linux(self):
        for name, value in dict(
            F_DUPFD=0, F_GETFD=1, F_SETFD=2, F_GETFL=3, F_SETFL=4, F_GETLK=5, F_SETLK=6, F_SETLKW=7, F_SETOWN=8,
            F_GETOWN=9, F_SETSIG=10, F_GETSIG=11, F_OFD_GETLK=36, F_OFD_SETLK=37, F_OFD_SETLKW=38, F_SETLEASE=1024,
            F_GETLEASE=1025, F_NOTIFY=1026, F_DUPFD_CLOEXEC=1030, F_SETPIPE_SZ=1031, F_GETPIPE_SZ=1032,
            F_ADD_SEALS=1033, F_GET_SEALS=1034,
        ).items():
            with self.subTest(name=name):
                self.assertEqual(getattr(fcntl, name), value)

    def test_arguments_are_those_of_linux(self):
        for name, value in dict(
            FD_CLOEXEC=1, FASYNC=0x2000, F_RDLCK=0, F_WRLCK=1, F_UNLCK=2, F_EXLCK=4, F_SHLCK=8, F_SEAL_SEAL=1,
            F_SEAL_SHRINK=2, F_SEAL_GROW=4, F_SEAL_WRITE=8, LOCK_SH=1, LOCK_EX=2, LOCK_NB=4, LOCK_UN=8, LOCK_MAND=32,
            LOCK_READ=64, LOCK_WRITE=128, LOCK_RW=192, DN_ACCESS=1, DN_MODIFY=2, DN_CREATE=4, DN_DELETE=8,
            DN_RENAME=16, DN_ATTRIB=32, DN_MULTISHOT=1 << 31, FICLONE=0x40049409, FICLONERANGE=0x4020940D,
        ).items():
            with self.subTest(name=name):
                self.assertEqual(getattr(fcntl, name), value)

    def test_all_four_functions_are_there(self):
        for name in ("fcntl", "ioctl", "flock", "lockf"):
            with self.subTest(name=name):
                self.assertEqual(getattr(fcntl, name).__name__, name)


class FcntlTest(RefusalTestCase):
    def setUp(self):
        super().setUp()
        self.sock, self.other = self.pair()

    def test_a_number_or_what_has_one(self):
        for fd in (self.sock, self.sock.fileno(), WithFileno(self.sock.fileno())):
            with self.subTest(fd=fd):
                self.assertEqual(fcntl.fcntl(fd, fcntl.F_GETFD), fcntl.FD_CLOEXEC)

    def test_the_argument_is_0_unless_given(self):
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_SETFD), 0)
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFD), 0)

    def test_inheritance_can_be_set(self):
        for flag in (0, fcntl.FD_CLOEXEC):
            with self.subTest(flag=flag):
                self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_SETFD, flag), 0)
                self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFD), flag)
                self.assertIs(self.sock.get_inheritable(), not flag)

    def test_the_mode_can_be_set(self):
        self.sock.setblocking(True)
        flags = fcntl.fcntl(self.sock, fcntl.F_GETFL)
        self.assertEqual(flags & os.O_ACCMODE, os.O_RDWR)
        self.assertFalse(flags & os.O_NONBLOCK)
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_SETFL, flags | os.O_NONBLOCK), 0)
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFL), flags | os.O_NONBLOCK)

    def test_a_mode_without_waiting_holds_for_a_socket_without_a_timeout(self):
        self.sock.settimeout(None)
        fcntl.fcntl(self.sock, fcntl.F_SETFL, os.O_NONBLOCK)
        self.assertErrno(errno.EAGAIN, self.sock.recv, 1)

    def test_a_duplicate_is_inherited(self):
        number = fcntl.fcntl(self.sock, fcntl.F_DUPFD)
        with socket.socket(fileno=number) as twin:
            self.assertEqual(twin.fileno(), number)
            self.assertIs(twin.get_inheritable(), True)
            twin.send(b"through the duplicate")
        self.assertEqual(self.other.recv(100), b"through the duplicate")

    def test_a_duplicate_that_is_not_inherited(self):
        number = fcntl.fcntl(self.sock, fcntl.F_DUPFD_CLOEXEC, 0)
        with socket.socket(fileno=number) as twin:
            self.assertIs(twin.get_inheritable(), False)

    def test_a_duplicate_has_at_least_the_number_asked_for(self):
        number = fcntl.fcntl(self.sock, fcntl.F_DUPFD_CLOEXEC, 500)
        self.addCleanup(os.close, number)
        self.assertGreaterEqual(number, 500)

    def test_a_duplicate_from_a_number_that_cannot_be(self):
        self.assertSystemError(errno.EINVAL, fcntl.fcntl, self.sock, fcntl.F_DUPFD, -1)

    def test_the_owner_of_signals_is_nobody(self):
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETOWN), 0)

    def test_an_argument_of_many_bits_is_cut(self):
        for argument in (2 ** 33, 2 ** 70, -2 ** 40):
            with self.subTest(argument=argument):
                self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_SETFD, argument), 0)
                self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_GETFD), 0)

    def test_a_closed_socket(self):
        self.sock.close()
        self.assertRefused(
            ValueError, "file descriptor cannot be a negative integer (-1)", fcntl.fcntl, self.sock, fcntl.F_GETFD)

    def test_a_number_that_is_not_open(self):
        number = self.sock.detach()
        socket.close(number)
        self.assertErrno(errno.EBADF, fcntl.fcntl, number, fcntl.F_GETFD)

    def test_a_number_of_another_type(self):
        for fd in ("1", 1.0, None, b"1", []):
            with self.subTest(fd=fd):
                self.assertRefused(
                    TypeError, "argument must be an int, or have a fileno() method.", fcntl.fcntl, fd, fcntl.F_GETFD)
        for fileno in ("1", 1.0, None):
            with self.subTest(fileno=fileno):
                self.assertRefused(
                    TypeError, "fileno() returned a non-integer", fcntl.fcntl, WithFileno(fileno), fcntl.F_GETFD)

    def test_a_number_beyond_the_machine(self):
        for arguments in ((2 ** 31, fcntl.F_GETFD), (2 ** 70, fcntl.F_GETFD), (WithFileno(2 ** 40), fcntl.F_GETFD),
                          (self.sock, 2 ** 31), (self.sock, 2 ** 70)):
            with self.subTest(arguments=arguments):
                self.assertRefused(
                    OverflowError, "Python int too large to convert to C int", fcntl.fcntl, *arguments)

    def test_a_command_of_another_type(self):
        for command in ("1", 1.0, None):
            with self.subTest(command=command):
                self.assertNotAnInteger(command, fcntl.fcntl, self.sock, command)

    def test_an_argument_of_another_type(self):
        for argument in (1.5, None, [], bytearray(4)):
            with self.subTest(argument=argument):
                self.assertNotAnInteger(argument, fcntl.fcntl, self.sock, fcntl.F_GETFD, argument)

    def test_a_wrong_number_of_arguments(self):
        for arguments, text in (((), "fcntl expected at least 2 arguments, got 0"),
                                ((1,), "fcntl expected at least 2 arguments, got 1"),
                                ((1, 2, 3, 4), "fcntl expected at most 3 arguments, got 4")):
            with self.subTest(arguments=arguments):
                self.assertRefused(TypeError, text, fcntl.fcntl, *arguments)

    def test_names_are_not_taken(self):
        self.assertRefused(
            TypeError, "fcntl.fcntl() takes no keyword arguments", lambda: fcntl.fcntl(fd=1, cmd=2))

    def test_it_is_audited(self):
        heard = []
        listening = [True]

        def hear(event, arguments):
            if listening and event == "fcntl.fcntl":
                heard.append(arguments)

        sys.addaudithook(hear)
        fcntl.fcntl(self.sock, fcntl.F_GETFD)
        fcntl.fcntl(self.sock, fcntl.F_SETFD, 1)
        listening.clear()
        number = self.sock.fileno()
        self.assertEqual(heard, [(number, fcntl.F_GETFD, None), (number, fcntl.F_SETFD, 1)])


class FcntlBytesTest(RefusalTestCase):
    """fcntl with a struct: here that of a lock, which a socket cannot have."""

    LOCK = struct.pack("hhqqi4x", getattr(fcntl, "F_WRLCK", 0), os.SEEK_SET, 0, 0, 0)

    def setUp(self):
        super().setUp()
        self.sock = self.own(socket.socket())

    def test_the_result_is_what_the_call_made_of_it(self):
        answer = fcntl.fcntl(self.sock, fcntl.F_OFD_GETLK, self.LOCK)
        self.assertIs(type(answer), bytes)
        self.assertEqual(len(answer), len(self.LOCK))
        self.assertEqual(struct.unpack_from("h", answer)[0], fcntl.F_UNLCK)

    def test_a_str_stands_for_its_utf_8(self):
        self.assertEqual(fcntl.fcntl(self.sock, fcntl.F_OFD_GETLK, self.LOCK.decode()),
                         fcntl.fcntl(self.sock, fcntl.F_OFD_GETLK, self.LOCK))

    def test_a_lock_can_be_had_and_given_back(self):
        for kind in (fcntl.F_WRLCK, fcntl.F_UNLCK):
            lock = struct.pack("hhqqi4x", kind, os.SEEK_SET, 0, 0, 0)
            for command in (fcntl.F_OFD_SETLK, fcntl.F_OFD_SETLKW):
                with self.subTest(kind=kind, command=command):
                    self.assertEqual(fcntl.fcntl(self.sock, command, lock), lock)

    def test_too_many(self):
        self.assertRefused(ValueError, "fcntl string arg too long", fcntl.fcntl, self.sock, fcntl.F_GETFD, bytes(1025))

    def test_an_error_is_the_calls(self):
        bad = struct.pack("hhqqi4x", 99, os.SEEK_SET, 0, 0, 0)
        self.assertErrno(errno.EINVAL, fcntl.fcntl, self.sock, fcntl.F_OFD_SETLK, bad)


class IoctlTest(RefusalTestCase):
    def setUp(self):
        super().setUp()
        self.sock, self.other = self.pair()
        self.other.send(b"12345")

    def test_bytes_give_bytes(self):
        answer = fcntl.ioctl(self.sock, FIONREAD, bytes(4))
        self.assertIs(type(answer), bytes)
        self.assertEqual(struct.unpack("i", answer), (5,))

    def test_a_str_gives_bytes(self):
        self.assertEqual(struct.unpack("i", fcntl.ioctl(self.sock, FIONREAD, "four")), (5,))

    def test_a_buffer_to_write_to_is_written_to(self):
        for make in (bytearray, lambda data: array.array("i", data), lambda data: memoryview(bytearray(data))):
            with self.subTest(make=make):
                buffer = make(bytes(4))
                self.assertEqual(fcntl.ioctl(self.sock, FIONREAD, buffer), 0)
                self.assertEqual(struct.unpack("i", buffer), (5,))

    def test_a_buffer_that_is_not_to_be_changed_gives_bytes(self):
        for flag in (False, 0, None, ""):
            with self.subTest(flag=flag):
                buffer = bytearray(4)
                self.assertEqual(struct.unpack("i", fcntl.ioctl(self.sock, FIONREAD, buffer, flag)), (5,))
                self.assertEqual(buffer, bytes(4))

    def test_a_long_buffer_to_write_to(self):
        for size in (1024, 1025, 1 << 16):
            with self.subTest(size=size):
                buffer = bytearray(size)
                self.assertEqual(fcntl.ioctl(self.sock, FIONREAD, buffer), 0)
                self.assertEqual(struct.unpack_from("i", buffer), (5,))

    def test_too_many_bytes(self):
        for arguments in ((bytes(1025),), (bytearray(1025), False)):
            with self.subTest(arguments=len(arguments)):
                self.assertRefused(
                    ValueError, "ioctl string arg too long", fcntl.ioctl, self.sock, FIONREAD, *arguments)

    def test_no_argument(self):
        for request, inheritable in ((FIONCLEX, True), (FIOCLEX, False)):
            with self.subTest(request=request):
                self.assertEqual(fcntl.ioctl(self.sock, request), 0)
                self.assertIs(self.sock.get_inheritable(), inheritable)

    def test_an_argument_that_is_a_number(self):
        self.assertEqual(fcntl.ioctl(self.sock, FIONCLEX, 0), 0)
        self.assertIs(self.sock.get_inheritable(), True)

    def test_the_mode_can_be_set(self):
        self.sock.setblocking(True)
        for on in (1, 0):
            with self.subTest(on=on):
                fcntl.ioctl(self.sock, FIONBIO, struct.pack("i", on))
                self.assertIs(os.get_blocking(self.sock.fileno()), not on)

    def test_the_address_of_an_interface(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            answer = fcntl.ioctl(sock, SIOCGIFADDR, struct.pack("16s24x", b"lo"))
            self.assertEqual(len(answer), 40)
            self.assertEqual(socket.inet_ntoa(answer[20:24]), HOST)

    def test_an_interface_that_is_not_there(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            self.assertSystemError(
                errno.ENODEV, fcntl.ioctl, sock, SIOCGIFADDR, struct.pack("16s24x", b"no such thing"))

    def test_a_number_or_what_has_one(self):
        for fd in (self.sock, self.sock.fileno(), WithFileno(self.sock.fileno())):
            with self.subTest(fd=fd):
                self.assertEqual(fcntl.ioctl(fd, FIONREAD, bytearray(4)), 0)

    def test_a_request_of_many_bits_is_cut(self):
        for request in (FIONREAD + 2 ** 32, FIONREAD - 2 ** 40):
            with self.subTest(request=request):
                self.assertEqual(fcntl.ioctl(self.sock, request, bytearray(4)), 0)

    def test_a_request_of_another_type(self):
        for request in ("1", 1.5, None):
            with self.subTest(request=request):
                self.assertNotAnInteger(request, fcntl.ioctl, self.sock, request)

    def test_an_argument_of_another_type(self):
        for argument in (1.5, None, []):
            with self.subTest(argument=argument):
                self.assertNotAnInteger(argument, fcntl.ioctl, self.sock, FIONREAD, argument)

    def test_an_argument_beyond_the_machine(self):
        self.assertAboveInt(fcntl.ioctl, self.sock, FIONREAD, 2 ** 40)

    def test_a_wrong_number_of_arguments(self):
        for arguments, text in (((), "ioctl expected at least 2 arguments, got 0"),
                                ((1,), "ioctl expected at least 2 arguments, got 1"),
                                ((1, 2, 3, True, 5), "ioctl expected at most 4 arguments, got 5")):
            with self.subTest(arguments=arguments):
                self.assertRefused(TypeError, text, fcntl.ioctl, *arguments)

    def test_how_much_waits_to_be_sent(self):
        left, right = self.tcp_pair()
        self.assertGreater(fill(left), 0)
        waiting = struct.unpack("i", fcntl.ioctl(left, 0x5411, bytes(4)))[0]
        self.assertGreater(waiting, 0)


if __name__ == "__main__":
    unittest.main()
