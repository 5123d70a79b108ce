"""`socket.sendfile`: what of a file is sent, where the file stands afterwards, and what is refused.

The same cases run for the public call, for its way by `send`, and for its way by the system where there is one.
"""

import io
import os
import socket
import tempfile
import unittest

from support import HOST, LIMIT, SocketTestCase, requires
from support.streams import SHORT, MeasuresWaits, pattern, read_to_end

CONTENT = pattern((1 << 20) + 12345)


class SendfileCases(MeasuresWaits):
    """`transmit(sock, file, ...)` is the call under test."""

    def setUp(self):
        super().setUp()
        directory = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(directory.cleanup)
        self.path = os.path.join(directory.name, "file")
        self.client, self.server = self.tcp_pair()

    def file(self, content=CONTENT):
        with open(self.path, "wb") as file:
            file.write(content)
        return self.own(open(self.path, "rb"))

    def assertSent(self, file, expected, *arguments, **keywords):
        """Of `file` these bytes are sent, and their number is the result."""
        receiving = self.peer(read_to_end, self.server)
        self.assertEqual(self.transmit(self.client, file, *arguments, **keywords), len(expected))
        self.client.close()
        self.assertTrue(receiving.join() == expected)

    def test_whole_file(self):
        file = self.file()
        self.assertSent(file, CONTENT)
        self.assertEqual(file.tell(), len(CONTENT))

    def test_whole_file_in_blocking_mode(self):
        self.client.settimeout(None)
        self.assertSent(self.file(), CONTENT)

    def test_empty_file(self):
        file = self.file(b"")
        self.assertSent(file, b"")
        self.assertEqual(file.tell(), 0)

    def test_file_of_one_byte(self):
        self.assertSent(self.file(b"x"), b"x")

    def test_offset(self):
        file = self.file()
        self.assertSent(file, CONTENT[5000:], offset=5000)
        self.assertEqual(file.tell(), len(CONTENT))

    def test_offset_by_position(self):
        self.assertSent(self.file(), CONTENT[5000:], 5000)

    def test_offset_beyond_the_end(self):
        self.assertSent(self.file(), b"", offset=len(CONTENT) + 1)

    def test_count(self):
        file = self.file()
        self.assertSent(file, CONTENT[:500007], count=500007)
        self.assertEqual(file.tell(), 500007)

    def test_count_of_one(self):
        file = self.file()
        self.assertSent(file, CONTENT[:1], count=1)
        self.assertEqual(file.tell(), 1)

    def test_count_beyond_the_end(self):
        file = self.file()
        self.assertSent(file, CONTENT, count=2 * len(CONTENT))
        self.assertEqual(file.tell(), len(CONTENT))

    def test_offset_and_count(self):
        file = self.file()
        self.assertSent(file, CONTENT[2007:2007 + 100007], offset=2007, count=100007)
        self.assertEqual(file.tell(), 2007 + 100007)

    def test_offset_and_count_by_position(self):
        self.assertSent(self.file(), CONTENT[7:16], 7, 9)

    def test_timeout_that_does_not_expire(self):
        self.client.settimeout(LIMIT)
        self.assertSent(self.file(), CONTENT)

    def test_timeout_that_expires(self):
        client = self.narrow_client()
        file = self.file()
        client.settimeout(SHORT)
        self.assertTimesOut(SHORT, self.transmit, client, file)
        # The position of the file shows how much was sent.
        self.assertGreater(file.tell(), 0)
        self.assertLess(file.tell(), len(CONTENT))

    def narrow_client(self):
        """A client whose connection holds far less than the file."""
        listener = self.bounded(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
        listener.bind((HOST, 0))
        listener.listen()
        client = self.own(socket.socket())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 14)
        client.connect(listener.getsockname())
        self.own(listener.accept()[0])
        return client

    def test_peer_that_closed(self):
        self.server.close()
        with self.assertRaises((BrokenPipeError, ConnectionResetError)):
            for _ in range(10):
                self.transmit(self.client, self.file())

    def test_non_blocking_socket_is_refused(self):
        self.client.setblocking(False)
        with self.assertRaises(ValueError) as caught:
            self.transmit(self.client, self.file())
        self.assertEqual(str(caught.exception), "non-blocking sockets are not supported")
        self.client.close()
        self.assertEqual(self.server.recv(1), b"")

    def test_datagram_socket_is_refused(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        with self.assertRaises(ValueError) as caught:
            self.transmit(sock, self.file())
        self.assertEqual(str(caught.exception), "only SOCK_STREAM type sockets are supported")

    def test_text_file_is_refused(self):
        self.file()
        with open(self.path, encoding="latin-1") as file, self.assertRaises(ValueError) as caught:
            self.transmit(self.client, file)
        self.assertEqual(str(caught.exception), "file should be opened in binary mode")

    def test_count_that_is_no_integer(self):
        for count in ("2", 0.1, b"", [1]):
            with self.subTest(count=count), self.assertRaises(TypeError) as caught:
                self.transmit(self.client, self.file(), count=count)
            self.assertEqual(str(caught.exception), "count must be a positive integer (got %r)" % (count,))

    def test_count_that_is_not_positive(self):
        for count in (0, -1):
            with self.subTest(count=count), self.assertRaises(ValueError) as caught:
                self.transmit(self.client, self.file(), count=count)
            self.assertEqual(str(caught.exception), "count must be a positive integer (got %r)" % count)


class NonRegularFileCases:
    """Files without a descriptor, which only `send` can send."""

    def test_file_in_memory(self):
        file = io.BytesIO(CONTENT)
        self.assertSent(file, CONTENT)
        self.assertEqual(file.tell(), len(CONTENT))

    def test_file_in_memory_with_offset_and_count(self):
        file = io.BytesIO(CONTENT)
        self.assertSent(file, CONTENT[10:30010], offset=10, count=30000)
        self.assertEqual(file.tell(), 30010)

    def test_object_that_can_only_be_read(self):
        class Reader:
            def __init__(self):
                self.read = io.BytesIO(CONTENT).read

        self.assertSent(Reader(), CONTENT)


class SendfileTest(NonRegularFileCases, SendfileCases, SocketTestCase):
    def transmit(self, sock, *arguments, **keywords):
        return sock.sendfile(*arguments, **keywords)


class SendfileBySendTest(NonRegularFileCases, SendfileCases, SocketTestCase):
    def transmit(self, sock, *arguments, **keywords):
        return sock._sendfile_use_send(*arguments, **keywords)


@requires(os, "sendfile")
class SendfileBySystemTest(SendfileCases, SocketTestCase):
    def transmit(self, sock, *arguments, **keywords):
        return sock._sendfile_use_sendfile(*arguments, **keywords)

    def test_file_in_memory_is_left_to_send(self):
        with self.assertRaises(socket._GiveupOnSendfile):
            self.transmit(self.client, io.BytesIO(CONTENT))


if __name__ == "__main__":
    unittest.main()
