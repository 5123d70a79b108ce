"""`os.sendfile` to sockets: offsets, modes, results, refusals. `socket.sendfile` on top is in test_sendfile.py."""

import errno
import os
import shutil
import socket
import sys
import tempfile
import unittest

from support import SocketTestCase, require
from support.refusals import RefusalTestCase
from support.streams import pattern, read_exactly, read_to_end

CONTENT = pattern((1 << 20) + 12345)


def setUpModule():
    require(os, "sendfile")


class FileCase(SocketTestCase):
    """Gives each case `file`, which holds CONTENT, and two connected TCP sockets without a timeout."""

    def setUp(self):
        super().setUp()
        self.file = self.own(tempfile.TemporaryFile(dir="/tmp"))
        self.file.write(CONTENT)
        self.file.flush()
        self.file.seek(0)
        self.client, self.server = self.tcp_pair()
        self.client.settimeout(None)

    def sendfile(self, offset, count):
        return os.sendfile(self.client.fileno(), self.file.fileno(), offset, count)

    def position(self):
        return os.lseek(self.file.fileno(), 0, os.SEEK_CUR)


class SendfileTest(FileCase):
    def test_a_part(self):
        self.assertEqual(self.sendfile(1000, 2000), 2000)
        self.assertTrue(read_exactly(self.server, 2000) == CONTENT[1000:3000])

    def test_an_offset_leaves_the_files_position_alone(self):
        self.sendfile(1000, 2000)
        self.assertEqual(self.position(), 0)

    def test_no_offset_is_the_files_position_which_moves(self):
        os.lseek(self.file.fileno(), 500, os.SEEK_SET)
        self.assertEqual(self.sendfile(None, 100), 100)
        self.assertEqual(self.position(), 600)
        self.assertEqual(self.sendfile(None, 100), 100)
        self.assertTrue(read_exactly(self.server, 200) == CONTENT[500:700])

    def test_blocking_mode_sends_all(self):
        receiving = self.peer(read_exactly, self.server, len(CONTENT))
        self.assertEqual(self.sendfile(0, len(CONTENT)), len(CONTENT))
        self.assertTrue(receiving.join() == CONTENT)

    def test_more_than_there_is(self):
        receiving = self.peer(read_exactly, self.server, len(CONTENT) - 5)
        self.assertEqual(self.sendfile(5, 1 << 40), len(CONTENT) - 5)
        self.assertTrue(receiving.join() == CONTENT[5:])

    def test_nothing_at_the_end(self):
        for offset in (len(CONTENT), len(CONTENT) + 1, 1 << 40):
            with self.subTest(offset=offset):
                self.assertEqual(self.sendfile(offset, 10), 0)

    def test_nothing_of_nothing(self):
        self.assertEqual(self.sendfile(0, 0), 0)

    def test_without_waiting_a_part_is_sent_and_then_none(self):
        self.client.setblocking(False)
        sent = 0
        with self.assertRaises(BlockingIOError) as caught:
            while True:
                count = self.sendfile(sent, len(CONTENT) - sent)
                self.assertGreater(count, 0)
                sent += count
                if sent == len(CONTENT):
                    sent = 0
        self.assertEqual(caught.exception.errno, errno.EAGAIN)

    def test_a_timeout_is_not_of_the_descriptor(self):
        self.client.settimeout(20)
        with self.assertRaises(BlockingIOError):
            while True:
                self.sendfile(0, len(CONTENT))

    def test_names_may_be_given(self):
        self.assertEqual(
            os.sendfile(out_fd=self.client.fileno(), in_fd=self.file.fileno(), offset=7, count=3), 3)
        self.assertEqual(self.server.recv(10), CONTENT[7:10])

    def test_unix_sockets(self):
        left, right = self.pair()
        self.assertEqual(os.sendfile(left.fileno(), self.file.fileno(), 0, 10), 10)
        self.assertEqual(right.recv(100), CONTENT[:10])

    def test_a_pipe(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        self.assertEqual(os.sendfile(writer, self.file.fileno(), 0, 10), 10)
        self.assertEqual(os.read(reader, 100), CONTENT[:10])

    def test_another_file(self):
        with tempfile.TemporaryFile(dir="/tmp") as copy:
            self.assertEqual(os.sendfile(copy.fileno(), self.file.fileno(), 0, len(CONTENT)), len(CONTENT))
            copy.seek(0)
            self.assertTrue(copy.read() == CONTENT)

    def test_shutil_copies_by_it(self):
        with tempfile.TemporaryDirectory(dir="/tmp") as directory:
            first, second = os.path.join(directory, "first"), os.path.join(directory, "second")
            with open(first, "wb") as file:
                file.write(CONTENT)
            shutil.copyfile(first, second)
            with open(second, "rb") as file:
                self.assertTrue(file.read() == CONTENT)

    def test_a_peer_that_is_gone(self):
        self.server.close()
        with self.assertRaises((BrokenPipeError, ConnectionResetError)):
            for _ in range(10):
                self.sendfile(0, len(CONTENT))

    @unittest.skipUnless(sys.implementation.name == "graalpy", "in CPython another thread's close does not end a call")
    def test_close_by_another_thread_ends_it(self):
        for end, option in ((self.client, socket.SO_SNDBUF), (self.server, socket.SO_RCVBUF)):
            end.setsockopt(socket.SOL_SOCKET, option, 1 << 14)
        sending = self.peer(self.sendfile, 0, len(CONTENT))
        self.assertTrue(self.server.recv(1))
        self.client.close()
        self.assertLess(sending.join(), len(CONTENT))


class SendfileRefusalTest(FileCase, RefusalTestCase):
    def test_numbers_that_are_not_open(self):
        for out_fd, in_fd in ((-1, self.file.fileno()), (self.client.fileno(), -1)):
            with self.subTest(out_fd=out_fd, in_fd=in_fd):
                self.assertSystemError(errno.EBADF, os.sendfile, out_fd, in_fd, 0, 1)

    def test_numbers_below_zero(self):
        for offset, count in ((-1, 1), (-100, 1), (0, -1)):
            with self.subTest(offset=offset, count=count):
                self.assertSystemError(errno.EINVAL, self.sendfile, offset, count)

    def test_a_socket_is_no_file_to_send(self):
        with self.assertRaises(OSError):
            os.sendfile(self.client.fileno(), self.server.fileno(), 0, 1)

    def test_objects_are_not_numbers(self):
        self.assertNotAnInteger(self.client, os.sendfile, self.client, self.file.fileno(), 0, 1)
        with self.assertRaises(TypeError):
            os.sendfile(self.client.fileno(), self.file, 0, 1)

    def test_values_of_another_type(self):
        for value in ("0", 1.5):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, self.sendfile, value, 1)
                self.assertNotAnInteger(value, self.sendfile, 0, value)

    def test_numbers_beyond_the_machine(self):
        self.assertRefused(OverflowError, "Python int too large to convert to C long", self.sendfile, 2 ** 70, 1)
        self.assertRefused(OverflowError, "Python int too large to convert to C ssize_t", self.sendfile, 0, 2 ** 70)
        self.assertRefused(OverflowError, "Python int too large to convert to C int",
                           os.sendfile, 2 ** 40, self.file.fileno(), 0, 1)

    def test_all_arguments_are_needed(self):
        with self.assertRaises(TypeError):
            os.sendfile(self.client.fileno(), self.file.fileno(), 0)


class FastPathTest(FileCase):
    def test_sendfile_of_sockets_goes_by_it(self):
        receiving = self.peer(read_to_end, self.server)
        self.assertEqual(self.client._sendfile_use_sendfile(self.file), len(CONTENT))
        self.client.close()
        self.assertTrue(receiving.join() == CONTENT)


if __name__ == "__main__":
    unittest.main()
