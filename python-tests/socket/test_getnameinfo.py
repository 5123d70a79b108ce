"""getnameinfo: an address as host and service, its flags, and its errors.

Only the loopback is looked up by name, so no name server is asked.
"""

import socket
import unittest

from support import HOST, HOST6, databases
from support.refusals import RefusalTestCase

ILLEGAL = "getnameinfo(): illegal sockaddr argument"

NUMERIC = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV


class GetNameInfoTest(RefusalTestCase):
    def assertLookupFails(self, arguments, *call):
        with self.assertRaises(socket.gaierror) as caught:
            socket.getnameinfo(*call)
        self.assertEqual(caught.exception.args, arguments)

    def test_an_ipv4_address_in_numbers(self):
        for port in (0, 80, 65535):
            with self.subTest(port=port):
                self.assertEqual(socket.getnameinfo((HOST, port), NUMERIC), (HOST, str(port)))

    def test_an_ipv6_address_in_numbers(self):
        for address in ((HOST6, 80), (HOST6, 80, 5), (HOST6, 80, 0, 0), (HOST6, 80, 0xfffff, 0)):
            with self.subTest(address=address):
                self.assertEqual(socket.getnameinfo(address, NUMERIC), (HOST6, "80"))

    def test_the_names_of_the_loopback(self):
        if ("http", 80, "tcp") not in databases.services():
            self.skipTest("/etc/services has no http on this machine")
        name = socket.gethostbyaddr(HOST)[0]
        self.assertEqual(socket.getnameinfo((HOST, 80), 0), (name, "http"))
        self.assertEqual(socket.getnameinfo((HOST, 80), socket.NI_NAMEREQD), (name, "http"))
        self.assertEqual(socket.getnameinfo((HOST, 80), socket.NI_NUMERICHOST), (HOST, "http"))
        self.assertEqual(socket.getnameinfo((HOST, 80), socket.NI_NUMERICSERV), (name, "80"))

    def test_a_datagram_service(self):
        if ("domain", 53, "udp") not in databases.services():
            self.skipTest("/etc/services has no domain over UDP on this machine")
        flags = socket.NI_NUMERICHOST | socket.NI_DGRAM
        self.assertEqual(socket.getnameinfo((HOST, 53), flags), (HOST, "domain"))

    def test_the_interface_of_a_link_local_address_comes_by_name(self):
        for index, name in socket.if_nameindex():
            for host in ("ff02::1de:c0:face:8D", "fe80::1"):
                with self.subTest(host=host, name=name):
                    self.assertEqual(socket.getnameinfo((host, 1234, 0, index), NUMERIC),
                                     ("%s%%%s" % (host.lower(), name), "1234"))

    def test_an_interface_without_name_comes_by_number(self):
        self.assertEqual(socket.getnameinfo(("fe80::1", 1234, 0, 424242), NUMERIC), ("fe80::1%424242", "1234"))

    def test_the_interface_of_another_address_comes_by_number(self):
        self.assertEqual(socket.getnameinfo((HOST6, 80, 0, 1), NUMERIC), ("::1%1", "80"))

    def test_the_scope_of_the_tuple_counts_and_not_that_of_the_text(self):
        self.assertEqual(socket.getnameinfo(("fe80::1%lo", 80, 0, 0), NUMERIC), ("fe80::1", "80"))

    def test_a_host_name_is_not_looked_up(self):
        for host in ("localhost", "www.example.org", "", "255.255.255.256", "é"):
            for flags in (0, NUMERIC):
                with self.subTest(host=host, flags=flags):
                    self.assertLookupFails((socket.EAI_NONAME, "Name or service not known"), (host, 80), flags)

    def test_a_host_name_with_scope_is_not_looked_up(self):
        self.assertLookupFails((socket.EAI_NONAME, "Name or service not known"), ("x", 0, 0, 0), 0)

    def test_a_number_above_16_bits_is_cut_by_the_c_library(self):
        self.assertEqual(socket.getnameinfo((HOST, 65536 + 80), NUMERIC), (HOST, "80"))

    def test_a_negative_port_is_no_service(self):
        self.assertLookupFails((socket.EAI_SERVICE, "Servname not supported for ai_socktype"), (HOST, -1), NUMERIC)

    def test_a_flag_that_does_not_exist(self):
        for flags in (-1, 0x10000):
            with self.subTest(flags=flags):
                self.assertLookupFails((socket.EAI_BADFLAGS, "Bad value for ai_flags"), (HOST, 80), flags)

    def test_the_address_has_to_be_a_tuple(self):
        for address in ([HOST, 80], HOST, None, 80):
            with self.subTest(address=address):
                self.assertRefused(TypeError, "getnameinfo() argument 1 must be a tuple", socket.getnameinfo, address,
                                   0)

    def test_a_tuple_of_another_length_is_refused(self):
        for address in ((), (HOST,), (HOST, 80, 0, 0, 0)):
            with self.subTest(address=address):
                self.assertRefused(TypeError, ILLEGAL, socket.getnameinfo, address, 0)

    def test_a_host_that_is_no_str_is_refused(self):
        for host in (b"127.0.0.1", None, 1):
            with self.subTest(host=host):
                self.assertRefused(TypeError, ILLEGAL, socket.getnameinfo, (host, 80), 0)

    def test_a_host_with_a_null_is_refused(self):
        self.assertRefused(ValueError, "embedded null character", socket.getnameinfo, ("a\0", 80), NUMERIC)

    def test_a_number_has_to_be_an_integer(self):
        for value in ("80", 1.5, None):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, socket.getnameinfo, (HOST, value), NUMERIC)
                self.assertNotAnInteger(value, socket.getnameinfo, (HOST6, 80, value), NUMERIC)
                self.assertNotAnInteger(value, socket.getnameinfo, (HOST6, 80, 0, value), NUMERIC)
                self.assertNotAnInteger(value, socket.getnameinfo, (HOST, 80), value)

    def test_a_port_or_flags_outside_of_a_c_int_are_refused(self):
        for value in (2 ** 31, 2 ** 32):
            with self.subTest(value=value):
                self.assertAboveInt(socket.getnameinfo, (HOST, value), NUMERIC)
                self.assertAboveInt(socket.getnameinfo, (HOST, 80), value)

    def test_a_flow_above_20_bits_is_refused(self):
        for flow in (0x100000, 0xffffffff, -1):
            with self.subTest(flow=flow):
                self.assertRefused(OverflowError, "getnameinfo(): flowinfo must be 0-1048575.", socket.getnameinfo,
                                   (HOST6, 80, flow), 0)

    def test_flow_and_scope_are_not_for_ipv4(self):
        for address in ((HOST, 80, 0), (HOST, 80, 0, 0)):
            with self.subTest(address=address):
                self.assertRefused(OSError, "IPv4 sockaddr must be 2 tuple", socket.getnameinfo, address, NUMERIC)

    def test_two_arguments(self):
        self.assertRaises(TypeError, socket.getnameinfo, (HOST, 80))
        self.assertRaises(TypeError, socket.getnameinfo, (HOST, 80), 0, 0)
        self.assertRaises(TypeError, socket.getnameinfo, sockaddr=(HOST, 80), flags=0)


if __name__ == "__main__":
    unittest.main()
