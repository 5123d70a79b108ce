"""Datagrams over UDP."""

import errno
import socket
import unittest

from support import HAS_IPV6, HOST, LIMIT, SocketTestCase


class UdpCase(SocketTestCase):
    family = socket.AF_INET

    def setUp(self):
        self.one = self.udp(self.family)
        self.other = self.udp(self.family)

    def test_sendto_with_an_address(self):
        self.assertEqual(self.one.sendto("to you", self.other.getsockname()), 6)
        self.assertEqual(self.other.recvfrom(100), ("to you", self.one.getsockname()))

    def test_sendto_with_flags_and_an_address(self):
        self.assertEqual(self.one.sendto("to you", 0, self.other.getsockname()), 6)
        self.assertEqual(self.other.recv(100), "to you")

    def test_boundaries_are_kept(self):
        for data in "one", "", "three":
            self.one.sendto(data, self.other.getsockname())
        self.assertEqual([self.other.recv(100) for _ in range(3)], ["one", "", "three"])

    def test_the_rest_of_a_datagram_is_lost(self):
        self.one.sendto("first", self.other.getsockname())
        self.one.sendto("second", self.other.getsockname())
        self.assertEqual(self.other.recv(3), "fir")
        self.assertEqual(self.other.recv(100), "second")

    def test_connected(self):
        self.one.connect(self.other.getsockname())
        self.other.connect(self.one.getsockname())
        self.assertEqual(self.one.getpeername(), self.other.getsockname())
        self.assertEqual(self.one.send("data"), 4)
        self.assertEqual(self.other.recv(100), "data")
        self.assertIsNone(self.other.sendall("back"))
        self.assertEqual(self.one.recvfrom(100), ("back", self.other.getsockname()))

    def test_not_connected(self):
        self.assertErrno(errno.EDESTADDRREQ, self.one.send, "x")
        self.assertErrno(errno.ENOTCONN, self.one.getpeername)

    def test_recvfrom_into(self):
        buf = bytearray(10)
        self.one.sendto("data", self.other.getsockname())
        self.assertEqual(self.other.recvfrom_into(buf), (4, self.one.getsockname()))
        self.assertEqual(buf, bytearray("data") + bytearray(6))

    def test_too_large(self):
        self.assertErrno(errno.EMSGSIZE, self.one.sendto, "x" * 70000, self.other.getsockname())

    def test_negative_sizes(self):
        self.assertSays(ValueError, "negative buffersize in recvfrom", self.one.recvfrom, -1)
        self.assertSays(ValueError, "negative buffersize in recv", self.one.recv, -1)

    def test_timeout(self):
        self.one.settimeout(0.01)
        self.assertSays(socket.timeout, "timed out", self.one.recv, 1)
        self.one.setblocking(0)
        self.assertErrno(errno.EAGAIN, self.one.recvfrom, 1)


class UdpOverIPv4Test(UdpCase):
    def test_nobody_there(self):
        address = self.other.getsockname()
        self.other.close()
        self.one.connect(address)
        self.one.send("x")
        self.assertErrno(errno.ECONNREFUSED, self.one.recv, 1)

    def test_broadcast_needs_its_option(self):
        sock = self.udp()
        self.assertErrno(errno.EACCES, sock.sendto, "x", ("<broadcast>", 9))

    def test_multicast_over_loopback(self):
        group = socket.inet_aton("224.0.0.251") + socket.inet_aton(HOST)
        receiver = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        receiver.bind(("", 0))
        receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        self.one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(HOST))
        self.one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        self.one.sendto("to the group", ("224.0.0.251", receiver.getsockname()[1]))
        self.assertEqual(receiver.recvfrom(100), ("to the group", self.one.getsockname()))
        receiver.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, group)
        self.assertErrno(errno.EADDRNOTAVAIL, receiver.setsockopt, socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, group)


@unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
class UdpOverIPv6Test(UdpCase):
    family = socket.AF_INET6


class SendtoArgumentsTest(SocketTestCase):
    def setUp(self):
        self.sock = self.udp()
        self.address = self.sock.getsockname()

    def test_counts(self):
        for arguments in ((), ("x",), ("x", 0, self.address, 4)):
            self.assertSays(TypeError, "sendto() takes 2 or 3 arguments (%d given)" % len(arguments),
                            self.sock.sendto, *arguments)

    def test_data(self):
        for arguments in ((self.address,), (0, self.address)):
            self.assertSays(TypeError, "sendto() argument 1 must be string or buffer, not complex",
                            self.sock.sendto, 5j, *arguments)
            self.assertRaises(UnicodeEncodeError, self.sock.sendto, u"\u2620", *arguments)
            self.assertEqual(self.sock.sendto(u"ascii", *arguments), 5)
            self.assertEqual(self.sock.recv(10), "ascii")

    def test_flags(self):
        self.assertSays(TypeError, "an integer is required", self.sock.sendto, "x", "bar", self.address)
        self.assertSays(TypeError, "an integer is required", self.sock.sendto, "x", None, self.address)

    def test_addresses(self):
        self.assertSays(TypeError, "getsockaddrarg: AF_INET address must be tuple, not NoneType",
                        self.sock.sendto, "x", None)
        self.assertSays(TypeError, "getsockaddrarg: AF_INET address must be tuple, not str",
                        self.sock.sendto, "x", 0, "127.0.0.1")
        self.assertSays(TypeError, "getsockaddrarg() takes exactly 2 arguments (1 given)",
                        self.sock.sendto, "x", (HOST,))
        self.assertSays(TypeError, "an integer is required", self.sock.sendto, "x", (HOST, "1"))
        for port in -1, 65536:
            self.assertSays(OverflowError, "getsockaddrarg: port must be 0-65535.",
                            self.sock.sendto, "x", (HOST, port))


del UdpCase

if __name__ == "__main__":
    unittest.main()
