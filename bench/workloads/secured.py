"""TLS to the peer, whose certificate and name are verified. Each end takes what the other offers first."""

import contextlib
import socket
from itertools import repeat

from peering import PATIENCE
from registry import Repeated, lacks, optional, workload

ssl = optional("ssl")
PIECE = 64 * 1024
LARGE = 1024 * 1024
MESSAGE = b"x" * 64
LACKS = lacks(ssl, "create_default_context") if ssl else "no ssl"


def _connect(context, address, purpose):
    sock = socket.create_connection(address, PATIENCE)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secured = context.wrap_socket(sock, server_hostname="localhost")
    except BaseException:
        sock.close()
        raise
    secured.sendall(purpose + b"\n")
    secured.settimeout(None)
    return secured


@contextlib.contextmanager
def _connected(peer, purpose):
    context = ssl.create_default_context(cafile=peer.certificate)
    with contextlib.closing(_connect(context, (peer.host, peer.port("tls")), purpose)) as sock:
        yield sock


@workload("tls-bulk", lacks=LACKS)
def tls_bulk(peer, parameter):
    """sendall of 1 MiB. The peer drops what comes without decrypting it."""
    with _connected(peer, b"SINK") as sock:

        def batch(count):
            sendall, piece = sock.sendall, b"x" * LARGE
            for _ in repeat(None, count):
                sendall(piece)
            return count, count * LARGE

        yield Repeated(batch)


@workload("tls-recv", lacks=LACKS)
def tls_recv(peer, parameter):
    """recv of at most 64 KiB, which gives as much as one record has."""
    with _connected(peer, b"SOURCE") as sock:

        def batch(count):
            recv, received = sock.recv, 0
            for _ in repeat(None, count):
                received += len(recv(PIECE))
            return count, received

        yield Repeated(batch)


@workload("tls-round-trip", lacks=LACKS)
def tls_round_trip(peer, parameter):
    with _connected(peer, b"ECHO") as sock:

        def batch(count):
            send, recv, message = sock.send, sock.recv, MESSAGE
            for _ in repeat(None, count):
                send(message)
                recv(64)
            return count, 64 * count

        yield Repeated(batch)


@workload("tls-handshakes", lacks=LACKS)
def tls_handshakes(peer, parameter):
    """A TCP connection, a full handshake, an answer of one line, and the end."""
    context, address = ssl.create_default_context(cafile=peer.certificate), (peer.host, peer.port("tls"))

    def batch(count):
        for _ in repeat(None, count):
            with contextlib.closing(_connect(context, address, b"PORTS")) as sock:
                assert sock.recv(64).startswith(b"tls ")
        return count, 0

    yield Repeated(batch)
