"""`os.readv`, `writev`, `pread`, `pwrite`, `preadv`, `pwritev`: buffers of every kind, positions, waits, refusals."""

import array
import errno
import os
import socket
import tempfile
import unittest

from support import SocketTestCase, require
from support.refusals import RefusalTestCase


def setUpModule():
    require(os, "preadv")


class Index:
    def __init__(self, value):
        self._value = value

    def __index__(self):
        return self._value


class VectorCase(RefusalTestCase):
    def setUp(self):
        super().setUp()
        self.reader, self.writer = os.pipe()
        self.addCleanup(os.close, self.reader)
        self.addCleanup(os.close, self.writer)
        self.file = self.own(tempfile.TemporaryFile(dir="/tmp"))


class VectorTest(VectorCase):
    def test_buffers_of_every_kind(self):
        whole = bytearray(4)
        given = [b"ab", bytearray(b"cd"), memoryview(b"efgh")[1:3], array.array("H", b"ij"), b"", b"kl"]
        self.assertEqual(os.writev(self.writer, given), 12 - 2)
        targets = [bytearray(1), array.array("b", bytes(3)), memoryview(whole)[1:3], bytearray(0), bytearray(90)]
        self.assertEqual(os.readv(self.reader, targets), 10)
        self.assertEqual(targets[0] + bytes(targets[1]) + whole, b"abcd\0fg\0")
        self.assertEqual(targets[4], b"ijkl" + bytes(86))

    def test_a_tuple_is_a_sequence(self):
        self.assertEqual(os.writev(Index(self.writer), (b"a", b"b")), 2)
        target = bytearray(2)
        self.assertEqual(os.readv(self.reader, (target,)), 2)
        self.assertEqual(target, b"ab")

    def test_nothing(self):
        self.assertEqual(os.writev(self.writer, []), 0)
        self.assertEqual(os.readv(self.reader, []), 0)
        self.assertEqual(os.readv(self.reader, [bytearray(0)]), 0)

    def test_sockets(self):
        left, right = self.pair()
        for end in left, right:
            end.settimeout(None)
        self.assertEqual(os.writev(left.fileno(), [b"ab", b"cd"]), 4)
        targets = bytearray(1), bytearray(9)
        self.assertEqual(os.readv(right.fileno(), targets), 4)
        self.assertEqual(targets, (b"a", b"bcd" + bytes(6)))

    def test_a_datagram_is_one_message(self):
        left, right = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        right.settimeout(None)
        os.writev(left.fileno(), [b"ab", b"cd"])
        os.writev(left.fileno(), [b"ef"])
        target = bytearray(9)
        self.assertEqual(os.readv(right.fileno(), [target]), 4)
        self.assertEqual(os.readv(right.fileno(), [target]), 2)
        self.assertEqual(target, b"efcd" + bytes(5))

    def test_more_than_a_pipe_holds(self):
        data = os.urandom(3_000_001)
        writing = self.peer(os.writev, self.writer, [data[:1], data[1:]])
        received = bytearray()
        while len(received) < len(data):
            target = bytearray(100_000)
            received += target[: os.readv(self.reader, [target])]
        self.assertTrue(received == data)
        self.assertEqual(writing.join(), len(data))

    def test_a_descriptor_that_does_not_block(self):
        os.set_blocking(self.reader, False)
        os.set_blocking(self.writer, False)
        self.assertErrno(errno.EAGAIN, os.readv, self.reader, [bytearray(1)])
        count = os.writev(self.writer, [bytes(10_000_000)])
        self.assertTrue(0 < count < 10_000_000)
        self.assertErrno(errno.EAGAIN, os.writev, self.writer, [b"x"])

    def test_a_wait_leaves_the_mode_alone(self):
        target = bytearray(5)
        reading = self.peer(os.readv, self.reader, [target])
        os.write(self.writer, b"later")
        self.assertEqual(reading.join(), 5)
        self.assertEqual(target, b"later")
        self.assertTrue(os.get_blocking(self.reader))

    def test_the_end(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        os.close(writer)
        self.assertEqual(os.readv(reader, [bytearray(9)]), 0)
        reader, writer = os.pipe()
        self.addCleanup(os.close, writer)
        os.close(reader)
        self.assertErrno(errno.EPIPE, os.writev, writer, [b"x"])

    def test_too_many_buffers(self):
        for call, fd, buffer in ((os.writev, self.writer, b"x"), (os.readv, self.reader, bytearray(1))):
            self.assertErrno(errno.EINVAL, call, fd, [buffer] * 1025)
        self.assertEqual(os.writev(self.writer, [b"x"] * 1024), 1024)

    def test_refusals(self):
        for call in os.readv, os.writev:
            name = call.__name__
            for buffers in (5, None, iter([b"x"]), {0: b"x"}):
                self.assertRefused(TypeError, "%s() arg 2 must be a sequence" % name, call, self.reader, buffers)
            self.assertRefused(TypeError, "a bytes-like object is required, not 'int'", call, self.reader, b"x")
            self.assertRefused(TypeError, "a bytes-like object is required, not 'str'", call, self.reader, ["x"])
            scattered = memoryview(bytearray(4))[::2]
            text = "memoryview: underlying buffer is not C-contiguous"
            self.assertRefused(BufferError, text, call, self.reader, [scattered])
            self.assertErrno(errno.EBADF, call, -1, [bytearray(1)])
            self.assertRefused(
                OverflowError, "Python int too large to convert to C int", call, 1 << 31, [bytearray(1)]
            )
        self.assertRefused(BufferError, "Object is not writable.", os.readv, self.reader, [b"x"])


class PositionTest(VectorCase):
    def setUp(self):
        super().setUp()
        self.fd = self.file.fileno()
        os.write(self.fd, b"0123456789")

    def position(self):
        return os.lseek(self.fd, 0, os.SEEK_CUR)

    def test_reading_leaves_the_position_alone(self):
        self.assertEqual(os.pread(self.fd, 3, 2), b"234")
        self.assertEqual(os.pread(self.fd, 99, 8), b"89")
        self.assertEqual(os.pread(self.fd, 99, 10), b"")
        self.assertEqual(os.pread(self.fd, 0, 2), b"")
        targets = bytearray(2), bytearray(9)
        self.assertEqual(os.preadv(self.fd, targets, 5), 5)
        self.assertEqual(targets, (b"56", b"789" + bytes(6)))
        self.assertEqual(self.position(), 10)

    def test_writing_leaves_the_position_alone(self):
        self.assertEqual(os.pwrite(self.fd, bytearray(b"ab"), 1), 2)
        self.assertEqual(os.pwritev(self.fd, [b"c", memoryview(b"de")], 12), 3)
        self.assertEqual(self.position(), 10)
        self.assertEqual(os.pread(self.fd, 99, 0), b"0ab3456789\0\0cde")

    def test_no_position_is_the_files_own_which_moves(self):
        os.lseek(self.fd, 4, os.SEEK_SET)
        target = bytearray(3)
        self.assertEqual(os.preadv(self.fd, [target], -1), 3)
        self.assertEqual(target, b"456")
        self.assertEqual(os.pwritev(self.fd, [b"x"], -1), 1)
        self.assertEqual(self.position(), 8)

    def test_no_position_is_all_that_a_pipe_takes(self):
        self.assertEqual(os.pwritev(self.writer, [b"ab"], -1), 2)
        target = bytearray(3)
        self.assertEqual(os.preadv(self.reader, [target], -1), 2)
        self.assertErrno(errno.ESPIPE, os.preadv, self.reader, [target], 0)
        self.assertErrno(errno.ESPIPE, os.pwritev, self.writer, [b"x"], 0)
        self.assertErrno(errno.ESPIPE, os.pread, self.reader, 1, 0)
        self.assertErrno(errno.ESPIPE, os.pwrite, self.writer, b"x", 0)
        left, right = self.pair()
        self.assertErrno(errno.ESPIPE, os.pread, left.fileno(), 1, 0)
        self.assertErrno(errno.ESPIPE, os.pwritev, right.fileno(), [b"x"], 0)

    def test_flags(self):
        target = bytearray(3)
        self.assertEqual(os.preadv(self.fd, [target], 1, os.RWF_HIPRI), 3)
        self.assertEqual(target, b"123")
        self.assertEqual(os.pwritev(self.fd, [b"x"], 1, os.RWF_DSYNC | os.RWF_SYNC), 1)
        self.assertEqual(os.pwritev(self.fd, [b"end"], 0, os.RWF_APPEND), 3)
        self.assertEqual(os.pread(self.fd, 99, 0), b"0x23456789end")
        self.assertErrno(errno.EOPNOTSUPP, os.preadv, self.fd, [target], 1, 1 << 30)

    def test_more_than_one_piece(self):
        size = (65 << 20) + 5
        os.ftruncate(self.fd, size)
        os.pwrite(self.fd, b"tail", size - 4)
        data = os.pread(self.fd, size + 100, 0)
        self.assertEqual((len(data), data[-4:]), (size, b"tail"))

    def test_refusals(self):
        self.assertErrno(errno.EINVAL, os.pread, self.fd, -1, 0)
        self.assertErrno(errno.EINVAL, os.pread, self.fd, 1, -1)
        self.assertErrno(errno.EINVAL, os.pwrite, self.fd, b"x", -5)
        self.assertErrno(errno.EINVAL, os.preadv, self.fd, [bytearray(1)], -5)
        self.assertErrno(errno.EBADF, os.pread, -1, 1, 0)
        self.assertRefused(OverflowError, "Python int too large to convert to C long", os.pread, self.fd, 1, 1 << 63)
        self.assertRefused(TypeError, "a bytes-like object is required, not 'str'", os.pwrite, self.fd, "x", 0)
        self.assertRefused(TypeError, "pwritev() arg 2 must be a sequence", os.pwritev, self.fd, 5, 0)


class RangeTest(VectorCase):
    """What else is done with a range of a file."""

    def setUp(self):
        super().setUp()
        self.fd = self.file.fileno()

    def test_its_place_on_the_disk(self):
        self.assertIsNone(os.posix_fallocate(self.fd, 10, 100))
        self.assertEqual(os.fstat(self.fd).st_size, 110)
        self.assertErrno(errno.EINVAL, os.posix_fallocate, self.fd, 0, 0)
        self.assertErrno(errno.EINVAL, os.posix_fallocate, self.fd, -1, 5)

    def test_its_use(self):
        self.assertIsNone(os.posix_fadvise(self.fd, 0, 0, os.POSIX_FADV_SEQUENTIAL))
        self.assertErrno(errno.EINVAL, os.posix_fadvise, self.fd, 0, 0, 99)
        self.assertErrno(errno.ESPIPE, os.posix_fadvise, self.reader, 0, 0, os.POSIX_FADV_NORMAL)
        self.assertErrno(errno.EBADF, os.posix_fadvise, -1, 0, 0, os.POSIX_FADV_NORMAL)

    def test_its_contents_on_the_disk(self):
        self.assertIsNone(os.fdatasync(self.file))
        self.assertIsNone(os.fdatasync(fd=self.fd))
        self.assertErrno(errno.EINVAL, os.fdatasync, self.reader)
        self.assertRefused(
            TypeError, "argument must be an int, or have a fileno() method.", os.fdatasync, "x"
        )

    def test_locks(self):
        for command in (os.F_LOCK, os.F_TEST, os.F_TLOCK, os.F_ULOCK):
            self.assertIsNone(os.lockf(self.fd, command, 0))
        self.assertErrno(errno.EINVAL, os.lockf, self.fd, 99, 0)
        self.assertErrno(errno.EBADF, os.lockf, self.reader, os.F_LOCK, 0)


if __name__ == "__main__":
    unittest.main()
