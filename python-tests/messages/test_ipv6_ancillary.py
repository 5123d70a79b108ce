"""Ancillary data of IPv6 (RFC 3542): hop limit, traffic class and packet information; one item, several, and cut ones.

Every case runs over UDP and UDP-Lite, by recvmsg and by recvmsg_into.
"""

import errno
import socket
import struct
import unittest

from support import HOST6, SocketTestCase, require
from support.messages import INT, MESSAGE, ROOMY, ByRecvmsg, ByRecvmsgInto, Udp6, UdpLite6, pack_ints

LEVEL = socket.IPPROTO_IPV6
HOP_LIMIT = (LEVEL, getattr(socket, "IPV6_HOPLIMIT", None))
TRAFFIC_CLASS = (LEVEL, getattr(socket, "IPV6_TCLASS", None))
PACKET_INFO = (LEVEL, getattr(socket, "IPV6_PKTINFO", None))

IN6_PKTINFO = struct.Struct("@16sI")
"""struct in6_pktinfo: an address and the index of an interface."""

DEFAULT = -1
"""As a hop limit or a traffic class: what the kernel would choose (RFC 3542, 6.3 and 6.5)."""

ONE = 24
"""Space for one item of an int."""


def setUpModule():
    require(socket.socket, "sendmsg")


class Ipv6AncillaryCases:
    """What holds on each kind of IPv6 datagram socket."""

    def ask_for(self, *options):
        """Asks the kernel to deliver these items with each message from now on."""
        for option in options:
            self.server.setsockopt(LEVEL, option, 1)

    def ask_for_hop_limit(self):
        self.ask_for(socket.IPV6_RECVHOPLIMIT)

    def ask_for_two(self):
        self.ask_for(socket.IPV6_RECVHOPLIMIT, socket.IPV6_RECVTCLASS)

    def receive_items(self, *space, control_lost=False):
        """The ancillary items that come with MESSAGE, as a list."""
        data, control, flags, address = self.receive(len(MESSAGE), *space)
        self.assertEqual(data, MESSAGE)
        self.assertFlags(flags, control_lost=control_lost)
        self.assertSource(address)
        return control

    def receive_mapping(self, *space):
        """The items by level and type; none comes twice."""
        control = self.receive_items(*space)
        mapping = {item[:2]: item[2] for item in control}
        self.assertEqual(len(mapping), len(control))
        return mapping

    def value(self, data):
        """The int of a hop limit or a traffic class."""
        self.assertEqual(len(data), INT)
        [value] = struct.unpack("@i", data)
        self.assertIn(value, range(256))
        return value

    def test_nothing_comes_that_nobody_asked_for(self):
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), [])

    def test_the_hop_limit_is_received(self):
        self.ask_for_hop_limit()
        self.client.setsockopt(LEVEL, socket.IPV6_UNICAST_HOPS, 77)
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), [(*HOP_LIMIT, pack_ints(77))])

    def test_items_are_tuples_of_two_ints_and_bytes(self):
        self.ask_for_hop_limit()
        self.send(MESSAGE)
        [item] = self.receive_items(ROOMY)
        self.assertIs(type(item), tuple)
        self.assertEqual([type(part) for part in item], [int, int, bytes])

    def test_the_hop_limit_fits_the_space_reckoned_by_cmsg_space(self):
        self.ask_for_hop_limit()
        self.send(MESSAGE)
        [(level, kind, data)] = self.receive_items(ONE)
        self.assertEqual((level, kind), HOP_LIMIT)
        self.value(data)

    def test_the_hop_limit_can_be_set_for_one_message(self):
        self.ask_for_hop_limit()
        self.sendmsg([MESSAGE], [(*HOP_LIMIT, pack_ints(2))])
        self.send(MESSAGE)
        self.assertEqual(self.receive_items(ROOMY), [(*HOP_LIMIT, pack_ints(2))])
        self.assertNotEqual(self.receive_items(ROOMY), [(*HOP_LIMIT, pack_ints(2))])

    def test_the_default_hop_limit_can_be_asked_for(self):
        self.ask_for_hop_limit()
        self.client.setsockopt(LEVEL, socket.IPV6_UNICAST_HOPS, 77)
        self.sendmsg([MESSAGE], [(*HOP_LIMIT, pack_ints(DEFAULT))])
        self.assertEqual(self.receive_items(ROOMY), [(*HOP_LIMIT, pack_ints(77))])

    def test_hop_limit_and_traffic_class_are_received(self):
        self.ask_for_two()
        self.send(MESSAGE)
        items = self.receive_mapping(ROOMY)
        self.assertEqual(set(items), {HOP_LIMIT, TRAFFIC_CLASS})
        self.value(items[HOP_LIMIT])
        self.value(items[TRAFFIC_CLASS])

    def test_two_items_fit_the_space_of_two_items(self):
        self.ask_for_two()
        self.send(MESSAGE)
        self.assertEqual(set(self.receive_mapping(2 * ONE)), {HOP_LIMIT, TRAFFIC_CLASS})

    def test_the_last_of_two_items_needs_no_padding(self):
        self.ask_for_two()
        self.send(MESSAGE)
        self.assertEqual(set(self.receive_mapping(ONE + socket.CMSG_LEN(INT))), {HOP_LIMIT, TRAFFIC_CLASS})

    def test_hop_limit_and_traffic_class_can_be_set_together(self):
        self.ask_for_two()
        self.sendmsg([MESSAGE], [(*TRAFFIC_CLASS, pack_ints(0x20)), (*HOP_LIMIT, pack_ints(2))])
        self.assertEqual(self.receive_mapping(ROOMY), {HOP_LIMIT: pack_ints(2), TRAFFIC_CLASS: pack_ints(0x20)})

    def test_the_default_traffic_class_goes_with_a_set_hop_limit(self):
        self.ask_for_two()
        self.sendmsg([MESSAGE], [(*TRAFFIC_CLASS, pack_ints(DEFAULT)), (*HOP_LIMIT, pack_ints(2))])
        items = self.receive_mapping(ROOMY)
        self.assertEqual(items[HOP_LIMIT], pack_ints(2))
        self.value(items[TRAFFIC_CLASS])

    def test_items_may_come_from_a_generator(self):
        self.ask_for_two()
        self.sendmsg([MESSAGE], ((*kind, pack_ints(9)) for kind in (HOP_LIMIT, TRAFFIC_CLASS)))
        self.assertEqual(self.receive_mapping(ROOMY), {HOP_LIMIT: pack_ints(9), TRAFFIC_CLASS: pack_ints(9)})

    def test_an_item_one_byte_too_long_raises_einval_and_sends_nothing(self):
        self.ask_for_two()
        odd = [(*TRAFFIC_CLASS, pack_ints(DEFAULT) + b"\0"), (*HOP_LIMIT, pack_ints(2))]
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], odd)
        self.sendmsg([MESSAGE], [(*HOP_LIMIT, pack_ints(3))])
        self.assertEqual(self.receive_mapping(ROOMY)[HOP_LIMIT], pack_ints(3))

    def test_values_out_of_range_raise_einval(self):
        for kind in (HOP_LIMIT, TRAFFIC_CLASS):
            for value in (256, -2):
                with self.subTest(kind=kind, value=value):
                    self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(*kind, pack_ints(value))])

    def test_an_unknown_type_raises_einval(self):
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(LEVEL, 0x7777, b"")])

    def test_packet_information_names_address_and_interface(self):
        self.ask_for(socket.IPV6_RECVPKTINFO)
        self.send(MESSAGE)
        [(level, kind, data)] = self.receive_items(ROOMY)
        self.assertEqual((level, kind), PACKET_INFO)
        address, interface = IN6_PKTINFO.unpack(data)
        self.assertEqual(socket.inet_ntop(socket.AF_INET6, address), HOST6)
        self.assertIn(interface, [index for index, _ in socket.if_nameindex()])

    def test_packet_information_fits_the_space_reckoned_by_cmsg_space(self):
        self.ask_for(socket.IPV6_RECVPKTINFO)
        self.send(MESSAGE)
        [(_, _, data)] = self.receive_items(socket.CMSG_SPACE(IN6_PKTINFO.size))
        self.assertEqual(len(data), IN6_PKTINFO.size)

    def test_packet_information_that_was_received_can_be_sent(self):
        self.ask_for(socket.IPV6_RECVPKTINFO)
        self.send(MESSAGE)
        items = self.receive_items(ROOMY)
        self.sendmsg([MESSAGE], items)
        self.assertEqual(self.receive_items(ROOMY), items)

    def test_packet_information_of_a_foreign_address_raises_einval(self):
        foreign = socket.inet_pton(socket.AF_INET6, "2001:db8::1")  # RFC 3849: for documentation only
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(*PACKET_INFO, IN6_PKTINFO.pack(foreign, 0))])

    def test_packet_information_of_an_unknown_interface_raises_enodev(self):
        self.assertErrno(errno.ENODEV, self.sendmsg, [MESSAGE],
                         [(*PACKET_INFO, IN6_PKTINFO.pack(bytes(16), 0x7FFFFFF0))])

    def test_three_items_of_different_sizes_are_received(self):
        self.ask_for(socket.IPV6_RECVHOPLIMIT, socket.IPV6_RECVTCLASS, socket.IPV6_RECVPKTINFO)
        self.sendmsg([MESSAGE], [(*HOP_LIMIT, pack_ints(2)), (*TRAFFIC_CLASS, pack_ints(0x20))])
        items = self.receive_mapping(ROOMY)
        self.assertEqual(set(items), {HOP_LIMIT, TRAFFIC_CLASS, PACKET_INFO})
        self.assertEqual(items[HOP_LIMIT], pack_ints(2))
        self.assertEqual(items[TRAFFIC_CLASS], pack_ints(0x20))
        self.assertEqual(len(items[PACKET_INFO]), IN6_PKTINFO.size)

    def test_peeking_gives_the_items_each_time(self):
        self.ask_for_hop_limit()
        self.sendmsg([MESSAGE], [(*HOP_LIMIT, pack_ints(2))])
        for flags in (socket.MSG_PEEK, 0):
            self.assertEqual(self.receive(len(MESSAGE), ROOMY, flags)[1], [(*HOP_LIMIT, pack_ints(2))])

    def test_no_space_loses_the_item(self):
        self.ask_for_hop_limit()
        for space in ((), (0,)):
            with self.subTest(space=space):
                self.send(MESSAGE)
                self.assertEqual(self.receive_items(*space, control_lost=True), [])

    def test_space_within_the_header_loses_the_item(self):
        self.ask_for_hop_limit()
        for space in (1, 2 * INT, socket.CMSG_LEN(0) - 1):
            with self.subTest(space=space):
                self.send(MESSAGE)
                self.assertEqual(self.receive_items(space, control_lost=True), [])

    def test_space_within_the_data_cuts_the_item(self):
        self.ask_for_hop_limit()
        for kept in range(INT):
            with self.subTest(kept=kept):
                self.sendmsg([MESSAGE], [(*HOP_LIMIT, pack_ints(2))])
                items = self.receive_items(socket.CMSG_LEN(kept), control_lost=True)
                self.assertEqual(items, [(*HOP_LIMIT, pack_ints(2)[:kept])])

    def test_space_within_the_second_header_keeps_the_first_item(self):
        self.ask_for_two()
        for more in (0, 1, 2 * INT, socket.CMSG_LEN(0) - 1):
            with self.subTest(more=more):
                self.send(MESSAGE)
                [(level, kind, data)] = self.receive_items(ONE + more, control_lost=True)
                self.assertIn((level, kind), (HOP_LIMIT, TRAFFIC_CLASS))
                self.value(data)

    def test_space_within_the_data_of_the_second_item_cuts_it(self):
        self.ask_for_two()
        for kept in range(INT):
            with self.subTest(kept=kept):
                self.send(MESSAGE)
                first, second = self.receive_items(ONE + socket.CMSG_LEN(kept), control_lost=True)
                self.assertEqual({first[:2], second[:2]}, {HOP_LIMIT, TRAFFIC_CLASS})
                self.value(first[2])
                self.assertEqual(len(second[2]), kept)


class Udp6RecvmsgAncillaryTest(Udp6, Ipv6AncillaryCases, ByRecvmsg, SocketTestCase):
    pass


class Udp6RecvmsgIntoAncillaryTest(Udp6, Ipv6AncillaryCases, ByRecvmsgInto, SocketTestCase):
    pass


class UdpLite6RecvmsgAncillaryTest(UdpLite6, Ipv6AncillaryCases, ByRecvmsg, SocketTestCase):
    pass


class UdpLite6RecvmsgIntoAncillaryTest(UdpLite6, Ipv6AncillaryCases, ByRecvmsgInto, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
