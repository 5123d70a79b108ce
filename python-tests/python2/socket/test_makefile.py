"""makefile() of a socket: an object with the methods of a Python 2 file, over recv and sendall."""

import errno
import socket
import unittest

from support import LIMIT, SocketTestCase, receive_all

SIZES = -1, 0, 1, 2, 7, 1024
"""Values of bufsize: the default one, none, lines, and numbers of bytes."""


class FileCase(SocketTestCase):
    def setUp(self):
        left, right = self.tcp_pair()
        self.sock, self.other = left, right

    def file(self, mode="rb", bufsize=-1):
        made = self.sock.makefile(mode, bufsize)
        self.addCleanup(made.close)
        return made

    def feed(self, data):
        """Sends it all, and then the end of the stream."""
        self.other.sendall(data)
        self.other.shutdown(socket.SHUT_WR)

    def refill(self):
        self.setUp()


class ReadingTest(FileCase):
    def each_size(self, data):
        """A new file for each size of buffer, in which the data is all that comes."""
        for size in SIZES:
            self.refill()
            self.feed(data)
            yield self.file("rb", size)

    def test_all(self):
        for made in self.each_size("line\r\nline\n\0\xff" * 1000):
            data = made.read()
            self.assertIs(type(data), str)
            self.assertTrue(data == "line\r\nline\n\0\xff" * 1000, made.bufsize)
            self.assertEqual(made.read(), "")

    def test_parts(self):
        for made in self.each_size("0123456789"):
            self.assertEqual([made.read(3), made.read(0), made.read(6), made.read(100), made.read(1)],
                             ["012", "", "345678", "9", ""])

    def test_negative_is_all(self):
        for made in self.each_size("0123456789"):
            self.assertEqual(made.read(-1), "0123456789")

    def test_lines(self):
        for made in self.each_size("one\ntwo\r\n\nno end"):
            self.assertEqual([made.readline() for _ in range(6)], ["one\n", "two\r\n", "\n", "no end", "", ""])

    def test_parts_of_lines(self):
        for made in self.each_size("abcdef\nghi\n"):
            self.assertEqual([made.readline(3), made.readline(3), made.readline(3), made.readline(0)],
                             ["abc", "def", "\n", ""])
            self.assertEqual([made.readline(100), made.readline(100)], ["ghi\n", ""])

    def test_lines_and_parts(self):
        for made in self.each_size("first\nsecond\nthird\n"):
            self.assertEqual([made.read(2), made.readline(), made.read(3), made.readline(), made.read()],
                             ["fi", "rst\n", "sec", "ond\n", "third\n"])

    def test_iteration(self):
        for made in self.each_size("one\ntwo\nthree"):
            self.assertIs(iter(made), made)
            self.assertEqual(next(made), "one\n")
            self.assertEqual(list(made), ["two\n", "three"])
            self.assertRaises(StopIteration, made.next)

    def test_readlines(self):
        for made in self.each_size("one\ntwo\nthree"):
            self.assertEqual(made.readlines(), ["one\n", "two\n", "three"])
            self.assertEqual(made.readlines(), [])

    def test_readlines_with_a_hint(self):
        for made in self.each_size("one\ntwo\nthree\n"):
            self.assertEqual(made.readlines(5), ["one\n", "two\n"])
            self.assertEqual(made.readlines(1), ["three\n"])

    def test_long_lines(self):
        line = "x" * 50000 + "\n"
        for made in self.each_size(line + line):
            self.assertTrue(made.readline() == line)
            self.assertTrue(made.readline() == line)
            self.assertEqual(made.readline(), "")

    def test_without_a_buffer_no_byte_too_many_is_taken(self):
        made = self.file("rb", 0)
        self.feed("line\nafter it")
        self.assertEqual(made.readline(), "line\n")
        self.assertEqual(receive_all(self.sock), "after it")

    def test_read_of_a_number_waits_for_all_of_it(self):
        made = self.file()
        peer = self.peer(made.read, 6)
        self.other.sendall("abc")
        self.other.sendall("def")
        self.assertEqual(peer.join(), "abcdef")

    def test_a_timeout_comes_through(self):
        for size in SIZES:
            self.refill()
            made = self.file("rb", size)
            self.sock.settimeout(0.01)
            self.assertRaises(socket.timeout, made.readline)
            self.assertRaises(socket.timeout, made.readline, 100)
            self.assertRaises(socket.timeout, made.read, 100)
            self.assertRaises(socket.timeout, made.read)
            self.other.sendall("a line\n")
            self.sock.settimeout(LIMIT)
            self.assertEqual(made.readline(), "a line\n")


class WritingTest(FileCase):
    def test_the_default_waits_for_flush(self):
        made = self.file("wb")
        self.assertIsNone(made.write("some"))
        made.write("thing")
        self.sock.send("!")
        self.assertEqual(self.other.recv(1), "!")
        made.flush()
        self.assertEqual(receive_all(self.other, 9), "something")

    def test_without_a_buffer_all_goes_at_once(self):
        made = self.file("wb", 0)
        made.write("now")
        self.assertEqual(receive_all(self.other, 3), "now")

    def test_lines_go_at_their_end(self):
        made = self.file("wb", 1)
        made.write("no end")
        self.sock.send("!")
        made.write(" yet\nand")
        self.assertEqual(receive_all(self.other, 15), "!no end yet\nand"[:15])
        made.flush()

    def test_small_buffers_go_when_they_are_full(self):
        made = self.file("wb", 4)
        made.write("abc")
        self.sock.send("!")
        made.write("d")
        self.assertEqual(receive_all(self.other, 5), "!abcd")

    def test_more_than_the_buffer(self):
        data = "0123456789" * 100000
        for size in SIZES:
            self.refill()
            made = self.file("wb", size)
            peer = self.peer(receive_all, self.other, len(data))
            made.write(data)
            made.flush()
            self.assertTrue(peer.join() == data)

    def test_nothing(self):
        made = self.file("wb", 0)
        made.write("")
        made.flush()
        made.write("x")
        self.assertEqual(self.other.recv(10), "x")

    def test_writelines(self):
        for size in SIZES:
            self.refill()
            made = self.file("wb", size)
            self.assertIsNone(made.writelines(["one\n", "", "two\n", u"three\n"]))
            made.flush()
            self.assertEqual(receive_all(self.other, 14), "one\ntwo\nthree\n")

    def test_what_is_not_str_is_written_as_str_makes_it(self):
        made = self.file("wb")
        for value in 5, u"text", 1.5, None:
            made.write(value)
        made.close()
        self.assertEqual(receive_all(self.other, 12), "5text1.5None")

    def test_unicode_beyond_ascii(self):
        made = self.file("wb")
        self.assertRaises(UnicodeEncodeError, made.write, u"\u2620")
        made.write("still fine")
        made.flush()
        self.assertEqual(receive_all(self.other, 10), "still fine")

    def test_both_ways(self):
        made = self.file("r+b", 0)
        made.write("question\n")
        self.assertEqual(receive_all(self.other, 9), "question\n")
        self.other.sendall("answer\n")
        self.assertEqual(made.readline(), "answer\n")


class AttributesTest(FileCase):
    def test_defaults(self):
        made = self.sock.makefile()
        self.assertEqual((made.mode, made.bufsize, made.name), ("r", 8192, "<socket>"))
        self.assertIs(type(made), socket._fileobject)
        self.assertEqual(socket._fileobject.default_bufsize, 8192)
        self.assertFalse(made.softspace)
        self.assertEqual(made.fileno(), self.sock.fileno())

    def test_sizes(self):
        for given, kept in (-1, 8192), (0, 0), (1, 1), (77, 77):
            self.assertEqual(self.sock.makefile("rb", given).bufsize, kept)

    def test_any_mode_is_kept(self):
        for mode in "r", "w", "rb", "r+b", "anything":
            self.assertEqual(self.sock.makefile(mode).mode, mode)

    def test_keywords(self):
        made = self.sock.makefile(mode="wb", bufsize=0)
        self.assertEqual((made.mode, made.bufsize), ("wb", 0))

    def test_closed(self):
        made = self.sock.makefile()
        self.assertFalse(made.closed)
        self.assertIsNone(made.close())
        self.assertTrue(made.closed)
        self.assertIsNone(made.close())

    def test_print_writes_to_it(self):
        made = self.file("w")
        print >>made, "one", 2,
        print >>made, "three"
        made.flush()
        self.assertEqual(receive_all(self.other, 12), "one 2 three\n")

    def test_no_attribute_can_be_added(self):
        self.assertRaises(AttributeError, setattr, self.sock.makefile(), "extra", 1)


class ClosingTest(FileCase):
    def test_close_flushes(self):
        made = self.sock.makefile("wb")
        made.write("at last")
        made.close()
        self.assertEqual(receive_all(self.other, 7), "at last")

    def test_the_socket_is_open_after_its_file_is_closed(self):
        self.sock.makefile().close()
        self.sock.sendall("still here")
        self.assertEqual(receive_all(self.other, 10), "still here")

    def test_the_connection_lasts_as_long_as_the_last_file(self):
        files = [self.sock.makefile("wb", 0) for _ in range(3)]
        self.sock.close()
        for made in files:
            made.write("x")
            self.assertEqual(self.other.recv(1), "x")
            made.close()
        self.assertEnds(self.other)

    def test_a_file_of_a_closed_socket(self):
        self.sock.close()
        made = self.sock.makefile()
        self.assertRaises(socket.error, made.read)


class OwnObjectsTest(unittest.TestCase):
    """_fileobject takes anything with recv and sendall."""

    class Source(object):
        def __init__(self, *parts):
            self.parts = list(parts)
            self.asked = []
            self.sent = []
            self.closes = 0

        def recv(self, size):
            self.asked.append(size)
            part = self.parts.pop(0) if self.parts else ""
            if isinstance(part, Exception):
                raise part
            if len(part) > size:
                self.parts.insert(0, part[size:])
                part = part[:size]
            return part

        def sendall(self, data):
            self.sent.append(data if isinstance(data, str) else data.tobytes())

        def close(self):
            self.closes += 1

    def test_reading(self):
        source = self.Source("ab", "c\nd", "ef\n")
        self.assertEqual(socket._fileobject(source, "rb").readlines(), ["abc\n", "def\n"])

    def test_it_leaves_the_source_open(self):
        source = self.Source()
        socket._fileobject(source, "rb").close()
        self.assertEqual(source.closes, 0)

    def test_it_closes_the_source_where_that_is_asked_for(self):
        source = self.Source()
        made = socket._fileobject(source, "rb", 0, close=True)
        made.close()
        self.assertEqual(source.closes, 1)

    def test_it_closes_the_source_though_the_flush_fails(self):
        source = self.Source()
        source.sendall = None
        made = socket._fileobject(source, "wb", 100, close=True)
        made.write("x")
        self.assertRaises(TypeError, made.close)
        self.assertEqual(source.closes, 1)
        self.assertTrue(made.closed)

    def test_calls_that_a_signal_ended_are_made_again(self):
        ended = socket.error(errno.EINTR, "a signal")
        for size, call, expected in ((-1, lambda made: made.read(), "abcd"),
                                     (0, lambda made: made.readline(), "abcd"),
                                     (-1, lambda made: made.readline(), "abcd"),
                                     (1024, lambda made: made.read(4), "abcd"),
                                     (1024, lambda made: made.readline(100), "abcd")):
            source = self.Source("ab", ended, "cd", ended)
            self.assertEqual(call(socket._fileobject(source, "rb", size)), expected)

    def test_other_errors_come_through(self):
        source = self.Source("ab", socket.error(errno.ECONNRESET, "gone"))
        self.assertRaises(socket.error, socket._fileobject(source, "rb").read)

    def test_a_line_buffer_sends_whole_lines(self):
        source = self.Source()
        made = socket._fileobject(source, "wb", 1)
        made.write("one\n")
        made.write("two")
        made.flush()
        self.assertEqual(source.sent, ["one\n", "two"])


class BuiltInMakefileTest(SocketTestCase):
    """makefile of _socket.socket, which socketpair and fromfd give, makes a file of a descriptor of its own."""

    def test_reading_and_writing(self):
        left, right = self.pair()
        left.settimeout(None), right.settimeout(None)
        writer, reader = left.makefile("wb", 0), right.makefile("rb")
        writer.write("through files\n")
        self.assertEqual(reader.readline(), "through files\n")
        self.assertEqual((writer.name, writer.mode), ("<socket>", "wb"))
        writer.close(), reader.close()
        left.sendall("and on")
        self.assertEqual(right.recv(10), "and on")


del FileCase

if __name__ == "__main__":
    unittest.main()
