"""Ancillary data of IPv4 on Linux (man 7 ip): packet information, time to live, type of service, options, errors.

Every case runs over UDP and UDP-Lite, by recvmsg and by recvmsg_into.
"""

import errno
import socket
import struct
import unittest

from support import HOST, SocketTestCase, require
from support.messages import INT, MESSAGE, ROOMY, ByRecvmsg, ByRecvmsgInto, Udp, UdpLite, pack_ints

LEVEL = socket.IPPROTO_IP

# Linux has these options, and CPython 3.12 has no names for them (linux/in.h).
IP_RECVERR = 11
IP_RECVTTL = 12

PACKET_INFO = (LEVEL, getattr(socket, "IP_PKTINFO", None))
TIME_TO_LIVE = (LEVEL, getattr(socket, "IP_TTL", None))
TYPE_OF_SERVICE = (LEVEL, getattr(socket, "IP_TOS", None))

IN_PKTINFO = struct.Struct("@I4s4s")
"""struct in_pktinfo: index of the interface, local address, address in the header."""

SOCK_EXTENDED_ERR = struct.Struct("@IBBBBII")
"""struct sock_extended_err: errno, origin, ICMP type and code, padding, two numbers."""

SO_EE_ORIGIN_ICMP = 2
ICMP_DEST_UNREACH = 3
ICMP_PORT_UNREACH = 3

NO_OPERATIONS = b"\1\1\1\1"
"""IP options that do nothing (RFC 791)."""


def setUpModule():
    require(socket.socket, "sendmsg")


class IpAncillaryCases:
    """What holds on each kind of IPv4 datagram socket."""

    def ask_for(self, *options):
        """Asks the kernel to deliver these items with each message from now on."""
        for option in options:
            self.server.setsockopt(LEVEL, option, 1)

    def receive_items(self, *space, control_lost=False):
        """The ancillary items that come with MESSAGE, by level and type."""
        data, control, flags, address = self.receive(len(MESSAGE), *space)
        self.assertEqual(data, MESSAGE)
        self.assertFlags(flags, control_lost=control_lost)
        self.assertSource(address)
        mapping = {item[:2]: item[2] for item in control}
        self.assertEqual(len(mapping), len(control))
        return mapping

    def test_nothing_comes_that_nobody_asked_for(self):
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), {})

    def test_packet_information_names_address_and_interface(self):
        self.ask_for(socket.IP_PKTINFO)
        self.send(MESSAGE)
        items = self.receive_items(ROOMY)
        self.assertEqual(list(items), [PACKET_INFO])
        interface, local, in_header = IN_PKTINFO.unpack(items[PACKET_INFO])
        self.assertIn(interface, [index for index, _ in socket.if_nameindex()])
        self.assertEqual(socket.inet_ntoa(local), HOST)
        self.assertEqual(socket.inet_ntoa(in_header), HOST)

    def test_packet_information_tells_which_address_was_meant(self):
        everywhere = self.server = self.new_socket()
        everywhere.bind(("", 0))
        self.ask_for(socket.IP_PKTINFO)
        self.client.sendto(MESSAGE, ("127.0.0.9", everywhere.getsockname()[1]))
        _, _, in_header = IN_PKTINFO.unpack(self.receive_items(ROOMY)[PACKET_INFO])
        self.assertEqual(socket.inet_ntoa(in_header), "127.0.0.9")

    def test_packet_information_sets_the_source_of_one_message(self):
        source = IN_PKTINFO.pack(0, socket.inet_aton("127.0.0.9"), bytes(4))
        self.sendmsg([MESSAGE], [(*PACKET_INFO, source)])
        self.assertEqual(self.receive(len(MESSAGE))[3], ("127.0.0.9", self.client_address[1]))
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE)))

    def test_packet_information_of_an_unknown_interface_raises_enodev(self):
        self.assertErrno(errno.ENODEV, self.sendmsg, [MESSAGE],
                         [(*PACKET_INFO, IN_PKTINFO.pack(0x7FFFFFF0, bytes(4), bytes(4)))])

    def test_time_to_live_is_received(self):
        self.ask_for(IP_RECVTTL)
        self.client.setsockopt(LEVEL, socket.IP_TTL, 77)
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), {TIME_TO_LIVE: pack_ints(77)})

    def test_time_to_live_can_be_set_for_one_message(self):
        self.ask_for(IP_RECVTTL)
        self.client.setsockopt(LEVEL, socket.IP_TTL, 77)
        self.sendmsg([MESSAGE], [(*TIME_TO_LIVE, pack_ints(7))])
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), {TIME_TO_LIVE: pack_ints(7)})
        self.assertEqual(self.receive_items(ROOMY), {TIME_TO_LIVE: pack_ints(77)})

    def test_time_to_live_out_of_range_raises_einval(self):
        for data in (pack_ints(0), pack_ints(256), b"", b"\7"):
            with self.subTest(data=data):
                self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(*TIME_TO_LIVE, data)])

    def test_type_of_service_is_received_as_one_byte(self):
        self.ask_for(socket.IP_RECVTOS)
        self.client.setsockopt(LEVEL, socket.IP_TOS, 0x10)
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), {TYPE_OF_SERVICE: b"\x10"})

    def test_type_of_service_can_be_set_for_one_message(self):
        self.ask_for(socket.IP_RECVTOS)
        for data in (b"\x20", pack_ints(0x20)):
            with self.subTest(size=len(data)):
                self.sendmsg([MESSAGE], [(*TYPE_OF_SERVICE, data)])
                self.assertEqual(self.receive_items(ROOMY), {TYPE_OF_SERVICE: b"\x20"})

    def test_several_items_are_set_and_received(self):
        self.ask_for(socket.IP_PKTINFO, IP_RECVTTL, socket.IP_RECVTOS)
        self.sendmsg([MESSAGE], [(*TYPE_OF_SERVICE, b"\x20"), (*TIME_TO_LIVE, pack_ints(9))])
        items = self.receive_items(ROOMY)
        self.assertEqual(set(items), {PACKET_INFO, TIME_TO_LIVE, TYPE_OF_SERVICE})
        self.assertEqual(items[TIME_TO_LIVE], pack_ints(9))
        self.assertEqual(items[TYPE_OF_SERVICE], b"\x20")
        self.assertEqual(len(items[PACKET_INFO]), IN_PKTINFO.size)

    def test_options_are_set_and_received(self):
        self.ask_for(socket.IP_RECVOPTS)
        self.sendmsg([MESSAGE], [(LEVEL, socket.IP_RETOPTS, NO_OPERATIONS)])
        self.assertEqual(self.receive_items(ROOMY), {(LEVEL, socket.IP_RECVOPTS): NO_OPERATIONS})

    def test_an_unknown_level_or_type_raises_einval(self):
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(LEVEL, 0x7777, b"")])
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(socket.SOL_SOCKET, 0x7777, b"")])

    def test_space_within_the_header_loses_the_item(self):
        self.ask_for(IP_RECVTTL)
        for space in ((), (0,), (1,), (socket.CMSG_LEN(0) - 1,)):
            with self.subTest(space=space):
                self.send(MESSAGE)
                self.assertEqual(self.receive_items(*space, control_lost=True), {})

    def test_space_within_the_data_cuts_the_item(self):
        self.ask_for(IP_RECVTTL)
        for kept in range(INT):
            with self.subTest(kept=kept):
                self.sendmsg([MESSAGE], [(*TIME_TO_LIVE, pack_ints(7))])
                self.assertEqual(self.receive_items(socket.CMSG_LEN(kept), control_lost=True),
                                 {TIME_TO_LIVE: pack_ints(7)[:kept]})

    def test_an_item_of_one_byte_is_padded_before_the_next(self):
        self.ask_for(socket.IP_RECVTOS, socket.IP_RECVOPTS)
        self.sendmsg([MESSAGE], [(*TYPE_OF_SERVICE, b"\x20"), (LEVEL, socket.IP_RETOPTS, NO_OPERATIONS)])
        items = self.receive_items(socket.CMSG_SPACE(1) + socket.CMSG_LEN(len(NO_OPERATIONS)))
        self.assertEqual(items, {TYPE_OF_SERVICE: b"\x20", (LEVEL, socket.IP_RECVOPTS): NO_OPERATIONS})

    def test_an_undelivered_message_comes_back_from_the_error_queue(self):
        destination = self.server_address
        self.server.close()
        self.client.setsockopt(LEVEL, IP_RECVERR, 1)
        self.client.sendto(MESSAGE, destination)
        self.server = self.client
        data, control, flags, address = self.receive(len(MESSAGE), ROOMY, socket.MSG_ERRQUEUE)
        self.assertEqual((data, address), (MESSAGE, destination))
        self.assertEqual(flags & socket.MSG_ERRQUEUE, socket.MSG_ERRQUEUE)
        [(level, kind, report)] = control
        self.assertEqual((level, kind), (LEVEL, IP_RECVERR))
        number, origin, icmp_type, icmp_code, _, _, _ = SOCK_EXTENDED_ERR.unpack_from(report)
        self.assertEqual(number, errno.ECONNREFUSED)
        self.assertEqual((origin, icmp_type, icmp_code), (SO_EE_ORIGIN_ICMP, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH))

    def test_an_empty_error_queue_raises_eagain(self):
        self.server.settimeout(None)
        self.peer(self.assertErrno, errno.EAGAIN, self.receive, 1024, ROOMY, socket.MSG_ERRQUEUE).join()


class UdpRecvmsgAncillaryTest(Udp, IpAncillaryCases, ByRecvmsg, SocketTestCase):
    pass


class UdpRecvmsgIntoAncillaryTest(Udp, IpAncillaryCases, ByRecvmsgInto, SocketTestCase):
    pass


class UdpLiteRecvmsgAncillaryTest(UdpLite, IpAncillaryCases, ByRecvmsg, SocketTestCase):
    pass


class UdpLiteRecvmsgIntoAncillaryTest(UdpLite, IpAncillaryCases, ByRecvmsgInto, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
