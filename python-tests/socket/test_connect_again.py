"""connect(2) on a socket that has already tried: while it tries, after it failed, and at a listener without room."""

import errno
import os
import socket
import struct
import unittest

from support import HOST, SocketTestCase

TENTH_OF_A_SECOND = struct.pack("ll", 0, 100_000)


class WhileConnectingTest(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.full = self.listener(backlog=0)
        self.address = self.full.getsockname()
        self.first = self.own(socket.create_connection(self.address))
        self.client = self.own(socket.socket())
        self.client.setblocking(False)
        self.assertEqual(self.client.connect_ex(self.address), errno.EINPROGRESS)

    def test_blocking_mode_waits_for_the_outcome(self):
        self.client.settimeout(None)
        accepted = self.peer(lambda: [self.own(self.full.accept()[0]) for _ in range(2)])
        self.client.connect(self.address)
        self.assertEqual(self.client.getpeername(), self.address)
        self.assertEqual(self.client.connect_ex(self.address), errno.EISCONN)
        accepted.join()

    def test_a_limit_of_the_kernel(self):
        self.client.settimeout(None)
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, TENTH_OF_A_SECOND)
        for _ in range(2):
            self.assertErrno(errno.EALREADY, self.client.connect, self.address)

    def test_a_timeout_does_not_wait(self):
        for timeout in (0, 0.1):
            self.client.settimeout(timeout)
            self.assertErrno(errno.EALREADY, self.client.connect, self.address)


class AfterAFailureTest(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.later = self.own(socket.socket())
        self.later.bind((HOST, 0))
        self.address = self.later.getsockname()
        self.client = self.own(socket.socket())

    def test_blocking_mode_can_try_again(self):
        for _ in range(2):
            self.assertErrno(errno.ECONNREFUSED, self.client.connect, self.address)
        self.assertErrno(errno.ENOTCONN, self.client.recv, 1)
        self.later.listen()
        self.client.connect(self.address)
        self.assertEqual(self.client.getpeername(), self.address)

    def test_with_a_timeout_the_first_attempt_is_cleared_away(self):
        self.client.settimeout(5)
        self.assertErrno(errno.ECONNREFUSED, self.client.connect, self.address)
        self.later.listen()
        self.assertErrno(errno.ECONNABORTED, self.client.connect, self.address)
        self.client.connect(self.address)
        self.assertEqual(self.client.getpeername(), self.address)


class FullUnixListenerTest(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.full = self.listener(socket.AF_UNIX, b"\0full-%d" % os.getpid(), backlog=0)
        self.first = self.client()
        self.first.connect(self.full.getsockname())

    def client(self):
        return self.own(socket.socket(socket.AF_UNIX))

    def test_blocking_mode_waits_for_room(self):
        client = self.client()
        accepted = self.peer(lambda: [self.own(self.full.accept()[0]) for _ in range(2)])
        client.connect(self.full.getsockname())
        self.assertEqual(client.getpeername(), self.full.getsockname())
        accepted.join()

    def test_a_limit_of_the_kernel(self):
        client = self.client()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, TENTH_OF_A_SECOND)
        self.assertErrno(errno.EAGAIN, client.connect, self.full.getsockname())

    def test_a_timeout_does_not_wait(self):
        for timeout in (0, 0.1):
            client = self.client()
            client.settimeout(timeout)
            self.assertErrno(errno.EAGAIN, client.connect, self.full.getsockname())


if __name__ == "__main__":
    unittest.main()
