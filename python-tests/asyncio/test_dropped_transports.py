"""asyncio's transports that nobody closes are closed once they are dropped, at the latest after their loop's end."""

import asyncio
import os
import socket
import unittest

from support import HOST, SocketTestCase
from support.collection import ResourceWarnings, collected


class PipeTransportTest(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(self.writer, False)

    def connect(self, make, file):
        """A transport on a file, whose loop then ends."""

        async def main():
            transport, _ = await getattr(asyncio.get_running_loop(), make)(asyncio.Protocol, file)
            return type(transport).__name__, file.fileno()

        return asyncio.run(main())

    def test_the_reader_sees_the_end_of_a_dropped_writer(self):
        self.addCleanup(os.close, self.reader)

        def has_ended():
            try:
                return os.read(self.reader, 1) == b""
            except BlockingIOError:
                return False

        with ResourceWarnings() as warned:
            name, fd = self.connect("connect_write_pipe", open(self.writer, "wb", 0))
            self.assertTrue(collected(has_ended))
            self.assertTrue(collected(warned.messages))
        self.assertIn(f"unclosed transport <{name} fd={fd} idle bufsize=0>", warned.messages())

    def test_the_writer_sees_the_end_of_a_dropped_reader(self):
        self.addCleanup(os.close, self.writer)

        def is_refused():
            try:
                os.write(self.writer, b"x")
            except BrokenPipeError:
                return True
            except BlockingIOError:
                pass
            return False

        with ResourceWarnings() as warned:
            name, fd = self.connect("connect_read_pipe", open(self.reader, "rb", 0))
            self.assertTrue(collected(is_refused))
        self.assertIn(f"unclosed transport <{name} fd={fd} idle>", warned.messages())

    def test_a_file_that_is_still_used_is_closed_too(self):
        self.addCleanup(os.close, self.reader)
        file = open(self.writer, "wb", 0)
        with ResourceWarnings():
            self.connect("connect_write_pipe", file)
            self.assertTrue(collected(lambda: file.closed))

    def test_a_closed_transport_closes_nothing_else(self):
        self.addCleanup(os.close, self.reader)

        async def main():
            lost = asyncio.get_running_loop().create_future()

            class Protocol(asyncio.Protocol):
                def connection_lost(self, cause):
                    lost.set_result(cause)

            transport, _ = await asyncio.get_running_loop().connect_write_pipe(Protocol, open(self.writer, "wb", 0))
            transport.close()
            await lost

        with ResourceWarnings() as warned:
            asyncio.run(main())
            # The number is another file's now.
            self.assertEqual(os.dup(self.reader), self.writer)
            self.addCleanup(os.close, self.writer)
            self.assertTrue(collected(lambda: True))
        os.fstat(self.writer)
        self.assertEqual(warned.messages(), [])


class SocketTransportTest(SocketTestCase):
    def test_the_address_of_a_dropped_datagram_endpoint_is_free(self):
        async def main():
            transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
                asyncio.DatagramProtocol, local_addr=(HOST, 0)
            )
            sock = transport.get_extra_info("socket")
            return sock.fileno(), sock.getsockname()

        def is_free():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as another:
                try:
                    another.bind(address)
                except OSError:
                    return False
            return True

        with ResourceWarnings() as warned:
            fd, address = asyncio.run(main())
            self.assertTrue(collected(is_free))
            self.assertTrue(collected(warned.messages))
        self.assertEqual(warned.messages(), [f"unclosed transport <_SelectorDatagramTransport fd={fd}>"])

    def test_a_dropped_server_refuses(self):
        async def main():
            server = await asyncio.start_server(lambda reader, writer: None, HOST, 0)
            return server.sockets[0].getsockname()

        def refuses():
            with socket.socket() as client:
                return client.connect_ex(address) != 0

        with ResourceWarnings() as warned:
            address = asyncio.run(main())
            self.assertTrue(collected(refuses))
            self.assertTrue(collected(warned.messages))
        self.assertTrue(warned.messages()[0].startswith("unclosed <socket.socket fd="), warned.messages())

    def test_the_peer_of_a_dropped_connection_sees_its_end(self):
        listener = self.own(socket.create_server((HOST, 0)))

        async def main():
            await asyncio.get_running_loop().create_connection(asyncio.Protocol, *listener.getsockname())

        with ResourceWarnings():
            asyncio.run(main())
            peer = self.own(listener.accept()[0])
            peer.setblocking(False)

            def has_ended():
                try:
                    return peer.recv(1) == b""
                except BlockingIOError:
                    return False

            self.assertTrue(collected(has_ended))


if __name__ == "__main__":
    unittest.main()
