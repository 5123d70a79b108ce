"""Sockets that nothing happens on."""

import contextlib
import socket

from peering import PATIENCE, listening


@contextlib.contextmanager
def idle_sockets(count):
    """A list of sockets that have no other ends, so that 10,000 of them take as many descriptors and no ports."""
    sockets = []
    try:
        for _ in range(count):
            sockets.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        yield sockets
    finally:
        for sock in sockets:
            sock.close()


@contextlib.contextmanager
def idle_connections(peer, count):
    """A list of connected sockets. The other ends are the peer's."""
    with listening() as listener, contextlib.closing(peer.talk("CONNECT %d" % listener.getsockname()[1])) as talk:
        listener.settimeout(PATIENCE)
        talk.say("%d" % count)
        connections = []
        try:
            for _ in range(count):
                sock, _ = listener.accept()
                connections.append(sock)
                # In Jython a connection occupies one of a few threads until it is used in some way.
                sock.setblocking(True)
            assert talk.hear() == "connected %d" % count
            yield connections
        finally:
            for sock in connections:
                sock.close()
