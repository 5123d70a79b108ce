"""What an event loop does in which order, and what becomes of data and timers when callbacks meet."""

import asyncio
import contextvars
import logging
import socket
import unittest

from support import LIMIT
from support.asyncio import AsyncTestCase

BIG = bytes(range(256)) * 16_384


class Recorder(asyncio.Protocol):
    """Notes what it is told in the list `told`, and does `then(data)` when data comes."""

    def __init__(self, name="", told=None, then=None):
        self.name, self.told, self.then = name, [] if told is None else told, then

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.told.append((self.name, data))
        if self.then:
            self.then(data)

    def eof_received(self):
        self.told.append((self.name, "end"))

    def connection_lost(self, failure):
        self.told.append((self.name, failure))


class Buffered(asyncio.BufferedProtocol):
    """Receives into a buffer of few bytes."""

    def __init__(self, told, size=4):
        self.told, self.buffer = told, bytearray(size)

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, count):
        self.told.append(bytes(self.buffer[:count]))


class LoopTestCase(AsyncTestCase):
    async def connect(self, protocol):
        """A transport with this protocol, and the blocking socket at its other end."""
        near, far = socket.socketpair()
        self.addCleanup(far.close)
        far.settimeout(LIMIT)
        near.setblocking(False)
        transport, _ = await self.loop.create_connection(lambda: protocol, sock=near)
        self.at_end.callback(transport.abort)
        return transport, far

    async def until(self, condition):
        while not condition():
            await asyncio.sleep(0.001)


class ReadingTest(LoopTestCase):
    async def two(self, then):
        """Two transports that get data in the same round. The first to get it does `then(the other transport)`."""
        self.told = []
        transports = {}

        def first(name):
            def do(data):
                if len(self.told) == 1:
                    then(transports["b" if name == "a" else "a"])

            return do

        fars = {}
        for name in "ab":
            transports[name], fars[name] = await self.connect(Recorder(name, self.told, first(name)))
        for name in "ab":
            fars[name].send(name.encode())
        return transports, fars

    def other(self):
        """The name of the one that was not the first."""
        return "b" if self.told[0][0] == "a" else "a"

    async def test_each_connection_gets_its_own(self):
        told = []
        pairs = [await self.connect(Recorder(number, told)) for number in range(20)]
        for number, (_, far) in enumerate(pairs):
            far.send(b"%d" % number)
        await self.until(lambda: len(told) == 20)
        self.assertEqual(sorted(told), [(number, b"%d" % number) for number in range(20)])

    async def test_one_that_is_paused_meanwhile_gets_it_when_it_resumes(self):
        transports, fars = await self.two(lambda other: other.pause_reading())
        await self.until(lambda: self.told)
        await self.turns()
        other = self.other()
        self.assertEqual(len(self.told), 1)
        fars[other].send(b"more")
        await self.turns()
        self.assertEqual(len(self.told), 1)
        self.assertFalse(transports[other].is_reading())
        transports[other].resume_reading()
        expected = other.encode() + b"more"
        await self.until(lambda: len(b"".join(data for _, data in self.told[1:])) == len(expected))
        self.assertEqual(b"".join(data for _, data in self.told[1:]), expected)
        fars[other].send(b"!")
        await self.until(lambda: self.told[-1] == (other, b"!"))

    async def test_pausing_and_resuming_at_once_loses_nothing(self):
        def blink(other):
            other.pause_reading()
            other.resume_reading()
            other.pause_reading()
            other.resume_reading()

        await self.two(blink)
        await self.until(lambda: len(self.told) == 2)
        self.assertEqual(sorted(self.told), [("a", b"a"), ("b", b"b")])

    async def test_one_that_is_closed_meanwhile_gets_nothing(self):
        for end in "close", "abort":
            with self.subTest(end):
                await self.two(lambda other: getattr(other, end)())
                await self.until(lambda: len(self.told) == 2)
                await self.turns()
                self.assertEqual(self.told[1:], [(self.other(), None)])

    async def test_one_that_gets_another_protocol_meanwhile(self):
        found = []
        await self.two(lambda other: other.set_protocol(Recorder("new", found)))
        await self.until(lambda: found)
        self.assertEqual(found, [("new", self.other().encode())])

    async def test_one_that_gets_a_protocol_with_buffers_meanwhile(self):
        found = []
        _, fars = await self.two(lambda other: other.set_protocol(Buffered(found)))
        await self.until(lambda: found)
        fars[self.other()].send(b"123456")
        await self.until(lambda: len(b"".join(found)) == 7)
        self.assertEqual(b"".join(found), self.other().encode() + b"123456")
        self.assertLessEqual(max(map(len, found)), 4)

    async def test_protocols_take_turns(self):
        """From plain to buffered and back."""
        plain, buffered = Recorder(), []
        transport, far = await self.connect(plain)
        for number in range(3):
            transport.set_protocol(plain)
            far.send(b"plain")
            await self.until(lambda: len(plain.told) == number + 1)
            transport.set_protocol(Buffered(buffered, 100))
            far.send(b"buffered")
            await self.until(lambda: len(buffered) == number + 1)
        self.assertEqual((plain.told, buffered), ([("", b"plain")] * 3, [b"buffered"] * 3))

    async def test_a_method_that_is_replaced(self):
        told = []
        protocol = Recorder()
        _, far = await self.connect(protocol)
        protocol.data_received = told.append
        far.send(b"x")
        await self.until(lambda: told)
        self.assertEqual((told, protocol.told), ([b"x"], []))

    async def test_what_data_received_raises(self):
        def fail(data):
            raise ArithmeticError("no")

        protocol = Recorder(then=fail)
        transport, far = await self.connect(protocol)
        far.send(b"x")
        await self.until(lambda: len(protocol.told) == 2)
        (report,) = self.reports
        self.reports.clear()
        self.assertEqual(report["message"], "Fatal error: protocol.data_received() call failed.")
        self.assertIs(report["transport"], transport)
        self.assertIs(report["protocol"], protocol)
        self.assertIs(protocol.told[1][1], report["exception"])
        self.assertIsInstance(report["exception"], ArithmeticError)

    async def test_more_than_one_round_can_read(self):
        protocol = Recorder()
        _, far = await self.connect(protocol)
        await asyncio.to_thread(lambda: (far.sendall(BIG), far.close()))
        await self.until(lambda: ("", None) in protocol.told)
        data = [data for _, data in protocol.told[:-2]]
        self.assertTrue(b"".join(data) == BIG)
        self.assertEqual(protocol.told[-2:], [("", "end"), ("", None)])

    async def test_a_reset(self):
        protocol = Recorder()
        transport, far = await self.connect(protocol)
        far.settimeout(LIMIT)
        transport.write(b"unread")
        far.close()
        await self.until(lambda: protocol.told)
        self.assertIsInstance(protocol.told[-1][1], ConnectionResetError)

    async def test_its_context_is_that_of_the_connection(self):
        variable = contextvars.ContextVar("variable")
        seen = []

        def look(data):
            seen.append(variable.get("none"))
            variable.set(data)

        variable.set("outer")
        protocol = Recorder(then=look)
        transport, far = await self.connect(protocol)
        variable.set("changed")
        for data in b"1", b"2":
            far.send(data)
            await self.until(lambda: protocol.told[-1:] == [("", data)])
        self.assertEqual(seen, ["outer", b"1"])
        self.assertEqual(variable.get(), "changed")

    async def test_a_slow_one_is_logged_in_debug_mode(self):
        protocol = Recorder()
        with self.assertLogs("asyncio", logging.WARNING) as logs:
            self.loop.set_debug(True)
            self.loop.slow_callback_duration = 0
            _, far = await self.connect(protocol)
            far.send(b"x")
            await self.until(lambda: protocol.told)
            self.loop.set_debug(False)
            await self.turns()
        self.assertTrue(any("_read_ready()" in line and " took " in line for line in logs.output), logs.output)


class WritingTest(LoopTestCase):
    async def test_what_the_kernel_has_no_room_for(self):
        paused = []
        protocol = Recorder()
        protocol.pause_writing = lambda: paused.append(transport.get_write_buffer_size())
        protocol.resume_writing = lambda: paused.append("resumed")
        transport, far = await self.connect(protocol)
        transport.write(BIG)
        transport.write(bytearray(b"1"))
        transport.write(memoryview(b"2"))
        transport.writelines([b"3", b"4"])
        self.assertGreater(transport.get_write_buffer_size(), 0)
        transport.write_eof()
        received = await asyncio.to_thread(lambda: b"".join(iter(lambda: far.recv(65536), b"")))
        self.assertTrue(received == BIG + b"1234")
        await self.until(lambda: len(paused) == 2)
        self.assertEqual(paused[1], "resumed")
        self.assertEqual(transport.get_write_buffer_size(), 0)

    async def test_no_bytes(self):
        transport, far = await self.connect(Recorder())
        for nothing in b"", bytearray(), memoryview(b""):
            transport.write(nothing)
        transport.write(b"x")
        self.assertEqual(far.recv(10), b"x")

    async def test_what_is_no_bytes(self):
        transport, _ = await self.connect(Recorder())
        with self.assertRaisesRegex(TypeError, "^data argument must be a bytes-like object, not 'str'$"):
            transport.write("x")

    async def test_after_close(self):
        protocol = Recorder()
        transport, far = await self.connect(protocol)
        transport.write(b"before")
        transport.close()
        with self.assertLogs("asyncio", logging.WARNING) as logs:
            for _ in range(10):
                transport.write(b"after")
        self.assertIn("socket.send() raised exception.", logs.output[0])
        await self.until(lambda: protocol.told)
        self.assertEqual((far.recv(100), far.recv(100)), (b"before", b""))

    async def test_to_an_end_that_is_gone(self):
        protocol = Recorder()
        transport, far = await self.connect(protocol)
        transport.pause_reading()
        far.close()
        transport.write(b"x")
        await self.until(lambda: protocol.told)
        self.assertIsInstance(protocol.told[0][1], BrokenPipeError)


class KnownTest(LoopTestCase):
    """What a transport tells of itself, which it may not keep before it is asked."""

    async def accepted(self):
        """(the server's protocol, the client's transport, the server's address)."""
        made = []

        def make():
            made.append(Recorder())
            return made[0]

        server = await self.loop.create_server(make, "127.0.0.1", 0)
        await self.at_end.enter_async_context(server)
        address = server.sockets[0].getsockname()
        transport, _ = await self.loop.create_connection(Recorder, *address)
        self.at_end.callback(transport.abort)
        await self.until(lambda: made and hasattr(made[0], "transport"))
        self.at_end.callback(made[0].transport.abort)
        return made[0], transport, address

    async def test_addresses_and_socket(self):
        protocol, client, address = await self.accepted()
        server = protocol.transport
        self.assertEqual(server.get_extra_info("sockname"), address)
        self.assertEqual(client.get_extra_info("peername"), address)
        self.assertEqual(server.get_extra_info("peername"), client.get_extra_info("sockname"))
        self.assertEqual(server.get_extra_info("socket").getsockname(), address)
        self.assertIs(server.get_extra_info("socket"), server.get_extra_info("socket"))
        self.assertEqual(server.get_extra_info("other", 5), 5)

    async def test_they_are_known_after_the_end(self):
        protocol, client, address = await self.accepted()
        server, number = protocol.transport, client.get_extra_info("sockname")
        server.abort()
        await self.until(lambda: protocol.told)
        await self.turns()
        self.assertEqual(server.get_extra_info("sockname"), address)
        self.assertEqual(server.get_extra_info("peername"), number)
        self.assertEqual(server.get_extra_info("socket").fileno(), -1)

    async def test_limits_of_writing(self):
        transport, _ = await self.connect(Recorder())
        usual = transport.get_write_buffer_limits()
        self.assertEqual(usual, (16 * 1024, 64 * 1024))
        transport.set_write_buffer_limits(100)
        self.assertEqual(transport.get_write_buffer_limits(), (25, 100))
        transport.set_write_buffer_limits()
        self.assertEqual(transport.get_write_buffer_limits(), usual)
        with self.assertRaises(ValueError):
            transport.set_write_buffer_limits(1, 2)

    async def test_how_it_is_printed(self):
        transport, far = await self.connect(Recorder())
        await self.turns()
        fd = transport.get_extra_info("socket").fileno()
        known = f"<_SelectorSocketTransport fd={fd} read=polling write=<idle, bufsize=0>>"
        self.assertEqual(repr(transport), known)
        transport.pause_reading()
        self.assertEqual(repr(transport), known.replace("read=polling", "read=idle"))
        transport.write(BIG)
        self.assertIn("write=<polling, bufsize=", repr(transport))
        transport.resume_reading()
        self.assertIn("read=polling write=<polling", repr(transport))
        transport.abort()
        await self.turns()
        self.assertIn("closed", repr(transport))


class CallbackTest(LoopTestCase):
    async def test_order(self):
        told = []
        done = self.loop.create_future()
        self.loop.call_later(0, told.append, "timer")
        self.loop.call_soon(told.append, 1)
        self.loop.call_soon(lambda: self.loop.call_soon(lambda: (told.append("next"), done.set_result(None))))
        self.loop.call_soon(told.append, 2)
        await done
        self.assertEqual(told, [1, 2, "timer", "next"])

    async def test_cancelled(self):
        told = []
        handles = [self.loop.call_soon(told.append, number) for number in range(3)]
        handles[1].cancel()
        self.loop.call_soon(lambda: last.cancel())
        last = self.loop.call_soon(told.append, 3)
        await self.turns()
        self.assertEqual(told, [0, 2])
        self.assertEqual([handle.cancelled() for handle in handles], [False, True, False])
        self.assertEqual(repr(handles[1]), "<Handle cancelled>")

    async def test_types(self):
        soon, later = self.loop.call_soon(print), self.loop.call_later(1, print)
        soon.cancel(), later.cancel()
        self.assertIsInstance(soon, asyncio.Handle)
        self.assertIsInstance(later, asyncio.TimerHandle)
        self.assertEqual(repr(later), f"<TimerHandle cancelled when={later.when()}>")

    async def test_contexts(self):
        variable = contextvars.ContextVar("variable", default=0)
        seen = []

        def callback(number):
            seen.append(variable.get())
            variable.set(number)

        variable.set(1)
        self.loop.call_soon(callback, 2)
        self.loop.call_later(0, callback, 2)
        own = contextvars.copy_context()
        self.loop.call_soon(callback, 3, context=own)
        self.loop.call_soon(callback, 4, context=own)
        await asyncio.sleep(0.01)
        self.assertEqual((sorted(seen), variable.get(), own[variable]), ([1, 1, 1, 3], 1, 4))

    async def test_what_one_raises(self):
        def fail(*arguments):
            raise ArithmeticError("no")

        handle = self.loop.call_soon(fail, 1)
        timer = self.loop.call_later(0, fail)
        await self.until(lambda: len(self.reports) == 2)
        reports, self.reports[:] = list(self.reports), []
        for report, source in zip(reports, (handle, timer)):
            self.assertRegex(report["message"], r"^Exception in callback .*test_what_one_raises.*fail\(.*\) at ")
            self.assertIs(report["handle"], source)
            self.assertIsInstance(report["exception"], ArithmeticError)

    async def test_debug_mode_knows_where_a_callback_comes_from(self):
        self.loop.set_debug(True)
        try:
            for handle in (self.loop.call_soon(print), self.loop.call_later(9, print), self.loop.call_at(9, print)):
                self.assertEqual(handle._source_traceback[-1].name, "test_debug_mode_knows_where_a_callback_comes_from")
                handle.cancel()
                self.assertIn("created at %s" % __file__, repr(handle))
            with self.assertRaisesRegex(TypeError, r"^a callable object was expected by call_at\(\), got 1$"):
                self.loop.call_later(0, 1)
        finally:
            self.loop.set_debug(False)

    def test_a_round_ends_before_its_loop_stops(self):
        told = []
        loop = self.new_loop()
        loop.call_soon(loop.stop)
        loop.call_soon(told.append, 1)
        loop.call_soon(lambda: loop.call_soon(told.append, 2))
        loop.run_forever()
        self.assertEqual(told, [1])
        loop.run_until_complete(asyncio.sleep(0))
        self.assertEqual(told, [1, 2])
        loop.close()

    def test_what_an_exit_keeps_from_its_turn_gets_it_later(self):
        """SystemExit ends the loop at once. What was ready besides, data included, comes when it runs again."""
        told = []
        loop = self.new_loop()
        pairs = [socket.socketpair() for _ in range(3)]

        def leave(data=None):
            told.append(data)
            if len(told) == 1:
                raise SystemExit

        async def connect():
            for near, _ in pairs:
                near.setblocking(False)
                await loop.create_connection(lambda: Recorder(then=leave), sock=near)

        loop.run_until_complete(connect())
        loop.run_until_complete(asyncio.sleep(0))
        for number, (_, far) in enumerate(pairs):
            far.send(b"%d" % number)
        with self.assertRaises(SystemExit):
            loop.run_forever()
        loop.call_later(0, told.append, "timer")
        loop.run_until_complete(asyncio.sleep(0.01))
        self.assertEqual(sorted(told[:-1]), [b"0", b"1", b"2"])
        self.assertEqual(told[-1], "timer")
        told.clear()
        loop.call_soon(leave, 1)
        loop.call_soon(leave, 2)
        loop.call_later(0, leave, 3)
        with self.assertRaises(SystemExit):
            loop.run_forever()
        loop.run_until_complete(asyncio.sleep(0.01))
        self.assertEqual(told, [1, 2, 3])
        for transport in list(loop._transports.values()):
            transport.abort()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
        for _, far in pairs:
            far.close()

    def test_nothing_is_called_once_closed(self):
        loop = self.new_loop()
        loop.close()
        for call in (
            lambda: loop.call_soon(print),
            lambda: loop.call_later(1, print),
            lambda: loop.call_at(1, print),
            lambda: loop.call_soon_threadsafe(print),
            lambda: loop.add_reader(0, print),
            loop.run_forever,
        ):
            with self.assertRaisesRegex(RuntimeError, "^Event loop is closed$"):
                call()
        loop.close()


class TimerTest(LoopTestCase):
    async def test_order(self):
        told = []
        now = self.loop.time()
        for number in 5, 1, 4, 2, 3, 0:
            self.loop.call_at(now + number / 1000, told.append, number)
        await self.until(lambda: len(told) == 6)
        self.assertEqual(told, [0, 1, 2, 3, 4, 5])

    async def test_not_before_its_time(self):
        done = self.loop.create_future()
        when = self.loop.time() + 0.02
        self.loop.call_at(when, lambda: done.set_result(self.loop.time()))
        self.assertGreaterEqual(await done, when - 0.001)

    async def test_many_that_are_cancelled(self):
        told = []
        timers = [self.loop.call_later(60 + number, told.append, number) for number in range(1000)]
        soon = self.loop.call_later(0.01, told.append, "soon")
        for timer in timers:
            timer.cancel()
            timer.cancel()
            self.assertTrue(timer.cancelled())
        await self.until(lambda: told)
        self.assertEqual(told, ["soon"])
        soon.cancel()

    async def test_one_that_another_cancels(self):
        told = []
        now = self.loop.time()
        timers = []
        for number in range(3):
            timers.append(self.loop.call_at(now, lambda number=number: (told.append(number), timers[1].cancel())))
        await asyncio.sleep(0.01)
        self.assertEqual(len(told), 2 if told[0] != 1 else 3)

    async def test_odd_times(self):
        told = []
        self.loop.call_at(-1, told.append, 1)
        self.loop.call_later(-5.5, told.append, 2)
        self.loop.call_at(True, told.append, 3)
        never = self.loop.call_at(float("inf"), told.append, 4)
        await self.until(lambda: len(told) == 3)
        self.assertEqual(sorted(told), [1, 2, 3])
        self.assertEqual(never.when(), float("inf"))
        never.cancel()
        with self.assertRaisesRegex(TypeError, "^when cannot be None$"):
            self.loop.call_at(None, print)
        with self.assertRaisesRegex(TypeError, "^delay must not be None$"):
            self.loop.call_later(None, print)


class DescriptorTest(LoopTestCase):
    async def test_readers_and_writers(self):
        near, far = socket.socketpair()
        with near, far:
            near.setblocking(False)
            told = []
            self.loop.add_reader(near, lambda: told.append(near.recv(10)))
            far.send(b"1")
            await self.until(lambda: told)
            self.loop.add_writer(near, told.append, "room")
            await self.until(lambda: "room" in told)
            self.assertTrue(self.loop.remove_writer(near))
            self.assertFalse(self.loop.remove_writer(near))
            self.loop.add_reader(near, lambda: told.append((2, near.recv(10))))
            far.send(b"2")
            await self.until(lambda: told[-1] == (2, b"2"))
            self.assertTrue(self.loop.remove_reader(near))
            far.send(b"3")
            await self.turns()
            self.assertEqual(told[-1], (2, b"2"))

    async def test_a_closed_descriptor_is_forgotten(self):
        near, far = socket.socketpair()
        self.loop.add_reader(near, print)
        number = near.fileno()
        near.close(), far.close()
        self.assertTrue(self.loop.remove_reader(number))
        with self.assertRaises(ValueError):
            self.loop.add_reader(near, print)

    async def test_that_of_a_transport_is_its_own(self):
        transport, _ = await self.connect(Recorder())
        sock = transport.get_extra_info("socket")
        for call in self.loop.add_reader, self.loop.add_writer:
            with self.assertRaisesRegex(RuntimeError, "^File descriptor .* is used by transport "):
                call(sock, print)
        self.assertRegex(repr(transport), "^<_SelectorSocketTransport fd=[0-9]+ read=polling write=<idle, bufsize=0>>$")
        transport.pause_reading()
        self.assertRegex(repr(transport), "read=idle")


if __name__ == "__main__":
    unittest.main()
