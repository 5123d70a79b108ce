"""Calls that block until something ends them.

Each class makes what its call needs. Then `call(limit)` blocks, for at most `limit` seconds where it is not None; `close` and `shutdown`
end it from another thread, where that is a way to end it.
"""

import errno
import select
import socket
import ssl
import tempfile
import time

FULL = b"x" * 65536


class OnSocket:
    """A call on a socket of a pair, whose other end stays silent."""

    def __init__(self):
        self.sock, self.peer = socket.socketpair()

    def call(self, limit):
        self.sock.settimeout(limit)
        return self.on(self.sock)

    def close(self):
        self.sock.close()

    def shutdown(self):
        self.sock.shutdown(socket.SHUT_RDWR)


class Sending(OnSocket):
    """A call that sends, when there is no room for more."""

    def __init__(self):
        super().__init__()
        self.sock.setblocking(False)
        try:
            while True:
                self.sock.send(FULL)
        except BlockingIOError:
            pass


class Accept(OnSocket):
    def __init__(self):
        self.sock = socket.create_server(("127.0.0.1", 0))

    def on(self, sock):
        return sock.accept()


class Connect(OnSocket):
    """To a listener whose queue is full: the kernel does not answer then."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.waiting = [socket.socket() for _ in range(3)]
        for each in self.waiting:
            each.setblocking(False)
            each.connect_ex(self.listener.getsockname())
        self.sock = socket.socket()

    def on(self, sock):
        return sock.connect(self.listener.getsockname())


class Recv(OnSocket):
    def on(self, sock):
        return sock.recv(1)


class Send(Sending):
    def on(self, sock):
        return sock.send(FULL)


class SendAll(Sending):
    def on(self, sock):
        return sock.sendall(FULL)


class RecvMsg(OnSocket):
    def on(self, sock):
        return sock.recvmsg(1)


class Handshake(OnSocket):
    """With a server that says nothing."""

    def __init__(self):
        super().__init__()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        self.sock = context.wrap_socket(self.sock, do_handshake_on_connect=False)

    def on(self, sock):
        return sock.do_handshake()


class SendFile(Sending):
    def __init__(self):
        super().__init__()
        self.file = tempfile.TemporaryFile()
        self.file.write(FULL)
        self.file.seek(0)

    def on(self, sock):
        return sock.sendfile(self.file)


class Select(OnSocket):
    def call(self, limit):
        ready = select.select([self.sock], [], [], limit)
        return "readable" if ready == ([self.sock], [], []) else ready


class Poll(OnSocket):
    def __init__(self):
        super().__init__()
        self.poll = select.poll()
        self.poll.register(self.sock, select.POLLIN)

    def call(self, limit):
        return [events for _, events in self.poll.poll(None if limit is None else limit * 1000)]


class Epoll(OnSocket):
    """What is closed is the epoll object: a socket that is closed leaves it silently."""

    def __init__(self):
        super().__init__()
        self.epoll = select.epoll()
        self.epoll.register(self.sock, select.EPOLLIN)

    def call(self, limit):
        return [events for _, events in self.epoll.poll(limit)]

    def close(self):
        self.epoll.close()


class LookUp:
    """By a name service that does not answer."""

    def call(self, limit):
        return socket.getaddrinfo("silent", None)


CALLS = {
    "accept": Accept,
    "connect": Connect,
    "recv": Recv,
    "send": Send,
    "sendall": SendAll,
    "recvmsg": RecvMsg,
    "sendfile": SendFile,
    "select": Select,
    "poll": Poll,
    "epoll": Epoll,
    "do_handshake": Handshake,
    "getaddrinfo": LookUp,
}


def make(name):
    return CALLS[name]()


def outcome(call, limit):
    """How a call ended: what it gave, or the name of its errno or exception."""
    try:
        return str(call.call(limit))
    except TimeoutError as failure:
        return "timed out"
    except ssl.SSLEOFError:
        return "EOF"
    except OSError as failure:
        return errno.errorcode.get(failure.errno, str(failure))


def lateness(call, limit):
    """How a call with a timeout ended, and by how many seconds later than its timeout."""
    start = time.perf_counter()
    how = outcome(call, limit)
    return how, time.perf_counter() - start - limit
