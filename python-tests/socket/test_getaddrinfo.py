"""getaddrinfo: the forms of its arguments, its filters and flags, scoped addresses, and its errors.

Only numeric hosts and "localhost" are looked up, so no name server is asked.
"""

import socket
import unittest

import _socket
from support import HAS_IPV6, HOST, HOST6, databases
from support.refusals import RefusalTestCase

TCP4 = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")

NONAME = (socket.EAI_NONAME, "Name or service not known")
SERVICE = (socket.EAI_SERVICE, "Servname not supported for ai_socktype")


def tcp(host, port, **keywords):
    """The addresses for IPv4 TCP."""
    return socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM, **keywords)


class LookupTestCase(RefusalTestCase):
    def assertLookupFails(self, arguments, *call, **keywords):
        """The call raises a gaierror of exactly this number and text."""
        with self.assertRaises(socket.gaierror) as caught:
            socket.getaddrinfo(*call, **keywords)
        self.assertIs(type(caught.exception), socket.gaierror)
        self.assertEqual(caught.exception.args, arguments)
        self.assertEqual(str(caught.exception), "[Errno %d] %s" % arguments)


class ResultTest(LookupTestCase):
    """The shape of the answer."""

    def test_an_entry_has_five_parts_of_known_types(self):
        for entry in socket.getaddrinfo(HOST, 80):
            family, kind, protocol, name, address = entry
            self.assertIs(type(entry), tuple)
            self.assertIs(type(family), socket.AddressFamily)
            self.assertIs(type(kind), socket.SocketKind)
            self.assertIs(type(protocol), int)
            self.assertEqual(name, "")
            self.assertEqual(address, (HOST, 80))

    def test_family_and_type_show_their_names(self):
        (family, kind, _, _, _), = tcp(HOST, 80)
        self.assertEqual(repr(family), "<AddressFamily.AF_INET: 2>")
        self.assertEqual(repr(kind), "<SocketKind.SOCK_STREAM: 1>")
        self.assertEqual((str(family), str(kind)), ("2", "1"))

    def test_the_core_module_gives_plain_numbers(self):
        entries = _socket.getaddrinfo(HOST, 80, socket.AF_INET, socket.SOCK_STREAM)
        self.assertIs(type(entries), list)
        self.assertEqual(entries, [(2, 1, 6, "", (HOST, 80))])
        self.assertEqual([type(part) for part in entries[0]], [int, int, int, str, tuple])

    def test_without_hints_every_socket_type_is_given(self):
        kinds = [(kind, protocol) for _, kind, protocol, _, _ in socket.getaddrinfo(HOST, 80)]
        self.assertEqual(kinds, [(socket.SOCK_STREAM, socket.IPPROTO_TCP), (socket.SOCK_DGRAM, socket.IPPROTO_UDP),
                                 (socket.SOCK_RAW, 0)])

    def test_an_ipv6_address_has_four_parts(self):
        entries = socket.getaddrinfo(HOST6, 80, type=socket.SOCK_STREAM)
        self.assertEqual(entries, [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (HOST6, 80, 0, 0))])

    def test_an_ipv6_address_comes_in_its_short_form(self):
        entries = socket.getaddrinfo("ff02::1de:c0:face:8D", 1234, socket.AF_INET6, socket.SOCK_DGRAM)
        self.assertEqual([entry[4] for entry in entries], [("ff02::1de:c0:face:8d", 1234, 0, 0)])

    def test_each_entry_makes_a_socket_that_can_be_bound(self):
        for family, kind, protocol, _, address in socket.getaddrinfo("localhost", 0, socket.AF_INET):
            if kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with self.subTest(kind=kind), socket.socket(family, kind, protocol) as sock:
                    sock.bind(address)
                    self.assertEqual(sock.getsockname()[0], address[0])


class ArgumentsTest(LookupTestCase):
    """Positions, keywords and types."""

    def test_each_argument_can_be_a_keyword(self):
        self.assertEqual(socket.getaddrinfo(host=HOST, port=None), socket.getaddrinfo(HOST, None))
        for name, position, value in (("family", 0, socket.AF_INET), ("type", 1, socket.SOCK_STREAM),
                                      ("proto", 2, socket.IPPROTO_TCP), ("flags", 3, socket.AI_PASSIVE)):
            with self.subTest(name=name):
                positional = [0, 0, 0, 0]
                positional[position] = value
                self.assertEqual(socket.getaddrinfo(HOST, 80, **{name: value}),
                                 socket.getaddrinfo(HOST, 80, *positional))

    def test_all_arguments_by_keyword(self):
        self.assertEqual(socket.getaddrinfo(host=HOST, port=80, family=socket.AF_INET, type=socket.SOCK_STREAM,
                                            proto=socket.IPPROTO_TCP, flags=0), [TCP4 + ((HOST, 80),)])

    def test_the_core_module_has_the_same_keywords(self):
        self.assertEqual(_socket.getaddrinfo(host=HOST, port=80, family=2, type=1, proto=6, flags=0),
                         [(2, 1, 6, "", (HOST, 80))])

    def test_an_unknown_keyword_is_refused(self):
        for function in (socket.getaddrinfo, _socket.getaddrinfo):
            with self.assertRaises(TypeError):
                function(HOST, 80, socktype=socket.SOCK_STREAM)

    def test_host_and_port_are_needed(self):
        for function in (socket.getaddrinfo, _socket.getaddrinfo):
            self.assertRaises(TypeError, function)
            self.assertRaises(TypeError, function, HOST)
            self.assertRaises(TypeError, function, HOST, 80, 2, 1, 6, 0, 0)

    def test_the_host_may_be_bytes(self):
        self.assertEqual(tcp(b"127.0.0.1", 80), tcp(HOST, 80))

    def test_the_short_forms_of_bsd_are_understood(self):
        for host in ("127.1", "0x7f.1", "2130706433"):
            with self.subTest(host=host):
                self.assertEqual(tcp(host, 80), tcp(HOST, 80))

    def test_no_host_is_the_loopback(self):
        self.assertEqual(tcp(None, 80), [TCP4 + ((HOST, 80),)])

    def test_no_host_and_passive_is_any_address(self):
        self.assertEqual(tcp(None, 80, flags=socket.AI_PASSIVE), [TCP4 + (("0.0.0.0", 80),)])

    def test_no_host_and_passive_has_both_families(self):
        if not HAS_IPV6:
            self.skipTest("this machine has no IPv6")
        entries = socket.getaddrinfo(None, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        self.assertEqual({entry[4] for entry in entries}, {("0.0.0.0", 0), ("::", 0, 0, 0)})

    def test_a_host_of_another_type_is_refused(self):
        for value in (1, bytearray(b"127.0.0.1"), [], memoryview(b"x")):
            with self.subTest(value=value):
                self.assertRefused(TypeError, "getaddrinfo() argument 1 must be string or None", socket.getaddrinfo,
                                   value, 80)

    def test_a_number_in_a_filter_has_to_be_an_integer(self):
        for name in ("family", "type", "proto", "flags"):
            for value in ("1", None, 1.0):
                with self.subTest(name=name, value=value):
                    self.assertNotAnInteger(value, socket.getaddrinfo, HOST, 80, **{name: value})

    def test_a_number_in_a_filter_has_to_fit_a_c_int(self):
        for name in ("family", "type", "proto", "flags"):
            with self.subTest(name=name):
                self.assertAboveInt(socket.getaddrinfo, HOST, 80, **{name: 2 ** 31})


class PortsTest(LookupTestCase):
    """The second argument: a number, a name, or nothing."""

    def ports(self, port):
        return [entry[4][1] for entry in tcp(HOST, port)]

    def test_a_number(self):
        for port in (0, 1, 80, 65535):
            with self.subTest(port=port):
                self.assertEqual(self.ports(port), [port])

    def test_a_number_as_text(self):
        for port in ("80", b"80", "080", " 80", "+80"):
            with self.subTest(port=port):
                self.assertEqual(self.ports(port), [80])

    def test_none_is_port_zero(self):
        self.assertEqual(self.ports(None), [0])

    def test_empty_text_is_port_zero(self):
        self.assertEqual(self.ports(""), [0])
        self.assertEqual(self.ports(b""), [0])

    def test_a_service_name(self):
        if ("http", 80, "tcp") not in databases.services():
            self.skipTest("/etc/services has no http on this machine")
        self.assertEqual(self.ports("http"), [80])
        self.assertEqual(self.ports(b"http"), [80])

    def test_a_number_above_16_bits_is_cut_by_the_c_library(self):
        self.assertEqual(self.ports(65536), [0])
        self.assertEqual(self.ports(65536 + 80), [80])

    def test_no_number_overflows(self):
        for port in (2 ** 63 - 1, 2 ** 63, 2 ** 64, 2 ** 200, -2 ** 63 - 1, -2 ** 200, 2 ** 63 - 0xffff):
            with self.subTest(port=port):
                try:
                    self.assertTrue(self.ports(port))
                except socket.gaierror as refusal:
                    self.assertEqual(refusal.args, SERVICE)

    def test_a_negative_number_is_no_service(self):
        self.assertLookupFails(SERVICE, HOST, -1, socket.AF_INET, socket.SOCK_STREAM)

    def test_text_that_is_no_service(self):
        for port in ("no-such-service", "80x", "0x50", "-1", "é"):
            with self.subTest(port=port):
                self.assertLookupFails(SERVICE, HOST, port, socket.AF_INET, socket.SOCK_STREAM)

    def test_text_that_is_not_utf8_is_refused(self):
        self.assertRaises(UnicodeEncodeError, socket.getaddrinfo, "localhost", "\ud800")

    def test_another_type_is_refused(self):
        for port in (1.5, [], bytearray(b"80"), True, (80,)):
            with self.subTest(port=port):
                self.assertRefused(OSError, "Int or String expected", socket.getaddrinfo, HOST, port)

    def test_text_ends_at_a_null(self):
        self.assertEqual(self.ports(b"80\0x"), [80])


class HostsTest(LookupTestCase):
    """The first argument as text."""

    def test_localhost_is_on_the_loopback(self):
        for _, _, _, _, address in tcp("localhost", 80):
            self.assertTrue(address[0].startswith("127."), address)
            self.assertEqual(address[1], 80)

    def test_a_name_beyond_ascii_goes_through_idna(self):
        self.assertEqual(tcp("ｌｏｃａｌｈｏｓｔ", 80), tcp("localhost", 80))

    def test_a_name_that_idna_refuses_is_refused(self):
        for host in ("x" * 64, "a..b", ".", "\ud800"):
            with self.subTest(host=host):
                self.assertRaises(UnicodeError, socket.getaddrinfo, host, 80)

    def test_a_name_as_bytes_does_not_go_through_idna(self):
        self.assertLookupFails(NONAME, b"x" * 64, 80)

    def test_the_empty_name_is_not_known(self):
        self.assertLookupFails(NONAME, "", 80)
        self.assertLookupFails(NONAME, b"", 80)

    def test_neither_host_nor_port_is_refused(self):
        self.assertLookupFails(NONAME, None, None)

    def test_a_name_ends_at_a_null(self):
        self.assertEqual(tcp(b"127.0.0.1\0x", 80), tcp(HOST, 80))


class FiltersTest(LookupTestCase):
    """Family, type and protocol."""

    def test_a_family_selects(self):
        for family, kind, *_ in socket.getaddrinfo("localhost", 80, socket.AF_INET):
            self.assertEqual(family, socket.AF_INET)

    def test_a_type_selects(self):
        for kind, protocol in ((socket.SOCK_STREAM, socket.IPPROTO_TCP), (socket.SOCK_DGRAM, socket.IPPROTO_UDP)):
            with self.subTest(kind=kind):
                self.assertEqual([entry[1:3] for entry in socket.getaddrinfo(HOST, 80, type=kind)], [(kind, protocol)])

    def test_a_protocol_selects(self):
        entries = socket.getaddrinfo(HOST, 80, proto=socket.IPPROTO_UDP)
        self.assertEqual([entry[1:3] for entry in entries], [(socket.SOCK_DGRAM, socket.IPPROTO_UDP)])

    def test_no_port_means_no_service_to_check(self):
        entries = socket.getaddrinfo(HOST, None, type=socket.SOCK_RAW)
        self.assertEqual([entry[1] for entry in entries], [socket.SOCK_RAW])

    def test_a_service_needs_a_type_that_has_ports(self):
        self.assertLookupFails(SERVICE, HOST, 80, type=socket.SOCK_RAW)

    def test_an_address_of_the_other_family(self):
        text = (socket.EAI_ADDRFAMILY, "Address family for hostname not supported")
        self.assertLookupFails(text, HOST, 80, socket.AF_INET6)
        self.assertLookupFails(text, HOST6, 80, socket.AF_INET)

    def test_an_unknown_family(self):
        for family in (socket.AF_UNIX, 12345, -1):
            with self.subTest(family=family):
                self.assertLookupFails((socket.EAI_FAMILY, "ai_family not supported"), HOST, 80, family)

    def test_an_unknown_type(self):
        self.assertLookupFails((socket.EAI_SOCKTYPE, "ai_socktype not supported"), HOST, 80, type=77)

    def test_a_type_and_a_protocol_that_do_not_match(self):
        self.assertLookupFails((socket.EAI_SOCKTYPE, "ai_socktype not supported"), HOST, 80, type=socket.SOCK_STREAM,
                               proto=socket.IPPROTO_UDP)


class FlagsTest(LookupTestCase):
    def test_a_numeric_host_only(self):
        self.assertEqual(tcp(HOST, 80, flags=socket.AI_NUMERICHOST), [TCP4 + ((HOST, 80),)])
        self.assertLookupFails(NONAME, "localhost", 80, flags=socket.AI_NUMERICHOST)

    def test_a_numeric_service_only(self):
        self.assertEqual(tcp(HOST, "80", flags=socket.AI_NUMERICSERV), [TCP4 + ((HOST, 80),)])
        self.assertLookupFails(NONAME, HOST, "http", flags=socket.AI_NUMERICSERV)

    def test_no_service_at_all_counts_as_numeric(self):
        self.assertEqual(tcp("localhost", None, flags=socket.AI_NUMERICSERV), tcp("localhost", None))

    def test_the_canonical_name(self):
        self.assertEqual([entry[3] for entry in tcp(HOST, 80, flags=socket.AI_CANONNAME)], [HOST])
        self.assertIsInstance(tcp("localhost", 80, flags=socket.AI_CANONNAME)[0][3], str)
        self.assertNotEqual(tcp("localhost", 80, flags=socket.AI_CANONNAME)[0][3], "")

    def test_the_canonical_name_of_no_host(self):
        self.assertLookupFails((socket.EAI_BADFLAGS, "Bad value for ai_flags"), None, 80, flags=socket.AI_CANONNAME)

    def test_ipv4_mapped_to_ipv6(self):
        entries = socket.getaddrinfo(HOST, 80, socket.AF_INET6, socket.SOCK_STREAM, flags=socket.AI_V4MAPPED)
        self.assertEqual([entry[4] for entry in entries], [("::ffff:127.0.0.1", 80, 0, 0)])

    def test_passive_changes_nothing_for_a_host(self):
        self.assertEqual(tcp(HOST, 80, flags=socket.AI_PASSIVE), tcp(HOST, 80))

    def test_a_flag_that_does_not_exist(self):
        self.assertLookupFails((socket.EAI_BADFLAGS, "Bad value for ai_flags"), HOST, 80, flags=0x4000000)


class ScopeTest(LookupTestCase):
    """IPv6 addresses that say their interface."""

    def address(self, host):
        entries = socket.getaddrinfo(host, 1234, socket.AF_INET6, socket.SOCK_DGRAM, socket.IPPROTO_UDP)
        self.assertEqual(len(entries), 1)
        return entries[0][4]

    def test_an_interface_by_name(self):
        for index, name in socket.if_nameindex():
            for host in ("ff02::1de:c0:face:8D", "fe80::1"):
                with self.subTest(host=host, name=name):
                    self.assertEqual(self.address("%s%%%s" % (host, name)), (host.lower(), 1234, 0, index))

    def test_an_interface_by_number(self):
        for index in (1, 42):
            with self.subTest(index=index):
                self.assertEqual(self.address("fe80::1%%%d" % index), ("fe80::1", 1234, 0, index))

    def test_an_interface_that_does_not_exist(self):
        self.assertLookupFails(NONAME, "fe80::1%no-such-if", 1234)

    def test_only_link_local_addresses_have_an_interface(self):
        for host in ("::1%lo", "127.0.0.1%lo"):
            with self.subTest(host=host):
                self.assertLookupFails(NONAME, host, 1234)


if __name__ == "__main__":
    unittest.main()
