"""What send takes and recv_into fills: str, unicode, buffer, bytearray, memoryview and array."""

import array
import socket
import unittest

from support import SocketTestCase, receive_all


class SendingTest(SocketTestCase):
    def setUp(self):
        self.left, self.right = self.pair()

    def test_kinds(self):
        for data, sent in (("bytes\xff\0", "bytes\xff\0"), (u"ascii", "ascii"), (bytearray("array"), "array"),
                           (buffer("a buffer", 2), "buffer"), (memoryview("a view")[2:], "view"),
                           (array.array("c", "chars"), "chars"), (array.array("B", [1, 255]), "\x01\xff"),
                           (buffer(bytearray("both")), "both"), (memoryview(bytearray("mutable")), "mutable")):
            self.assertEqual(self.left.send(data), len(sent))
            self.assertEqual(receive_all(self.right, len(sent)), sent)
            self.assertIsNone(self.left.sendall(data))
            self.assertEqual(receive_all(self.right, len(sent)), sent)

    def test_arrays_of_wider_items(self):
        numbers = array.array("i", [1, 2, 0x01020304])
        self.assertEqual(self.left.send(numbers), 3 * numbers.itemsize)
        received = array.array("i", [0, 0, 0])
        self.assertEqual(self.right.recv_into(received), 3 * numbers.itemsize)
        self.assertEqual(received, numbers)

    def test_subclasses(self):
        class Text(str):
            pass

        self.assertEqual(self.left.send(Text("mine")), 4)
        self.assertEqual(receive_all(self.right, 4), "mine")

    def test_unicode_is_ascii(self):
        for call in self.left.send, self.left.sendall:
            with self.assertRaises(UnicodeEncodeError) as caught:
                call(u"caf\xe9")
            self.assertEqual(caught.exception.args[:4], ("ascii", u"caf\xe9", 3, 4))

    def test_refused(self):
        for data, name in (5, "int"), (None, "NoneType"), ([], "list"), (1.5, "float"):
            with self.assertRaises(TypeError) as caught:
                self.left.send(data)
            self.assertIn("send() argument 1 must be string or buffer, not", str(caught.exception))
            self.assertRaises(TypeError, self.left.sendall, data)
        self.assertRaises(TypeError, self.left.send)
        self.assertRaises(TypeError, self.left.send, "x", "flags")


class ReceivingIntoTest(SocketTestCase):
    def setUp(self):
        self.left, self.right = self.pair()

    def test_kinds(self):
        self.left.sendall("0123456789")
        for made in (lambda: array.array("c", " " * 10), lambda: array.array("B", [0] * 10),
                     lambda: bytearray(10), lambda: memoryview(bytearray(10))):
            into = made()
            self.assertEqual(self.right.recv_into(into, 0, socket.MSG_PEEK), 10)
            filled = into.tobytes() if isinstance(into, memoryview) else into
            self.assertEqual(bytearray(filled if isinstance(filled, str) else filled), bytearray("0123456789"))
            into = made()
            self.assertEqual(self.right.recvfrom_into(into, 0, socket.MSG_PEEK)[0], 10)

    def test_part_of_a_buffer(self):
        self.left.sendall("0123456789")
        into = bytearray("..........")
        self.assertEqual(self.right.recv_into(into, 4), 4)
        self.assertEqual(into, bytearray("0123......"))
        self.assertEqual(self.right.recv_into(memoryview(into)[8:]), 2)
        self.assertEqual(into, bytearray("0123....45"))
        self.assertEqual(self.right.recvfrom_into(memoryview(into)[4:8], 2)[0], 2)
        self.assertEqual(into, bytearray("012367..45"))

    def test_less_than_fits(self):
        self.left.sendall("abc")
        into = bytearray("..........")
        self.assertEqual(self.right.recv_into(into), 3)
        self.assertEqual(into, bytearray("abc......."))

    def test_keywords(self):
        self.left.sendall("abcd")
        into = bytearray(4)
        self.assertEqual(self.right.recv_into(buffer=into, nbytes=1, flags=socket.MSG_PEEK), 1)
        self.assertEqual(self.right.recvfrom_into(buffer=into, nbytes=2, flags=socket.MSG_PEEK)[0], 2)
        self.assertEqual(self.right.recv_into(into, flags=socket.MSG_PEEK), 4)

    def test_empty(self):
        self.left.sendall("abc")
        self.assertEqual(self.right.recv_into(bytearray()), 0)
        self.assertEqual(self.right.recvfrom_into(bytearray())[0], 0)
        self.assertEqual(self.right.recv(10), "abc")

    def test_a_large_one(self):
        data = "0123456789" * 100000
        peer = self.peer(self.left.sendall, data)
        into = bytearray(len(data))
        view = memoryview(into)
        at = 0
        while at < len(data):
            at += self.right.recv_into(view[at:])
        peer.join()
        self.assertTrue(into == data)

    def test_sizes_that_do_not_fit(self):
        self.assertSays(ValueError, "negative buffersize in recv_into", self.right.recv_into, bytearray(5), -1)
        self.assertSays(ValueError, "buffer too small for requested bytes", self.right.recv_into, bytearray(5), 6)
        self.assertSays(ValueError, "negative buffersize in recvfrom_into",
                        self.right.recvfrom_into, bytearray(5), -1)
        self.assertSays(ValueError, "nbytes is greater than the length of the buffer",
                        self.right.recvfrom_into, bytearray(5), 6)

    def test_what_cannot_be_filled(self):
        for into in "abc", u"abc", buffer("abc"), memoryview("abc"), 5, None:
            self.assertRaises(TypeError, self.right.recv_into, into)
            self.assertRaises(TypeError, self.right.recvfrom_into, into)
        self.assertSays(TypeError, "recv_into() argument 1 must be read-write buffer, not str",
                        self.right.recv_into, "abc")

    def test_a_bytearray_can_grow_again(self):
        self.left.sendall("abc")
        into = bytearray(3)
        self.right.recv_into(into)
        into.extend("def")
        self.assertEqual(into, bytearray("abcdef"))


class ReceivingTest(SocketTestCase):
    def setUp(self):
        self.left, self.right = self.pair()

    def test_sizes(self):
        self.left.sendall("x" * 100)
        self.assertEqual(self.right.recv(10L), "x" * 10)
        self.assertEqual(self.right.recv(True), "x")
        self.assertEqual(self.right.recv(1 << 20), "x" * 89)

    def test_refused(self):
        self.assertSays(ValueError, "negative buffersize in recv", self.right.recv, -1)
        self.assertSays(ValueError, "negative buffersize in recvfrom", self.right.recvfrom, -5)
        self.assertSays(TypeError, "an integer is required", self.right.recv, "1")
        self.assertSays(TypeError, "an integer is required", self.right.recv, None)
        self.assertSays(TypeError, "recv() takes at least 1 argument (0 given)", self.right.recv)
        self.assertRaises(TypeError, self.right.recv, 1, 0, 0)
        self.assertRaises(TypeError, lambda: self.right.recv(bufsize=1))
        self.assertRaises((OverflowError, MemoryError), self.right.recv, 1 << 62)
        self.assertRaises(OverflowError, self.right.recv, 1 << 70)


if __name__ == "__main__":
    unittest.main()
