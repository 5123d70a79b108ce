"""Connections to the peer, and pairs of connected sockets."""

import contextlib
import socket

# For all that is not measured. What is measured runs on blocking sockets without a timeout, as most programs do; the
# harness ends a worker that does not answer.
PATIENCE = 30


class Peer(object):
    def __init__(self, host, port, path, udp, certificate):
        self.host = host
        self.address = (host, int(port))
        self._path = path
        self.udp = (host, int(udp))
        self.certificate = certificate
        self._ports = None

    def port(self, name):
        """The number of a port that is not among the arguments: "tls" or "acceptor"."""
        if self._ports is None:
            with contextlib.closing(Talk(self.connect("PORTS"))) as talk:
                words = talk.hear().split()
            self._ports = dict(zip(words[::2], words[1::2]))
        return int(self._ports[name])

    def connect(self, purpose):
        """A TCP connection for a purpose, one of those that the peer's Conversations lists."""
        sock = socket.create_connection(self.address, PATIENCE)
        return self._introduced(sock, purpose)

    def connect_unix(self, purpose):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.connect(self._path)
        return self._introduced(sock, purpose)

    def talk(self, purpose):
        """A conversation by lines."""
        return Talk(self.connect(purpose))

    @staticmethod
    def _introduced(sock, purpose):
        if sock.family == socket.AF_INET:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(purpose.encode("ascii") + b"\n")
        sock.settimeout(None)
        return sock


class Talk(object):
    """A conversation with the peer by lines."""

    def __init__(self, sock):
        sock.settimeout(PATIENCE)
        self._sock = sock
        self._file = sock.makefile("rb")

    def set_timeout(self, seconds):
        self._sock.settimeout(seconds)

    def say(self, line):
        self._sock.sendall(line.encode("ascii") + b"\n")

    def hear(self):
        line = self._file.readline()
        if not line.endswith(b"\n"):
            raise EOFError("the peer ended the conversation")
        return line.decode("ascii").strip()

    def close(self):
        self._file.close()
        self._sock.close()


@contextlib.contextmanager
def listening():
    """A listening socket on the loopback interface."""
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as listener:
        listener.settimeout(PATIENCE)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1024)
        yield listener


PAIR_NOTE = None if hasattr(socket, "socketpair") else "a TCP connection, as there is no socketpair"


@contextlib.contextmanager
def connected_pair():
    """Two sockets that are connected with each other: a socketpair where there is such a thing."""
    if hasattr(socket, "socketpair"):
        near, far = socket.socketpair()
    else:
        with listening() as listener:
            near = socket.create_connection(listener.getsockname()[:2], PATIENCE)
            far, _ = listener.accept()
        for sock in (near, far):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(None)
    with contextlib.closing(near), contextlib.closing(far):
        yield near, far
