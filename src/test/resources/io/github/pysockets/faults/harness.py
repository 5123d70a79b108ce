"""What the scenarios share. Each is a function that raises where a byte is lost, repeated or out of order."""

import select
import socket
import threading
from contextlib import ExitStack, contextmanager

LIMIT = 5
"""Seconds after which something that a scenario waits for has not come."""

SMALL = bytes(range(256)) * 4
LARGE = b"".join(number.to_bytes(4, "big") for number in range(150_000))

failures = []


class Wrong(Exception):
    """Bytes are not those that were sent."""


def note(failure):
    """Puts an exception aside for the test: its class, its errno, its text."""
    kind = type(failure)
    failures.append((kind.__module__, kind.__qualname__, getattr(failure, "errno", None), str(failure)))


def run(name):
    """Runs a scenario; gives a tuple of (module, class, errno, text) of what was raised, in any thread."""
    failures.clear()
    try:
        globals()[name]()
    except BaseException as failure:
        note(failure)
    return tuple(failures)


@contextmanager
def thread(action, *args):
    """Another thread meanwhile, whose exceptions are noted; it has to end by itself."""

    def guarded():
        try:
            action(*args)
        except BaseException as failure:
            note(failure)

    other = threading.Thread(target=guarded, daemon=True)
    other.start()
    try:
        yield
    finally:
        other.join(LIMIT)
        if other.is_alive():
            raise Wrong("a thread hangs")


def check(got, sent):
    if got != sent:
        if sent.startswith(got):
            raise EOFError("%d bytes of %d" % (len(got), len(sent)))
        same = next((i for i, pair in enumerate(zip(got, sent)) if pair[0] != pair[1]), len(sent))
        raise Wrong("%d bytes of %d, alike up to %d" % (len(got), len(sent), same))


def receive(sock, count):
    """So many bytes, by calls of several kinds."""
    parts = []
    while count:
        data = sock.recv(min(count, 65536))
        if not data:
            raise EOFError("%d bytes too early" % count)
        parts.append(data)
        count -= len(data)
    return b"".join(parts)


def receive_all(sock):
    """What comes until the other side has ended."""
    parts = []
    while True:
        data = sock.recv(65536)
        if not data:
            return b"".join(parts)
        parts.append(data)


def loopback(family):
    return "" if family == socket.AF_UNIX else ("127.0.0.1", 0)


@contextmanager
def listening(family=socket.AF_INET, timeout=None):
    with socket.socket(family) as listener:
        listener.settimeout(timeout)
        if family == socket.AF_INET:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(loopback(family))
        listener.listen()
        yield listener


@contextmanager
def connected(family=socket.AF_INET, timeout=None):
    """Both ends of a connection, made by one thread."""
    with listening(family, timeout) as listener, socket.socket(family) as client:
        client.settimeout(timeout)
        client.connect(listener.getsockname())
        server, address = listener.accept()
        with server:
            server.settimeout(timeout)
            if family == socket.AF_INET and address != client.getsockname():
                raise Wrong("the client is another one")
            yield client, server
