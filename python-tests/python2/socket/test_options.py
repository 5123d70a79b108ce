"""setsockopt and getsockopt: numbers, and structs as this Python's struct module packs them."""

import errno
import socket
import struct
import unittest

from support import HAS_IPV6, HOST, SocketTestCase, receive_all


class NumberOptionsTest(SocketTestCase):
    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_a_flag(self):
        reuse = socket.SOL_SOCKET, socket.SO_REUSEADDR
        self.assertEqual(self.sock.getsockopt(*reuse), 0)
        self.assertIsNone(self.sock.setsockopt(*(reuse + (1,))))
        self.assertNotEqual(self.sock.getsockopt(*reuse), 0)

    def test_every_flag_of_a_new_socket(self):
        for name in "SO_KEEPALIVE", "SO_BROADCAST", "SO_OOBINLINE", "SO_DONTROUTE", "SO_REUSEPORT", "SO_ACCEPTCONN":
            self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, getattr(socket, name)), 0, name)

    def test_flags_can_be_set(self):
        for name in "SO_KEEPALIVE", "SO_OOBINLINE", "SO_REUSEPORT", "SO_DONTROUTE":
            option = socket.SOL_SOCKET, getattr(socket, name)
            self.sock.setsockopt(option[0], option[1], 1)
            self.assertEqual(self.sock.getsockopt(*option), 1, name)
            self.sock.setsockopt(option[0], option[1], 0)
            self.assertEqual(self.sock.getsockopt(*option), 0, name)

    def test_kind(self):
        self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), socket.SOCK_STREAM)
        self.assertEqual(self.udp().getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), socket.SOCK_DGRAM)

    def test_of_tcp(self):
        for name, value in ("TCP_NODELAY", 1), ("TCP_KEEPIDLE", 33), ("TCP_KEEPINTVL", 7), ("TCP_KEEPCNT", 4):
            self.sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
            self.assertEqual(self.sock.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)), value, name)

    def test_of_ip(self):
        self.sock.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 9)
        self.assertEqual(self.sock.getsockopt(socket.IPPROTO_IP, socket.IP_TTL), 9)
        self.sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0x10)
        self.assertEqual(self.sock.getsockopt(socket.IPPROTO_IP, socket.IP_TOS), 0x10)

    @unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
    def test_of_ipv6(self):
        sock = self.own(socket.socket(socket.AF_INET6))
        for value in 1, 0:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, value)
            self.assertEqual(sock.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY), value)

    def test_buffers(self):
        for option in socket.SO_SNDBUF, socket.SO_RCVBUF:
            self.sock.setsockopt(socket.SOL_SOCKET, option, 20000)
            self.assertTrue(self.sock.getsockopt(socket.SOL_SOCKET, option) >= 20000)

    def test_the_error_of_a_socket_is_told_once(self):
        sock = self.udp()
        gone = self.udp()
        sock.connect(gone.getsockname())
        gone.close()
        sock.send("x")
        self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), errno.ECONNREFUSED)
        self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0)

    def test_true_is_one(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True)
        self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), 1)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 0L)
        self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), 0)


class StructOptionsTest(SocketTestCase):
    """Each packs and unpacks in native order and size: `./pysockets --jython` has Jython's, CPython the machine's."""

    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_a_number_as_a_struct(self):
        for value in 1, 0:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, struct.pack("i", value))
            self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), value)
            packed = self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, struct.calcsize("i"))
            self.assertIs(type(packed), str)
            self.assertEqual(struct.unpack("i", packed), (value,))

    def test_a_large_number_as_a_struct(self):
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, struct.pack("i", 0x0102))
        self.assertEqual(self.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE), 0x0102)
        self.assertEqual(self.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 4), struct.pack("i", 0x0102))

    def test_linger(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5))
        packed = self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.calcsize("ii"))
        self.assertEqual(struct.unpack("ii", packed), (1, 5))

    def test_linger_zero_resets(self):
        client, server = self.tcp_pair()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        self.assertErrno(errno.ECONNRESET, server.recv, 1)

    def test_time_limits_of_the_kernel(self):
        for option in socket.SO_RCVTIMEO, socket.SO_SNDTIMEO:
            self.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", 3, 500000))
            packed = self.sock.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("ll"))
            seconds, microseconds = struct.unpack("ll", packed)
            # The kernel counts in ticks.
            self.assertTrue(abs(seconds * 1000000 + microseconds - 3500000) <= 10000, (seconds, microseconds))

    def test_a_time_limit_of_the_kernel_ends_recv(self):
        left, right = self.pair()
        left.settimeout(None)
        left.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 20000))
        self.assertErrno(errno.EAGAIN, left.recv, 1)

    def test_membership_with_an_interface(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        group, here = socket.inet_aton("224.0.0.251"), socket.inet_aton(HOST)
        # struct ip_mreqn: group, address, index.
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group + here + struct.pack("i", 0))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, struct.pack("4s4s", group, here))

    @unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
    def test_membership_over_ipv6(self):
        sock = self.own(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        group = socket.inet_pton(socket.AF_INET6, "ff01::1234")
        # struct ipv6_mreq: group, index; the first interface is the loopback.
        request = group + struct.pack("I", 1)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, request)
        self.assertErrno(errno.EADDRINUSE, sock.setsockopt, socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, request)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_LEAVE_GROUP, request)

    def test_the_interface_of_multicast(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(HOST))
        self.assertEqual(sock.getsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, 4), socket.inet_aton(HOST))

    def test_information_about_a_connection(self):
        client, _ = self.tcp_pair()
        information = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
        self.assertIs(type(information), str)
        # Its first byte is the state: established is 1.
        self.assertEqual(information[:1], "\x01")

    def test_numbers_of_several_sizes(self):
        client, server = self.tcp_pair()
        client.sendall("hello")
        self.assertEqual(receive_all(server, 5), "hello")
        layout = "8B24I4Q6I"
        fields = struct.unpack(layout, client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, struct.calcsize(layout)))
        # The segments with data are the last two: those received and those sent.
        self.assertEqual(fields[-2], 0)
        self.assertTrue(1 <= fields[-1] < 100, fields)


class OptionArgumentsTest(SocketTestCase):
    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_unknown(self):
        self.assertErrno(errno.ENOPROTOOPT, self.sock.getsockopt, socket.SOL_SOCKET, 999)
        self.assertErrno(errno.ENOPROTOOPT, self.sock.setsockopt, socket.SOL_SOCKET, 999, 1)

    def test_lengths(self):
        for length in -1, 1025:
            with self.assertRaises(socket.error) as caught:
                self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, length)
            self.assertEqual(caught.exception.args, ("getsockopt buflen out of range",))
        self.assertEqual(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0), 0)
        self.assertEqual(len(self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1024)), 4)

    def test_a_struct_that_is_too_short(self):
        self.assertErrno(errno.EINVAL, self.sock.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, "a")

    def test_kinds(self):
        for value, name in (None, "NoneType"), ([], "list"), (1.5, "float"):
            with self.assertRaises(TypeError):
                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, value)
        self.assertSays(TypeError, "setsockopt() argument 3 must be string or read-only buffer, not None",
                        self.sock.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, None)

    def test_counts(self):
        self.assertSays(TypeError, "setsockopt() takes exactly 3 arguments (2 given)", self.sock.setsockopt, 1, 2)
        self.assertRaises(TypeError, self.sock.getsockopt, 1)


if __name__ == "__main__":
    unittest.main()
