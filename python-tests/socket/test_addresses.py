"""The address forms of AF_INET, AF_INET6 and AF_UNIX in each call that takes an address."""

import errno
import pathlib
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6
from support.addresses import CALLS, AddressTestCase

IPV6_FLOWINFO_SEND = 33
"""Of <linux/in6.h>: the kernel takes the flow of an address only with this option. Python has no name for it."""


class PortsMixin:
    """The port, which IPv4 and IPv6 addresses share. The subclass gives `host` and `address(port)`."""

    host = HOST

    def address(self, port):
        return (self.host, port)

    def test_a_port_outside_of_16_bits_is_refused(self):
        ports = (-1, 65536, -65536, 2 ** 31, 2 ** 63, -2 ** 63, 2 ** 200)
        self.assertRefusedByEach(OverflowError, "{call}(): port must be 0-65535.", *map(self.address, ports))

    def test_a_port_that_is_no_integer_is_refused(self):
        for value in ("80", 80.5, None, b"80"):
            self.assertNotAnIntegerInEach(value, self.address(value))

    def test_the_lowest_and_the_highest_port_are_accepted(self):
        self.assertEqual(self.make().connect_ex(self.address(65535)), 0)
        sock = self.make()
        sock.bind(self.address(0))
        self.assertGreater(sock.getsockname()[1], 0)

    def test_a_boolean_is_a_port(self):
        sock = self.make()
        sock.connect(self.address(True))
        self.assertEqual(sock.getpeername()[1], 1)

    def test_an_object_with_index_is_a_port(self):
        class Port:
            def __index__(self):
                return 4242

        sock = self.make()
        sock.connect(self.address(Port()))
        self.assertEqual(sock.getpeername()[1], 4242)

    def test_what_is_no_tuple_is_refused(self):
        self.assertNotATuple("{call}(): %s address must be tuple, not {type}" % self.family.name)

    def test_a_subclass_of_tuple_is_a_tuple(self):
        class Address(tuple):
            pass

        sock = self.make()
        sock.connect(Address(self.address(4242)))
        self.assertEqual(sock.getpeername()[:2], self.address(4242)[:2])

    def test_a_host_of_another_type_is_refused(self):
        for value in (None, 1, memoryview(b"localhost"), ("localhost",)):
            self.assertRefusedByEach(TypeError, "str, bytes or bytearray expected, not %s" % type(value).__name__,
                                     (value, 80))

    def test_a_host_with_a_null_is_refused(self):
        for host in (self.host + "\0", self.host.encode() + b"\0", bytearray(b"\0")):
            self.assertRefusedByEach(TypeError, "host name must not contain null character", (host, 80))

    def test_a_host_that_has_no_encoding_is_refused(self):
        for host in ("\ud800", "é" * 64, "é..b"):
            self.assertRefusedByEach(TypeError, "encoding of hostname failed", (host, 80))

    def test_a_host_as_bytes_is_taken_as_it_is(self):
        for host in (self.host.encode(), bytearray(self.host.encode())):
            with self.subTest(host=host):
                sock = self.make()
                sock.bind((host, 0))
                self.assertEqual(sock.getsockname()[0], self.host)

    def test_an_unknown_host_is_a_lookup_error(self):
        for host in ("x" * 64, b"x" * 64):
            for name, call in CALLS.items():
                with self.subTest(call=name, host=host):
                    with self.assertRaises(socket.gaierror) as caught:
                        call(self.make(), (host, 80))
                    self.assertEqual(caught.exception.args, (socket.EAI_NONAME, "Name or service not known"))

    def test_an_address_of_the_other_family_is_a_lookup_error(self):
        other = HOST6 if self.family == socket.AF_INET else HOST
        with self.assertRaises(socket.gaierror) as caught:
            self.make().bind((other, 0))
        self.assertEqual(caught.exception.args, (socket.EAI_ADDRFAMILY, "Address family for hostname not supported"))


class Ipv4AddressTest(PortsMixin, AddressTestCase):
    family = socket.AF_INET

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_INET address must be a pair (host, port)", (), (HOST,), (HOST, 80, 0),
                                 (HOST, 80, 0, 0))

    def test_the_empty_host_is_any_address(self):
        for host in ("", b"", "0.0.0.0"):
            with self.subTest(host=host):
                sock = self.make()
                sock.bind((host, 0))
                self.assertEqual(sock.getsockname()[0], "0.0.0.0")

    def test_connecting_to_the_empty_host_reaches_this_host(self):
        receiver, sender = self.make(), self.make()
        receiver.bind((HOST, 0))
        sender.connect(("", receiver.getsockname()[1]))
        sender.send(b"x")
        self.assertEqual(receiver.recv(1), b"x")

    def test_broadcast_is_a_host_of_its_own(self):
        for host in ("<broadcast>", "255.255.255.255", b"<broadcast>"):
            with self.subTest(host=host):
                sock = self.make()
                sock.bind((host, 0))
                self.assertEqual(sock.getsockname()[0], "255.255.255.255")

    def test_broadcast_needs_its_option(self):
        self.assertErrno(errno.EACCES, self.make().sendto, b"x", ("<broadcast>", 9))

    def test_a_host_by_name(self):
        sock = self.make()
        sock.bind(("localhost", 0))
        self.assertTrue(sock.getsockname()[0].startswith("127."))

    def test_a_host_beyond_ascii_goes_through_idna(self):
        sock = self.make()
        sock.bind(("ｌｏｃａｌｈｏｓｔ", 0))
        self.assertTrue(sock.getsockname()[0].startswith("127."))

    def test_the_short_forms_of_bsd_are_understood(self):
        for host in ("127.1", "0x7f000001", "2130706433"):
            with self.subTest(host=host):
                sock = self.make()
                sock.bind((host, 0))
                self.assertEqual(sock.getsockname()[0], HOST)

    def test_an_address_that_is_not_of_this_machine(self):
        self.assertSystemError(errno.EADDRNOTAVAIL, self.make().bind, ("192.0.2.1", 0))

    def test_an_address_in_use(self):
        first = self.make()
        first.bind((HOST, 0))
        self.assertSystemError(errno.EADDRINUSE, self.make().bind, first.getsockname())

    def test_a_socket_is_bound_once(self):
        sock = self.make()
        sock.bind((HOST, 0))
        self.assertSystemError(errno.EINVAL, sock.bind, (HOST, 0))

    def test_the_port_that_was_asked_for_is_the_port(self):
        for _ in range(5):
            with socket.socket(self.family, self.kind) as probe:
                probe.bind((HOST, 0))
                address = probe.getsockname()
            sock = self.make()
            try:
                sock.bind(address)
            except OSError as refusal:
                self.assertEqual(refusal.errno, errno.EADDRINUSE)
            else:
                self.assertEqual(sock.getsockname(), address)
                return
        self.fail("each free port was taken by another process")


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6")
class Ipv6AddressTest(PortsMixin, AddressTestCase):
    family = socket.AF_INET6
    host = HOST6

    def test_a_tuple_of_another_length_is_refused(self):
        self.assertRefusedByEach(TypeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])", (),
                                 (HOST6,), (HOST6, 80, 0, 0, 0))

    def test_flow_and_scope_may_be_left_out(self):
        for address in ((HOST6, 0), (HOST6, 0, 0), (HOST6, 0, 0, 0)):
            with self.subTest(address=address):
                sock = self.make()
                sock.bind(address)
                self.assertEqual(sock.getsockname()[0], HOST6)
                self.assertEqual(sock.getsockname()[2:], (0, 0))

    def test_a_flow_above_20_bits_is_refused(self):
        self.assertRefusedByEach(OverflowError, "{call}(): flowinfo must be 0-1048575.", (HOST6, 80, 0x100000),
                                 (HOST6, 80, 0xffffffff), (HOST6, 80, -1), (HOST6, 80, -10, 0))

    def test_a_flow_arrives_in_the_kernel_and_comes_back(self):
        for flow in (0, 1, 0x12345, 0xfffff):
            with self.subTest(flow=flow):
                sock = self.make()
                sock.setsockopt(socket.IPPROTO_IPV6, IPV6_FLOWINFO_SEND, 1)
                sock.connect((HOST6, 4242, flow))
                self.assertEqual(sock.getpeername(), (HOST6, 4242, flow, 0))

    def test_flow_and_scope_have_to_be_integers(self):
        for value in ("0", 1.5, None):
            self.assertNotAnIntegerInEach(value, (HOST6, 80, value), (HOST6, 80, 0, value))

    def test_the_empty_host_is_any_address(self):
        for host in ("", b"", "::"):
            with self.subTest(host=host):
                sock = self.make()
                sock.bind((host, 0))
                self.assertEqual(sock.getsockname()[0], "::")

    def test_there_is_no_broadcast(self):
        self.assertRefusedByEach(OSError, "address family mismatched", ("<broadcast>", 80))

    def test_a_scope_arrives_in_the_kernel_and_comes_back(self):
        loopback = socket.if_nametoindex("lo")
        sock = self.make()
        sock.bind(("ff02::1", 0, 0, loopback))
        host, port, flow, scope = sock.getsockname()
        self.assertEqual((host, flow, scope), ("ff02::1", 0, loopback))
        self.assertGreater(port, 0)

    def test_a_scope_that_is_no_interface(self):
        self.assertSystemError(errno.ENODEV, self.make().bind, ("ff02::1", 0, 0, 0x7fffffff))

    def test_the_scope_of_the_tuple_counts_and_not_that_of_the_text(self):
        self.make().bind(("ff02::1%lo", 0, 0, socket.if_nametoindex("lo")))
        self.assertSystemError(errno.EINVAL, self.make().bind, ("ff02::1%lo", 0))
        self.assertSystemError(errno.EINVAL, self.make().bind, ("ff02::1%lo", 0, 0, 0))

    def test_a_scope_name_that_does_not_exist(self):
        with self.assertRaises(socket.gaierror):
            self.make().bind(("fe80::1%no-such-if", 0))

    def test_an_ipv4_address_in_ipv6_clothes(self):
        sock = self.make()
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        sock.bind(("::ffff:127.0.0.1", 0))
        self.assertEqual(sock.getsockname()[0], "::ffff:127.0.0.1")


class UnixAddressTest(AddressTestCase):
    """What is no path or name. Paths and names are in test_unix.py."""

    family = socket.AF_UNIX
    kind = socket.SOCK_STREAM

    def test_a_path_object_is_refused(self):
        self.assertRefusedByEach(TypeError, "a bytes-like object is required, not 'PosixPath'", pathlib.Path("socket"))

    def test_another_type_is_refused(self):
        for value in (5, None, 1.5, ("path",), ["path"]):
            self.assertRefusedByEach(TypeError, "a bytes-like object is required, not '%s'" % type(value).__name__,
                                     value)

    def test_a_path_above_107_bytes_is_refused(self):
        self.assertRefusedByEach(OSError, "AF_UNIX path too long", "x" * 108, b"x" * 108, "é" * 54, "x" * 1000,
                                 bytearray(b"x" * 108), "\0" + "x" * 108)


class FamilyWithoutAddressesTest(AddressTestCase):
    """A socket object of a family that Python knows no addresses of."""

    def make(self):
        descriptor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM).detach()
        return self.bounded(socket.socket(99, socket.SOCK_DGRAM, 0, descriptor))

    def test_every_address_is_refused(self):
        self.assertRefusedByEach(OSError, "{call}(): bad family", "text", (HOST, 80), None)

    def test_it_has_no_address_of_its_own(self):
        for name in ("getsockname", "getpeername"):
            with self.subTest(name=name):
                self.assertRefused(OSError, "getsockaddrlen: bad family", getattr(self.make(), name))


if __name__ == "__main__":
    unittest.main()
