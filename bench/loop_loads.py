"""Loads the event loop of PySockets with much at once, and says whether all is well.

    ./pysockets bench/loop_loads.py connections [CONNECTIONS [MESSAGES]]
    ./pysockets bench/loop_loads.py idle [CONNECTIONS [PEER]]
    ./pysockets bench/loop_loads.py timers [TIMERS]

connections: both ends of so many TCP connections, 10,000 if it is left out, send each other so many messages, 1,000 if
it is left out. Each message has a number; each has to come, once, and in its place. Two descriptors are open for each
connection.

idle: how much Java heap a connection takes that is accepted and says nothing. PEER is the command of a CPython 3 that
makes the connections.

timers: sets and cancels so many timers, 1,000,000 if it is left out, and tells what is left of them.
"""

import asyncio
import gc
import os
import resource
import struct
import subprocess
import sys
import time

MESSAGE = struct.Struct(">II")
BURST = 50
"""Messages in one write."""

AT_ONCE = 200
"""Connections that are made at the same time."""


# Connections


class End(asyncio.Protocol):
    """Sends messages, the next ones once as many have come, and checks those that come."""

    def __init__(self, messages, done):
        self.messages, self.done = messages, done
        self.sent = self.came = 0
        self.rest = b""
        self.number = self.peer = None

    def connection_made(self, transport):
        self.transport = transport

    def begin(self, number):
        self.number = number
        self.send()

    def send(self):
        count = min(BURST, self.messages - self.sent)
        first = self.sent
        self.sent += count
        self.transport.write(b"".join(MESSAGE.pack(self.number, first + each) for each in range(count)))

    def data_received(self, data):
        data = self.rest + data
        end = len(data) // MESSAGE.size * MESSAGE.size
        self.rest = data[end:]
        for number, sequence in MESSAGE.iter_unpack(data[:end]):
            if self.peer is None:
                self.peer = number
            if (number, sequence) != (self.peer, self.came):
                raise AssertionError(f"message {sequence} of {number} in place of {self.came} of {self.peer}")
            self.came += 1
        if self.number is None:
            # The end that was accepted: it answers with what it is called by.
            self.number = self.peer
        while self.sent < min(self.came + 1, self.messages):
            self.send()
        if self.came == self.messages:
            self.done(self)

    def connection_lost(self, failure):
        if self.came < self.messages:
            raise AssertionError(f"connection {self.number} ended after {self.came} messages: {failure!r}")


async def connections(count=10_000, messages=1_000):
    loop = asyncio.get_running_loop()
    failures = []
    loop.set_exception_handler(lambda _, context: failures.append(context))
    left, all_done = 2 * count, loop.create_future()

    def done(end):
        nonlocal left
        left -= 1
        if left == 0:
            all_done.set_result(None)

    server = await loop.create_server(lambda: End(messages, done), "127.0.0.1", 0, backlog=4096)
    address = server.sockets[0].getsockname()
    began = time.monotonic()
    ends = []
    for first in range(0, count, AT_ONCE):
        made = [loop.create_connection(lambda: End(messages, done), *address) for _ in range(min(AT_ONCE, count - first))]
        ends += [protocol for _, protocol in await asyncio.gather(*made)]
    print(f"{count:,} connections after {time.monotonic() - began:.1f} s", flush=True)
    began = time.monotonic()
    for number, end in enumerate(ends):
        end.begin(number)
    while not all_done.done() and not failures:
        await asyncio.wait([all_done], timeout=10)
    seconds = time.monotonic() - began
    for failure in failures[:3]:
        print(failure)
    came = sum(end.came for end in ends)
    print(f"{came:,} of {count * messages:,} messages came back, {2 * came / seconds:,.0f} a second both ways")
    for end in ends:
        end.transport.close()
    server.close()
    await asyncio.sleep(0.1)
    return left or failures


# Idle connections


def peer():
    """Reads lines "PORT COUNT", and makes so many connections there."""
    import socket

    _allow_descriptors()
    made = []
    for line in sys.stdin:
        port, count = map(int, line.split())
        for _ in range(count):
            made.append(socket.create_connection(("127.0.0.1", port)))
        print(len(made), flush=True)


def heap():
    """Bytes of the Java heap that are in use: the least of some looks, each after a full collection."""
    import java

    runtime = java.type("java.lang.Runtime").getRuntime()
    looks = []
    for _ in range(4):
        gc.collect()
        looks.append(runtime.totalMemory() - runtime.freeMemory())
    return min(looks)


async def idle(count=10_000, command="python3"):
    loop = asyncio.get_running_loop()
    process = subprocess.Popen(
        [command, __file__, "--peer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii"
    )
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]

    async def connect(more):
        print(port, more, file=process.stdin, flush=True)
        made = int(await loop.run_in_executor(None, process.stdout.readline))
        while len(loop._transports) < made:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)

    await connect(500)
    before = heap()
    await connect(count)
    each = (heap() - before) / count
    print(f"{each:,.0f} bytes of heap for each of {count:,} idle connections")
    process.stdin.close()
    process.wait()
    server.close()
    await asyncio.sleep(1)
    return each > 2048


# Timers


async def timers(count=1_000_000):
    loop = asyncio.get_running_loop()
    for _ in range(20_000):
        loop.call_later(3600, print).cancel()
    before = heap()
    began = time.monotonic()
    for _ in range(count // 1000):
        for timer in [loop.call_later(3600, print) for _ in range(1000)]:
            timer.cancel()
        await asyncio.sleep(0)
    seconds = time.monotonic() - began
    left = heap() - before
    print(f"{count:,} timers set and cancelled in {seconds:.1f} s; {left:,} bytes of heap more than before")
    return left > 1024 * 1024


def _allow_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def main(what, *arguments):
    import pysockets

    _allow_descriptors()
    arguments = [int(argument) if argument.isdigit() else argument for argument in arguments]
    work = {"connections": connections, "idle": idle, "timers": timers}[what]
    loop = asyncio.SelectorEventLoop if os.environ.get("PYSOCKETS_LOOP") == "python" else pysockets.new_event_loop
    with asyncio.Runner(loop_factory=loop) as runner:
        return 1 if runner.run(work(*arguments)) else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--peer"]:
        peer()
    else:
        sys.exit(main(*sys.argv[1:]))
