"""Measures the event loop of PySockets beside the standard one, and prints a table.

    ./pysockets bench/loop_rates.py [SECONDS [PEER [WORKLOAD ...]]]

PEER is the command of a CPython 3 that runs the clients; "python3" if it is left out. Both loops work in this process
by turns, SECONDS in all for each workload. A row is one workload: the processor time that the thread of the loop takes
for each operation, and the operations in a second by the clock, each of the best turn.
"""

import asyncio
import pathlib
import select
import socket
import ssl
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent / "python-tests"
"""Where the certificate of the TLS workload is made."""

CONNECTIONS = 100
TURN = 1.0
BATCH = 5_000
MESSAGE = b"x" * 64
REQUEST = b"GET /items/42?q=x HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n"


# The peer


def peer():
    """Reads lines "KIND PORT SECONDS"; answers how often each of its connections there has got an answer in all."""
    connected = {}
    for line in sys.stdin:
        kind, port, seconds = line.split()
        if port not in connected:
            connected[port] = [_connected(kind, int(port)) for _ in range(CONNECTIONS)]
        message, tail = (REQUEST, b"localhost") if kind == "http" else (MESSAGE, MESSAGE[-1:])
        print(_talk(connected[port], message, tail, float(seconds)), flush=True)


def _connected(kind, port):
    if kind == "udp":
        sock = socket.socket(type=socket.SOCK_DGRAM)
        sock.connect(("127.0.0.1", port))
        return sock
    sock = socket.create_connection(("127.0.0.1", port))
    return unverifying().wrap_socket(sock) if kind == "tls" else sock


def unverifying():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _talk(socks, message, tail, seconds):
    """tail: what an answer ends with."""
    by_number = {sock.fileno(): sock for sock in socks}
    epoll = select.epoll()
    for sock in socks:
        epoll.register(sock, select.EPOLLIN)
        sock.sendall(message)
    left, count, end = len(socks), 0, time.monotonic() + seconds
    while left:
        goes_on = time.monotonic() < end
        for number, _ in epoll.poll():
            # With TLS, what makes it ready may be a session's ticket: then this waits for what follows.
            data = by_number[number].recv(1024)
            if not data:
                raise EOFError("the server has closed a connection")
            if not data.endswith(tail):
                continue
            count += 1
            if goes_on:
                by_number[number].sendall(message)
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


class EchoDatagrams(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data, address)


class Http(asyncio.Protocol):
    """A server of HTTP/1.1 as those in pure Python are: a parser, a task for each connection, answers made of parts."""

    def connection_made(self, transport):
        self.transport = transport
        self.received = bytearray()
        self.requests = asyncio.Queue()
        self.task = asyncio.get_running_loop().create_task(self.serve())

    def data_received(self, data):
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.received[:end])
            del self.received[: end + 4]
            self.requests.put_nowait(self.parsed(head))

    @staticmethod
    def parsed(head):
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, version = first.split(" ")
        path, _, query = target.partition("?")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        return method, path, dict(item.split("=") for item in query.split("&")), headers

    async def serve(self):
        while True:
            method, path, query, headers = await self.requests.get()
            status, body = await self.answer(method, path, query, headers)
            head = [f"HTTP/1.1 {status}", "content-type: text/plain; charset=utf-8", f"content-length: {len(body)}"]
            self.transport.write("\r\n".join([*head, "server: bench", "", ""]).encode("latin-1"))
            self.transport.write(body)

    async def answer(self, method, path, query, headers):
        return "200 OK", f"{method} {path} {query['q']} {headers['host']}".encode()

    def connection_lost(self, failure):
        self.task.cancel()


def tls_server(loop):
    sys.path.insert(0, str(TESTS))
    from support.tls import server_context

    return loop.create_server(Echo, "127.0.0.1", 0, backlog=CONNECTIONS, ssl=server_context())


def driven(make_server, kind="tcp"):
    def prepare(loop, process):
        server = loop.run_until_complete(make_server(loop))
        sock = server[0].get_extra_info("socket") if kind == "udp" else server.sockets[0]
        port = sock.getsockname()[1]

        async def turn(seconds):
            process.stdin.write(b"%s %d %f\n" % (kind.encode(), port, seconds))
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
    "echo in TLS, 100 protocols": driven(tls_server, "tls"),
    "echo of datagrams": driven(
        lambda loop: loop.create_datagram_endpoint(EchoDatagrams, local_addr=("127.0.0.1", 0)), "udp"
    ),
    "HTTP in Python, 100 clients": driven(
        lambda loop: loop.create_server(Http, "127.0.0.1", 0, backlog=CONNECTIONS), "http"
    ),
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
