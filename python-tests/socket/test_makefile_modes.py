"""What belongs to one mode or one buffering of `socket.makefile`: which file it gives, text, lines, non-blocking reads.

What all files have in common is in test_makefile.
"""

import errno
import io
import socket
import unittest

from support import SocketTestCase
from support.streams import MESSAGE, SHORT, MeasuresWaits, fill, read_exactly, read_to_end


class FileCase(MeasuresWaits, SocketTestCase):
    """Gives each case `left` and `right`, a pair of UNIX stream sockets."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()

    def file(self, *arguments, **keywords):
        """A file of the left end."""
        return self.own(self.left.makefile(*arguments, **keywords))

    def arrived(self):
        """What is at the right end now. Data of a pair is there once it was sent."""
        self.right.setblocking(False)
        try:
            return self.right.recv(1 << 16)
        except BlockingIOError:
            return b""


class ModeTest(FileCase):
    def test_file_of_each_mode(self):
        for mode, kind, reads, writes in (
                ("r", io.TextIOWrapper, True, False),
                ("w", io.TextIOWrapper, False, True),
                ("rw", io.TextIOWrapper, True, True),
                ("wr", io.TextIOWrapper, True, True),
                ("", io.TextIOWrapper, True, False),
                ("rb", io.BufferedReader, True, False),
                ("br", io.BufferedReader, True, False),
                ("b", io.BufferedReader, True, False),
                ("wb", io.BufferedWriter, False, True),
                ("rwb", io.BufferedRWPair, True, True),
                ("brw", io.BufferedRWPair, True, True)):
            for buffering in (None, -1, 1, 2, 8192):
                with self.subTest(mode=mode, buffering=buffering):
                    file = self.file(mode, buffering)
                    self.assertIs(type(file), kind)
                    binary = file.buffer if kind is io.TextIOWrapper else file
                    self.assertIs(binary.readable(), reads)
                    self.assertIs(binary.writable(), writes)

    def test_raw_file_of_each_binary_mode(self):
        for mode, reads, writes in (("rb", True, False), ("wb", False, True), ("rwb", True, True), ("b", True, False)):
            with self.subTest(mode=mode):
                file = self.file(mode, 0)
                self.assertIs(type(file), socket.SocketIO)
                self.assertIs(file.readable(), reads)
                self.assertIs(file.writable(), writes)

    def test_default_is_text_for_reading(self):
        file = self.file()
        self.assertIs(type(file), io.TextIOWrapper)
        self.assertEqual(file.mode, "r")
        self.assertIs(type(file.buffer), io.BufferedReader)

    def test_mode_is_told_in_its_common_form(self):
        for mode, told in (("rb", "rb"), ("br", "rb"), ("b", "rb"), ("wb", "wb"), ("bw", "wb")):
            for buffering in (-1, 0):
                with self.subTest(mode=mode, buffering=buffering):
                    self.assertEqual(self.file(mode, buffering).mode, told)
        self.assertEqual(self.file("wrb", 0).mode, "rwb")

    def test_mode_of_a_text_file_is_told_as_given(self):
        for mode in ("r", "w", "rw", "wr", ""):
            with self.subTest(mode=mode):
                self.assertEqual(self.file(mode).mode, mode)

    def test_mode_with_another_letter(self):
        for mode in ("a", "x", "r+", "rt", "U", "R", "rbx"):
            with self.subTest(mode=mode), self.assertRaises(ValueError) as caught:
                self.left.makefile(mode)
            self.assertEqual(str(caught.exception), "invalid mode %r (only r, w, b allowed)" % mode)

    def test_mode_that_is_no_text(self):
        self.assertRaises(TypeError, self.left.makefile, 5)
        self.assertRaises(TypeError, self.left.makefile, None)
        with self.assertRaisesRegex(TypeError, "^'int' object is not iterable$"):
            self.left.makefile(5)
        with self.assertRaisesRegex(ValueError, "^invalid mode b'r' "):
            self.left.makefile(b"r")
        for mode in ["r"], ["w"], ("r", "w"):
            self.assertEqual(self.file(mode).mode, mode)

    def test_text_needs_a_buffer(self):
        for mode in ("r", "w", "rw"):
            with self.subTest(mode=mode), self.assertRaises(ValueError) as caught:
                self.left.makefile(mode, 0)
            self.assertEqual(str(caught.exception), "unbuffered streams must be binary")

    def test_what_follows_the_buffering_is_given_by_keyword(self):
        self.assertRaises(TypeError, self.left.makefile, "r", -1, "utf-8")
        file = self.file(mode="r", buffering=-1, encoding="latin-1", errors="replace", newline="\n")
        self.assertEqual((file.encoding, file.errors), ("latin-1", "replace"))

    def test_encoding_or_newline_that_does_not_exist(self):
        self.assertRaises(LookupError, self.left.makefile, "r", encoding="no such encoding")
        self.assertRaises(ValueError, self.left.makefile, "r", newline="x")

    def test_raw_file_takes_the_modes_in_their_common_forms_only(self):
        for mode in ("r", "w", "rw", "rb", "wb", "rwb"):
            with self.subTest(mode=mode):
                self.assertEqual(socket.SocketIO(self.left, mode).mode, mode if "b" in mode else mode + "b")
        for mode in ("", "b", "wr", "br", "x"):
            with self.subTest(mode=mode), self.assertRaises(ValueError) as caught:
                socket.SocketIO(self.left, mode)
            self.assertEqual(str(caught.exception), "invalid mode: %r" % mode)

    def test_representation(self):
        self.assertRegex(repr(self.file("rb", 0)), r"\A<socket\.SocketIO object at 0x[0-9a-f]+>\Z")
        self.assertIn("name=%d" % self.left.fileno(), repr(self.file("rb")))
        self.assertIn("name=%d mode='r'" % self.left.fileno(), repr(self.file("r")))


class RefusalTest(FileCase):
    """What a file does not do, by its mode or because it is closed."""

    def test_writing_to_a_reader(self):
        for file in (self.file("r"), self.file("rb"), self.file("rb", 0)):
            data = "x" if isinstance(file, io.TextIOBase) else b"x"
            with self.subTest(file=file):
                self.assertRaises(io.UnsupportedOperation, file.write, data)

    def test_reading_from_a_writer(self):
        for file in (self.file("w"), self.file("wb"), self.file("wb", 0)):
            with self.subTest(file=file):
                self.assertRaises(io.UnsupportedOperation, file.read, 1)

    def test_positions(self):
        raw = self.file("rwb", 0)
        self.assertFalse(raw.seekable())
        self.assertRaises(io.UnsupportedOperation, raw.seek, 0)
        self.assertRaises(io.UnsupportedOperation, raw.tell)
        self.assertRaises(io.UnsupportedOperation, raw.truncate)
        self.assertRaises(io.UnsupportedOperation, self.file("r").tell)

    def test_calls_on_a_closed_raw_file(self):
        file = self.file("rwb", 0)
        file.close()
        for call in (file.readable, file.writable, file.seekable):
            with self.subTest(call=call.__name__), self.assertRaises(ValueError) as caught:
                call()
            self.assertEqual(str(caught.exception), "I/O operation on closed socket.")
        self.assertRaises(ValueError, file.read, 1)
        self.assertRaises(ValueError, file.readinto, bytearray(1))
        self.assertRaises(ValueError, file.write, b"x")
        self.assertRaises(ValueError, file.fileno)
        self.assertEqual(file.name, -1)
        self.assertEqual(file.mode, "rwb")

    def test_calls_on_a_closed_buffered_file(self):
        file = self.file("wb")
        file.close()
        self.assertRaises(ValueError, file.write, b"x")
        self.assertRaises(ValueError, file.flush)
        self.assertRaises(ValueError, file.fileno)
        self.assertEqual(file.name, -1)

    def test_file_of_a_closed_socket(self):
        self.left.close()
        self.assertErrno(errno.EBADF, self.file("rb").read, 1)
        self.assertErrno(errno.EBADF, self.file("wb", 0).write, b"x")
        self.assertEqual(self.file("rb", 0).name, -1)

    def test_file_of_a_detached_socket(self):
        file = self.file("rb")
        with socket.socket(fileno=self.left.detach()):
            self.assertErrno(errno.EBADF, file.read, 1)
            self.assertEqual(file.name, -1)

    def test_binary_files_take_bytes_and_text_files_text(self):
        for file, data in ((self.file("wb"), "x"), (self.file("wb", 0), "x"), (self.file("w"), b"x")):
            with self.subTest(file=file):
                self.assertRaises(TypeError, file.write, data)
        with self.assertRaises(TypeError) as caught:
            self.file("wb", 0).write("x")
        self.assertEqual(str(caught.exception), "a bytes-like object is required, not 'str'")

    def test_writing_to_an_end_that_is_closed(self):
        self.right.close()
        self.assertRaises(BrokenPipeError, self.file("wb", 0).write, b"x")
        buffered = self.left.makefile("wb")
        buffered.write(b"x")
        self.assertRaises(BrokenPipeError, buffered.flush)
        # Closing tries once more, and then closes anyway.
        self.assertRaises(BrokenPipeError, buffered.close)
        self.assertTrue(buffered.closed)


class BufferingTest(FileCase):
    def test_unbuffered_writes_are_sent_at_once(self):
        file = self.file("wb", 0)
        self.assertEqual(file.write(MESSAGE), len(MESSAGE))
        self.assertEqual(self.arrived(), MESSAGE)

    def test_buffered_writes_are_sent_by_flush(self):
        file = self.file("wb")
        file.write(MESSAGE)
        self.assertEqual(self.arrived(), b"")
        file.flush()
        self.assertEqual(self.arrived(), MESSAGE)

    def test_buffered_writes_are_sent_by_close(self):
        file = self.file("rwb")
        file.write(MESSAGE)
        self.assertEqual(self.arrived(), b"")
        file.close()
        self.assertEqual(self.arrived(), MESSAGE)

    def test_a_small_buffer_is_sent_when_it_is_full(self):
        file = self.file("wb", 2)
        file.write(b"ab")
        self.assertEqual(self.arrived(), b"")
        file.write(b"c")
        self.assertEqual(self.arrived(), b"ab")
        file.flush()
        self.assertEqual(self.arrived(), b"c")

    def test_more_than_the_buffer_holds(self):
        data = bytes(range(256)) * 400
        file = self.file("wb")
        file.write(data)
        file.flush()
        self.assertEqual(read_exactly(self.right, len(data)), data)

    def test_buffered_reader_takes_more_than_it_gives(self):
        self.right.send(b"head\nbody")
        file = self.file("rb")
        self.assertEqual(file.readline(), b"head\n")
        self.left.setblocking(False)
        self.assertRaises(BlockingIOError, self.left.recv, 1024)
        self.assertEqual(file.read(4), b"body")

    def test_peek_and_read1_give_what_there_is(self):
        self.right.send(MESSAGE)
        file = self.file("rb")
        self.assertEqual(file.peek(), MESSAGE)
        self.assertEqual(file.read1(), MESSAGE)

    def test_readinto_fills_the_whole_buffer(self):
        file = self.file("rb")
        buffer = bytearray(len(MESSAGE))
        self.right.send(MESSAGE[:5])
        reading = self.peer(file.readinto, buffer)
        self.right.send(MESSAGE[5:])
        self.assertEqual(reading.join(), len(MESSAGE))
        self.assertEqual(buffer, MESSAGE)

    def test_raw_readinto_gives_what_there_is(self):
        file = self.file("rb", 0)
        buffer = bytearray(100)
        self.right.send(MESSAGE)
        self.assertEqual(file.readinto(buffer), len(MESSAGE))
        self.assertEqual(buffer[:len(MESSAGE)], MESSAGE)

    def test_raw_readinto_at_the_end_gives_zero(self):
        self.right.close()
        self.assertEqual(self.file("rb", 0).readinto(bytearray(10)), 0)
        self.assertEqual(self.file("rb", 0).read(10), b"")
        self.assertEqual(self.file("rb", 0).read(), b"")

    def test_raw_write_of_buffers(self):
        file = self.file("wb", 0)
        for buffer in (bytearray(MESSAGE), memoryview(MESSAGE), memoryview(b"--" + MESSAGE)[2:]):
            with self.subTest(type=type(buffer).__name__):
                self.assertEqual(file.write(buffer), len(MESSAGE))
                self.assertEqual(self.arrived(), MESSAGE)

    def test_reader_and_writer_in_one(self):
        file = self.file("rwb")
        file.write(b"question\n")
        file.flush()
        self.assertEqual(self.right.recv(1024), b"question\n")
        self.right.send(b"answer\n")
        self.assertEqual(file.readline(), b"answer\n")

    def test_detach_gives_the_file_below(self):
        text = self.left.makefile("r")
        buffered = text.detach()
        self.assertIs(type(buffered), io.BufferedReader)
        self.assertRaises(ValueError, text.read)
        raw = buffered.detach()
        self.assertIs(type(raw), socket.SocketIO)
        self.assertRaises(ValueError, buffered.read)
        self.left.close()
        self.assertGreaterEqual(self.left.fileno(), 0)
        raw.close()
        self.assertEqual(self.left.fileno(), -1)


class LifetimeTest(FileCase):
    """A socket is really closed when it and all of its files are."""

    def test_socket_closed_before_its_files(self):
        first, second = self.file("rb"), self.file("wb", 0)
        self.left.close()
        self.assertIn("[closed]", repr(self.left))
        self.assertGreaterEqual(self.left.fileno(), 0)
        first.close()
        second.write(MESSAGE)
        self.assertEqual(self.right.recv(1024), MESSAGE)
        second.close()
        self.assertEqual(self.left.fileno(), -1)
        self.assertEqual(self.right.recv(1), b"")

    def test_socket_closed_after_its_files(self):
        self.file("rb").close()
        self.file("r").close()
        self.assertGreaterEqual(self.left.fileno(), 0)
        self.left.close()
        self.assertEqual(self.left.fileno(), -1)

    def test_closing_a_file_twice_counts_once(self):
        first, second = self.file("rb"), self.file("rb")
        first.close()
        first.close()
        self.left.close()
        self.right.send(MESSAGE)
        self.assertEqual(second.read(len(MESSAGE)), MESSAGE)

    def test_peer_sees_the_end_when_the_last_file_is_closed(self):
        with self.file("w") as file:
            self.left.close()
            file.write("text")
        self.assertEqual(read_to_end(self.right), b"text")


class TextTest(FileCase):
    def test_lines_are_not_sent_one_by_one(self):
        # A text file of a socket is never line buffered, whatever the buffering is.
        file = self.file("w", 1)
        self.assertFalse(file.line_buffering)
        file.write("a line\n")
        self.assertEqual(self.arrived(), b"")
        file.flush()
        self.assertEqual(self.arrived(), b"a line\n")

    def test_encodings(self):
        for encoding in ("utf-8", "latin-1", "utf-16-le"):
            with self.subTest(encoding=encoding):
                with self.left.makefile("w", encoding=encoding) as writer:
                    writer.write("caf\u00e9\n")
                self.assertEqual(self.arrived(), "caf\u00e9\n".encode(encoding))
                self.right.send("caf\u00e9\n".encode(encoding))
                with self.left.makefile("r", encoding=encoding) as reader:
                    self.assertEqual(reader.readline(), "caf\u00e9\n")

    def test_letter_that_comes_in_two_parts(self):
        reader = self.file("r", encoding="utf-8")
        self.right.send(b"\xe2\x82")
        reading = self.peer(reader.read, 1)
        self.right.send(b"\xac")
        self.assertEqual(reading.join(), "\u20ac")

    def test_bytes_that_do_not_decode(self):
        self.right.send(b"a\xffb")
        self.right.shutdown(socket.SHUT_WR)
        self.assertRaises(UnicodeDecodeError, self.file("r", encoding="ascii").read)

    def test_handling_of_bytes_that_do_not_decode(self):
        self.right.send(b"a\xffb")
        self.right.shutdown(socket.SHUT_WR)
        self.assertEqual(self.file("r", encoding="ascii", errors="replace").read(), "a\ufffdb")

    def test_letters_that_do_not_encode(self):
        file = self.file("w", encoding="ascii")
        self.assertRaises(UnicodeEncodeError, file.write, "\u00e9")

    def test_newlines_are_translated_when_read(self):
        for newline, lines in ((None, ["a\n", "b\n", "c\n", "d"]), ("", ["a\r\n", "b\r", "c\n", "d"]),
                               ("\n", ["a\r\n", "b\rc\n", "d"]), ("\r\n", ["a\r\n", "b\rc\nd"])):
            with self.subTest(newline=newline):
                left, right = self.pair()
                right.send(b"a\r\nb\rc\nd")
                right.close()
                file = self.own(left.makefile("r", newline=newline))
                self.assertEqual(file.readlines(), lines)

    def test_newlines_are_translated_when_written(self):
        for newline, sent in (("", b"a\nb\r\n"), ("\n", b"a\nb\r\n"), ("\r\n", b"a\r\nb\r\r\n"), ("\r", b"a\rb\r\r")):
            with self.subTest(newline=newline):
                with self.left.makefile("w", newline=newline) as file:
                    file.write("a\nb\r\n")
                self.assertEqual(self.arrived(), sent)

    def test_print_into_a_file(self):
        with self.left.makefile("w", newline="\n") as file:
            print("one", 2, file=file)
        self.assertEqual(self.arrived(), b"one 2\n")

    def test_reader_and_writer_in_one(self):
        file = self.file("rw", encoding="utf-8", newline="\n")
        file.write("question\n")
        file.flush()
        self.assertEqual(self.right.recv(1024), b"question\n")
        self.right.send(b"answer\n")
        self.assertEqual(file.readline(), "answer\n")


class NonBlockingTest(FileCase):
    def setUp(self):
        super().setUp()
        self.left.setblocking(False)

    def test_raw_reads_without_data_give_none(self):
        file = self.file("rb", 0)
        self.assertIsNone(file.read(10))
        self.assertIsNone(file.read())
        self.assertIsNone(file.readinto(bytearray(10)))

    def test_raw_write_to_a_full_buffer_gives_none(self):
        fill(self.left)
        self.assertIsNone(self.file("wb", 0).write(b"x"))

    def test_raw_write_of_more_than_fits_gives_the_count(self):
        data = bytes(64 << 20)
        count = self.file("wb", 0).write(data)
        self.assertGreater(count, 0)
        self.assertLess(count, len(data))

    def test_buffered_read_without_data_gives_none(self):
        file = self.file("rb")
        self.assertIsNone(file.read(10))
        self.assertIsNone(file.read())
        self.assertIsNone(file.readinto(bytearray(10)))

    def test_buffered_read_gives_what_there_is(self):
        file = self.file("rb")
        self.right.send(b"part")
        self.assertEqual(file.read(10), b"part")
        self.assertIsNone(file.read(10))

    def test_buffered_write_of_more_than_fits(self):
        file = self.left.makefile("wb")
        with self.assertRaises(BlockingIOError) as caught:
            while True:
                file.write(b"x" * 100000)
                file.flush()
        self.assertEqual(caught.exception.errno, errno.EAGAIN)
        self.assertGreaterEqual(caught.exception.characters_written, 0)
        # What the buffer still holds can be sent once there is room again.
        self.left.settimeout(None)
        closing = self.peer(file.close)
        self.left.close()
        read_to_end(self.right)
        closing.join()

    def test_mode_of_the_socket_counts_and_not_the_one_at_its_making(self):
        file = self.file("rb", 0)
        self.assertIsNone(file.read(1))
        self.left.settimeout(SHORT)
        self.assertTimesOut(SHORT, file.read, 1)


if __name__ == "__main__":
    unittest.main()
