"""Helpers for cases that move bytes or wait: the two IP families, recognizable data, full buffers, measured waits."""

import array
import contextlib
import socket
import struct
import time
import unittest

from support import HAS_IPV6, HOST, HOST6

MESSAGE = b"a message of several words"

SHORT = 0.05
"""Seconds that a wait lasts which is meant to end by its timeout."""

CLOCK_GRAIN = 0.002
"""Seconds by which a measured wait may look shorter than its timeout: clocks and timers round."""


class OverIPv4:
    """Gives a mixin of cases the IPv4 loopback."""

    family = socket.AF_INET
    host = HOST


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class OverIPv6:
    """Gives a mixin of cases the IPv6 loopback."""

    family = socket.AF_INET6
    host = HOST6


class ConnectedTcpCase:
    """Gives each case `client` and `server`, the two ends of a connection."""

    def setUp(self):
        super().setUp()
        self.client, self.server = self.connect()

    def connect(self):
        return self.tcp_pair(self.family)


class ByCreateConnection:
    """As ConnectedTcpCase, but the client is made by `socket.create_connection`."""

    def connect(self):
        listener = self.listener(self.family)
        client = self.bounded(socket.create_connection(listener.getsockname()[:2]))
        server, _ = listener.accept()
        return client, self.bounded(server)


class MeasuresWaits:
    """Assertions on calls that end by their timeout. Only the lower bound is exact: a busy machine may be late."""

    def assertTimesOut(self, seconds, function, *arguments):
        """`function` raises the timeout error that has no errno, not earlier than `seconds` after its call."""
        start = time.monotonic()
        with self.assertRaises(TimeoutError) as caught:
            function(*arguments)
        elapsed = time.monotonic() - start
        self.assertGreaterEqual(elapsed, seconds - CLOCK_GRAIN)
        self.assertEqual(caught.exception.args, ("timed out",))
        self.assertEqual(str(caught.exception), "timed out")
        self.assertIsNone(caught.exception.errno)
        self.assertIsNone(caught.exception.strerror)


def pattern(size):
    """`size` bytes in which a lost, doubled or moved part shows: each four bytes hold their own position."""
    return array.array("I", range(size // 4 + 1)).tobytes()[:size]


def read_exactly(sock, count):
    """The next `count` bytes of a stream, in as many calls as it takes. Fails if the stream ends before."""
    parts = []
    while count:
        part = sock.recv(min(count, 1 << 16))
        if not part:
            raise AssertionError("the stream ended %d bytes early" % count)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_to_end(sock):
    """What a stream carries until its end."""
    parts = []
    while part := sock.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def fill(sock):
    """Sends until nothing more fits; gives the number of bytes that fit. Leaves the timeout of `sock` as it was."""
    timeout = sock.gettimeout()
    sock.setblocking(False)
    sent = 0
    try:
        # A big block may be refused where a single byte still fits.
        for size in (1 << 16, 1):
            with contextlib.suppress(BlockingIOError):
                while True:
                    sent += sock.send(b"." * size)
    finally:
        sock.settimeout(timeout)
    return sent


def reset(sock):
    """Closes a TCP socket so that its peer gets a reset and not an end of stream."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


@contextlib.contextmanager
def default_timeout(seconds):
    """New sockets get this timeout inside the block."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
