"""inet_aton, inet_ntoa, inet_pton and inet_ntop: addresses as text and as bytes in network order."""

import array
import errno
import socket
import unittest

from support.refusals import RefusalTestCase

ILLEGAL_FOR_ATON = "illegal IP address string passed to inet_aton"
ILLEGAL_FOR_PTON = "illegal IP address string passed to inet_pton"

QUADS = {
    "0.0.0.0": b"\x00\x00\x00\x00",
    "1.2.3.4": b"\x01\x02\x03\x04",
    "127.0.0.1": b"\x7f\x00\x00\x01",
    "170.85.170.85": b"\xaa\x55\xaa\x55",
    "192.0.2.254": b"\xc0\x00\x02\xfe",
    "255.0.255.0": b"\xff\x00\xff\x00",
    "255.255.255.255": b"\xff\xff\xff\xff",
}

IPV6 = {
    "::": bytes(16),
    "::1": bytes(15) + b"\x01",
    "1::": b"\x00\x01" + bytes(14),
    "12:a::": b"\x00\x12\x00\x0a" + bytes(12),
    "fe80::1": b"\xfe\x80" + bytes(13) + b"\x01",
    "ad42:abc::127:0:254:2": b"\xad\x42\x0a\xbc" + bytes(4) + b"\x01\x27\x00\x00\x02\x54\x00\x02",
    "aef:b01:506:1001:ffff:9997:55:170": b"\x0a\xef\x0b\x01\x05\x06\x10\x01\xff\xff\x99\x97\x00\x55\x01\x70",
    "45ef:76cb:1a:56ef:afeb:bac:1924:aeae": b"\x45\xef\x76\xcb\x00\x1a\x56\xef\xaf\xeb\x0b\xac\x19\x24\xae\xae",
    "::ffff:192.0.2.1": bytes(10) + b"\xff\xff\xc0\x00\x02\x01",
    "::254.42.23.64": bytes(12) + b"\xfe\x2a\x17\x40",
}
"""Addresses in the form in which inet_ntop gives them back."""


class InetAtonTest(RefusalTestCase):
    def test_a_dotted_quad_becomes_four_bytes(self):
        for text, packed in QUADS.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_aton(text), packed)

    def test_the_short_forms_of_bsd_are_understood(self):
        for text, packed in (("127.1", b"\x7f\x00\x00\x01"), ("1.2.772", b"\x01\x02\x03\x04"),
                             ("1", b"\x00\x00\x00\x01"), ("4294967295", b"\xff\xff\xff\xff"),
                             ("0x7f.1", b"\x7f\x00\x00\x01"), ("017.0.0.010", b"\x0f\x00\x00\x08")):
            with self.subTest(text=text):
                self.assertEqual(socket.inet_aton(text), packed)

    def test_what_follows_white_space_is_ignored(self):
        self.assertEqual(socket.inet_aton("1.2.3.4 and more"), b"\x01\x02\x03\x04")
        self.assertEqual(socket.inet_aton("1.2.3.4\n"), b"\x01\x02\x03\x04")

    def test_text_that_is_no_address_is_refused(self):
        for text in ("", " 1.2.3.4", "0.0.0.", "300.0.0.0", "a.0.0.0", "1.2.3.4.5", "1.2.3.4x", "1..2", ".1",
                     "4294967296", "::1", "0x", "-1", "é"):
            with self.subTest(text=text):
                self.assertRefused(OSError, ILLEGAL_FOR_ATON, socket.inet_aton, text)

    def test_the_error_has_no_errno(self):
        with self.assertRaises(OSError) as caught:
            socket.inet_aton("x")
        self.assertIsNone(caught.exception.errno)

    def test_an_embedded_null_is_refused(self):
        self.assertRefused(ValueError, "embedded null character", socket.inet_aton, "1.2.3.4\0")

    def test_only_str_is_an_address(self):
        for value, name in ((b"1.2.3.4", "bytes"), (None, "None"), (1, "int"), (bytearray(b"1.2.3.4"), "bytearray")):
            with self.subTest(value=value):
                self.assertRefused(TypeError, "inet_aton() argument 1 must be str, not %s" % name, socket.inet_aton,
                                   value)

    def test_one_argument(self):
        self.assertRaises(TypeError, socket.inet_aton)
        self.assertRaises(TypeError, socket.inet_aton, "1.2.3.4", "1.2.3.4")


class InetNtoaTest(RefusalTestCase):
    def test_four_bytes_become_a_dotted_quad(self):
        for text, packed in QUADS.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_ntoa(packed), text)

    def test_any_buffer_of_four_bytes_will_do(self):
        for value in (bytearray(b"\xaa\x55\xaa\x55"), memoryview(b"\xaa\x55\xaa\x55"), array.array("B", [170, 85] * 2),
                      array.array("H", b"\xaa\x55\xaa\x55")):
            with self.subTest(value=value):
                self.assertEqual(socket.inet_ntoa(value), "170.85.170.85")

    def test_another_length_is_refused(self):
        for length in (0, 3, 5, 16):
            with self.subTest(length=length):
                self.assertRefused(OSError, "packed IP wrong length for inet_ntoa", socket.inet_ntoa, bytes(length))

    def test_what_is_no_buffer_is_refused(self):
        for value in ("abcd", None, 1):
            with self.subTest(value=value):
                self.assertNotBytesLike(value, socket.inet_ntoa, value)


class InetPtonTest(RefusalTestCase):
    def test_a_dotted_quad_becomes_four_bytes(self):
        for text, packed in QUADS.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_pton(socket.AF_INET, text), packed)

    def test_ipv6_text_becomes_sixteen_bytes(self):
        for text, packed in IPV6.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_pton(socket.AF_INET6, text), packed)

    def test_other_spellings_of_ipv6_are_understood(self):
        for text, packed in (("0::0", bytes(16)), ("0:0:0:0:0:0:0:0", bytes(16)),
                             ("FE80::00A1", b"\xfe\x80" + bytes(13) + b"\xa1"),
                             ("42::a29b:254.42.23.64", b"\x00\x42" + bytes(8) + b"\xa2\x9b\xfe\x2a\x17\x40"),
                             ("42:a8b9:0:2:ffff:a29b:254.42.23.64",
                              b"\x00\x42\xa8\xb9\x00\x00\x00\x02\xff\xff\xa2\x9b\xfe\x2a\x17\x40")):
            with self.subTest(text=text):
                self.assertEqual(socket.inet_pton(socket.AF_INET6, text), packed)

    def test_text_that_is_no_ipv4_address_is_refused(self):
        for text in ("", "0.0.0.", "300.0.0.0", "a.0.0.0", "1.2.3.4.5", "::1", "127.1", "1.2.3.4 ", "01.2.3.4",
                     "0x1.2.3.4", "é"):
            with self.subTest(text=text):
                self.assertRefused(OSError, ILLEGAL_FOR_PTON, socket.inet_pton, socket.AF_INET, text)

    def test_text_that_is_no_ipv6_address_is_refused(self):
        for text in ("", ":", ":::", "::0::", "0x20::", "1::abc::", "1::abc::def", "1:2:3:4:5:6", "1:2:3:4:5:6:",
                     "1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:8:0", "12345::", "g::", "1.2.3.4", "255.254.253.252",
                     "1::260.2.3.0", "1::0.be.e.0", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:0", "0.100.200.0:3:4:5:6:7:8",
                     "fe80::1%lo", "[::1]", "::1 "):
            with self.subTest(text=text):
                self.assertRefused(OSError, ILLEGAL_FOR_PTON, socket.inet_pton, socket.AF_INET6, text)

    def test_another_family_is_not_supported(self):
        for family in (socket.AF_UNSPEC, socket.AF_UNIX, 9999, -1):
            with self.subTest(family=family):
                self.assertSystemError(errno.EAFNOSUPPORT, socket.inet_pton, family, "::1")

    def test_an_embedded_null_is_refused(self):
        self.assertRefused(ValueError, "embedded null character", socket.inet_pton, socket.AF_INET, "1.2.3.4\0")

    def test_only_str_is_an_address(self):
        for value, name in ((b"1.2.3.4", "bytes"), (None, "None"), (1, "int")):
            with self.subTest(value=value):
                self.assertRefused(TypeError, "inet_pton() argument 2 must be str, not %s" % name, socket.inet_pton,
                                   socket.AF_INET, value)

    def test_only_an_integer_is_a_family(self):
        for value in ("2", None, 2.0):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, socket.inet_pton, value, "1.2.3.4")

    def test_a_family_outside_of_a_c_int_is_refused(self):
        self.assertAboveInt(socket.inet_pton, 2 ** 31, "::1")

    def test_two_arguments(self):
        self.assertRaises(TypeError, socket.inet_pton, socket.AF_INET)
        self.assertRaises(TypeError, socket.inet_pton, socket.AF_INET, "1.2.3.4", 0)


class InetNtopTest(RefusalTestCase):
    def test_four_bytes_become_a_dotted_quad(self):
        for text, packed in QUADS.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_ntop(socket.AF_INET, packed), text)

    def test_sixteen_bytes_become_ipv6_text(self):
        for text, packed in IPV6.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_ntop(socket.AF_INET6, packed), text)

    def test_any_buffer_will_do(self):
        self.assertEqual(socket.inet_ntop(socket.AF_INET, bytearray(b"\xaa\x55\xaa\x55")), "170.85.170.85")
        self.assertEqual(socket.inet_ntop(socket.AF_INET, memoryview(b"\xaa\x55\xaa\x55")), "170.85.170.85")
        self.assertEqual(socket.inet_ntop(socket.AF_INET6, bytearray(IPV6["::1"])), "::1")

    def test_another_length_is_refused(self):
        for family, lengths in ((socket.AF_INET, (0, 3, 5, 16)), (socket.AF_INET6, (0, 4, 15, 17))):
            for length in lengths:
                with self.subTest(family=family, length=length):
                    self.assertRefused(ValueError, "invalid length of packed IP address string", socket.inet_ntop,
                                       family, bytes(length))

    def test_another_family_is_unknown(self):
        for family in (socket.AF_UNSPEC, socket.AF_UNIX, 9999, -1):
            with self.subTest(family=family):
                self.assertRefused(ValueError, "unknown address family %d" % family, socket.inet_ntop, family, bytes(4))

    def test_what_is_no_buffer_is_refused(self):
        for value in ("abcd", None, 1):
            with self.subTest(value=value):
                self.assertNotBytesLike(value, socket.inet_ntop, socket.AF_INET, value)

    def test_only_an_integer_is_a_family(self):
        for value in ("2", None, 2.0):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, socket.inet_ntop, value, bytes(4))

    def test_two_arguments(self):
        self.assertRaises(TypeError, socket.inet_ntop, socket.AF_INET)
        self.assertRaises(TypeError, socket.inet_ntop, socket.AF_INET, bytes(4), 0)


if __name__ == "__main__":
    unittest.main()
