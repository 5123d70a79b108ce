"""Measures the event loop of PySockets beside the standard one, and prints a table.

    ./pysockets bench/loop_rates.py [SECONDS [PEER [WORKLOAD ...]]]

PEER is the command of a CPython 3 that runs the clients; "python3" if it is left out. Both loops work in this process
by turns, SECONDS in all for each workload. A row is one workload: the processor time that the thread of the loop takes
for each operation, and the operations in a second by the clock, each of the best turn.
"""

import asyncio
import select
import socket
import subprocess
import sys
import time

CONNECTIONS = 100
TURN = 1.0
BATCH = 5_000
MESSAGE = b"x" * 64


# The peer


def peer():
    """Reads lines "PORT SECONDS"; answers how often each of its connections there has got its message back in all."""
    connected = {}
    for line in sys.stdin:
        port, seconds = line.split()
        if port not in connected:
            connected[port] = [socket.create_connection(("127.0.0.1", int(port))) for _ in range(CONNECTIONS)]
        print(_talk(connected[port], float(seconds)), flush=True)


def _talk(socks, seconds):
    by_number = {sock.fileno(): sock for sock in socks}
    epoll = select.epoll()
    for sock in socks:
        epoll.register(sock, select.EPOLLIN)
        sock.sendall(MESSAGE)
    left, count, end = len(socks), 0, time.monotonic() + seconds
    while left:
        goes_on = time.monotonic() < end
        for number, _ in epoll.poll():
            if not by_number[number].recv(1024):
                raise EOFError("the server has closed a connection")
            count += 1
            if goes_on:
                by_number[number].sendall(MESSAGE)
            else:
                left -= 1
    epoll.close()
    return count


# The workloads: each makes a function for a loop, which works for about so many seconds and tells the operations


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def echo_stream(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
    writer.close()


def driven(make_server):
    def prepare(loop, process):
        server = loop.run_until_complete(make_server(loop))
        port = server.sockets[0].getsockname()[1]

        async def turn(seconds):
            process.stdin.write(b"%d %f\n" % (port, seconds))
            process.stdin.flush()
            return int(await loop.run_in_executor(None, process.stdout.readline))

        return lambda seconds: loop.run_until_complete(turn(seconds))

    return prepare


def repeated(batch):
    def prepare(loop, _):
        def turn(seconds):
            count, end = 0, time.monotonic() + seconds
            while time.monotonic() < end:
                batch(loop)
                count += BATCH
            return count

        return turn

    return prepare


def call_soon(loop):
    left = BATCH

    def callback():
        nonlocal left
        left -= 1
        if left > 0:
            loop.call_soon(callback)
        else:
            loop.stop()

    loop.call_soon(callback)
    loop.run_forever()


def timers(loop):
    """Timers that become due, in another order than they were set."""
    left = BATCH

    def callback():
        nonlocal left
        left -= 1
        if left == 0:
            loop.stop()

    now = loop.time()
    for number in range(BATCH):
        loop.call_at(now + number * 7919 % 1009 / 1e6, callback)
    loop.run_forever()


def cancelled(loop):
    """Timers that are cancelled soon, while a thousand others wait."""
    others = [loop.call_later(1000 + number, print) for number in range(1000)]

    def callback():
        for _ in range(BATCH):
            loop.call_later(60, print).cancel()
        loop.stop()

    loop.call_soon(callback)
    loop.run_forever()
    for other in others:
        other.cancel()


def sleeps(loop):
    """Tasks that let one another go on."""

    async def task():
        for _ in range(BATCH // 50):
            await asyncio.sleep(0)

    async def all_of_them():
        await asyncio.gather(*(task() for _ in range(50)))

    loop.run_until_complete(all_of_them())


WORKLOADS = {
    "echo, 100 protocols": driven(lambda loop: loop.create_server(Echo, "127.0.0.1", 0, backlog=CONNECTIONS)),
    "echo, 100 streams": driven(lambda loop: asyncio.start_server(echo_stream, "127.0.0.1", 0, backlog=CONNECTIONS)),
    "call_soon": repeated(call_soon),
    "timers that are due": repeated(timers),
    "timers that are cancelled": repeated(cancelled),
    "sleep(0) of 50 tasks": repeated(sleeps),
}


class Best:
    """The best turn of a loop at a workload."""

    def __init__(self, loop, prepare, process):
        self.turn = prepare(loop, process)
        self.micros, self.rate = float("inf"), 0.0

    def take_turn(self):
        cpu, clock = time.thread_time(), time.monotonic()
        count = self.turn(TURN)
        cpu, clock = time.thread_time() - cpu, time.monotonic() - clock
        self.micros = min(self.micros, cpu / count * 1e6)
        self.rate = max(self.rate, count / clock)


def measure(seconds, command, names):
    import pysockets

    kinds = [asyncio.SelectorEventLoop, pysockets.new_event_loop]
    print("                             standard loop          loop of PySockets      ratio")
    print("workload                     us cpu    a second     us cpu    a second     cpu   clock")
    for name, prepare in WORKLOADS.items():
        if names and not any(name.startswith(each) for each in names):
            continue
        process = subprocess.Popen(
            [command, __file__, "--peer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        loops = [kind() for kind in kinds]
        bests = [Best(loop, prepare, process) for loop in loops]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for best in bests:
                best.take_turn()
        one, other = bests
        print(
            f"{name:28} {one.micros:6.2f} {one.rate:11,.0f}     {other.micros:6.2f} {other.rate:11,.0f}"
            f"    {one.micros / other.micros:5.2f}   {other.rate / one.rate:5.2f}",
            flush=True,
        )
        process.stdin.close()
        process.wait()
        for loop in loops:
            loop.run_until_complete(asyncio.sleep(0.2))
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["--peer"]:
        peer()
    else:
        measure(
            float(sys.argv[1]) if len(sys.argv) > 1 else 20.0,
            sys.argv[2] if len(sys.argv) > 2 else "python3",
            sys.argv[3:],
        )
