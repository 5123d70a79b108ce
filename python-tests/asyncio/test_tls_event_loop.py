"""What becomes of data of TLS connections when callbacks of one round get in one another's way, and of odd writes."""

import asyncio
import logging
import unittest

from support import HOST
from support.asyncio import AsyncTestCase
from support.tls import client_context, server_context

BIG = bytes(range(256)) * 8_192


class Recorder(asyncio.Protocol):
    """Collects what comes in `got` and `told`, and does `then(data)` when data comes."""

    def __init__(self, then=None):
        self.got, self.told, self.then = b"", [], then
        self.paused = 0

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.got += data
        self.told.append(data)
        if self.then:
            self.then(data)

    def eof_received(self):
        self.told.append("end")

    def connection_lost(self, failure):
        self.told.append(failure)

    def pause_writing(self):
        self.paused += 1

    def resume_writing(self):
        self.paused -= 1


class Buffered(asyncio.BufferedProtocol):
    def __init__(self, size):
        self.got, self.buffer = b"", bytearray(size)

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, count):
        self.got += self.buffer[:count]


class TlsLoopCase(AsyncTestCase):
    async def connect(self, near=None, version=None):
        """The protocols at both ends of a connection; `near` is the client's."""
        arrived = self.loop.create_future()

        class Far(Recorder):
            def connection_made(self, transport):
                super().connection_made(transport)
                arrived.set_result(self)

        near = near or Recorder()
        server = await self.loop.create_server(Far, HOST, 0, ssl=server_context(version=version))
        await self.at_end.enter_async_context(server)
        transport, _ = await self.loop.create_connection(
            lambda: near, *server.sockets[0].getsockname(), ssl=client_context(), server_hostname="localhost"
        )
        near.transport = transport
        far = await arrived
        self.at_end.callback(transport.abort)
        self.at_end.callback(far.transport.abort)
        await self.turns()
        return near, far

    async def until(self, condition):
        while not condition():
            await asyncio.sleep(0.001)


class ReadingTest(TlsLoopCase):
    async def two(self, then):
        """Two connections that get data in the same round. The first to get it does `then(the other transport)`."""
        ends = []

        def of(number):
            def do(data):
                if sum(bool(near.told) for near, _ in ends) == 1:
                    then(ends[1 - number][0].transport)

            return do

        for number in range(2):
            ends.append(await self.connect(Recorder(of(number))))
        for number, (_, far) in enumerate(ends):
            far.transport.write(b"%d" % number)
        await self.until(lambda: any(near.told for near, _ in ends))
        first = next(number for number in range(2) if ends[number][0].told)
        return first, *ends[1 - first]

    async def test_one_that_is_paused_meanwhile_gets_it_when_it_resumes(self):
        first, near, far = await self.two(lambda other: other.pause_reading())
        far.transport.write(b"more")
        await self.turns(5)
        self.assertEqual(near.told, [])
        near.transport.resume_reading()
        expected = b"%dmore" % (1 - first)
        await self.until(lambda: len(near.got) == len(expected))
        self.assertEqual(near.got, expected)
        far.transport.write(b"!")
        await self.until(lambda: near.got == expected + b"!")

    async def test_pausing_and_resuming_at_once_loses_nothing(self):
        def blink(other):
            for _ in range(2):
                other.pause_reading()
                other.resume_reading()

        first, near, _ = await self.two(blink)
        await self.until(lambda: near.told)
        self.assertEqual(near.told, [b"%d" % (1 - first)])

    async def test_one_that_is_aborted_meanwhile_gets_nothing(self):
        _, near, _ = await self.two(lambda other: other.abort())
        await self.until(lambda: near.told)
        await self.turns()
        self.assertEqual(near.told, [None])

    async def test_one_that_gets_another_protocol_meanwhile(self):
        other = Recorder()
        first, _, _ = await self.two(lambda transport: transport.set_protocol(other))
        await self.until(lambda: other.told)
        self.assertEqual(other.told, [b"%d" % (1 - first)])

    async def test_one_that_gets_a_protocol_with_buffers_meanwhile(self):
        buffered = Buffered(4)
        first, _, far = await self.two(lambda transport: transport.set_protocol(buffered))
        far.transport.write(b"123456")
        await self.until(lambda: len(buffered.got) == 7)
        self.assertEqual(buffered.got, b"%d123456" % (1 - first))

    async def test_protocols_take_turns(self):
        """From plain to buffered and back."""
        near, far = await self.connect()
        buffered = Buffered(100)
        for number in range(3):
            near.transport.set_protocol(near)
            far.transport.write(b"plain")
            await self.until(lambda: near.got == b"plain" * (number + 1))
            near.transport.set_protocol(buffered)
            far.transport.write(b"buffered")
            await self.until(lambda: buffered.got == b"buffered" * (number + 1))

    async def test_a_long_pause_stops_the_peer(self):
        near, far = await self.connect()
        near.transport.pause_reading()
        count = 0
        while not far.paused:
            far.transport.write(BIG)
            count += 1
            await self.turns(5)
        self.assertEqual(near.told, [])
        self.assertFalse(near.transport.is_reading())
        near.transport.resume_reading()
        await self.until(lambda: len(near.got) == count * len(BIG))
        self.assertTrue(near.got == BIG * count)
        await self.until(lambda: not far.paused)
        far.transport.write(b"on and on")
        await self.until(lambda: near.got.endswith(b"on and on"))

    async def test_what_data_received_raises(self):
        def fail(data):
            raise ArithmeticError("no")

        near, far = await self.connect(Recorder(fail))
        far.transport.write(b"x")
        await self.until(lambda: len(near.told) == 2)
        (report,) = self.reports
        self.reports.clear()
        self.assertEqual(report["message"], "Fatal error on SSL protocol")
        self.assertIsInstance(report["exception"], ArithmeticError)
        self.assertIs(near.told[1], report["exception"])

    async def test_data_and_end_in_one_go(self):
        for version in (None, "TLSv1_2"):
            with self.subTest(version):
                near, far = await self.connect(version=self.version(version))
                far.transport.write(b"last words")
                far.transport.close()
                await self.until(lambda: None in near.told)
                self.assertEqual(near.told, [b"last words", "end", None])

    @staticmethod
    def version(name):
        import ssl

        return name and getattr(ssl.TLSVersion, name)

    async def test_data_before_a_broken_record(self):
        """The standard loop drops data that come together with it."""
        near, far = await self.connect()
        far.transport.write(b"good")
        # Behind the back of TLS.
        far.transport.get_extra_info("socket")._sock.send(b"\x17\x03\x03\x00\x20" + bytes(32))
        await self.until(lambda: near.told and near.told[-1] != b"good")
        self.assertIn(near.told[:-1], ([], [b"good"]))
        self.assertEqual(near.told[-1].reason, "DECRYPTION_FAILED_OR_BAD_RECORD_MAC")


class WritingTest(TlsLoopCase):
    async def test_what_the_kernel_has_no_room_for(self):
        near, far = await self.connect()
        far.transport.pause_reading()
        count = 0
        while not near.paused:
            near.transport.write(BIG)
            count += 1
        near.transport.write(b"one")
        near.transport.writelines([b"two", bytearray(b"three")])
        near.transport.write(memoryview(b"four"))
        self.assertGreater(near.transport.get_write_buffer_size(), 0)
        far.transport.resume_reading()
        await self.until(lambda: len(far.got) == count * len(BIG) + 15)
        self.assertTrue(far.got == BIG * count + b"onetwothreefour")
        await self.until(lambda: not near.paused)
        self.assertEqual(near.transport.get_write_buffer_size(), 0)

    async def test_no_bytes_and_what_is_no_bytes(self):
        near, far = await self.connect()
        near.transport.write(b"")
        with self.assertRaisesRegex(TypeError, "^data: expecting a bytes-like instance, got str$"):
            near.transport.write("text")
        near.transport.write(b"x")
        await self.until(lambda: far.got)
        self.assertEqual(far.told, [b"x"])

    async def test_with_a_limit_of_nothing(self):
        near, far = await self.connect()
        near.transport.set_write_buffer_limits(0)
        self.assertEqual(near.paused, 1)
        near.transport.write(b"x")
        self.assertEqual(near.paused, 0)
        near.transport.write(b"y")
        await self.until(lambda: far.got == b"xy")

    async def test_after_close(self):
        near, far = await self.connect()
        near.transport.close()
        near.transport.write(b"x")
        await self.until(lambda: None in far.told)
        with self.assertLogs("asyncio", logging.WARNING) as logs:
            for _ in range(10):
                near.transport.write(b"x")
        self.assertIn("SSL connection is closed", logs.output[0])
        self.assertEqual(far.got, b"")

    async def test_an_echo_of_many(self):
        ends = [await self.connect() for _ in range(10)]
        for near, far in ends:
            far.then = far.transport.write
        for number in range(50):
            for near, _ in ends:
                near.transport.write(b"%d," % number)
            await self.turns(1)
        expected = b"".join(b"%d," % number for number in range(50))
        await self.until(lambda: all(len(near.got) == len(expected) for near, _ in ends))
        self.assertEqual({near.got for near, _ in ends}, {expected})


if __name__ == "__main__":
    unittest.main()
