"""Hosts, services and protocols by name and number."""

import os
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, SocketTestCase

UNKNOWN = "not a name.invalid"


class HostsTest(SocketTestCase):
    def test_gethostname(self):
        name = socket.gethostname()
        self.assertIs(type(name), str)
        self.assertEqual(name, os.uname()[1])
        self.assertSays(TypeError, "gethostname() takes no arguments (1 given)", socket.gethostname, 1)

    def test_gethostbyname(self):
        self.assertEqual(socket.gethostbyname("localhost"), HOST)
        self.assertEqual(socket.gethostbyname(u"localhost"), HOST)
        self.assertEqual(socket.gethostbyname("100.50.200.5"), "100.50.200.5")
        self.assertEqual(socket.gethostbyname(""), "0.0.0.0")
        self.assertEqual(socket.gethostbyname("<broadcast>"), "255.255.255.255")
        self.assertRaises(TypeError, socket.gethostbyname, 5)
        self.assertRaises(TypeError, socket.gethostbyname)

    def test_gethostbyname_ex(self):
        name, aliases, addresses = socket.gethostbyname_ex("localhost")
        self.assertIs(type(name), str)
        self.assertIs(type(aliases), list)
        self.assertIn(HOST, addresses)
        self.assertEqual(socket.gethostbyname_ex(HOST), (HOST, [], [HOST]))

    def test_gethostbyaddr(self):
        name, aliases, addresses = socket.gethostbyaddr(HOST)
        self.assertEqual(name, "localhost")
        self.assertIs(type(aliases), list)
        self.assertEqual(addresses, [HOST])

    def test_an_address_that_has_no_name(self):
        with self.assertRaises(socket.herror) as caught:
            socket.gethostbyaddr("0.0.0.1")
        self.assertEqual(len(caught.exception.args), 2)
        self.assertIs(type(caught.exception), socket.herror)

    def test_getfqdn(self):
        self.assertEqual(socket.getfqdn(HOST), socket.gethostbyaddr(HOST)[0])
        self.assertEqual(socket.getfqdn(UNKNOWN), UNKNOWN)
        self.assertEqual(socket.getfqdn(), socket.getfqdn(socket.gethostname()))
        self.assertEqual(socket.getfqdn("0.0.0.0"), socket.getfqdn())

    def test_unknown(self):
        for call in socket.gethostbyname, socket.gethostbyname_ex, socket.gethostbyaddr:
            with self.assertRaises(socket.gaierror) as caught:
                call(UNKNOWN)
            self.assertIs(type(caught.exception), socket.gaierror)
            number, text = caught.exception.args
            self.assertIn(number, (socket.EAI_NONAME, socket.EAI_AGAIN))
            self.assertIs(type(text), str)


class GetaddrinfoTest(SocketTestCase):
    def test_structure(self):
        for entry in socket.getaddrinfo("localhost", 80):
            family, kind, proto, name, address = entry
            self.assertIs(type(entry), tuple)
            self.assertEqual(map(type, (family, kind, proto, name)), [int, int, int, str])
            self.assertIs(type(address[0]), str)
            self.assertEqual(address[1], 80)

    def test_a_number(self):
        self.assertEqual(socket.getaddrinfo(HOST, 80, 0, socket.SOCK_STREAM),
                         [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (HOST, 80))])
        kinds = [(entry[1], entry[2]) for entry in socket.getaddrinfo(HOST, 80)]
        self.assertIn((socket.SOCK_STREAM, socket.IPPROTO_TCP), kinds)
        self.assertIn((socket.SOCK_DGRAM, socket.IPPROTO_UDP), kinds)

    def test_over_ipv6(self):
        self.assertEqual(socket.getaddrinfo(HOST6, 80, socket.AF_INET6, socket.SOCK_STREAM),
                         [(socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (HOST6, 80, 0, 0))])

    def test_services(self):
        for service in "http", "80", 80, 80L:
            found = socket.getaddrinfo(HOST, service, socket.AF_INET, socket.SOCK_STREAM)
            self.assertEqual(found[0][4], (HOST, 80))
        self.assertEqual(socket.getaddrinfo(HOST, None, 0, socket.SOCK_STREAM)[0][4], (HOST, 0))

    def test_no_host(self):
        addresses = [entry[4][0] for entry in socket.getaddrinfo(None, 0, 0, socket.SOCK_STREAM, 0, socket.AI_PASSIVE)]
        self.assertIn("0.0.0.0", addresses)
        addresses = [entry[4][0] for entry in socket.getaddrinfo(None, 80, socket.AF_INET, socket.SOCK_STREAM)]
        self.assertEqual(addresses, [HOST])

    def test_each_filter(self):
        for entry in socket.getaddrinfo("localhost", None, socket.AF_INET):
            self.assertEqual(entry[0], socket.AF_INET)
        for entry in socket.getaddrinfo("localhost", None, 0, socket.SOCK_DGRAM):
            self.assertEqual(entry[1], socket.SOCK_DGRAM)
        for entry in socket.getaddrinfo("localhost", None, 0, 0, socket.IPPROTO_TCP):
            self.assertEqual(entry[2], socket.IPPROTO_TCP)

    def test_canonical_name(self):
        found = socket.getaddrinfo(HOST, 80, 0, socket.SOCK_STREAM, 0, socket.AI_CANONNAME)
        self.assertEqual(found[0][3], HOST)

    def test_unicode_hosts(self):
        self.assertEqual(socket.getaddrinfo(u"127.0.0.1", 80), socket.getaddrinfo("127.0.0.1", 80))

    def test_names_beyond_ascii_are_encoded_by_idna(self):
        with self.assertRaises(socket.gaierror):
            socket.getaddrinfo(u"b\xfccher.invalid", 80)
        with self.assertRaises(UnicodeError):
            socket.getaddrinfo(u"\u2620" * 70, 80)

    def test_refused(self):
        wrong = "getaddrinfo() argument 2 must be integer or string"
        for service in 1.5, u"http", []:
            with self.assertRaises(socket.error) as caught:
                socket.getaddrinfo(HOST, service)
            self.assertEqual(caught.exception.args, (wrong,))
        self.assertSays(TypeError, "getaddrinfo() argument 1 must be string or None", socket.getaddrinfo, 5, 5)
        self.assertRaises(OverflowError, socket.getaddrinfo, HOST, 1 << 70)
        self.assertRaises(TypeError, socket.getaddrinfo, HOST)
        self.assertRaises(TypeError, lambda: socket.getaddrinfo(host=HOST, port=80))
        with self.assertRaises(socket.gaierror):
            socket.getaddrinfo(None, None)

    def test_unknown(self):
        with self.assertRaises(socket.gaierror) as caught:
            socket.getaddrinfo(UNKNOWN, 80)
        self.assertIn(caught.exception.args[0], (socket.EAI_NONAME, socket.EAI_AGAIN))
        with self.assertRaises(socket.gaierror) as caught:
            socket.getaddrinfo(HOST, "no such service")
        self.assertEqual(caught.exception.args[0], socket.EAI_SERVICE)
        with self.assertRaises(socket.gaierror) as caught:
            socket.getaddrinfo("localhost", 80, 0, 0, 0, socket.AI_NUMERICHOST)
        self.assertEqual(caught.exception.args, (socket.EAI_NONAME, "Name or service not known"))


class GetnameinfoTest(SocketTestCase):
    NUMBERS = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV

    def test_names(self):
        self.assertEqual(socket.getnameinfo((HOST, 80), 0), ("localhost", "http"))

    def test_numbers(self):
        self.assertEqual(socket.getnameinfo((HOST, 80), self.NUMBERS), (HOST, "80"))
        self.assertEqual(socket.getnameinfo((HOST6, 80, 0, 0), self.NUMBERS), (HOST6, "80"))
        self.assertEqual(socket.getnameinfo((HOST, 80), socket.NI_NUMERICHOST), (HOST, "http"))
        self.assertEqual(socket.getnameinfo((HOST, 80), socket.NI_NUMERICSERV), ("localhost", "80"))

    def test_refused(self):
        self.assertSays(TypeError, "getnameinfo() argument 1 must be a tuple", socket.getnameinfo, 522, 0)
        self.assertRaises(TypeError, socket.getnameinfo, (), 0)
        self.assertRaises(TypeError, socket.getnameinfo, (HOST, 80))
        self.assertSays(OverflowError, "getsockaddrarg: flowinfo must be 0-1048575.",
                        socket.getnameinfo, (HOST6, 80, 1 << 21, 0), 0)

    def test_unknown(self):
        with self.assertRaises(socket.gaierror):
            socket.getnameinfo((UNKNOWN, 0), 0)


class ServicesTest(SocketTestCase):
    def test_by_name(self):
        self.assertEqual(socket.getservbyname("http"), 80)
        self.assertEqual(socket.getservbyname("http", "tcp"), 80)
        self.assertEqual(socket.getservbyname("domain", "udp"), 53)

    def test_by_port(self):
        self.assertEqual(socket.getservbyport(80), "http")
        self.assertEqual(socket.getservbyport(80, "tcp"), "http")
        self.assertEqual(socket.getservbyport(53, "udp"), "domain")

    def test_unknown(self):
        for call, arguments, text in ((socket.getservbyname, ("no such",), "service/proto not found"),
                                      (socket.getservbyname, ("http", "no such"), "service/proto not found"),
                                      (socket.getservbyport, (65535,), "port/proto not found"),
                                      (socket.getservbyport, (80, "no such"), "port/proto not found")):
            with self.assertRaises(socket.error) as caught:
                call(*arguments)
            self.assertEqual(caught.exception.args, (text,))
            self.assertIs(type(caught.exception), socket.error)

    def test_refused(self):
        for port in -1, 65536:
            self.assertSays(OverflowError, "getservbyport: port must be 0-65535.", socket.getservbyport, port)
        self.assertRaises(TypeError, socket.getservbyname, 80)
        self.assertRaises(TypeError, socket.getservbyport, "80")


class ProtocolsTest(SocketTestCase):
    def test_by_name(self):
        for name in "icmp", "tcp", "udp":
            self.assertEqual(socket.getprotobyname(name), getattr(socket, "IPPROTO_" + name.upper()))

    def test_unknown(self):
        with self.assertRaises(socket.error) as caught:
            socket.getprotobyname("no such")
        self.assertEqual(caught.exception.args, ("protocol not found",))
        self.assertRaises(TypeError, socket.getprotobyname, 6)


if __name__ == "__main__":
    unittest.main()
