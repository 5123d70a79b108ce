"""`socket.makefile` between the two ends of a TCP connection: reading and writing in every mode and buffering.

The cases of FileCases run for each combination. What belongs to one mode or to one buffering is in test_makefile_modes.
"""

import gc
import socket
import threading
import unittest
import weakref

from support import SocketTestCase
from support.streams import SHORT, MeasuresWaits

LINE = "a line that ends beyond ASCII: \u00e9\u20ac\r\n"


class FileCases(MeasuresWaits):
    """`reader` is a file of the server's end, `writer` one of the client's. A subclass says which files they are."""

    buffering = -1
    encoding = "utf-8"
    newline = None
    read_mode = "rb"
    write_mode = "wb"
    expected = LINE.encode()
    written = LINE.encode()

    def setUp(self):
        super().setUp()
        self.client, self.server = self.tcp_pair()
        self.reader = self.own(self.make_file(self.server, self.read_mode))
        self.writer = self.own(self.make_file(self.client, self.write_mode))

    def make_file(self, sock, mode):
        return sock.makefile(mode, self.buffering, encoding=self.encoding, newline=self.newline)

    def write(self):
        self.writer.write(self.written)
        self.writer.flush()

    def write_and_end(self):
        self.write()
        self.writer.close()
        self.client.close()

    def test_read_in_two_parts(self):
        self.write()
        first = self.reader.read(len(self.expected) - 3)
        second = self.reader.read(3)
        self.assertEqual(first + second, self.expected)

    def test_read_to_the_end(self):
        self.write_and_end()
        self.assertEqual(self.reader.read(), self.expected)
        self.assertEqual(self.reader.read(), self.expected[:0])

    def test_read_one_by_one(self):
        self.write_and_end()
        parts = []
        while part := self.reader.read(1):
            self.assertEqual(len(part), 1)
            parts.append(part)
        self.assertEqual(self.expected[:0].join(parts), self.expected)

    def test_readline(self):
        self.write()
        self.assertEqual(self.reader.readline(), self.expected)

    def test_readline_with_a_limit(self):
        self.write()
        self.assertEqual(self.reader.readline(6), self.expected[:6])
        self.assertEqual(self.reader.readline(), self.expected[6:])

    def test_readlines(self):
        self.write()
        self.write_and_end()
        self.assertEqual(self.reader.readlines(), [self.expected, self.expected])

    def test_iteration_over_lines(self):
        self.write()
        self.write_and_end()
        self.assertEqual(list(self.reader), [self.expected, self.expected])

    def test_writelines(self):
        self.writer.writelines([self.written, self.written])
        self.writer.flush()
        self.assertEqual(self.reader.readline(), self.expected)
        self.assertEqual(self.reader.readline(), self.expected)

    def test_file_keeps_the_connection_after_the_socket_is_closed(self):
        self.server.close()
        self.write()
        self.write_and_end()
        self.assertEqual(self.reader.read(), self.expected + self.expected)

    def test_writer_keeps_the_connection_after_the_socket_is_closed(self):
        self.client.close()
        self.write()
        self.assertEqual(self.reader.readline(), self.expected)
        self.writer.close()
        self.assertEqual(self.reader.read(), self.expected[:0])

    def test_socket_is_usable_after_the_file_is_closed(self):
        self.reader.close()
        self.write()
        received = b""
        while len(received) < len(LINE.encode()):
            received += self.server.recv(1024)
        self.assertEqual(received, LINE.encode())

    def test_closing_the_writer_sends_what_it_holds(self):
        self.writer.write(self.written)
        self.writer.close()
        self.assertEqual(self.reader.readline(), self.expected)

    def test_closed_tells_whether_the_file_is_closed(self):
        for file in (self.reader, self.writer):
            self.assertIs(file.closed, False)
            file.close()
            self.assertIs(file.closed, True)

    def test_name_is_the_descriptor_and_mode_the_one_asked_for(self):
        self.assertEqual(self.reader.name, self.server.fileno())
        self.assertEqual(self.writer.name, self.client.fileno())
        self.assertEqual(self.reader.fileno(), self.server.fileno())
        self.assertEqual(self.reader.mode, self.read_mode)
        self.assertEqual(self.writer.mode, self.write_mode)

    def test_files_read_or_write(self):
        self.assertTrue(self.reader.readable())
        self.assertFalse(self.reader.writable())
        self.assertFalse(self.writer.readable())
        self.assertTrue(self.writer.writable())
        self.assertFalse(self.reader.seekable())
        self.assertFalse(self.reader.isatty())

    def test_closed_file_and_closed_socket_are_closed_for_good(self):
        self.reader.close()
        self.assertRaises(ValueError, self.reader.fileno)
        self.assertRaises(ValueError, self.reader.read, 1)
        self.server.close()
        self.assertRaises(OSError, self.server.getsockname)

    def test_write_after_close(self):
        self.writer.close()
        self.assertRaises(ValueError, self.writer.write, self.written)

    def test_close_again(self):
        for file in (self.reader, self.writer):
            file.close()
            self.assertIsNone(file.close())

    def test_with_block_closes_the_file_and_not_the_socket(self):
        with self.reader as same:
            self.assertIs(same, self.reader)
        self.assertTrue(self.reader.closed)
        self.assertGreaterEqual(self.server.fileno(), 0)

    def test_read_after_a_timeout_is_refused(self):
        self.writer.write(self.written[:3])
        self.writer.flush()
        self.reader.read(3)
        self.server.settimeout(SHORT)
        self.assertTimesOut(SHORT, self.reader.read, 1)
        # What was read when the time ran out may be lost, so the file does not go on.
        for read in (lambda: self.reader.read(1), self.reader.readline):
            with self.assertRaises(OSError) as caught:
                read()
            self.assertEqual(str(caught.exception), "cannot read from timed out object")
            self.assertIsNone(caught.exception.errno)

    def test_read_after_a_timeout_is_refused_when_there_is_data_too(self):
        self.server.settimeout(SHORT)
        self.assertTimesOut(SHORT, self.reader.read, 1)
        self.write()
        self.assertRaises(OSError, self.reader.read, 1)
        # A new file of the same socket starts with an empty buffer.
        with self.make_file(self.server, self.read_mode) as another:
            self.assertEqual(another.readline(), self.expected)

    def test_several_files_of_one_socket(self):
        with self.make_file(self.server, self.read_mode) as another:
            self.reader.close()
            self.server.close()
            self.write_and_end()
            self.assertEqual(another.read(), self.expected)

    def test_many_lines_both_ways_at_once(self):
        count = 500
        back = self.own(self.make_file(self.server, self.write_mode))
        front = self.own(self.make_file(self.client, self.read_mode))

        def answer():
            for _ in range(count):
                back.write(self.written)
            back.flush()

        def ask():
            for _ in range(count):
                self.writer.write(self.written)
            self.writer.flush()

        self.peer(answer)
        self.peer(ask)
        at_client = self.peer(self.read_lines, front, count)
        self.assertEqual(self.read_lines(self.reader, count), {self.expected})
        self.assertEqual(at_client.join(), {self.expected})

    def read_lines(self, file, count):
        return {file.readline() for _ in range(count)}


class BufferedFileTest(FileCases, SocketTestCase):
    pass


class LineBufferedFileTest(FileCases, SocketTestCase):
    buffering = 1


class SmallBufferedFileTest(FileCases, SocketTestCase):
    buffering = 2


class TextReaderTest(FileCases, SocketTestCase):
    read_mode = "r"
    expected = LINE
    newline = ""


class TextWriterTest(FileCases, SocketTestCase):
    write_mode = "w"
    written = LINE
    newline = ""


class TextFileTest(FileCases, SocketTestCase):
    read_mode = "r"
    expected = LINE
    write_mode = "w"
    written = LINE
    newline = ""


class UnbufferedFileTest(FileCases, SocketTestCase):
    """Without a buffer a file takes no more from the socket than it gives. Libraries that read headers rely on it."""

    buffering = 0

    def test_a_second_file_reads_on_where_the_first_stopped(self):
        for part in (b"A. ", self.written, b"B. ", self.written):
            self.writer.write(part)
        self.assertEqual(self.reader.readline(), b"A. " + self.expected)
        with self.make_file(self.server, "rb") as another:
            self.assertEqual(another.readline(), b"B. " + self.expected)

    def test_the_socket_reads_on_where_the_file_stopped(self):
        self.writer.write(b"head\nbody")
        self.assertEqual(self.reader.readline(), b"head\n")
        self.assertEqual(self.server.recv(1024), b"body")

    def test_socket_is_really_closed_with_its_last_file(self):
        self.server.close()
        self.write()
        self.assertEqual(self.server.recv(1024), self.expected)
        self.reader.close()
        self.assertRaises(OSError, self.server.recv, 1024)
        self.assertEqual(self.server.fileno(), -1)

    def test_closed_file_lets_go_of_its_socket(self):
        reference, file = self.closed_socket_and_its_closed_file()
        # A runtime may take a few rounds until it has found what is unreachable.
        for _ in range(100):
            gc.collect()
            if reference() is None:
                break
            threading.Event().wait(0.01)
        self.assertIsNone(reference())
        self.assertTrue(file.closed)

    def closed_socket_and_its_closed_file(self):
        sock, other = socket.socketpair()
        other.close()
        file = sock.makefile("rb", 0)
        file.close()
        sock.close()
        return weakref.ref(sock), file

    def test_reading_without_data_in_non_blocking_mode_gives_none(self):
        self.server.setblocking(False)
        self.assertIsNone(self.reader.readinto(bytearray(10)))
        self.assertIsNone(self.reader.read(10))
        self.assertIsNone(self.reader.read())
        self.server.setblocking(True)
        self.write()
        first = self.reader.read(len(self.expected) - 3)
        buffer = bytearray(10)
        self.assertEqual(self.reader.readinto(buffer), 3)
        self.assertEqual(first + buffer[:3], self.expected)
        self.server.setblocking(False)
        self.assertIsNone(self.reader.readinto(bytearray(10)))
        self.assertIsNone(self.reader.read(1))

    def test_writing_in_non_blocking_mode_gives_the_count_and_none_when_full(self):
        self.client.setblocking(False)
        data = b"x" * (32 << 20)
        # A part of the first block fits, so it is taken and counted.
        count = self.writer.write(data)
        self.assertGreater(count, 0)
        self.assertLess(count, len(data))
        # The kernel may still move bytes on and make room, so the refusal need not come at once.
        self.assertIn(None, (self.writer.write(data) for _ in range(100)))


if __name__ == "__main__":
    unittest.main()
