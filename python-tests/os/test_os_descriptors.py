"""The functions of `os` on the descriptors of sockets: data in and out, duplicates, closing, inheritance, status."""

import errno
import os
import select
import socket
import stat
import unittest

from support import SocketTestCase
from support.messages import unpack_ints
from support.streams import fill, pattern, read_exactly


class NumberedCase(SocketTestCase):
    """Gives each case two connected sockets without a timeout."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()
        self.left.settimeout(None)
        self.right.settimeout(None)


class ReadWriteTest(NumberedCase):
    def test_what_is_written_is_received(self):
        for data in (b"bytes", bytearray(b"bytearray"), memoryview(b"memoryview")):
            with self.subTest(data=type(data)):
                self.assertEqual(os.write(self.left.fileno(), data), len(data))
                self.assertEqual(self.right.recv(100), bytes(data))

    def test_what_is_sent_is_read(self):
        self.left.send(b"one and two")
        self.assertEqual(os.read(self.right.fileno(), 3), b"one")
        self.assertEqual(os.read(self.right.fileno(), 100), b" and two")

    def test_the_end_reads_as_nothing(self):
        self.left.shutdown(socket.SHUT_WR)
        self.assertEqual(os.read(self.right.fileno(), 1), b"")

    def test_reading_waits(self):
        reading = self.peer(os.read, self.right.fileno(), 100)
        self.left.send(b"at last")
        self.assertEqual(reading.join(), b"at last")

    def test_writing_waits_until_all_is_written(self):
        data = pattern(1 << 20)
        reading = self.peer(read_exactly, self.right, len(data))
        self.assertEqual(os.write(self.left.fileno(), data), len(data))
        self.assertTrue(reading.join() == data)

    def test_without_waiting_there_is_nothing_to_read(self):
        self.right.setblocking(False)
        self.assertErrno(errno.EAGAIN, os.read, self.right.fileno(), 1)

    def test_a_timeout_is_not_of_the_descriptor(self):
        self.right.settimeout(20)
        with self.assertRaises(BlockingIOError):
            os.read(self.right.fileno(), 1)

    def test_without_waiting_there_is_no_room_to_write(self):
        self.left.setblocking(False)
        self.assertGreater(fill(self.left), 0)
        self.assertErrno(errno.EAGAIN, os.write, self.left.fileno(), b"x")

    def test_without_waiting_a_part_is_written(self):
        self.left.setblocking(False)
        data = bytes(1 << 22)
        written = os.write(self.left.fileno(), data)
        self.assertGreater(written, 0)
        self.assertLess(written, len(data))

    def test_nothing_is_read_into_nothing(self):
        self.left.send(b"kept")
        self.assertEqual(os.read(self.right.fileno(), 0), b"")
        self.assertEqual(self.right.recv(100), b"kept")

    def test_fewer_than_none(self):
        self.assertErrno(errno.EINVAL, os.read, self.right.fileno(), -1)

    def test_a_peer_that_is_gone(self):
        self.right.close()
        with self.assertRaises(BrokenPipeError):
            os.write(self.left.fileno(), b"x")

    def test_what_is_not_bytes_cannot_be_written(self):
        with self.assertRaises(TypeError) as caught:
            os.write(self.left.fileno(), "text")
        self.assertEqual(str(caught.exception), "a bytes-like object is required, not 'str'")

    def test_datagrams_keep_their_borders(self):
        left, right = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        os.write(left.fileno(), b"first")
        os.write(left.fileno(), b"second")
        self.assertEqual(os.read(right.fileno(), 3), b"fir")
        self.assertEqual(os.read(right.fileno(), 100), b"second")


class CloseTest(NumberedCase):
    def test_a_number_that_was_let_go(self):
        os.close(self.left.detach())
        self.assertEqual(self.right.recv(1), b"")

    def test_a_number_that_a_socket_still_holds(self):
        os.close(self.left.fileno())
        self.assertEqual(self.right.recv(1), b"")
        self.assertErrno(errno.EBADF, self.left.send, b"x")
        self.assertErrno(errno.EBADF, self.left.close)

    def test_twice(self):
        number = self.left.detach()
        os.close(number)
        self.assertErrno(errno.EBADF, os.close, number)

    def test_a_number_may_be_given_by_name(self):
        os.close(fd=self.left.detach())
        self.assertEqual(self.right.recv(1), b"")

    def test_a_number_of_another_type(self):
        for value in ("1", 1.0, None):
            with self.subTest(value=value), self.assertRaises(TypeError) as caught:
                os.close(value)
            self.assertEqual(
                str(caught.exception), "'%s' object cannot be interpreted as an integer" % type(value).__name__)


class DupTest(NumberedCase):
    def test_a_duplicate_is_of_the_same_socket(self):
        number = os.dup(self.left.fileno())
        self.assertNotEqual(number, self.left.fileno())
        self.left.close()
        os.write(number, b"still there")
        self.assertEqual(self.right.recv(100), b"still there")
        os.close(number)
        self.assertEqual(self.right.recv(100), b"")

    def test_a_duplicate_can_be_a_socket_again(self):
        with socket.socket(fileno=os.dup(self.left.fileno())) as twin:
            twin.send(b"twin")
        self.assertEqual(self.right.recv(100), b"twin")

    def test_a_duplicate_is_not_inherited(self):
        self.left.set_inheritable(True)
        number = os.dup(self.left.fileno())
        self.addCleanup(os.close, number)
        self.assertIs(os.get_inheritable(number), False)

    def test_a_duplicate_shares_the_mode(self):
        number = os.dup(self.left.fileno())
        self.addCleanup(os.close, number)
        os.set_blocking(number, False)
        self.assertIs(os.get_blocking(self.left.fileno()), False)


class FlagsTest(NumberedCase):
    def test_inheritance(self):
        number = self.left.fileno()
        self.assertIs(os.get_inheritable(number), False)
        for value in (True, False):
            with self.subTest(value=value):
                self.assertIsNone(os.set_inheritable(number, value))
                self.assertIs(os.get_inheritable(number), value)
                self.assertIs(self.left.get_inheritable(), value)

    def test_mode(self):
        number = self.left.fileno()
        self.assertIs(os.get_blocking(number), True)
        for value in (False, True):
            with self.subTest(value=value):
                self.assertIsNone(os.set_blocking(number, value))
                self.assertIs(os.get_blocking(number), value)

    def test_the_mode_of_the_descriptor_is_not_the_timeout(self):
        os.set_blocking(self.left.fileno(), False)
        self.assertIsNone(self.left.gettimeout())
        self.assertErrno(errno.EAGAIN, self.left.recv, 1)

    def test_a_number_that_is_not_open(self):
        number = self.left.detach()
        os.close(number)
        for function, arguments in ((os.get_inheritable, ()), (os.set_inheritable, (True,)), (os.get_blocking, ()),
                                    (os.set_blocking, (True,)), (os.read, (1,)), (os.write, (b"x",)), (os.dup, ()),
                                    (os.fstat, ())):
            with self.subTest(function=function.__name__):
                self.assertErrno(errno.EBADF, function, number, *arguments)


class StatusTest(NumberedCase):
    def test_a_socket_is_a_socket(self):
        status = os.fstat(self.left.fileno())
        self.assertIsInstance(status, os.stat_result)
        self.assertTrue(stat.S_ISSOCK(status.st_mode))
        self.assertEqual((status.st_nlink, status.st_size), (1, 0))

    def test_duplicates_are_the_same_file(self):
        with self.left.dup() as twin:
            self.assertTrue(os.path.sameopenfile(self.left.fileno(), twin.fileno()))
        self.assertFalse(os.path.sameopenfile(self.left.fileno(), self.right.fileno()))

    def test_an_epoll_set_is_no_socket(self):
        with select.epoll() as epoll:
            self.assertFalse(stat.S_ISSOCK(os.fstat(epoll.fileno()).st_mode))


class ReceivedTest(NumberedCase):
    """Descriptors that came with a message."""

    def receive(self):
        made, self.other_end = self.pair()
        with made:
            socket.send_fds(self.left, [b"x"], [made.fileno()])
        [number] = socket.recv_fds(self.right, 1, 1)[1]
        return number

    def test_it_is_written_to_and_read_from(self):
        number = self.receive()
        self.addCleanup(os.close, number)
        self.other_end.send(b"to the received one")
        self.assertEqual(os.read(number, 100), b"to the received one")
        os.write(number, b"and back")
        self.assertEqual(self.other_end.recv(100), b"and back")

    def test_it_is_closed(self):
        os.close(self.receive())
        self.assertEqual(self.other_end.recv(1), b"")

    def test_it_is_passed_on(self):
        number = self.receive()
        socket.send_fds(self.right, [b"x"], [number])
        os.close(number)
        [again] = socket.recv_fds(self.left, 1, 1)[1]
        os.close(again)
        self.assertEqual(self.other_end.recv(1), b"")

    def test_the_number_in_the_ancillary_data_is_the_one_to_use(self):
        socket.send_fds(self.left, [b"x"], [self.left.fileno()])
        [(level, kind, data)] = self.right.recvmsg(1, socket.CMSG_LEN(4))[1]
        self.assertEqual((level, kind), (socket.SOL_SOCKET, socket.SCM_RIGHTS))
        [number] = unpack_ints(data)
        self.addCleanup(os.close, number)
        self.assertTrue(os.path.sameopenfile(number, self.left.fileno()))


if __name__ == "__main__":
    unittest.main()
