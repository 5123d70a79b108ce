"""Connections that are made and ended at once."""

import contextlib
import socket
from itertools import repeat

from implementation import is_jythons_own
from peering import listening
from registry import Repeated, workload

FEW = 500


@workload("connect")
def connect(peer, parameter):
    """Makes a socket, connects it to the peer and closes it. The peer resets it later, so that no port stays in use."""
    address = (peer.host, peer.port("acceptor"))

    def batch(count):
        make, family, kind, target = socket.socket, socket.AF_INET, socket.SOCK_STREAM, address
        for _ in repeat(None, count):
            sock = make(family, kind)
            sock.connect(target)
            sock.close()
        return count, 0

    yield Repeated(batch)


@workload("accept", note="most of it is done by other threads before the clock runs" if is_jythons_own() else None)
def accept(peer, parameter):
    """Accepts connections that the peer has made before the clock runs, and closes them."""
    with listening() as listener:
        listener.settimeout(None)
        with contextlib.closing(peer.talk("CONNECT %d" % listener.getsockname()[1])) as talk:

            def prepare(count):
                talk.say("%d" % count)
                assert talk.hear() == "connected %d" % count

            def batch(count):
                accept = listener.accept
                for _ in repeat(None, count):
                    sock, _ = accept()
                    sock.close()
                return count, 0

            yield Repeated(batch, prepare, FEW)
