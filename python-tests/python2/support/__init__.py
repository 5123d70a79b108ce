"""What the test files for Python 2.7 share: bounded waits, peers on a thread, sockets that close themselves.

Every wait ends after LIMIT seconds at the latest, so a defect shows as a failure and never as a hang. Nothing here
sleeps to wait for something: a peer runs on a thread, and the test joins it.
"""

import gc
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
import unittest

LIMIT = 20.0
"""Seconds after which a wait in a test is a failure. Far above what any case needs, on a slow machine too."""

SHORT = 0.05
"""Seconds for a wait that is meant to come to its end by itself."""

HOST = "127.0.0.1"
HOST6 = "::1"

IS_JYTHON = sys.platform.startswith("java")


def _ipv6_works():
    if not socket.has_ipv6:
        return False
    try:
        probe = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        try:
            probe.bind((HOST6, 0))
        finally:
            probe.close()
    except socket.error:
        return False
    return True


HAS_IPV6 = _ipv6_works()


class Peer(object):
    """A function on a thread of its own: `join` gives back its result, or raises what it raised."""

    def __init__(self, function, *arguments):
        self._result = None
        self._failure = None
        self.thread = threading.Thread(target=self._run, args=(function, arguments))
        self.thread.daemon = True
        self.thread.start()

    def _run(self, function, arguments):
        try:
            self._result = function(*arguments)
        except BaseException:
            self._failure = sys.exc_info()

    def join(self):
        self.thread.join(LIMIT)
        if self.thread.isAlive():
            raise AssertionError("the peer did not end within %s s" % LIMIT)
        if self._failure is not None:
            kind, failure, where = self._failure
            raise kind, failure, where
        return self._result


def receive_all(sock, count=None):
    """What comes until the end of the stream, or until it is `count` bytes."""
    parts = []
    left = count
    while left is None or left > 0:
        part = sock.recv(65536 if left is None else left)
        if not part:
            break
        parts.append(part)
        if left is not None:
            left -= len(part)
    return "".join(parts)


def happens(condition):
    """Whether the condition comes true within the limit: only for what no call can wait for, such as a collection."""
    end = time.time() + LIMIT
    while not condition():
        if time.time() > end:
            return False
        gc.collect()
        time.sleep(0.01)
    return True


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

    def udp(self, family=socket.AF_INET):
        """A UDP socket on a loopback port of the kernel's choice."""
        sock = self.bounded(socket.socket(family, socket.SOCK_DGRAM))
        sock.bind((HOST6 if family == socket.AF_INET6 else HOST, 0))
        return sock

    def folder(self):
        """A directory that is gone after the test. Its name is short: that of an AF_UNIX socket has 107 bytes."""
        made = tempfile.mkdtemp(dir="/tmp")
        self.addCleanup(shutil.rmtree, made, True)
        return made

    def path(self, name="s"):
        return os.path.join(self.folder(), name)

    def refused_address(self):
        """An address of this machine where nothing listens."""
        listener = self.listener()
        address = listener.getsockname()
        listener.close()
        return address

    def assertErrno(self, number, function, *arguments):
        """`function` raises a socket.error with this errno and the text for it; gives the exception back."""
        with self.assertRaises(socket.error) as caught:
            function(*arguments)
        self.assertEqual(caught.exception.errno, number, caught.exception)
        self.assertEqual(caught.exception.args, (number, os.strerror(number)))
        return caught.exception

    def assertSays(self, kind, text, function, *arguments, **named):
        """`function` raises exactly this class, whose only argument is this text."""
        with self.assertRaises(kind) as caught:
            function(*arguments, **named)
        self.assertIs(type(caught.exception), kind)
        self.assertEqual(str(caught.exception), text)

    def assertEnds(self, sock):
        """The other end has closed: nothing more comes."""
        self.assertEqual(sock.recv(1), "")
