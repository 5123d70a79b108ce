"""The address forms of Linux's own families, in each call that takes an address, on any kernel.

What the addresses do where the kernel has the family is in test_linux_families.py.
"""

import errno
import socket
import unittest

from support import require
from support.addresses import ImpostorTestCase

UNKNOWN_INTERFACE = "no-such-if"
LONGEST_INTERFACE = 15


def setUpModule():
    require(socket, "AF_NETLINK")
"""IFNAMSIZ of <net/if.h> without the closing null."""


class NetlinkAddressTest(ImpostorTestCase):
    family = getattr(socket, "AF_NETLINK", None)
    kind = getattr(socket, "SOCK_RAW", None)
    reached_errno = errno.EINVAL

    def test_a_pair_of_numbers(self):
        self.assertAccepted((0, 0), (1, 2), (0xffffffff, 0xffffffff))

    def test_numbers_are_cut_to_32_bits(self):
        self.assertAccepted((-1, -1), (2 ** 32, 0), (2 ** 64, 0))

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): AF_NETLINK address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_NETLINK address must be a pair (pid, groups)", (), (1,), (1, 2, 3))

    def test_what_is_no_integer_is_refused(self):
        for value in ("1", 1.5, None):
            self.assertNotAnIntegerInEach(value, (value, 1), (1, value))


class PacketAddressTest(ImpostorTestCase):
    family = getattr(socket, "AF_PACKET", None)
    reached_errno = errno.EAFNOSUPPORT

    def test_two_to_five_parts(self):
        self.assertAccepted(("lo", 0), ("lo", 0xffff), ("lo", socket.ETH_P_ALL, socket.PACKET_OUTGOING),
                            ("lo", 0, 0, 772), ("lo", 0, 0, 0, b"\1\2\3\4\5\6"))

    def test_a_hardware_address_of_eight_bytes_at_most(self):
        self.assertAccepted(("lo", 0, 0, 0, b""), ("lo", 0, 0, 0, bytes(8)), ("lo", 0, 0, 0, bytearray(6)),
                            ("lo", 0, 0, 0, memoryview(b"\1\2\3\4\5\6")))
        self.assertRefusedByEach(ValueError, "Hardware address must be 8 bytes or less", ("lo", 0, 0, 0, bytes(9)))

    def test_a_hardware_address_without_buffer_is_refused(self):
        for value in ("abcdef", 5, None):
            self.assertRefusedByEach(TypeError, "a bytes-like object is required, not '%s'" % type(value).__name__,
                                     ("lo", 0, 0, 0, value))

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): AF_PACKET address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_PACKET address must be a tuple of two to five elements", (), ("lo",),
                                 ("lo", 0, 0, 0, b"", 0))

    def test_an_interface_that_is_no_str_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_PACKET address must be a tuple of two to five elements", (b"lo", 0),
                                 (1, 0), (None, 0))

    def test_an_interface_with_a_null_is_refused(self):
        self.assertRefusedByEach(ValueError, "embedded null character", ("lo\0", 0))

    def test_an_interface_that_does_not_exist(self):
        for name in (UNKNOWN_INTERFACE, "", "x" * 100, "é"):
            with self.subTest(name=name):
                self.assertSystemError(errno.ENODEV, self.make().bind, (name, 0))

    def test_a_protocol_outside_of_16_bits_is_refused(self):
        self.assertRefusedByEach(OverflowError, "{call}(): proto must be 0-65535.", ("lo", -1), ("lo", 0x10000))

    def test_a_number_outside_of_a_c_int_is_refused(self):
        self.assertRefusedByEach(OverflowError, "{call}(): address argument out of range", ("lo", 2 ** 31),
                                 ("lo", 0, 2 ** 31), ("lo", 0, 0, 2 ** 63))

    def test_what_is_no_integer_is_refused(self):
        for value in ("0", 1.5, None):
            self.assertNotAnIntegerInEach(value, ("lo", value), ("lo", 0, value), ("lo", 0, 0, value))


class VsockAddressTest(ImpostorTestCase):
    family = getattr(socket, "AF_VSOCK", None)
    kind = socket.SOCK_STREAM
    reached_errno = errno.EAFNOSUPPORT

    def test_a_pair_of_numbers(self):
        self.assertAccepted((socket.VMADDR_CID_HOST, 1234), (socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY))

    def test_numbers_are_cut_to_32_bits(self):
        self.assertAccepted((-1, -1), (2 ** 32, 2 ** 32))

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("getsockaddrarg: AF_VSOCK address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        for address in ((), (1,), (1, 2, 3)):
            self.assertRefusedByEach(TypeError, "getsockaddrarg() takes exactly 2 arguments (%d given)" % len(address),
                                     address)

    def test_what_is_no_integer_is_refused(self):
        for value in ("1", 1.5, None):
            self.assertNotAnIntegerInEach(value, (value, 1), (1, value))


class QipcrtrAddressTest(ImpostorTestCase):
    family = getattr(socket, "AF_QIPCRTR", None)
    reached_errno = errno.EINVAL

    def test_a_pair_of_numbers(self):
        self.assertAccepted((1, 2), (0xffffffff, 0xffffffff))

    def test_numbers_are_cut_to_32_bits(self):
        self.assertAccepted((-2, 0), (2 ** 32, 0))

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("getsockaddrarg: AF_QIPCRTR address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        for address in ((), (1,), (1, 2, 3)):
            self.assertRefusedByEach(TypeError, "getsockaddrarg() takes exactly 2 arguments (%d given)" % len(address),
                                     address)

    def test_what_is_no_integer_is_refused(self):
        for value in ("1", 1.5, None):
            self.assertNotAnIntegerInEach(value, (value, 1), (1, value))


class RdsAddressTest(ImpostorTestCase):
    """RDS has the addresses of IPv4, and its messages say so."""

    family = getattr(socket, "AF_RDS", None)
    kind = getattr(socket, "SOCK_SEQPACKET", None)

    def test_a_host_and_a_port(self):
        sock = self.make()
        sock.bind(("127.0.0.1", 0))
        self.assertEqual(sock.getsockname()[0], "127.0.0.1")

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): AF_INET address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_INET address must be a pair (host, port)", (), ("127.0.0.1",),
                                 ("127.0.0.1", 1, 0))

    def test_a_port_outside_of_16_bits_is_refused(self):
        self.assertRefusedByEach(OverflowError, "{call}(): port must be 0-65535.", ("127.0.0.1", -1),
                                 ("127.0.0.1", 65536))


class TipcAddressTest(ImpostorTestCase):
    family = getattr(socket, "AF_TIPC", None)
    kind = getattr(socket, "SOCK_RDM", None)
    reached_errno = errno.EAFNOSUPPORT

    def test_each_kind_of_address(self):
        for kind in (socket.TIPC_ADDR_NAMESEQ, socket.TIPC_ADDR_NAME, socket.TIPC_ADDR_ID):
            self.assertAccepted((kind, 1, 2, 3), (kind, 1, 2, 3, socket.TIPC_NODE_SCOPE))

    def test_numbers_are_cut_to_32_bits(self):
        self.assertAccepted((socket.TIPC_ADDR_NAME, -1, 2 ** 32, 0))

    def test_an_unknown_kind_is_refused(self):
        self.assertRefusedByEach(TypeError, "Invalid address type", (0, 1, 2, 3), (77, 1, 2, 3))

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): AF_TIPC address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])", (),
                                 (1, 2, 3), (1, 2, 3, 4, 5, 6))

    def test_what_is_no_integer_is_refused(self):
        for value in ("1", 1.5, None):
            self.assertNotAnIntegerInEach(value, (value, 1, 2, 3), (1, value, 2, 3), (1, 1, value, 3), (1, 1, 2, value),
                                          (1, 1, 2, 3, value))


class AlgAddressTest(ImpostorTestCase):
    NO_ADDRESS = "AF_ALG address must be a tuple (type, name[, feat[, mask]])"

    family = getattr(socket, "AF_ALG", None)
    kind = getattr(socket, "SOCK_SEQPACKET", None)
    reached_errno = errno.EAFNOSUPPORT

    def test_two_to_four_parts(self):
        self.assertAccepted(("hash", "sha256"), ("hash", "sha256", 0), ("hash", "sha256", 1, 2))

    def test_numbers_are_cut_to_32_bits(self):
        self.assertAccepted(("hash", "sha256", -1, 2 ** 32))

    def test_the_longest_type_and_name(self):
        self.assertAccepted(("t" * 13, "n" * 63))
        self.assertRefusedByEach(ValueError, "AF_ALG type too long.", ("t" * 14, "n"))
        self.assertRefusedByEach(ValueError, "AF_ALG name too long.", ("t", "n" * 64))

    def test_length_counts_in_bytes(self):
        self.assertRefusedByEach(ValueError, "AF_ALG type too long.", ("é" * 7, "n"))

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): AF_ALG address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, self.NO_ADDRESS, (), ("hash",), ("hash", "sha256", 0, 0, 0))

    def test_what_is_no_str_is_refused(self):
        self.assertRefusedByEach(TypeError, self.NO_ADDRESS, (5, "x"), ("x", 5), (b"hash", b"sha256"))

    def test_text_with_a_null_is_refused(self):
        self.assertRefusedByEach(ValueError, "embedded null character", ("hash\0", "sha256"), ("hash", "sha256\0"))

    def test_what_is_no_integer_is_refused(self):
        for value in ("0", 1.5, None):
            self.assertNotAnIntegerInEach(value, ("hash", "sha256", value), ("hash", "sha256", 0, value))


class CanInterfaceMixin:
    """The interface, with which every CAN address begins. The subclass gives `address(interface)`."""

    family = getattr(socket, "AF_CAN", None)
    reached_errno = errno.EAFNOSUPPORT

    def test_an_interface_by_name(self):
        self.assertAccepted(self.address("lo"), self.address(b"lo"))

    def test_the_empty_name_is_every_interface(self):
        self.assertAccepted(self.address(""), self.address(b""))

    def test_a_name_may_be_a_path(self):
        class Path:
            def __fspath__(self):
                return "lo"

        self.assertAccepted(self.address(Path()))

    def test_an_interface_that_does_not_exist(self):
        for name in (UNKNOWN_INTERFACE, "x" * LONGEST_INTERFACE, "é"):
            with self.subTest(name=name):
                self.assertSystemError(errno.ENODEV, self.make().bind, self.address(name))

    def test_a_name_that_is_too_long_is_refused(self):
        for name in ("x" * (LONGEST_INTERFACE + 1), "x" * 1024):
            self.assertRefusedByEach(OSError, "AF_CAN interface name too long", self.address(name))

    def test_a_name_of_another_type_is_refused(self):
        for value in (5, None):
            text = "expected str, bytes or os.PathLike object, not %s" % type(value).__name__
            self.assertRefusedByEach(TypeError, text, self.address(value))

    def test_a_name_with_a_null_is_refused(self):
        self.assertRefusedByEach(ValueError, "embedded null byte", self.address("lo\0"))


class CanRawAddressTest(CanInterfaceMixin, ImpostorTestCase):
    kind = getattr(socket, "SOCK_RAW", None)
    protocol = getattr(socket, "CAN_RAW", None)

    def address(self, interface):
        return (interface,)

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): AF_CAN address must be tuple, not {type}")

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_CAN address must be a tuple (interface, )", (), ("lo", 1), ("lo", 1, 2))


class CanBroadcastManagerAddressTest(CanRawAddressTest):
    kind = socket.SOCK_DGRAM
    protocol = getattr(socket, "CAN_BCM", None)


class ProtocolMixin(CanInterfaceMixin):
    """CAN protocols with more parts than the interface. The subclass says how many in `parts`.

    CPython shows a tuple that does not fit as an error of its own argument parser, without a word about addresses; what
    is no tuple at all ends in a SystemError there, which no program can rely on.
    """

    parts = 0

    def address(self, interface):
        return (interface,) + (1,) * (self.parts - 1)

    def test_what_is_no_tuple_is_refused(self):
        for value in ("text", None, 5, ["lo", 1, 2]):
            with self.subTest(value=value), self.assertRaises((SystemError, TypeError)):
                self.make().bind(value)

    def test_a_tuple_of_another_length_is_refused(self):
        whole = self.address("lo")
        for address in (whole[:-1], whole + (1,), ()):
            with self.subTest(address=address), self.assertRaises(TypeError):
                self.make().bind(address)

    def test_what_is_no_integer_is_refused(self):
        for position in range(1, self.parts):
            for value in ("1", 1.5, None):
                address = list(self.address("lo"))
                address[position] = value
                with self.subTest(address=address), self.assertRaises(TypeError):
                    self.make().bind(tuple(address))


class CanIsotpAddressTest(ProtocolMixin, ImpostorTestCase):
    kind = socket.SOCK_DGRAM
    protocol = getattr(socket, "CAN_ISOTP", None)
    parts = 3

    def test_numbers_are_cut_to_32_bits(self):
        self.assertAccepted(("lo", -1, 2 ** 32), ("lo", 2 ** 64, 0))


class CanJ1939AddressTest(ProtocolMixin, ImpostorTestCase):
    kind = socket.SOCK_DGRAM
    protocol = getattr(socket, "CAN_J1939", None)
    parts = 4

    def test_the_wildcards(self):
        self.assertAccepted(("lo", socket.J1939_NO_NAME, socket.J1939_NO_PGN, socket.J1939_NO_ADDR))

    def test_numbers_are_cut_to_their_width(self):
        self.assertAccepted(("lo", -1, 0, 0), ("lo", 2 ** 64, 0, 0), ("lo", 0, 2 ** 32, 0), ("lo", 0, 0, 256),
                            ("lo", 0, 0, -1))


class CanProtocolWithoutAddressesTest(ImpostorTestCase):
    family = getattr(socket, "AF_CAN", None)
    kind = socket.SOCK_DGRAM
    protocol = 99

    def test_every_address_is_refused(self):
        self.assertRefusedByEach(OSError, "{call}(): unsupported CAN protocol", "text", ("lo",), None)


class BluetoothAddressTest(ImpostorTestCase):
    """Bluetooth is not among the families of this build: see the table of names."""

    family = 31
    kind = socket.SOCK_STREAM
    protocol = 3

    @unittest.skipIf(hasattr(socket, "AF_BLUETOOTH"), "this Python was built with Bluetooth")
    def test_every_address_is_refused(self):
        self.assertRefusedByEach(OSError, "{call}(): bad family", "text", ("00:00:00:00:00:00", 1), None)


if __name__ == "__main__":
    unittest.main()
