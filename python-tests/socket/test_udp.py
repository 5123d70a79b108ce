"""Datagrams over UDP and UDP-Lite, IPv4 and IPv6: forms of sending, bounds, cuts, peers, broadcast and multicast.

Datagrams between sockets of one machine's loopback are not lost and keep their order, so these cases may rely on both.
"""

import array
import errno
import socket
import struct
import unittest

from support import HAS_IPV6, HOST, HOST6, SocketTestCase, family_works
from support.streams import MESSAGE, SHORT, MeasuresWaits, OverIPv4, OverIPv6

HAS_UDPLITE = hasattr(socket, "IPPROTO_UDPLITE") and family_works(
    socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE)


class OverUdp:
    proto = 0
    protocol = socket.IPPROTO_UDP


@unittest.skipUnless(HAS_UDPLITE, "this kernel has no UDP-Lite")
class OverUdpLite:
    proto = protocol = getattr(socket, "IPPROTO_UDPLITE", 0)


class DatagramCase(MeasuresWaits):
    """Gives each case `left` and `right`, two bound sockets, and the address `there` of the right one."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.bound(), self.bound()
        self.here, self.there = self.left.getsockname(), self.right.getsockname()

    def unbound(self):
        return self.bounded(socket.socket(self.family, socket.SOCK_DGRAM, self.proto))

    def bound(self):
        sock = self.unbound()
        sock.bind((self.host, 0))
        return sock


class SendtoCases(DatagramCase):
    def test_sendto_an_address(self):
        self.assertEqual(self.left.sendto(MESSAGE, self.there), len(MESSAGE))
        self.assertEqual(self.right.recv(1024), MESSAGE)

    def test_sendto_with_flags_before_the_address(self):
        self.assertEqual(self.left.sendto(MESSAGE, 0, self.there), len(MESSAGE))
        self.assertEqual(self.right.recv(1024), MESSAGE)

    def test_sendto_with_another_number_of_arguments(self):
        for arguments in ((), (MESSAGE,), (MESSAGE, 0, self.there, None)):
            with self.subTest(count=len(arguments)), self.assertRaises(TypeError) as caught:
                self.left.sendto(*arguments)
            self.assertEqual(str(caught.exception), "sendto() takes 2 or 3 arguments (%d given)" % len(arguments))

    def test_sendto_takes_no_keywords(self):
        self.assertRaises(TypeError, lambda: self.left.sendto(MESSAGE, address=self.there))
        self.assertRaises(TypeError, lambda: self.left.sendto(MESSAGE, flags=0, address=self.there))

    def test_sendto_of_something_that_is_not_bytes(self):
        for thing in ("text", 5, None, 1j, [1]):
            text = "a bytes-like object is required, not '%s'" % type(thing).__name__
            for arguments in ((thing, self.there), (thing, 0, self.there)):
                with self.subTest(arguments=arguments), self.assertRaises(TypeError) as caught:
                    self.left.sendto(*arguments)
                self.assertEqual(str(caught.exception), text)

    def test_sendto_with_flags_that_are_no_integer(self):
        for flags in ("0", None, 1.5, b""):
            text = "'%s' object cannot be interpreted as an integer" % type(flags).__name__
            with self.subTest(flags=flags), self.assertRaises(TypeError) as caught:
                self.left.sendto(MESSAGE, flags, self.there)
            self.assertEqual(str(caught.exception), text)

    def test_sendto_something_that_is_no_address(self):
        family = self.family.name
        for thing in (None, "text", [self.host, 1], 7):
            text = "sendto(): %s address must be tuple, not %s" % (family, type(thing).__name__)
            for arguments in ((MESSAGE, thing), (MESSAGE, 0, thing)):
                with self.subTest(arguments=arguments), self.assertRaises(TypeError) as caught:
                    self.left.sendto(*arguments)
                self.assertEqual(str(caught.exception), text)

    def test_sendto_a_port_out_of_range(self):
        for port in (-1, 65536, 1 << 40):
            with self.subTest(port=port), self.assertRaises(OverflowError) as caught:
                self.left.sendto(MESSAGE, (self.host, port))
            self.assertEqual(str(caught.exception), "sendto(): port must be 0-65535.")

    def test_sendto_port_zero(self):
        self.assertErrno(errno.EINVAL, self.left.sendto, MESSAGE, (self.host, 0))

    def test_sendto_of_buffers(self):
        items = array.array("H", range(100))
        for name, buffer in (("bytearray", bytearray(items.tobytes())),
                             ("memoryview", memoryview(items.tobytes())),
                             ("slice of a memoryview", memoryview(b"--" + items.tobytes() + b"--")[2:-2]),
                             ("array of two-byte items", items)):
            with self.subTest(buffer=name):
                self.assertEqual(self.left.sendto(buffer, self.there), 200)
                self.assertEqual(self.right.recv(1024), items.tobytes())

    def test_sendto_binds_an_unbound_socket(self):
        sender = self.unbound()
        sender.sendto(MESSAGE, self.there)
        data, address = self.right.recvfrom(1024)
        self.assertEqual(data, MESSAGE)
        self.assertEqual(address[0], self.host)
        self.assertEqual(address[1], sender.getsockname()[1])

    def test_host_may_be_bytes(self):
        for host in (self.host.encode(), bytearray(self.host.encode())):
            with self.subTest(type=type(host).__name__):
                self.left.sendto(MESSAGE, (host, self.there[1]))
                self.assertEqual(self.right.recv(1024), MESSAGE)

    def test_largest_datagram_and_one_byte_more(self):
        # What is left of a length of 16 bits; IPv4 counts its own header of 20 bytes in.
        largest = 65535 - 8 - (20 if self.family == socket.AF_INET else 0)
        self.assertEqual(self.left.sendto(bytes(largest), self.there), largest)
        self.assertEqual(len(self.right.recv(1 << 17)), largest)
        failure = self.assertErrno(errno.EMSGSIZE, self.left.sendto, bytes(largest + 1), self.there)
        self.assertEqual(str(failure), "[Errno %d] Message too long" % errno.EMSGSIZE)

    def test_msg_more_joins_what_follows_into_one_datagram(self):
        self.left.sendto(b"one ", socket.MSG_MORE, self.there)
        self.left.sendto(b"two", self.there)
        self.assertEqual(self.right.recv(1024), b"one two")


class ReceivingCases(DatagramCase):
    def test_recv_gives_one_datagram(self):
        self.left.sendto(MESSAGE, self.there)
        received = self.right.recv(len(MESSAGE))
        self.assertEqual(received, MESSAGE)
        self.assertIs(type(received), bytes)

    def test_recvfrom_gives_the_address_of_the_sender(self):
        self.left.sendto(MESSAGE, self.there)
        data, address = self.right.recvfrom(len(MESSAGE))
        self.assertEqual(data, MESSAGE)
        self.assertEqual(address, self.here)
        self.right.sendto(b"answer", address)
        self.assertEqual(self.left.recvfrom(1024), (b"answer", self.there))

    def test_datagrams_keep_their_order_and_their_bounds(self):
        for number in range(20):
            self.left.sendto(b"%d" % number * number, self.there)
        received = [self.right.recv(1024) for _ in range(20)]
        self.assertEqual(received, [b"%d" % number * number for number in range(20)])

    def test_recv_cuts_a_datagram_and_drops_the_rest(self):
        self.left.sendto(MESSAGE, self.there)
        self.left.sendto(b"next", self.there)
        self.assertEqual(self.right.recv(3), MESSAGE[:3])
        self.assertEqual(self.right.recv(1024), b"next")

    def test_recvfrom_cuts_a_datagram_and_drops_the_rest(self):
        self.left.sendto(MESSAGE, self.there)
        self.left.sendto(b"next", self.there)
        self.assertEqual(self.right.recvfrom(3), (MESSAGE[:3], self.here))
        self.assertEqual(self.right.recvfrom(1024), (b"next", self.here))

    def test_recv_into_cuts_a_datagram_and_drops_the_rest(self):
        self.left.sendto(MESSAGE, self.there)
        self.left.sendto(b"next", self.there)
        buffer = bytearray(3)
        self.assertEqual(self.right.recv_into(buffer), 3)
        self.assertEqual(buffer, MESSAGE[:3])
        self.assertEqual(self.right.recv(1024), b"next")

    def test_recvfrom_into_gives_the_count_and_the_address(self):
        self.left.sendto(MESSAGE, self.there)
        buffer = bytearray(1024)
        self.assertEqual(self.right.recvfrom_into(buffer), (len(MESSAGE), self.here))
        self.assertEqual(buffer[:len(MESSAGE)], MESSAGE)

    def test_msg_trunc_counts_the_whole_datagram(self):
        buffer = bytearray(3)
        self.left.sendto(MESSAGE, self.there)
        self.assertEqual(self.right.recv_into(buffer, 3, socket.MSG_TRUNC), len(MESSAGE))
        self.left.sendto(MESSAGE, self.there)
        self.assertEqual(self.right.recvfrom_into(buffer, 3, socket.MSG_TRUNC), (len(MESSAGE), self.here))
        self.assertEqual(buffer, MESSAGE[:3])

    def test_peek_and_trunc_measure_a_datagram_before_it_is_taken(self):
        self.left.sendto(MESSAGE, self.there)
        size = self.right.recv_into(bytearray(1), 1, socket.MSG_PEEK | socket.MSG_TRUNC)
        self.assertEqual(size, len(MESSAGE))
        self.assertEqual(self.right.recv(size), MESSAGE)

    def test_peek_leaves_the_datagram(self):
        self.left.sendto(MESSAGE, self.there)
        self.assertEqual(self.right.recv(3, socket.MSG_PEEK), MESSAGE[:3])
        self.assertEqual(self.right.recvfrom(1024, socket.MSG_PEEK), (MESSAGE, self.here))
        self.assertEqual(self.right.recvfrom(1024), (MESSAGE, self.here))

    def test_datagram_without_bytes(self):
        self.assertEqual(self.left.sendto(b"", self.there), 0)
        self.assertEqual(self.right.recvfrom(1024), (b"", self.here))
        self.left.sendto(b"", self.there)
        self.assertEqual(self.right.recv(1024), b"")
        self.left.sendto(b"", self.there)
        self.assertEqual(self.right.recvfrom_into(bytearray(9)), (0, self.here))

    def test_recvfrom_of_zero_bytes_takes_a_datagram(self):
        self.left.sendto(MESSAGE, self.there)
        self.left.sendto(b"next", self.there)
        self.assertEqual(self.right.recvfrom(0), (b"", self.here))
        self.assertEqual(self.right.recv(1024), b"next")

    def test_recv_of_zero_bytes_takes_nothing(self):
        self.left.sendto(MESSAGE, self.there)
        self.assertEqual(self.right.recv(0), b"")
        self.assertEqual(self.right.recv_into(bytearray()), 0)
        self.assertEqual(self.right.recv(1024), MESSAGE)

    def test_negative_sizes(self):
        # The datagram makes sure that the refusal is about the size, and takes nothing.
        self.left.sendto(MESSAGE, self.there)
        for name, arguments in (("recv", ()), ("recvfrom", ()),
                                ("recv_into", (bytearray(4),)), ("recvfrom_into", (bytearray(4),))):
            with self.subTest(call=name), self.assertRaises(ValueError) as caught:
                getattr(self.right, name)(*arguments, -1)
            self.assertEqual(str(caught.exception), "negative buffersize in " + name)
        self.assertEqual(self.right.recv(1024), MESSAGE)

    def test_dontwait_is_an_error_when_there_is_no_datagram(self):
        self.right.settimeout(None)
        self.assertErrno(errno.EAGAIN, self.right.recv, 1, socket.MSG_DONTWAIT)
        self.assertErrno(errno.EAGAIN, self.right.recvfrom, 1, socket.MSG_DONTWAIT)

    def test_dontwait_does_not_shorten_a_timeout(self):
        # A socket with a timeout waits before it asks the kernel, so the flag changes nothing.
        self.right.settimeout(SHORT)
        self.assertTimesOut(SHORT, self.right.recv, 1, socket.MSG_DONTWAIT)

    def test_recv_on_an_unbound_socket_waits(self):
        sock = self.unbound()
        sock.setblocking(False)
        self.assertErrno(errno.EAGAIN, sock.recv, 1)


class PeerCases(DatagramCase):
    """Sockets that are connected to one peer."""

    def test_connected_socket_sends_without_an_address(self):
        self.assertIsNone(self.left.connect(self.there))
        self.assertEqual(self.left.getpeername(), self.there)
        self.assertEqual(self.left.send(MESSAGE), len(MESSAGE))
        self.assertIsNone(self.left.sendall(b"next"))
        self.assertEqual(self.right.recvfrom(1024), (MESSAGE, self.here))
        self.assertEqual(self.right.recvfrom(1024), (b"next", self.here))

    def test_connected_socket_sends_a_datagram_without_bytes(self):
        self.left.connect(self.there)
        self.assertEqual(self.left.send(b""), 0)
        self.assertEqual(self.right.recvfrom(10), (b"", self.here))

    def test_connected_socket_hears_its_peer_only(self):
        self.left.connect(self.there)
        self.bound().sendto(b"from a stranger", self.here)
        self.right.sendto(b"from the peer", self.here)
        self.assertEqual(self.left.recvfrom(1024), (b"from the peer", self.there))

    def test_connected_socket_may_send_to_another_address(self):
        other = self.bound()
        self.left.connect(self.there)
        self.left.sendto(MESSAGE, other.getsockname())
        self.left.send(b"to the peer")
        self.assertEqual(other.recvfrom(1024), (MESSAGE, self.here))
        self.assertEqual(self.right.recvfrom(1024), (b"to the peer", self.here))

    def test_connect_again_changes_the_peer(self):
        other = self.bound()
        self.left.connect(self.there)
        self.left.connect(other.getsockname())
        self.assertEqual(self.left.getpeername(), other.getsockname())
        self.left.send(MESSAGE)
        self.assertEqual(other.recv(1024), MESSAGE)

    def test_connect_ex_gives_zero(self):
        self.assertEqual(self.left.connect_ex(self.there), 0)

    def test_socket_connected_to_itself(self):
        self.left.connect(self.here)
        self.left.send(MESSAGE)
        self.assertEqual(self.left.recvfrom(1024), (MESSAGE, self.here))

    def test_send_without_a_peer(self):
        for name, arguments in (("send", (MESSAGE,)), ("sendall", (MESSAGE,)), ("sendmsg", ([MESSAGE],))):
            with self.subTest(call=name):
                self.assertErrno(errno.EDESTADDRREQ, getattr(self.left, name), *arguments)

    def test_getpeername_without_a_peer(self):
        self.assertErrno(errno.ENOTCONN, self.left.getpeername)

    def test_peer_that_is_gone_refuses(self):
        self.left.connect(self.there)
        self.right.close()
        self.left.send(MESSAGE)
        self.assertRaises(ConnectionRefusedError, self.left.recv, 1024)

    def test_refusal_by_a_peer_is_told_once(self):
        self.left.connect(self.there)
        self.right.close()
        self.left.send(MESSAGE)
        self.assertRaises(ConnectionRefusedError, self.left.send, MESSAGE)
        self.assertEqual(self.left.send(MESSAGE), len(MESSAGE))

    def test_refusal_is_the_pending_error_of_the_socket(self):
        self.left.connect(self.there)
        self.right.close()
        self.left.send(MESSAGE)
        self.assertEqual(self.left.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), errno.ECONNREFUSED)
        self.assertEqual(self.left.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0)

    def test_shutdown_without_a_peer(self):
        self.assertErrno(errno.ENOTCONN, self.left.shutdown, socket.SHUT_RDWR)

    def test_send_after_shutdown_of_writing(self):
        self.left.connect(self.there)
        self.left.shutdown(socket.SHUT_WR)
        self.assertErrno(errno.EPIPE, self.left.send, MESSAGE)
        self.assertErrno(errno.EPIPE, self.left.sendto, MESSAGE, self.there)

    def test_datagram_sockets_neither_listen_nor_accept(self):
        self.left.setblocking(False)
        self.assertErrno(errno.EOPNOTSUPP, self.left.listen)
        self.assertErrno(errno.EOPNOTSUPP, self.left.accept)

    def test_bind_where_another_socket_is(self):
        self.assertErrno(errno.EADDRINUSE, self.unbound().bind, self.there)

    def test_the_protocol_is_visible(self):
        self.assertEqual(self.left.proto, self.proto)
        self.assertIs(self.left.type, socket.SOCK_DGRAM)
        self.assertEqual(self.left.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL), self.protocol)

    def test_dup_receives_what_comes_for_the_original(self):
        copy = self.bounded(self.right.dup())
        self.left.sendto(MESSAGE, self.there)
        self.assertEqual(copy.recvfrom(1024), (MESSAGE, self.here))


class SendtoOverUdpIPv4Test(SendtoCases, OverUdp, OverIPv4, SocketTestCase):
    pass


class SendtoOverUdpIPv6Test(SendtoCases, OverUdp, OverIPv6, SocketTestCase):
    pass


class SendtoOverUdpLiteIPv4Test(SendtoCases, OverUdpLite, OverIPv4, SocketTestCase):
    pass


class SendtoOverUdpLiteIPv6Test(SendtoCases, OverUdpLite, OverIPv6, SocketTestCase):
    pass


class ReceivingOverUdpIPv4Test(ReceivingCases, OverUdp, OverIPv4, SocketTestCase):
    pass


class ReceivingOverUdpIPv6Test(ReceivingCases, OverUdp, OverIPv6, SocketTestCase):
    pass


class ReceivingOverUdpLiteIPv4Test(ReceivingCases, OverUdpLite, OverIPv4, SocketTestCase):
    pass


class ReceivingOverUdpLiteIPv6Test(ReceivingCases, OverUdpLite, OverIPv6, SocketTestCase):
    pass


class PeerOverUdpIPv4Test(PeerCases, OverUdp, OverIPv4, SocketTestCase):
    pass


class PeerOverUdpIPv6Test(PeerCases, OverUdp, OverIPv6, SocketTestCase):
    pass


class PeerOverUdpLiteIPv4Test(PeerCases, OverUdpLite, OverIPv4, SocketTestCase):
    pass


class PeerOverUdpLiteIPv6Test(PeerCases, OverUdpLite, OverIPv6, SocketTestCase):
    pass


@unittest.skipUnless(HAS_UDPLITE, "this kernel has no UDP-Lite")
class UdpLiteCoverageTest(SocketTestCase):
    """How much of a datagram its checksum covers (RFC 3828): the header of 8 bytes at least, or all of it for 0."""

    LEVEL = getattr(socket, "IPPROTO_UDPLITE", 0)

    def setUp(self):
        super().setUp()
        self.sender = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM, self.LEVEL))
        self.receiver = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM, self.LEVEL))
        self.receiver.bind((HOST, 0))

    def test_coverage_is_full_at_first(self):
        self.assertEqual(self.sender.getsockopt(self.LEVEL, socket.UDPLITE_SEND_CSCOV), 0)
        self.assertEqual(self.sender.getsockopt(self.LEVEL, socket.UDPLITE_RECV_CSCOV), 0)

    def test_coverage_is_an_option_of_each_direction(self):
        self.sender.setsockopt(self.LEVEL, socket.UDPLITE_SEND_CSCOV, 20)
        self.sender.setsockopt(self.LEVEL, socket.UDPLITE_RECV_CSCOV, 30)
        self.assertEqual(self.sender.getsockopt(self.LEVEL, socket.UDPLITE_SEND_CSCOV), 20)
        self.assertEqual(self.sender.getsockopt(self.LEVEL, socket.UDPLITE_RECV_CSCOV), 30)

    def test_coverage_holds_the_header_at_least(self):
        for option in (socket.UDPLITE_SEND_CSCOV, socket.UDPLITE_RECV_CSCOV):
            self.sender.setsockopt(self.LEVEL, option, 1)
            self.assertEqual(self.sender.getsockopt(self.LEVEL, option), 8)

    def test_datagram_with_partial_coverage_is_received(self):
        self.sender.setsockopt(self.LEVEL, socket.UDPLITE_SEND_CSCOV, 10)
        self.sender.sendto(MESSAGE, self.receiver.getsockname())
        self.assertEqual(self.receiver.recv(1024), MESSAGE)

    def test_receiver_drops_what_is_covered_less_than_it_asks_for(self):
        self.receiver.setsockopt(self.LEVEL, socket.UDPLITE_RECV_CSCOV, 20)
        self.sender.setsockopt(self.LEVEL, socket.UDPLITE_SEND_CSCOV, 10)
        self.sender.sendto(b"covered less than asked for", self.receiver.getsockname())
        self.sender.setsockopt(self.LEVEL, socket.UDPLITE_SEND_CSCOV, 20)
        self.sender.sendto(b"covered as much as asked for", self.receiver.getsockname())
        self.assertEqual(self.receiver.recv(1024), b"covered as much as asked for")

    def test_udp_does_not_hear_udplite(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.bind(self.receiver.getsockname())
            udp.setblocking(False)
            self.sender.sendto(MESSAGE, self.receiver.getsockname())
            self.assertEqual(self.receiver.recv(1024), MESSAGE)
            self.assertRaises(BlockingIOError, udp.recv, 1024)


class BroadcastTest(SocketTestCase):
    """The broadcast address of the loopback network reaches sockets of this machine only."""

    LOOPBACK_BROADCAST = "127.255.255.255"

    def setUp(self):
        super().setUp()
        self.sender = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.receiver = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.receiver.bind(("", 0))
        self.everybody = (self.LOOPBACK_BROADCAST, self.receiver.getsockname()[1])

    def test_broadcast_is_refused_without_the_option(self):
        failure = self.assertErrno(errno.EACCES, self.sender.sendto, MESSAGE, self.everybody)
        self.assertIs(type(failure), PermissionError)
        self.assertErrno(errno.EACCES, self.sender.connect, self.everybody)

    def test_broadcast_with_the_option(self):
        self.assertEqual(self.sender.getsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST), 0)
        self.sender.bind((HOST, 0))
        self.sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        self.assertEqual(self.sender.sendto(MESSAGE, self.everybody), len(MESSAGE))
        self.assertEqual(self.receiver.recvfrom(1024), (MESSAGE, self.sender.getsockname()))

    def test_broadcast_name_stands_for_the_address_of_all_hosts(self):
        self.sender.bind(("<broadcast>", 0))
        self.assertEqual(self.sender.getsockname()[0], "255.255.255.255")

    def test_empty_name_stands_for_all_addresses_of_this_machine(self):
        self.assertEqual(self.receiver.getsockname()[0], "0.0.0.0")


class MulticastOverIPv4Test(SocketTestCase):
    """A group of the range for private use (RFC 2365), joined and sent to on the loopback interface only."""

    GROUP = "239.193.7.77"

    def setUp(self):
        super().setUp()
        self.membership = socket.inet_aton(self.GROUP) + socket.inet_aton(HOST)
        self.receiver = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.receiver.bind(("", 0))
        self.sender = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.sender.bind((HOST, 0))
        self.sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(HOST))
        self.sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 0)
        self.port = self.receiver.getsockname()[1]

    def join(self):
        self.receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, self.membership)

    def leave(self):
        self.receiver.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, self.membership)

    def test_member_receives(self):
        self.join()
        self.sender.sendto(MESSAGE, (self.GROUP, self.port))
        self.assertEqual(self.receiver.recvfrom(1024), (MESSAGE, self.sender.getsockname()))

    def test_former_member_does_not_receive(self):
        self.join()
        self.leave()
        self.sender.sendto(b"to the group", (self.GROUP, self.port))
        self.sender.sendto(b"to the socket", (HOST, self.port))
        self.assertEqual(self.receiver.recv(1024), b"to the socket")

    def test_leave_without_membership(self):
        self.assertErrno(errno.EADDRNOTAVAIL, self.leave)

    def test_join_twice(self):
        self.join()
        self.assertErrno(errno.EADDRINUSE, self.join)

    def test_options_of_the_sender(self):
        get = self.sender.getsockopt
        self.assertEqual(get(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL), 0)
        self.assertEqual(get(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, 4), socket.inet_aton(HOST))
        self.assertEqual(get(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP), 1)
        self.sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
        self.assertEqual(get(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP), 0)


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class MulticastOverIPv6Test(SocketTestCase):
    """Membership and options only: Linux gives its loopback interface no route for IPv6 groups, so nothing is sent."""

    GROUP = "ff11::7:77"

    def setUp(self):
        super().setUp()
        self.sock = self.bounded(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        self.loopback = next(index for index, name in socket.if_nameindex() if name == "lo")
        self.membership = socket.inet_pton(socket.AF_INET6, self.GROUP) + struct.pack("@I", self.loopback)

    def test_join_and_leave(self):
        self.sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, self.membership)
        self.sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_LEAVE_GROUP, self.membership)
        self.assertErrno(
            errno.EADDRNOTAVAIL, self.sock.setsockopt,
            socket.IPPROTO_IPV6, socket.IPV6_LEAVE_GROUP, self.membership)

    def test_options_of_the_sender(self):
        for option, value in ((socket.IPV6_MULTICAST_IF, self.loopback), (socket.IPV6_MULTICAST_HOPS, 3),
                              (socket.IPV6_MULTICAST_LOOP, 0)):
            self.sock.setsockopt(socket.IPPROTO_IPV6, option, value)
            self.assertEqual(self.sock.getsockopt(socket.IPPROTO_IPV6, option), value)


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class IPv6AddressTest(SocketTestCase):
    def test_address_may_leave_out_flow_information_and_scope(self):
        receiver = self.bounded(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        receiver.bind((HOST6, 0))
        sender = self.bounded(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        sender.bind((HOST6, 0))
        for size in (2, 3, 4):
            with self.subTest(size=size):
                sender.sendto(MESSAGE, receiver.getsockname()[:size])
                self.assertEqual(receiver.recvfrom(1024), (MESSAGE, sender.getsockname()))

    def test_flow_information_out_of_range(self):
        sender = self.bounded(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        for flow in (-1, 1 << 20):
            with self.subTest(flow=flow), self.assertRaises(OverflowError) as caught:
                sender.sendto(MESSAGE, (HOST6, 9, flow))
            self.assertEqual(str(caught.exception), "sendto(): flowinfo must be 0-1048575.")


if __name__ == "__main__":
    unittest.main()
