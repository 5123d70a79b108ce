"""What holds for asyncio's streams on each transport, in plain and in TLS, and what gives a case such streams."""

import asyncio
import contextlib
import socket

from support.asyncio import close, echo
from support.streams import MESSAGE, SHORT, pattern

BIG = pattern(2 << 20)
FEW = 1 << 10
"""Bytes that fit into one segment and into any buffer."""


class TcpStreams:
    """Gives a case streams over TCP. The keywords are those of asyncio."""

    family = socket.AF_INET

    async def serve(self, handler, **keywords):
        """The address of a server of streams."""
        server = await self.serve_streams(handler, **keywords)
        return server.sockets[0].getsockname()

    async def connect(self, address, **keywords):
        return await self.connect_streams(address, **keywords)

    async def connect_by(self, sock, **keywords):
        """The streams of a socket that is connected already."""
        reader, writer = await asyncio.open_connection(sock=sock, **keywords)
        self.at_end.push_async_callback(close, writer)
        return reader, writer


class StreamEnds:
    """Gives a case whole connections; a mixin gives the streams."""

    async def pair(self, **keywords):
        """((reader, writer), (reader, writer)) of a connection's two ends, near and far."""
        return await self.ends(keywords, keywords)

    async def ends(self, serving, connecting):
        """As `pair`, with keywords for each of the two ends."""
        far = self.loop.create_future()
        ended = asyncio.Event()

        async def hand_over(reader, writer):
            far.set_result((reader, writer))
            await ended.wait()

        address = await self.serve(hand_over, **serving)
        near = await self.connect(address, **connecting)
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


class StreamCases(StreamEnds):
    """What holds for a stream, whatever carries it."""

    many = 50
    """How many clients ask at once."""

    async def test_lines_come_back_from_an_echo(self):
        reader, writer = await self.connect(await self.serve(echo))
        for line in (b"one\n", b"two\n", b"\n", b"x" * 40_000 + b"\n"):
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

        _, _, near, far = await asyncio.gather(
            send(near_writer),
            send(far_writer),
            near_reader.readexactly(len(BIG)),
            far_reader.readexactly(len(BIG)),
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
        with contextlib.suppress(OSError):
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

    async def test_many_clients_at_once(self):
        async def ask(number):
            reader, writer = await self.connect(address)
            for count in range(3):
                writer.write(b"%d %d\n" % (number, count))
                self.assertEqual(await reader.readline(), b"%d %d\n" % (number, count))
            await close(writer)
            return number

        address = await self.serve(echo)
        self.assertEqual(await asyncio.gather(*map(ask, range(self.many))), list(range(self.many)))

    async def test_a_socket_of_ones_own(self):
        sock = socket.socket(self.family)
        sock.connect(await self.serve(echo))
        reader, writer = await self.connect_by(sock)
        writer.write(b"line\n")
        self.assertEqual(await reader.readline(), b"line\n")
        self.assertEqual(sock.gettimeout(), 0)
