"""Measures what a limit of bytes a second gives, and prints a table. Run it with the limit that it is to measure:

    ./pysockets --net-quota=in=10M/s,out=10M/s bench/quota_rates.py [SECONDS [PEER [WAY ...]]]

PEER is the command of a CPython 3 that runs the other end, without limits; "python3" if it is left out. Each row is
one way to send or to receive, on so many sockets at once: the bytes of all sockets in each second, those of the slowest
and of the fastest of them, in parts of the average, and the processor time of this process.
"""

import asyncio
import os
import pathlib
import select
import socket
import ssl
import subprocess
import sys
import threading
import time

PIECE = 8 * 1024
WARM_UP = 1.0
MANY = 50
SINK, SOURCE = b"i", b"o"


# The peer


def _serve(sock, context):
    try:
        if context:
            sock = context.wrap_socket(sock, server_side=True)
        if sock.recv(1) == SINK:
            while sock.recv(256 * 1024):
                pass
        else:
            piece = b"x" * (64 * 1024)
            while True:
                sock.sendall(piece)
    except OSError:
        pass
    finally:
        sock.close()


def _listen(context):
    listener = socket.create_server(("127.0.0.1", 0), backlog=200)

    def accept():
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=_serve, args=(sock, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def peer():
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python-tests"))
    from support.certificates import localhost

    import tempfile

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        context.load_cert_chain(localhost().pem_file(folder))
    print(_listen(None), _listen(context), flush=True)
    sys.stdin.read()


# The ways to send and to receive


class Meter:
    """The bytes of each socket, and whether to go on."""

    def __init__(self, ports, count, purpose, secured):
        self.ports, self.count, self.purpose, self.secured = ports, count, purpose, secured
        self.moved = [0] * count
        self.going = True

    def address(self):
        return ("127.0.0.1", self.ports[self.secured])

    def context(self):
        if not self.secured:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    def connect(self, timeout):
        sock = socket.create_connection(self.address())
        if self.secured:
            sock = self.context().wrap_socket(sock)
        sock.settimeout(timeout)
        sock.sendall(self.purpose)
        return sock


def _blocking(meter, timeout=None):
    socks = [meter.connect(timeout) for _ in range(meter.count)]

    def send(i):
        piece = b"x" * PIECE
        while meter.going:
            socks[i].sendall(piece)
            meter.moved[i] += PIECE

    def receive(i):
        while meter.going:
            meter.moved[i] += len(socks[i].recv(PIECE))

    work = send if meter.purpose == SINK else receive
    threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(meter.count)]
    for thread in threads:
        thread.start()
    yield
    meter.going = False
    for thread in threads:
        thread.join()
    for sock in socks:
        sock.close()


def _with_timeout(meter):
    return _blocking(meter, 60)


def _selecting(meter):
    socks = [meter.connect(0 if not meter.secured else None) for _ in range(meter.count)]
    numbers = {sock.fileno(): i for i, sock in enumerate(socks)}
    poll = select.poll()
    for sock in socks:
        poll.register(sock, select.POLLOUT if meter.purpose == SINK else select.POLLIN)
    piece = b"x" * PIECE

    def loop():
        while meter.going:
            for number, _ in poll.poll(1000):
                i = numbers[number]
                try:
                    meter.moved[i] += socks[i].send(piece) if meter.purpose == SINK else len(socks[i].recv(PIECE))
                except BlockingIOError:
                    pass

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    yield
    meter.going = False
    thread.join()
    for sock in socks:
        sock.close()


def _asyncio(meter):
    async def send(i, reader, writer):
        piece = b"x" * PIECE
        written = 0
        writer.transport.set_write_buffer_limits(high=2 * PIECE)
        while meter.going:
            writer.write(piece)
            written += PIECE
            await writer.drain()
            meter.moved[i] = written - writer.transport.get_write_buffer_size()

    async def receive(i, reader, writer):
        while meter.going:
            meter.moved[i] += len(await reader.read(PIECE))

    async def one(i):
        reader, writer = await asyncio.open_connection(*meter.address(), ssl=meter.context(), limit=2 * PIECE)
        writer.write(meter.purpose)
        await (send if meter.purpose == SINK else receive)(i, reader, writer)
        writer.transport.abort()

    async def all_of_them():
        await asyncio.gather(*(one(i) for i in range(meter.count)))

    thread = threading.Thread(target=lambda: asyncio.run(all_of_them()), daemon=True)
    thread.start()
    yield
    meter.going = False
    thread.join()


WAYS = {"blocking": _blocking, "timeout": _with_timeout, "poll": _selecting, "asyncio": _asyncio}


def _measure(way, meter, seconds):
    run = WAYS[way](meter)
    next(run)
    time.sleep(WARM_UP + meter.secured * meter.count / 25)
    processor = sum(os.times()[:2])
    start, before = time.monotonic(), list(meter.moved)
    time.sleep(seconds)
    elapsed, after = time.monotonic() - start, list(meter.moved)
    used = sum(os.times()[:2]) - processor
    next(run, None)
    moved = [b - a for a, b in zip(before, after)]
    mean = sum(moved) / len(moved)
    return sum(moved) / elapsed / 1e6, min(moved) / mean, max(moved) / mean, used / elapsed


def main(seconds=5.0, command="python3", *ways):
    with subprocess.Popen(
        [command, __file__, "--peer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        ports = [int(word) for word in other.stdout.readline().split()]
        print("| way | direction | sockets | MB/s | slowest | fastest | processors |")
        print("|---|---|---:|---:|---:|---:|---:|")
        for secured in (False, True):
            for way in ways or WAYS:
                for count in (1, MANY):
                    for purpose, direction in ((SINK, "out"), (SOURCE, "in")):
                        if secured and way == "poll":
                            continue
                        meter = Meter(ports, count, purpose, secured)
                        rate, slowest, fastest, used = _measure(way, meter, float(seconds))
                        name = way + ", TLS" * secured
                        figures = f"{rate:.2f} | {slowest:.2f} | {fastest:.2f} | {used:.2f}"
                        print(f"| {name} | {direction} | {count} | {figures} |", flush=True)
        other.stdin.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["--peer"]:
        peer()
    else:
        main(*sys.argv[1:])
