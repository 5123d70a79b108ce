"""64 bytes to the peer and back."""

import contextlib
import socket
from itertools import repeat

from registry import Repeated, lacks, workload

MESSAGE = b"x" * 64


@workload("tcp-round-trip")
def tcp_round_trip(peer, parameter):
    with contextlib.closing(peer.connect("ECHO")) as sock:
        yield Repeated(_there_and_back(sock))


@workload("unix-round-trip", lacks=lacks(socket, "AF_UNIX"))
def unix_round_trip(peer, parameter):
    with contextlib.closing(peer.connect_unix("ECHO")) as sock:
        yield Repeated(_there_and_back(sock))


@workload("udp-round-trip")
def udp_round_trip(peer, parameter):
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as sock:

        def batch(count):
            sendto, recvfrom, message, address = sock.sendto, sock.recvfrom, MESSAGE, peer.udp
            for _ in repeat(None, count):
                sendto(message, address)
                recvfrom(64)
            return count, 64 * count

        yield Repeated(batch)


def _there_and_back(sock):
    def batch(count):
        send, recv, message = sock.send, sock.recv, MESSAGE
        for _ in repeat(None, count):
            send(message)
            recv(64)
        return count, 64 * count

    return batch
