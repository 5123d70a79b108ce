"""asyncio's streams on TCP and AF_UNIX: each form of reading, writing to a slow reader, ends, resets, cancellation."""

import asyncio
import contextlib
import errno
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6
from support_asyncio import AsyncTestCase, close, echo
from support_streams import MESSAGE, SHORT, pattern, reset

BIG = pattern(2 << 20)
FEW = 1 << 10
"""Octets that fit into one segment and into any buffer."""


class TcpStreams:
    """Gives a case streams over TCP."""

    async def serve(self, handler, **keywords):
        server = await self.serve_streams(handler, **keywords)
        return server.sockets[0].getsockname()

    async def connect(self, address, **keywords):
        return await self.connect_streams(address, **keywords)


class UnixStreams:
    """Gives a case streams over AF_UNIX."""

    async def serve(self, handler, **keywords):
        async def handle(reader, writer):
            try:
                await handler(reader, writer)
            finally:
                await close(writer)

        # An abstract name of the kernel's choice, as files are not for every context to make.
        sock = socket.socket(socket.AF_UNIX)
        sock.bind("")
        server = await asyncio.start_unix_server(handle, sock=sock, **keywords)
        await self.at_end.enter_async_context(server)
        return sock.getsockname()

    async def connect(self, address, **keywords):
        reader, writer = await asyncio.open_unix_connection(address, **keywords)
        self.at_end.push_async_callback(close, writer)
        return reader, writer


class StreamCases:
    """What holds for a stream, whatever carries it."""

    async def pair(self, **keywords):
        """((reader, writer), (reader, writer)) of a connection's two ends, near and far."""
        far = self.loop.create_future()
        ended = asyncio.Event()

        async def hand_over(reader, writer):
            far.set_result((reader, writer))
            await ended.wait()

        address = await self.serve(hand_over, **keywords)
        near = await self.connect(address, **keywords)
        # Leaves the handler before the server waits for it.
        self.at_end.callback(ended.set)
        return near, await far

    async def narrow_pair(self, **keywords):
        """As `pair`; the kernel keeps only a small part of BIG."""
        ends = await self.pair(**keywords)
        for _, writer in ends:
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        return ends

    async def test_lines_come_back_from_an_echo(self):
        reader, writer = await self.connect(await self.serve(echo))
        for line in (b"one\n", b"two\n", b"\n", b"x" * 1000 + b"\n"):
            writer.write(line)
            await writer.drain()
            self.assertEqual(await reader.readline(), line)

    async def test_read_what_is_there(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(MESSAGE)
        self.assertEqual(await reader.read(1000), MESSAGE)

    async def test_read_to_the_end(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(BIG)
        writer.close()
        self.assertTrue(await reader.read() == BIG)
        self.assertTrue(reader.at_eof())
        self.assertEqual(await reader.read(), b"")

    async def test_read_exactly(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(b"abcdef")
        self.assertEqual(await reader.readexactly(4), b"abcd")
        reading = asyncio.create_task(reader.readexactly(4))
        await self.turns()
        self.assertFalse(reading.done())
        writer.write(b"gh")
        self.assertEqual(await reading, b"efgh")

    async def test_an_end_before_all_is_read(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(b"abc")
        writer.write_eof()
        with self.assertRaises(asyncio.IncompleteReadError) as caught:
            await reader.readexactly(10)
        self.assertEqual((caught.exception.partial, caught.exception.expected), (b"abc", 10))
        self.assertEqual(str(caught.exception), "3 bytes read on a total of 10 expected bytes")

    async def test_read_until_a_separator(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(b"key: value\r\n\r")
        self.assertEqual(await reader.readuntil(b": "), b"key: ")
        reading = asyncio.create_task(reader.readuntil(b"\r\n\r\n"))
        await self.turns()
        writer.write(b"\nrest")
        self.assertEqual(await reading, b"value\r\n\r\n")
        self.assertEqual(await reader.read(100), b"rest")

    async def test_a_line_above_the_limit(self):
        (reader, _), (_, writer) = await self.pair(limit=64)
        writer.write(b"x" * 200 + b"\nnext\n")
        with self.assertRaisesRegex(ValueError, "^Separator is found, but chunk is longer than limit$"):
            await reader.readline()

    async def test_a_separator_beyond_the_limit(self):
        (reader, _), (_, writer) = await self.pair(limit=64)
        writer.write(b"x" * 200)
        with self.assertRaisesRegex(asyncio.LimitOverrunError, "Separator is not found, and chunk exceed the limit"):
            await reader.readuntil(b"\n")
        self.assertEqual(await reader.readexactly(200), b"x" * 200)

    async def test_the_lines_of_a_stream(self):
        (reader, _), (_, writer) = await self.pair()
        writer.writelines([b"one\ntw", b"o\n", b"three"])
        writer.close()
        self.assertEqual([line async for line in reader], [b"one\n", b"two\n", b"three"])

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

    async def test_a_full_reader_stops_the_transport(self):
        (reader, near_writer), (_, writer) = await self.narrow_pair(limit=FEW)
        writer.write(BIG)
        # Nobody reads: the reader takes twice its limit and then asks for no more.
        while near_writer.transport.is_reading():
            await asyncio.sleep(0)
        writer.close()
        self.assertTrue(await reader.read() == BIG)

    async def test_big_data_both_ways_at_once(self):
        (near_reader, near_writer), (far_reader, far_writer) = await self.pair()

        async def send(writer):
            for start in range(0, len(BIG), 1 << 18):
                writer.write(BIG[start : start + (1 << 18)])
                await writer.drain()
            writer.write_eof()

        _, _, near, far = await asyncio.gather(
            send(near_writer), send(far_writer), near_reader.read(), far_reader.read()
        )
        self.assertTrue(near == BIG)
        self.assertTrue(far == BIG)

    async def test_close_sends_what_was_written(self):
        (_, writer), (reader, _) = await self.narrow_pair()
        writer.write(BIG)
        writer.close()
        self.assertTrue(writer.is_closing())
        self.assertTrue(await reader.read() == BIG)
        await writer.wait_closed()

    async def test_abort_drops_what_was_not_sent(self):
        (_, writer), (reader, _) = await self.narrow_pair()
        writer.write(BIG)
        writer.transport.abort()
        got = b""
        with contextlib.suppress(ConnectionResetError):
            got = await reader.read()
        self.assertLess(len(got), len(BIG))

    async def test_a_closed_peer_ends_a_read_that_waits(self):
        (reader, _), (_, writer) = await self.pair()
        reading = asyncio.create_task(reader.read(100))
        await self.turns()
        writer.close()
        self.assertEqual(await reading, b"")

    async def test_closing_ends_a_read_that_waits(self):
        (reader, writer), _ = await self.pair()
        reading = asyncio.create_task(reader.read(100))
        await self.turns()
        writer.close()
        self.assertEqual(await reading, b"")

    async def test_a_write_after_closing_is_reported_by_drain(self):
        (_, writer), _ = await self.pair()
        writer.close()
        await writer.wait_closed()
        writer.write(b"too late")
        with self.assertRaises(ConnectionResetError) as caught:
            await writer.drain()
        self.assertEqual(str(caught.exception), "Connection lost")

    async def test_writing_to_a_peer_that_is_gone_is_reported_by_drain(self):
        (_, writer), (_, far_writer) = await self.pair()
        await close(far_writer)
        with self.assertRaises(ConnectionError):
            while True:
                writer.write(b"x" * FEW)
                await writer.drain()

    async def test_a_cancelled_read_leaves_the_data_to_the_next(self):
        (reader, _), (_, writer) = await self.pair()
        reading = asyncio.create_task(reader.readline())
        await self.turns()
        writer.write(b"half a ")
        await self.turns()
        reading.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await reading
        writer.write(b"line\n")
        self.assertEqual(await reader.readline(), b"half a line\n")

    async def test_a_read_that_times_out_leaves_the_stream_usable(self):
        (reader, _), (_, writer) = await self.pair()
        with self.assertRaises(TimeoutError):
            async with asyncio.timeout(SHORT):
                await reader.readexactly(1)
        writer.write(b"x")
        self.assertEqual(await reader.readexactly(1), b"x")

    async def test_two_readers_of_one_stream_are_refused(self):
        (reader, _), (_, writer) = await self.pair()
        first = asyncio.create_task(reader.read(1))
        await self.turns()
        with self.assertRaisesRegex(RuntimeError, "called while another coroutine is already waiting"):
            await reader.read(1)
        writer.write(b"x")
        self.assertEqual(await first, b"x")

    async def test_several_tasks_may_drain(self):
        (_, writer), (reader, _) = await self.narrow_pair()
        writer.write(BIG)
        draining = [asyncio.create_task(writer.drain()) for _ in range(10)]
        await self.turns()
        self.assertTrue(await reader.readexactly(len(BIG)) == BIG)
        await asyncio.gather(*draining)

    async def test_what_is_known_of_a_stream(self):
        (_, near), (_, far) = await self.pair()
        self.assertEqual(near.get_extra_info("peername"), far.get_extra_info("sockname"))
        self.assertEqual(far.get_extra_info("peername"), near.get_extra_info("sockname"))
        sock = near.get_extra_info("socket")
        self.assertEqual(sock.type, socket.SOCK_STREAM)
        self.assertEqual(sock.gettimeout(), 0)
        self.assertIsNone(near.get_extra_info("nothing of that name"))
        self.assertEqual(near.get_extra_info("nothing of that name", 5), 5)

    async def test_writing_needs_bytes(self):
        (_, writer), _ = await self.pair()
        with self.assertRaisesRegex(TypeError, "data argument must be a bytes-like object, not 'str'"):
            writer.write("text")

    async def test_buffers_of_other_types(self):
        (_, writer), (reader, _) = await self.pair()
        writer.write(bytearray(b"one "))
        writer.write(memoryview(b"two "))
        writer.writelines([bytearray(b"three "), memoryview(b"four")])
        self.assertEqual(await reader.readexactly(18), b"one two three four")

    async def test_reading_is_paused_and_resumed(self):
        (reader, writer), (_, far_writer) = await self.pair()
        writer.transport.pause_reading()
        self.assertFalse(writer.transport.is_reading())
        far_writer.write(b"kept back")
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(reader.read(100), SHORT)
        writer.transport.resume_reading()
        self.assertEqual(await reader.read(100), b"kept back")

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

    async def test_many_clients_at_once(self):
        async def ask(number):
            reader, writer = await self.connect(address)
            for count in range(3):
                writer.write(b"%d %d\n" % (number, count))
                self.assertEqual(await reader.readline(), b"%d %d\n" % (number, count))
            await close(writer)
            return number

        address = await self.serve(echo)
        self.assertEqual(await asyncio.gather(*map(ask, range(50))), list(range(50)))

    async def test_a_socket_of_ones_own(self):
        address = await self.serve(echo)
        over_unix = isinstance(address, bytes)
        sock = socket.socket(socket.AF_UNIX if over_unix else socket.AF_INET)
        sock.connect(address)
        opening = asyncio.open_unix_connection if over_unix else asyncio.open_connection
        reader, writer = await opening(sock=sock)
        self.at_end.push_async_callback(close, writer)
        writer.write(b"line\n")
        self.assertEqual(await reader.readline(), b"line\n")
        self.assertEqual(sock.gettimeout(), 0)


class StreamsOverTcpTest(TcpStreams, StreamCases, AsyncTestCase):
    pass


class StreamsOverUnixTest(UnixStreams, StreamCases, AsyncTestCase):
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
