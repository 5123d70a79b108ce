"""Many bytes in one direction: to a peer that reads and drops them, or from a peer that sends for ever."""

import contextlib
import os
import socket
import tempfile
from itertools import repeat

from registry import Repeated, lacks, workload

PIECE = 64 * 1024
LARGE = 1024 * 1024
FILE = 64 * LARGE


def is_missing(name):
    with contextlib.closing(socket.socket()) as sock:
        return lacks(sock, name)


@workload("send")
def send_pieces(peer, parameter):
    with contextlib.closing(peer.connect("SINK")) as sock:

        def batch(count):
            send, piece, sent = sock.send, b"x" * PIECE, 0
            for _ in repeat(None, count):
                sent += send(piece)
            return count, sent

        yield Repeated(batch)


@workload("sendall-1mb")
def sendall(peer, parameter):
    with contextlib.closing(peer.connect("SINK")) as sock:

        def batch(count):
            sendall, piece = sock.sendall, b"x" * LARGE
            for _ in repeat(None, count):
                sendall(piece)
            return count, count * LARGE

        yield Repeated(batch)


@workload("recv")
def recv_pieces(peer, parameter):
    with contextlib.closing(peer.connect("SOURCE")) as sock:

        def batch(count):
            recv, received = sock.recv, 0
            for _ in repeat(None, count):
                received += len(recv(PIECE))
            return count, received

        yield Repeated(batch)


@workload("recv-into", lacks=is_missing("recv_into"))
def recv_into(peer, parameter):
    with contextlib.closing(peer.connect("SOURCE")) as sock:
        target = bytearray(PIECE)

        def batch(count):
            recv_into, buffer, received = sock.recv_into, target, 0
            for _ in repeat(None, count):
                received += recv_into(buffer)
            return count, received

        yield Repeated(batch)


def _why_no_sendfile():
    # Without os.sendfile, socket.sendfile reads and sends, which is no workload of its own.
    return is_missing("sendfile") or lacks(os, "sendfile")


@workload("sendfile", lacks=_why_no_sendfile())
def sendfile(peer, parameter):
    with contextlib.closing(peer.connect("SINK")) as sock, tempfile.TemporaryFile() as file:
        for _ in range(FILE // LARGE):
            file.write(b"x" * LARGE)
        file.flush()

        def batch(count):
            sendfile, sent = sock.sendfile, 0
            for _ in repeat(None, count):
                sent += sendfile(file, 0)
            return count, sent

        yield Repeated(batch)
