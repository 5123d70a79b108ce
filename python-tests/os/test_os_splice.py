"""`os.splice` and `os.copy_file_range`: between pipes, sockets and files."""

import errno
import os
import socket
import tempfile
import unittest

from support import require
from support.refusals import RefusalTestCase
from support.streams import read_exactly


def setUpModule():
    require(os, "splice")


class SpliceCase(RefusalTestCase):
    def setUp(self):
        super().setUp()
        self.reader, self.writer = self.pipe()
        self.left, self.right = self.tcp_pair()
        for end in self.left, self.right:
            end.settimeout(None)
        self.file = self.own(tempfile.TemporaryFile(dir="/tmp"))
        self.file.write(b"0123456789")
        self.file.flush()
        self.file.seek(0)

    def pipe(self):
        ends = os.pipe()
        for end in ends:
            self.addCleanup(os.close, end)
        return ends


class SpliceTest(SpliceCase):
    def test_socket_to_pipe(self):
        self.left.send(b"spliced")
        self.assertEqual(os.splice(self.right.fileno(), self.writer, 99), 7)
        self.assertEqual(os.read(self.reader, 99), b"spliced")

    def test_pipe_to_socket(self):
        os.write(self.writer, b"spliced")
        self.assertEqual(os.splice(self.reader, self.left.fileno(), 4), 4)
        self.assertEqual(read_exactly(self.right, 4), b"spli")
        self.assertEqual(os.read(self.reader, 9), b"ced")

    def test_pipe_to_pipe(self):
        reader, writer = self.pipe()
        os.write(self.writer, b"spliced")
        self.assertEqual(os.splice(src=self.reader, dst=writer, count=99, flags=os.SPLICE_F_MOVE), 7)
        self.assertEqual(os.read(reader, 99), b"spliced")

    def test_file_to_pipe(self):
        fd = self.file.fileno()
        self.assertEqual(os.splice(fd, self.writer, 3, offset_src=5), 3)
        self.assertEqual(os.lseek(fd, 0, os.SEEK_CUR), 0)
        self.assertEqual(os.splice(fd, self.writer, 3), 3)
        self.assertEqual(os.lseek(fd, 0, os.SEEK_CUR), 3)
        self.assertEqual(os.read(self.reader, 99), b"567012")
        self.assertEqual(os.splice(fd, self.writer, 3, offset_src=10), 0)

    def test_pipe_to_file(self):
        os.write(self.writer, b"ab")
        self.assertEqual(os.splice(self.reader, self.file.fileno(), 9, offset_dst=8), 2)
        self.file.seek(0)
        self.assertEqual(self.file.read(), b"01234567ab")

    def test_a_wait_for_bytes(self):
        waiting = self.peer(os.splice, self.right.fileno(), self.writer, 99)
        self.left.send(b"later")
        self.assertEqual(waiting.join(), 5)
        waiting = self.peer(os.splice, self.reader, self.left.fileno(), 5)
        self.assertEqual(waiting.join(), 5)
        waiting = self.peer(os.splice, self.reader, self.left.fileno(), 99)
        os.write(self.writer, b"last")
        self.assertEqual(waiting.join(), 4)
        for fd in (self.reader, self.writer, self.left.fileno(), self.right.fileno()):
            self.assertTrue(os.get_blocking(fd))

    def test_a_wait_for_room(self):
        os.set_blocking(self.writer, False)
        with self.assertRaises(BlockingIOError):
            while True:
                os.write(self.writer, bytes(4096))
        os.set_blocking(self.writer, True)
        self.left.send(b"later")
        waiting = self.peer(os.splice, self.right.fileno(), self.writer, 99)
        held = 0
        while held % 4096 != 5:
            held += len(os.read(self.reader, 4096 * 4))
        self.assertEqual(waiting.join(), 5)

    def test_the_end(self):
        self.left.close()
        self.assertEqual(os.splice(self.right.fileno(), self.writer, 99), 0)

    def test_without_waiting(self):
        reader, writer = self.pipe()
        self.assertErrno(errno.EAGAIN, os.splice, self.reader, writer, 1, None, None, os.SPLICE_F_NONBLOCK)
        self.assertErrno(
            errno.EAGAIN, os.splice, self.reader, self.left.fileno(), 1, flags=os.SPLICE_F_NONBLOCK
        )
        self.right.setblocking(False)
        self.assertErrno(errno.EAGAIN, os.splice, self.right.fileno(), writer, 1)
        os.set_blocking(self.reader, False)
        self.assertErrno(errno.EAGAIN, os.splice, self.reader, self.left.fileno(), 1)

    def test_all_through_a_pipe(self):
        data = os.urandom(1_000_000)
        sending = self.peer(self.left.sendall, data)
        other, target = self.pair()
        target_reading = self.peer(read_exactly, target, len(data))
        other.settimeout(None)
        moved = 0
        while moved < len(data):
            count = os.splice(self.right.fileno(), self.writer, 1 << 16)
            while count:
                done = os.splice(self.reader, other.fileno(), count)
                count -= done
                moved += done
        self.assertTrue(target_reading.join() == data)
        sending.join()

    def test_refusals(self):
        self.assertErrno(errno.EINVAL, os.splice, self.left.fileno(), self.right.fileno(), 1)
        self.assertErrno(errno.ESPIPE, os.splice, self.reader, self.left.fileno(), 1, 0)
        self.assertErrno(errno.EBADF, os.splice, -1, self.writer, 1)
        self.assertRefused(
            ValueError, "negative value for 'count' not allowed", os.splice, self.reader, self.writer, -1
        )

    def assertErrno(self, number, function, *arguments, **keywords):
        return super().assertErrno(number, lambda: function(*arguments, **keywords))


class CopyFileRangeTest(SpliceCase):
    def setUp(self):
        super().setUp()
        self.copy = self.own(tempfile.TemporaryFile(dir="/tmp"))

    def test_all(self):
        self.assertEqual(os.copy_file_range(self.file.fileno(), self.copy.fileno(), 99), 10)
        self.assertEqual(os.pread(self.copy.fileno(), 99, 0), b"0123456789")
        self.assertEqual(os.copy_file_range(self.file.fileno(), self.copy.fileno(), 99), 0)

    def test_offsets(self):
        copied = os.copy_file_range(src=self.file.fileno(), dst=self.copy.fileno(), count=3, offset_src=2, offset_dst=4)
        self.assertEqual(copied, 3)
        self.assertEqual(os.pread(self.copy.fileno(), 99, 0), b"\0\0\0\x00234")
        self.assertEqual(os.lseek(self.file.fileno(), 0, os.SEEK_CUR), 0)

    def test_refusals(self):
        self.assertErrno(errno.EINVAL, os.copy_file_range, self.reader, self.writer, 1)
        self.assertErrno(errno.EINVAL, os.copy_file_range, self.file.fileno(), self.copy.fileno(), 1, -5)
        self.assertRefused(
            ValueError, "negative value for 'count' not allowed", os.copy_file_range, self.reader, self.writer, -1
        )


if __name__ == "__main__":
    unittest.main()
