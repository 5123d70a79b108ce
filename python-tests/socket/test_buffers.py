"""Receiving into buffers and sending from them: every kind of buffer, sizes against lengths, and what is refused."""

import array
import errno
import io
import socket
import unittest

from support import SocketTestCase
from support.streams import MESSAGE, pattern, read_exactly

try:
    import mmap
except ImportError:
    mmap = None

class Index:
    """An object that is no int and stands for one."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class IntoCases:
    """recv_into and recvfrom_into. The subclass says which; `receive` gives the number of bytes for both."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.tcp_pair()

    def receive(self, *arguments, **keywords):
        result = getattr(self.left, self.method)(*arguments, **keywords)
        if self.method == "recv_into":
            self.assertIs(type(result), int)
            return result
        count, address = result
        self.assertIsNone(address)
        return count

    def assertReceived(self, buffer, content):
        """What is sent comes at the start of `buffer`, whose bytes `content` gives, and nothing else is changed."""
        before = content()
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(buffer), len(MESSAGE))
        self.assertEqual(content(), MESSAGE + before[len(MESSAGE):])

    def test_bytearray(self):
        buffer = bytearray(b"." * 1024)
        self.assertReceived(buffer, lambda: bytes(buffer))

    def test_array_of_bytes(self):
        for code in "bB":
            with self.subTest(code=code):
                buffer = array.array(code, b"." * 64)
                self.assertReceived(buffer, buffer.tobytes)

    def test_array_of_larger_items_is_filled_by_bytes(self):
        buffer = array.array("i", [0x2e2e2e2e] * 20)
        self.assertReceived(buffer, buffer.tobytes)

    def test_array_of_larger_items_is_measured_in_bytes(self):
        buffer = array.array("i", [0] * 2)
        self.right.send(bytes(range(8)))
        self.assertEqual(self.receive(buffer, 8), 8)
        self.assertEqual(buffer.tobytes(), bytes(range(8)))

    def test_memoryview(self):
        buffer = bytearray(b"." * 1024)
        self.assertReceived(memoryview(buffer), lambda: bytes(buffer))

    def test_memoryview_of_larger_items(self):
        buffer = array.array("q", [0] * 10)
        self.assertReceived(memoryview(buffer), buffer.tobytes)

    def test_memoryview_of_several_dimensions(self):
        buffer = bytearray(b"." * 60)
        self.assertReceived(memoryview(buffer).cast("B", (6, 10)), lambda: bytes(buffer))

    def test_slice_of_a_memoryview_leaves_what_is_around(self):
        buffer = bytearray(b"." * 64)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(memoryview(buffer)[10:20]), 10)
        self.assertEqual(buffer, b"." * 10 + MESSAGE[:10] + b"." * 44)
        self.assertEqual(self.left.recv(1024), MESSAGE[10:])

    @unittest.skipIf(mmap is None, "this Python has no mmap")
    def test_anonymous_memory_map(self):
        with mmap.mmap(-1, 4096) as buffer:
            self.assertReceived(buffer, lambda: buffer[:100])

    def test_bytesio_buffer(self):
        file = io.BytesIO(b"." * 64)
        with file.getbuffer() as buffer:
            self.assertReceived(buffer, lambda: bytes(buffer))

    def test_size_limits_what_is_received(self):
        buffer = bytearray(b"." * 64)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(buffer, 5), 5)
        self.assertEqual(buffer, MESSAGE[:5] + b"." * 59)
        self.assertEqual(self.receive(buffer, 64), len(MESSAGE) - 5)

    def test_size_as_large_as_the_buffer(self):
        buffer = bytearray(5)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(buffer, 5), 5)
        self.assertEqual(buffer, MESSAGE[:5])

    def test_size_of_zero_stands_for_the_whole_buffer(self):
        buffer = bytearray(64)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(buffer, 0), len(MESSAGE))

    def test_size_is_any_object_with_an_index(self):
        buffer = bytearray(64)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(buffer, Index(3)), 3)
        self.assertEqual(self.receive(buffer, True), 1)

    def test_keywords(self):
        buffer = bytearray(64)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(buffer=buffer, nbytes=3, flags=socket.MSG_PEEK), 3)
        self.assertEqual(self.receive(buffer, nbytes=4, flags=socket.MSG_PEEK), 4)
        self.assertEqual(self.receive(buffer, flags=socket.MSG_PEEK), len(MESSAGE))
        self.assertEqual(self.receive(buffer, 5, socket.MSG_PEEK), 5)
        self.assertEqual(self.receive(flags=0, buffer=buffer), len(MESSAGE))

    def test_wrong_arguments(self):
        call = getattr(self.left, self.method)
        self.assertRaises(TypeError, call)
        self.assertRaises(TypeError, call, bytearray(1), 1, 0, 0)
        self.assertRaises(TypeError, lambda: call(bytearray(1), size=1))
        self.assertRaises(TypeError, call, bytearray(1), 1, "0")

    def test_size_that_is_no_integer(self):
        for size, name in ((None, "NoneType"), ("1", "str"), (1.0, "float")):
            with self.subTest(size=size), self.assertRaises(TypeError) as caught:
                self.receive(bytearray(8), size)
            self.assertEqual(str(caught.exception), "'%s' object cannot be interpreted as an integer" % name)
        self.assertRaises(OverflowError, self.receive, bytearray(8), 1 << 63)

    def test_negative_size(self):
        with self.assertRaises(ValueError) as caught:
            self.receive(bytearray(8), -1)
        self.assertEqual(str(caught.exception), "negative buffersize in " + self.method)

    def test_size_larger_than_the_buffer(self):
        self.right.send(MESSAGE)
        buffer = bytearray(8)
        for arguments in ((9,), (1024,), (1 << 40,)):
            with self.subTest(size=arguments), self.assertRaises(ValueError) as caught:
                self.receive(buffer, *arguments)
            self.assertEqual(str(caught.exception), self.too_small)
        self.assertEqual(buffer, bytes(8))
        self.assertEqual(self.left.recv(1024), MESSAGE)

    def test_buffer_that_cannot_be_written(self):
        for thing in (b"abc", memoryview(b"abc"), "abc", 3, [1], (1,)):
            with self.subTest(thing=thing):
                self.assertNotWritable(thing, type(thing).__name__)
        self.assertNotWritable(None, "None")

    def assertNotWritable(self, thing, name):
        with self.assertRaises(TypeError) as caught:
            self.receive(thing)
        self.assertEqual(
            str(caught.exception), "%s() argument 1 must be read-write bytes-like object, not %s" % (self.method, name))

    def test_memoryview_with_gaps(self):
        self.assertNotWritable(memoryview(bytearray(10))[::2], "memoryview")

    def test_released_memoryview(self):
        view = memoryview(bytearray(10))
        view.release()
        self.assertNotWritable(view, "memoryview")

    def test_buffer_is_free_again_afterwards(self):
        # A bytearray cannot change its length while somebody holds its buffer.
        buffer = bytearray(8)
        self.right.send(MESSAGE)
        self.receive(buffer)
        buffer.extend(b"more")
        self.left.settimeout(0)
        self.left.recv(1024)
        self.assertErrno(errno.EAGAIN, self.receive, buffer)
        self.assertRaises(ValueError, self.receive, buffer, -1)
        buffer.extend(b"more")

    def test_large_data_in_pieces(self):
        data = pattern(1 << 20)
        self.peer(self.right.sendall, data)
        buffer = bytearray(len(data))
        view = memoryview(buffer)
        position = 0
        while position < len(data):
            position += self.receive(view[position:position + 100000])
        self.assertTrue(buffer == data)

    def test_end_of_the_stream(self):
        self.right.close()
        buffer = bytearray(b"....")
        self.assertEqual(self.receive(buffer), 0)
        self.assertEqual(buffer, b"....")


class RecvIntoTest(IntoCases, SocketTestCase):
    method = "recv_into"
    too_small = "buffer too small for requested bytes"

    def test_empty_buffer_takes_nothing_and_does_not_wait(self):
        self.assertEqual(self.receive(bytearray()), 0)
        self.assertEqual(self.receive(bytearray(), 0), 0)
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(bytearray()), 0)
        self.assertEqual(self.left.recv(1024), MESSAGE)


class RecvfromIntoTest(IntoCases, SocketTestCase):
    method = "recvfrom_into"
    too_small = "nbytes is greater than the length of the buffer"

    def test_empty_buffer_takes_nothing(self):
        self.right.send(MESSAGE)
        self.assertEqual(self.receive(bytearray()), 0)
        self.assertEqual(self.receive(bytearray(), 0), 0)
        self.assertEqual(self.left.recv(1024), MESSAGE)

    def test_empty_buffer_waits_for_data(self):
        self.left.setblocking(False)
        self.assertErrno(errno.EAGAIN, self.left.recvfrom_into, bytearray())

    def test_address_of_a_datagram(self):
        receiver = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        receiver.bind(self.left.getsockname())
        sender = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sender.connect(receiver.getsockname())
        sender.send(MESSAGE)
        buffer = array.array("B", bytes(100))
        self.assertEqual(receiver.recvfrom_into(buffer), (len(MESSAGE), sender.getsockname()))
        self.assertEqual(buffer.tobytes()[:len(MESSAGE)], MESSAGE)


class SendingTest(SocketTestCase):
    """send, sendall and sendto from every kind of buffer."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.tcp_pair()

    def senders(self):
        """Each way to send a buffer; each gives the number of bytes or None."""
        return (self.left.send, self.left.sendall, lambda buffer: self.left.sendto(buffer, ("", 1)))

    def assertSent(self, buffer, content):
        for number, send in enumerate(self.senders()):
            with self.subTest(sender=number):
                self.assertIn(send(buffer), (len(content), None))
                self.assertEqual(read_exactly(self.right, len(content)), content)

    def assertRefused(self, thing, kind, text):
        for number, send in enumerate(self.senders()):
            with self.subTest(sender=number), self.assertRaises(kind) as caught:
                send(thing)
            self.assertEqual(str(caught.exception), text)

    def test_bytes(self):
        self.assertSent(MESSAGE, MESSAGE)

    def test_bytearray(self):
        self.assertSent(bytearray(MESSAGE), MESSAGE)

    def test_subclass_of_bytes(self):
        class Named(bytes):
            pass

        self.assertSent(Named(MESSAGE), MESSAGE)

    def test_memoryview(self):
        self.assertSent(memoryview(MESSAGE), MESSAGE)
        self.assertSent(memoryview(bytearray(MESSAGE)), MESSAGE)

    def test_slice_of_a_memoryview(self):
        self.assertSent(memoryview(b"--" + MESSAGE + b"--")[2:-2], MESSAGE)

    def test_array_is_sent_by_bytes(self):
        for code in "bBhHiIqQd":
            with self.subTest(code=code):
                items = array.array(code, range(20))
                self.assertSent(items, items.tobytes())

    def test_memoryview_of_larger_items(self):
        items = array.array("d", [0.5, 1.5])
        self.assertSent(memoryview(items), items.tobytes())
        self.assertSent(memoryview(items)[1:], items.tobytes()[8:])

    def test_memoryview_of_several_dimensions(self):
        self.assertSent(memoryview(bytes(range(24))).cast("B", (4, 6)), bytes(range(24)))

    def test_memoryview_without_dimensions(self):
        self.assertSent(memoryview(b"x").cast("B", ()), b"x")

    def test_empty_buffers(self):
        for buffer in (b"", bytearray(), memoryview(b""), array.array("i")):
            with self.subTest(type=type(buffer).__name__):
                self.assertEqual(self.left.send(buffer), 0)
                self.assertIsNone(self.left.sendall(buffer))

    @unittest.skipIf(mmap is None, "this Python has no mmap")
    def test_anonymous_memory_map(self):
        with mmap.mmap(-1, 4096) as buffer:
            buffer[:len(MESSAGE)] = MESSAGE
            self.assertSent(buffer, MESSAGE + bytes(4096 - len(MESSAGE)))

    def test_bytesio_buffer(self):
        with io.BytesIO(MESSAGE).getbuffer() as buffer:
            self.assertSent(buffer, MESSAGE)

    def test_memoryview_with_gaps(self):
        self.assertRefused(
            memoryview(MESSAGE)[::2], BufferError, "memoryview: underlying buffer is not C-contiguous")

    def test_memoryview_backwards(self):
        self.assertRefused(
            memoryview(MESSAGE)[::-1], BufferError, "memoryview: underlying buffer is not C-contiguous")

    def test_something_without_a_buffer(self):
        for thing in ("text", 5, 1.5, None, [1], (1,), object(), 1j):
            with self.subTest(thing=thing):
                self.assertRefused(
                    thing, TypeError, "a bytes-like object is required, not '%s'" % type(thing).__name__)

    def test_released_memoryview(self):
        view = memoryview(MESSAGE)
        view.release()
        for number, send in enumerate(self.senders()):
            with self.subTest(sender=number):
                self.assertRaises(ValueError, send, view)

    def test_buffer_is_free_again_afterwards(self):
        # A bytearray cannot change its length while somebody holds its buffer.
        buffer = bytearray(MESSAGE)
        self.left.send(buffer)
        self.left.sendall(buffer)
        buffer.extend(b"more")
        self.left.shutdown(socket.SHUT_WR)
        self.assertRaises(BrokenPipeError, self.left.send, buffer)
        self.assertRaises(BrokenPipeError, self.left.sendall, buffer)
        buffer.extend(b"more")

    def test_buffer_that_changes_after_send_does_not_change_what_was_sent(self):
        buffer = bytearray(MESSAGE)
        self.left.send(buffer)
        buffer[:] = b"?" * len(buffer)
        self.assertEqual(self.right.recv(1024), MESSAGE)


if __name__ == "__main__":
    unittest.main()
