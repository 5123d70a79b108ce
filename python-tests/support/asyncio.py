"""Test cases that run in an event loop: one loop for each test, bounded as a whole, with all closed at its end."""

import asyncio
import contextlib
import functools
import inspect
import selectors

from support import HOST, LIMIT, requires
from support.servers import ServerTestCase


def _in_a_loop(case):
    @functools.wraps(case)
    def run(self):
        with asyncio.Runner(loop_factory=self.new_loop) as runner:
            runner.run(self.run_case(case))
        self.assertEqual(self.reports, [], "errors that nobody waited for, as the loop's exception handler got them")

    return run


class AsyncTestCase(ServerTestCase):
    """Runs each `async def test_...` in a loop of its own.

    What is entered into `self.at_end`, an AsyncExitStack, is left while the loop runs. `reports` holds what came to
    the loop's exception handler; a test fails that leaves something there.
    """

    selector_class = selectors.DefaultSelector

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        for name in dir(cls):
            if name.startswith("test") and inspect.iscoroutinefunction(getattr(cls, name)):
                setattr(cls, name, _in_a_loop(getattr(cls, name)))

    def new_loop(self):
        return asyncio.SelectorEventLoop(self.selector_class())

    async def run_case(self, case):
        self.reports = []
        self.loop = asyncio.get_running_loop()
        self.loop.set_exception_handler(lambda loop, context: self.reports.append(context))
        async with asyncio.timeout(LIMIT), contextlib.AsyncExitStack() as self.at_end:
            await case(self)

    async def serve_streams(self, handler, **keywords):
        """A server of TCP connections until the test ends. `handler(reader, writer)`; its writer is closed after it."""

        async def handle(reader, writer):
            try:
                await handler(reader, writer)
            finally:
                await close(writer)

        server = await asyncio.start_server(handle, HOST, 0, **keywords)
        await self.at_end.enter_async_context(server)
        return server

    async def connect_streams(self, address, **keywords):
        """(reader, writer) of a TCP connection, closed when the test ends."""
        reader, writer = await asyncio.open_connection(*address[:2], **keywords)
        self.at_end.push_async_callback(close, writer)
        return reader, writer

    async def stream_pair(self, **keywords):
        """((reader, writer), (reader, writer)): the two ends of a TCP connection, closed when the test ends."""
        arrived = self.loop.create_future()
        server = await asyncio.start_server(
            lambda reader, writer: arrived.set_result((reader, writer)), HOST, 0, **keywords
        )
        await self.at_end.enter_async_context(server)
        near = await self.connect_streams(server.sockets[0].getsockname(), **keywords)
        far = await arrived
        self.at_end.push_async_callback(close, far[1])
        return near, far

    async def turns(self, count=3):
        """Lets the loop go round, for what is ready to happen."""
        for _ in range(count):
            await asyncio.sleep(0)


async def close(writer):
    """Closes a stream, whatever state its connection is in."""
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def echo(reader, writer):
    """Sends back each line."""
    async for line in reader:
        writer.write(line)
        await writer.drain()


def _waiting_by(name):
    """A mixin for AsyncTestCase, whose loops then wait by this class of `selectors`."""
    found = getattr(selectors, name, None)
    mixin = type(name, (), {"selector_class": found})
    return mixin if found else requires(selectors, name)(mixin)


WaitingBySelect = _waiting_by("SelectSelector")
WaitingByPoll = _waiting_by("PollSelector")
WaitingByEpoll = _waiting_by("EpollSelector")
