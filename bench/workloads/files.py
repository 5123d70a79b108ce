"""Lines of 60 bytes through the file object that makefile gives."""

import contextlib
from itertools import repeat

from bulk import is_missing
from registry import Repeated, workload

LINE = b"x" * 59 + b"\n"
FLUSH_EACH = 100


@workload("readline")
def readline(peer, parameter):
    with contextlib.closing(peer.connect("LINES")) as sock, contextlib.closing(sock.makefile("rb")) as file:

        def batch(count):
            readline = file.readline
            for _ in repeat(None, count):
                readline()
            return count, count * len(LINE)

        yield Repeated(batch)


@workload("file-write")
def file_write(peer, parameter):
    with contextlib.closing(peer.connect("SINK")) as sock, contextlib.closing(sock.makefile("wb")) as file:

        def batch(count):
            write, flush, line = file.write, file.flush, LINE
            for _ in repeat(None, count):
                for _ in repeat(None, FLUSH_EACH):
                    write(line)
                flush()
            return count * FLUSH_EACH, count * FLUSH_EACH * len(line)

        yield Repeated(batch)


@workload("line-client")
def line_client(peer, parameter):
    """As the client of a protocol of lines, such as Redis's or SMTP."""
    with contextlib.closing(peer.connect("ECHO")) as sock, contextlib.closing(sock.makefile("rb")) as file:

        def batch(count):
            sendall, readline, line = sock.sendall, file.readline, LINE
            for _ in repeat(None, count):
                sendall(line)
                readline()
            return count, count * len(line)

        yield Repeated(batch)


@workload("line-client-into", lacks=is_missing("recv_into"))
def line_client_into(peer, parameter):
    with contextlib.closing(peer.connect("ECHO")) as sock:

        def batch(count):
            sendall, recv_into, line, buffer = sock.sendall, sock.recv_into, LINE, bytearray(4096)
            for _ in repeat(None, count):
                sendall(line)
                end = 0
                while buffer.find(b"\n", 0, end) < 0:
                    end = recv_into(buffer)
            return count, count * len(line)

        yield Repeated(batch)
