"""What objects of the standard library close when they are dropped without close, at the latest once collected."""

import asyncio
import csv
import gc
import http.client
import io
import multiprocessing
import os
import socket
import unittest

from support import LIMIT, SocketTestCase
from support.collection import ResourceWarnings, collected


class DroppedCase(SocketTestCase):
    """Gives each case `left` and `right`, a pair of UNIX stream sockets."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()

    def assert_ends(self, peer, data=b""):
        """The other end is closed, after it has sent `data`."""
        peer.setblocking(False)
        received = []

        def is_over():
            try:
                received.append(peer.recv(1000))
            except BlockingIOError:
                return False
            return received[-1] == b""

        self.assertTrue(collected(lambda: any(is_over() for _ in range(3))), received)
        self.assertEqual(b"".join(received), data)


class FileTest(DroppedCase):
    def test_file_does_not_keep_a_closed_socket_open(self):
        for mode, buffering in ("r", -1), ("rb", -1), ("rb", 0), ("w", -1), ("rw", -1), ("wb", -1), ("rwb", -1):
            with self.subTest(mode=mode, buffering=buffering):
                left, right = self.pair()
                file = left.makefile(mode, buffering)
                left.close()
                self.assertNotEqual(left.fileno(), -1)
                del file
                self.assert_ends(right)
                self.assertEqual(left.fileno(), -1)

    def test_file_that_is_kept_keeps_it_open(self):
        file = self.own(self.left.makefile("w"))
        self.left.close()
        gc.collect()
        file.write("text")
        file.flush()
        self.assertEqual(self.right.recv(100), b"text")

    def test_other_files_keep_it_open(self):
        kept = self.own(self.left.makefile("w"))
        dropped = self.left.makefile()
        self.left.close()
        del dropped
        gc.collect()
        kept.write("text")
        kept.close()
        self.assert_ends(self.right, b"text")

    def test_file_that_was_dropped_before_the_close(self):
        self.left.makefile()
        self.left.makefile("rb", 0)
        gc.collect()
        self.left.close()
        self.assert_ends(self.right)

    def test_each_file_counts_once(self):
        kept = self.own(self.left.makefile("rb"))
        for _ in range(40):
            self.left.makefile("rb")
            self.left.makefile("rb").close()
        gc.collect()
        dropped, closed = self.left.makefile("rb"), self.left.makefile("rb")
        self.left.close()
        self.left.close()
        closed.close()
        closed.close()
        del dropped, closed
        gc.collect()
        self.right.send(b"text")
        self.assertEqual(kept.read(4), b"text")
        late = self.left.makefile("rb")
        kept.close()
        self.right.send(b"more")
        self.assertEqual(late.read(4), b"more")
        del late
        self.assert_ends(self.right)

    def test_socket_that_is_open_stays_open(self):
        self.left.makefile()
        self.left.makefile("w").write("text")
        gc.collect()
        self.assertNotEqual(self.left.fileno(), -1)
        self.right.setblocking(False)

        def is_there():
            try:
                return self.right.recv(100) == b"text"
            except BlockingIOError:
                return False

        self.assertTrue(collected(is_there))
        self.assertNotEqual(self.left.fileno(), -1)

    def test_response_ends_its_connection(self):
        self.right.sendall(b"HTTP/1.0 200 OK\r\n\r\nbody")
        response = http.client.HTTPResponse(self.left)
        response.begin()
        self.left.close()
        del response
        self.assert_ends(self.right)


class UnsentTest(DroppedCase):
    """Data of a dropped file that was not flushed."""

    def test_text_arrives(self):
        for mode in "w", "rw":
            with self.subTest(mode=mode):
                left, right = self.pair()
                file = left.makefile(mode, encoding="utf-8", newline="\r\n")
                file.write("één\n")
                file.writelines(["two\n", "three\n"])
                print("four", file=file)
                left.close()
                del file
                self.assert_ends(right, "één\r\ntwo\r\nthree\r\nfour\r\n".encode())

    def test_bytes_arrive(self):
        file = self.left.makefile("wb")
        file.write(b"one")
        file.writelines([b"two", b"three"])
        self.left.close()
        del file
        self.assert_ends(self.right, b"onetwothree")

    def test_bytes_arrive_when_the_socket_is_dropped_too(self):
        left, right = socket.socketpair()
        self.own(right)
        left.makefile("wb").write(b"text")
        with ResourceWarnings():
            del left
            self.assert_ends(right, b"text")

    def test_order_is_kept(self):
        file = self.left.makefile("wb")
        file.write(b"one")
        file.flush()
        file.write(b"two")
        del file
        second = self.left.makefile("wb")
        self.assertTrue(collected(lambda: self.left._io_refs == 1))
        second.write(b"three")
        self.left.close()
        del second
        self.assert_ends(self.right, b"onetwothree")

    def test_last_method_keeps_its_file(self):
        for mode, data in ("wb", b"text"), ("rwb", b"text"), ("w", "text"), ("rw", "text"):
            with self.subTest(mode=mode):
                left, right = self.pair()
                file = left.makefile(mode)
                write, flush = file.write, file.flush
                left.close()
                del file
                gc.collect()
                write(data)
                del write
                gc.collect()
                flush()
                self.assertEqual(right.recv(100), b"text")
                del flush
                self.assert_ends(right)

    def test_method_keeps_its_file(self):
        writer = csv.writer(self.left.makefile("w"))
        self.left.close()
        gc.collect()
        writer.writerow([1, 2])
        del writer
        self.assert_ends(self.right, b"1,2\r\n")


class WrittenFileTest(DroppedCase):
    """Files that are written to are what they always are."""

    def test_close_sends(self):
        with self.left.makefile("w") as file:
            file.write("text")
        self.assertTrue(file.closed)
        self.assertEqual(self.right.recv(100), b"text")
        for action in (lambda: file.write("x")), file.flush:
            with self.assertRaises(ValueError):
                action()
        file.close()

    def test_detach_of_text(self):
        file = self.left.makefile("w")
        file.write("one")
        buffer = file.detach()
        self.assertIs(type(buffer), io.BufferedWriter)
        with self.assertRaises(ValueError):
            file.write("x")
        buffer.write(b"two")
        self.left.close()
        buffer.close()
        self.assert_ends(self.right, b"onetwo")

    def test_detach_of_bytes(self):
        file = self.left.makefile("wb")
        file.write(b"one")
        raw = file.detach()
        self.assertIsInstance(raw, socket.SocketIO)
        raw.write(b"two")
        self.left.close()
        raw.close()
        self.assert_ends(self.right, b"onetwo")

    def test_reconfigure(self):
        file = self.own(self.left.makefile("w"))
        file.reconfigure(line_buffering=True)
        self.assertTrue(file.line_buffering)
        file.write("line\n")
        self.assertEqual(self.right.recv(100), b"line\n")

    def test_reading_and_writing(self):
        file = self.own(self.left.makefile("rw"))
        self.right.sendall(b"one\n")
        self.assertEqual(file.readline(), "one\n")
        file.write("answer\n")
        file.flush()
        self.assertEqual(self.right.recv(100), b"answer\n")
        self.right.sendall(b"two\n")
        self.assertEqual(file.readline(), "two\n")
        self.assertEqual(file.mode, "rw")


class OtherClassTest(SocketTestCase):
    """Sockets of a program's own class."""

    def test_what_sends_as_every_socket(self):
        class Own(socket.socket):
            pass

        left, right = self.pair()
        sock = Own(fileno=left.detach())
        file = sock.makefile("w")
        file.write("text")
        sock.close()
        del file
        right.setblocking(False)
        self.assertTrue(collected(lambda: self._came(right) == b"text"))

    def test_what_sends_in_its_own_way(self):
        class Own(socket.socket):
            def send(self, data, flags=0):
                return super().send(bytes(data).upper(), flags)

        left, right = self.pair()
        sock = self.own(Own(fileno=left.detach()))
        file = sock.makefile("w")
        file.write("text")
        del file
        right.setblocking(False)
        self.assertTrue(collected(lambda: self._came(right) == b"TEXT"))

    @staticmethod
    def _came(sock):
        try:
            return sock.recv(100)
        except BlockingIOError:
            return None

    def test_what_receives_in_its_own_way(self):
        class Own(socket.socket):
            def recv_into(self, buffer, *arguments):
                count = super().recv_into(buffer, *arguments)
                buffer[:count] = bytes(buffer[:count]).upper()
                return count

        left, right = self.pair()
        sock = self.own(Own(fileno=left.detach()))
        sock.settimeout(LIMIT)
        file = self.own(sock.makefile("rw"))
        right.sendall(b"line\n")
        self.assertEqual(file.readline(), "LINE\n")


class ConnectionTest(DroppedCase):
    def test_connection_closes_its_descriptor(self):
        one, other = multiprocessing.Pipe()
        self.addCleanup(other.close)
        del one
        self.assertTrue(collected(other.poll))
        with self.assertRaises(EOFError):
            other.recv()

    def test_closed_connection_closes_nothing_else(self):
        one, other = multiprocessing.Pipe()
        number = one.fileno()
        one.close()
        other.close()
        kept = self.own(socket.socket(fileno=os.dup(self.left.fileno())))
        del one, other
        gc.collect()
        self.assertNotEqual(kept.fileno(), -1)
        self.assertGreaterEqual(number, 0)
        kept.send(b"x")
        self.assertEqual(self.right.recv(10), b"x")


class StreamWriterTest(DroppedCase):
    def test_writer_of_a_client_ends_its_connection(self):
        async def main():
            ended = asyncio.Event()

            async def serve(reader, writer):
                await reader.read()
                ended.set()
                writer.close()

            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            async with server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b"text")
                del reader, writer
                for _ in range(200):
                    gc.collect()
                    try:
                        await asyncio.wait_for(ended.wait(), 0.05)
                        return
                    except TimeoutError:
                        pass
            self.fail("the connection is still open")

        with ResourceWarnings():
            asyncio.run(main())


if __name__ == "__main__":
    unittest.main()
