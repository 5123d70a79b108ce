"""Byte order, and addresses as text and as bytes."""

import errno
import socket
import unittest

from support import SocketTestCase


class ByteOrderTest(SocketTestCase):
    def test_there_and_back(self):
        for there, back, bits in ((socket.htonl, socket.ntohl, 32), (socket.htons, socket.ntohs, 16)):
            mask = (1 << bits) - 1
            for value in 0, 1, 0xFFFF & ~mask, 0x1234, 0xFFFFFFFF & mask, 0xFFFE0001 & mask:
                self.assertEqual(back(there(value)), value)
                self.assertEqual(there(value) & ~mask, 0)
                self.assertEqual(there(back(value)), value)

    def test_network_order_is_big_endian(self):
        # The machines that this runs on are little-endian, whatever the order of Python's struct module.
        self.assertEqual(socket.htonl(0x01020304), 0x04030201)
        self.assertEqual(socket.htons(0x0102), 0x0201)

    def test_kinds(self):
        self.assertIs(type(socket.htonl(1)), long)
        self.assertIs(type(socket.ntohl(1)), long)
        self.assertIs(type(socket.htons(1)), int)
        self.assertIs(type(socket.ntohs(1)), int)

    def test_high_bits_of_short_numbers_are_lost(self):
        self.assertEqual(socket.htons(0x10001), 0x0100)
        self.assertEqual(socket.ntohs(0x10001), 0x0100)

    def test_too_large(self):
        for call in socket.htonl, socket.ntohl, socket.htons, socket.ntohs:
            # Of an int, which may have 64 bits, htonl takes the low 32: so these are long.
            for value in 1L << 32, 1L << 34, 1L << 70, -1L, -(1L << 40):
                self.assertRaises(OverflowError, call, value)
        self.assertSays(OverflowError, "can't convert negative number to unsigned long", socket.htonl, -1)
        self.assertSays(OverflowError, "can't convert negative number to unsigned long", socket.ntohs, -1)

    def test_refused(self):
        self.assertSays(TypeError, "expected int/long, str found", socket.htonl, "1")
        self.assertSays(TypeError, "expected int/long, float found", socket.ntohl, 1.5)
        for call in socket.htons, socket.ntohs:
            self.assertSays(TypeError, "an integer is required", call, "1")
            self.assertRaises(TypeError, call, 1.5)


class Ipv4TextTest(SocketTestCase):
    TEXTS = (
        ("0.0.0.0", "\0\0\0\0"),
        ("255.255.255.255", "\xff\xff\xff\xff"),
        ("100.50.200.5", "\x64\x32\xc8\x05"),
        ("170.170.170.170", "\xaa\xaa\xaa\xaa"),
    )

    def test_both_ways(self):
        for text, packed in self.TEXTS:
            self.assertEqual(socket.inet_aton(text), packed)
            self.assertEqual(socket.inet_ntoa(packed), text)
            self.assertEqual(socket.inet_pton(socket.AF_INET, text), packed)
            self.assertEqual(socket.inet_ntop(socket.AF_INET, packed), text)
            self.assertEqual(socket.inet_aton(unicode(text)), packed)

    def test_what_the_C_library_also_takes(self):
        for text, packed in (("1.2.3", "\1\2\0\3"), ("1.2", "\1\0\0\2"), ("7", "\0\0\0\7"), ("0x7f.1", "\x7f\0\0\1"),
                             ("010.0.0.1", "\x08\0\0\1")):
            self.assertEqual(socket.inet_aton(text), packed)

    def test_inet_pton_is_strict(self):
        for text in "1.2.3", "7", "", "0x7f.0.0.1", "1.2.3.256", "1.2.3.4.5", "a":
            with self.assertRaises(socket.error) as caught:
                socket.inet_pton(socket.AF_INET, text)
            self.assertEqual(caught.exception.args, ("illegal IP address string passed to inet_pton",))

    def test_refused(self):
        for text in "", "a", "1.2.3.256", "1.2.3.4.5", ":":
            with self.assertRaises(socket.error) as caught:
                socket.inet_aton(text)
            self.assertEqual(caught.exception.args, ("illegal IP address string passed to inet_aton",))
        for packed in "", "abc", "abcde":
            with self.assertRaises(socket.error) as caught:
                socket.inet_ntoa(packed)
            self.assertEqual(caught.exception.args, ("packed IP wrong length for inet_ntoa",))
        self.assertRaises(TypeError, socket.inet_aton, 5)
        self.assertRaises(TypeError, socket.inet_ntoa, 5)


class Ipv6TextTest(SocketTestCase):
    TEXTS = (
        ("::", "\0" * 16),
        ("::1", "\0" * 15 + "\1"),
        ("5aef:2b::8", "\x5a\xef\0\x2b" + "\0" * 11 + "\x08"),
        ("1080::8:800:200c:417a", "\x10\x80\0\0\0\0\0\0\0\x08\x08\0\x20\x0c\x41\x7a"),
        ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "\xff" * 16),
        ("::ffff:1.2.3.4", "\0" * 10 + "\xff\xff\1\2\3\4"),
    )

    def test_both_ways(self):
        for text, packed in self.TEXTS:
            self.assertEqual(socket.inet_pton(socket.AF_INET6, text), packed)
            self.assertEqual(socket.inet_ntop(socket.AF_INET6, packed), text)

    def test_refused(self):
        for text in "", "::g", ":::", "1", "1:2:3:4:5:6:7:8:9", "::ffff:1.2.3.256", "12345::", "1.2.3.4":
            with self.assertRaises(socket.error) as caught:
                socket.inet_pton(socket.AF_INET6, text)
            self.assertEqual(caught.exception.args, ("illegal IP address string passed to inet_pton",))

    def test_lengths(self):
        for family, packed in ((socket.AF_INET, "abc"), (socket.AF_INET, "a" * 16), (socket.AF_INET6, "abcd"),
                               (socket.AF_INET6, "")):
            self.assertSays(ValueError, "invalid length of packed IP address string", socket.inet_ntop, family, packed)

    def test_other_families(self):
        self.assertSays(ValueError, "unknown address family 99", socket.inet_ntop, 99, "abcd")
        self.assertErrno(errno.EAFNOSUPPORT, socket.inet_pton, 99, "1.2.3.4")


if __name__ == "__main__":
    unittest.main()
