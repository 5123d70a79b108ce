"""create_connection, and what it does with several addresses, a timeout and a source."""

import errno
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, SocketTestCase


class CreateConnectionTest(SocketTestCase):
    def setUp(self):
        self.server = self.listener()
        self.port = self.server.getsockname()[1]

    def connected(self, *arguments, **named):
        return self.own(socket.create_connection(*arguments, **named))

    def test_connects(self):
        sock = self.connected((HOST, self.port))
        self.assertIs(type(sock), socket.socket)
        self.assertEqual(sock.getpeername(), (HOST, self.port))
        self.assertEqual(sock.family, socket.AF_INET)

    def test_by_name(self):
        self.assertEqual(self.connected(("localhost", self.port)).getpeername()[1], self.port)
        self.assertEqual(self.connected((u"localhost", self.port)).getpeername()[1], self.port)
        self.assertEqual(self.connected((HOST, str(self.port))).getpeername()[1], self.port)

    def test_timeouts(self):
        self.assertIsNone(self.connected((HOST, self.port)).gettimeout())
        self.assertEqual(self.connected((HOST, self.port), 30).gettimeout(), 30.0)
        self.assertEqual(self.connected((HOST, self.port), timeout=30).gettimeout(), 30.0)
        self.assertIsNone(self.connected((HOST, self.port), timeout=None).gettimeout())

    def test_the_default_timeout(self):
        self.addCleanup(socket.setdefaulttimeout, None)
        socket.setdefaulttimeout(42)
        self.assertEqual(self.connected((HOST, self.port)).gettimeout(), 42.0)
        self.assertIsNone(self.connected((HOST, self.port), timeout=None).gettimeout())

    def test_a_source(self):
        free = self.udp().getsockname()[1]
        sock = self.connected((HOST, self.port), 30, ("127.0.0.2", free))
        self.assertEqual(sock.getsockname(), ("127.0.0.2", free))
        other = self.connected((HOST, self.port), source_address=("127.0.0.3", 0))
        self.assertEqual(other.getsockname()[0], "127.0.0.3")

    def test_nobody_listens(self):
        self.server.close()
        with self.assertRaises(socket.error) as caught:
            socket.create_connection((HOST, self.port), 20)
        self.assertEqual(caught.exception.errno, errno.ECONNREFUSED)

    def test_no_such_name(self):
        self.assertRaises(socket.gaierror, socket.create_connection, ("not a name.invalid", 1))

    def test_a_source_that_is_not_here(self):
        with self.assertRaises(socket.error) as caught:
            socket.create_connection((HOST, self.port), 20, ("192.0.2.1", 0))
        self.assertEqual(caught.exception.errno, errno.EADDRNOTAVAIL)

    def test_the_next_address_where_the_first_fails(self):
        real = socket.getaddrinfo
        self.addCleanup(setattr, socket, "getaddrinfo", real)
        refused = self.refused_address()
        socket.getaddrinfo = lambda *arguments: [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", refused),
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", (HOST, self.port)),
        ]
        self.assertEqual(self.connected(("anywhere", 1)).getpeername(), (HOST, self.port))

    def test_no_address_at_all(self):
        real = socket.getaddrinfo
        self.addCleanup(setattr, socket, "getaddrinfo", real)
        socket.getaddrinfo = lambda *arguments: []
        with self.assertRaises(socket.error) as caught:
            socket.create_connection(("anywhere", 1))
        self.assertEqual(caught.exception.args, ("getaddrinfo returns an empty list",))

    @unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
    def test_over_ipv6(self):
        server = self.listener(socket.AF_INET6)
        sock = self.connected((HOST6, server.getsockname()[1]))
        self.assertEqual(sock.family, socket.AF_INET6)
        self.assertEqual(sock.getpeername(), server.getsockname())


if __name__ == "__main__":
    unittest.main()
