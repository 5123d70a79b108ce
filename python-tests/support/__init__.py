"""What the test files share: bounded waits, peers on a thread, sockets that close themselves.

Every wait ends after LIMIT seconds at the latest, so a defect shows as a failure and never as a hang. Nothing here
sleeps to wait for something: a peer runs on a thread, and the test joins it.
"""

import socket
import threading
import unittest

LIMIT = 20.0
"""Seconds after which a wait in a test is a failure. Far above what any case needs, on a slow machine too."""

HOST = "127.0.0.1"
HOST6 = "::1"


def _ipv6_works():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind((HOST6, 0))
    except OSError:
        return False
    return True


HAS_IPV6 = socket.has_ipv6 and _ipv6_works()


def require(owner, *names):
    """Skips what it is called for, in a fixture or a case, where a module or class lacks one of these names."""
    for name in names:
        if not hasattr(owner, name):
            raise unittest.SkipTest("this platform has no " + name)


def requires(owner, *names):
    """As `require`: a decorator of a case or a class."""
    absent = [name for name in names if not hasattr(owner, name)]
    return unittest.skipIf(absent, "this platform has no " + "".join(absent[:1]))


def family_works(family, kind, proto=0):
    """Whether the kernel makes sockets of this kind: the only true reason to skip a case for a rare address family."""
    try:
        socket.socket(family, kind, proto).close()
    except OSError:
        return False
    return True


class Peer:
    """A function on a thread of its own: `join` gives back its result, or raises what it raised."""

    def __init__(self, function, *arguments):
        self._result = None
        self._failure = None
        self._thread = threading.Thread(target=self._run, args=(function, arguments), daemon=True)
        self._thread.start()

    def _run(self, function, arguments):
        try:
            self._result = function(*arguments)
        except BaseException as failure:
            self._failure = failure

    def join(self):
        self._thread.join(LIMIT)
        if self._thread.is_alive():
            raise AssertionError("the peer did not end within %s s" % LIMIT)
        if self._failure is not None:
            raise self._failure
        return self._result


class SocketTestCase(unittest.TestCase):
    """A test case whose sockets have a bounded wait and are closed after the test."""

    def own(self, sock):
        """Closes `sock` after the test; gives it back."""
        self.addCleanup(sock.close)
        return sock

    def bounded(self, sock):
        """As `own`, and no call on `sock` lasts longer than LIMIT."""
        sock.settimeout(LIMIT)
        return self.own(sock)

    def peer(self, function, *arguments):
        """Runs `function` on a thread. The test ends only after it has; a failure in it fails the test."""
        peer = Peer(function, *arguments)
        self.addCleanup(peer.join)
        return peer

    def listener(self, family=socket.AF_INET, address=None, backlog=5):
        """A listening stream socket on a loopback port of the kernel's choice."""
        sock = self.bounded(socket.socket(family, socket.SOCK_STREAM))
        if address is None:
            address = (HOST6 if family == socket.AF_INET6 else HOST, 0)
        sock.bind(address)
        sock.listen(backlog)
        return sock

    def tcp_pair(self, family=socket.AF_INET):
        """Two connected TCP sockets: (the one that connected, the one that was accepted)."""
        listener = self.listener(family)
        client = self.bounded(socket.socket(family, socket.SOCK_STREAM))
        client.connect(listener.getsockname())
        server, _ = listener.accept()
        return client, self.bounded(server)

    def pair(self, *arguments):
        """A `socket.socketpair` with bounded waits."""
        left, right = socket.socketpair(*arguments)
        return self.bounded(left), self.bounded(right)

    def assertErrno(self, number, function, *arguments):
        """`function` raises an OSError with this errno; gives the exception back."""
        with self.assertRaises(OSError) as caught:
            function(*arguments)
        self.assertEqual(caught.exception.errno, number, caught.exception)
        return caught.exception
