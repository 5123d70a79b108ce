"""asyncio's streams on TCP and AF_UNIX: each form of reading, writing to a slow reader, ends, resets, cancellation."""

import asyncio
import errno
import os
import socket
import tempfile
import unittest

from support import HAS_IPV6, HOST, HOST6
from support.asyncio import AsyncTestCase, close, echo
from support.asyncio_streams import BIG, StreamCases, TcpStreams
from support.streams import SHORT, reset


class UnixStreams:
    """Gives a case streams over AF_UNIX."""

    family = socket.AF_UNIX

    async def serve(self, handler, **keywords):
        async def handle(reader, writer):
            try:
                await handler(reader, writer)
            finally:
                await close(writer)

        sock = socket.socket(socket.AF_UNIX)
        self.bind(sock)
        server = await asyncio.start_unix_server(handle, sock=sock, **keywords)
        await self.at_end.enter_async_context(server)
        return sock.getsockname()

    def bind(self, sock):
        """Gives a socket an abstract name, as not every context may make files; where there are none, a path."""
        try:
            sock.bind("")
        except OSError:
            directory = self.at_end.enter_context(tempfile.TemporaryDirectory())
            sock.bind(os.path.join(directory, "socket"))

    async def connect(self, address=None, **keywords):
        reader, writer = await asyncio.open_unix_connection(address, **keywords)
        self.at_end.push_async_callback(close, writer)
        return reader, writer

    async def connect_by(self, sock):
        return await self.connect(sock=sock)


class PlainStreamCases(StreamCases):
    """What differs in TLS: it cannot end one half of a connection, and asyncio keeps what is to be sent elsewhere."""

    async def test_an_end_before_all_is_read(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(b"abc")
        writer.write_eof()
        with self.assertRaises(asyncio.IncompleteReadError) as caught:
            await reader.readexactly(10)
        self.assertEqual((caught.exception.partial, caught.exception.expected), (b"abc", 10))
        self.assertEqual(str(caught.exception), "3 bytes read on a total of 10 expected bytes")

    async def test_half_of_a_connection_is_closed(self):
        (near_reader, near_writer), (far_reader, far_writer) = await self.pair()
        self.assertTrue(near_writer.can_write_eof())
        near_writer.write(b"question")
        near_writer.write_eof()
        self.assertEqual(await far_reader.read(), b"question")
        far_writer.write(b"answer")
        far_writer.close()
        self.assertEqual(await near_reader.read(), b"answer")

    async def test_nothing_is_written_after_the_end(self):
        (_, writer), _ = await self.pair()
        writer.write_eof()
        with self.assertRaisesRegex(RuntimeError, r"^Cannot call write\(\) after write_eof\(\)$"):
            writer.write(b"more")

    async def test_drain_waits_for_a_slow_reader(self):
        (_, writer), (reader, _) = await self.narrow_pair()
        writer.write(BIG)
        self.assertGreater(writer.transport.get_write_buffer_size(), 0)
        draining = asyncio.create_task(writer.drain())
        await self.turns()
        self.assertFalse(draining.done())
        self.assertTrue(await reader.readexactly(len(BIG)) == BIG)
        await draining

    async def test_a_drain_that_times_out_loses_nothing(self):
        (_, writer), (reader, _) = await self.narrow_pair()
        writer.write(BIG)
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(writer.drain(), SHORT)
        writer.close()
        self.assertTrue(await reader.read() == BIG)

    async def test_writing_needs_bytes(self):
        (_, writer), _ = await self.pair()
        with self.assertRaisesRegex(TypeError, "data argument must be a bytes-like object, not 'str'"):
            writer.write("text")

    async def test_an_error_of_the_handler_closes_the_connection(self):
        async def failing(reader, writer):
            raise ValueError("of the handler")

        reader, _ = await self.connect(await self.serve(failing))
        self.assertEqual(await reader.read(), b"")
        await self.turns()
        reports = [repr(report["exception"]) for report in self.reports]
        self.assertEqual(reports, ["ValueError('of the handler')"])
        self.assertEqual(self.reports[0]["message"], "Unhandled exception in client_connected_cb")
        self.reports.clear()


class StreamsOverTcpTest(TcpStreams, PlainStreamCases, AsyncTestCase):
    pass


class StreamsOverUnixTest(UnixStreams, PlainStreamCases, AsyncTestCase):
    pass


class TcpOnlyTest(TcpStreams, AsyncTestCase):
    """What only TCP has: names, several addresses, an address of one's own, resets."""

    async def test_a_reset_ends_a_read(self):
        listener = self.listener()
        listener.setblocking(False)
        reader, _ = await self.connect(listener.getsockname())
        far, _ = await self.loop.sock_accept(listener)
        reading = asyncio.create_task(reader.read(100))
        await self.turns()
        reset(far)
        with self.assertRaises(ConnectionResetError) as caught:
            await reading
        self.assertEqual(caught.exception.errno, errno.ECONNRESET)

    async def test_connecting_by_name(self):
        server = await self.serve_streams(echo)
        reader, writer = await asyncio.open_connection("localhost", server.sockets[0].getsockname()[1])
        self.at_end.push_async_callback(close, writer)
        writer.write(b"line\n")
        self.assertEqual(await reader.readline(), b"line\n")

    async def test_connecting_from_an_address_of_ones_own(self):
        address = await self.serve(echo)
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            own = probe.getsockname()
        _, writer = await self.connect(address, local_addr=own)
        self.assertEqual(writer.get_extra_info("sockname"), own)

    async def test_connecting_where_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        with self.assertRaises(ConnectionRefusedError) as caught:
            await asyncio.open_connection(*sock.getsockname())
        self.assertEqual(caught.exception.errno, errno.ECONNREFUSED)
        self.assertIn("Connect call failed", str(caught.exception))

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    async def test_happy_eyeballs_take_the_family_that_answers(self):
        # Of the two addresses of the name only one is listened at.
        server = await self.serve_streams(echo)
        port = server.sockets[0].getsockname()[1]
        infos = [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (HOST6, port, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOST, port)),
        ]

        async def both_families(*arguments, **keywords):
            return infos

        self.loop.getaddrinfo = both_families
        for delay in (None, SHORT):
            with self.subTest(delay=delay):
                _, writer = await asyncio.open_connection("both.invalid", port, happy_eyeballs_delay=delay)
                self.assertEqual(writer.get_extra_info("peername"), (HOST, port))
                await close(writer)

    async def test_no_delay_is_set(self):
        (_, writer), _ = await self.stream_pair()
        sock = writer.get_extra_info("socket")
        self.assertNotEqual(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 0)

    async def test_keep_alive_can_be_asked_for(self):
        (_, writer), _ = await self.stream_pair()
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.assertNotEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), 0)

    async def test_the_socket_of_a_transport_is_lent_for_looking_only(self):
        (_, writer), _ = await self.stream_pair()
        sock = writer.get_extra_info("socket")
        self.assertIsInstance(sock, asyncio.trsock.TransportSocket)
        self.assertFalse(hasattr(sock, "recv"))
        self.assertRegex(repr(sock), r"^<asyncio\.TransportSocket fd=\d+, family=2, type=1, proto=\d+, laddr=")
        with self.assertRaisesRegex(ValueError, r"settimeout\(\): only 0 timeout is allowed on transport sockets"):
            sock.settimeout(1)
        with self.assertRaisesRegex(ValueError, r"setblocking\(\): transport sockets cannot be blocking"):
            sock.setblocking(True)


if __name__ == "__main__":
    unittest.main()
