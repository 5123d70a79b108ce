"""Lines of 60 bytes through the file object that makefile gives."""

import contextlib
from itertools import repeat

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
