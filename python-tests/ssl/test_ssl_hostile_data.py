"""Certificates, revocation lists and keys that are made to hurt who reads them. Each is refused, and soon."""

import base64
import ssl
import time
import unittest

from support.certificates import text_file
from support.der import integer, octet_string, sequence, tagged
from support.tls import folder

SOON = 20
"""Seconds. What takes time in the square of its length takes minutes."""

DEEP = 60_000


def pem(label, der):
    """As that of `support.der`, for megabytes."""
    return "-----BEGIN %s-----\n%s-----END %s-----\n" % (label, base64.encodebytes(der).decode("ascii"), label)


def nested(tag, length=DEEP):
    deep = b""
    while len(deep) < length:
        deep = tagged(tag, deep)
    return deep


def endless(levels=DEEP // 2):
    """Values without a length, each in the one before: X.690, 8.1.3.6."""
    return b"\x30\x80" * levels + b"\0\0" * levels


DEEP_VALUES = {
    "sequences": nested(0x30),
    "sets": nested(0x31),
    "contexts": nested(0xA0),
    "without lengths": endless(),
    "without ends": b"\x30\x80" * (DEEP // 2),
    "in a certificate": sequence(sequence(nested(0x30)), sequence(), tagged(0x03, b"\0")),
}


class HostileDataTest(unittest.TestCase):
    def setUp(self):
        self.began = time.monotonic()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def tearDown(self):
        self.assertLess(time.monotonic() - self.began, SOON)

    def assertTold(self, text, function, *arguments, **keywords):
        with self.assertRaises(ssl.SSLError) as caught:
            function(*arguments, **keywords)
        self.assertIs(type(caught.exception), ssl.SSLError)
        self.assertIn(text, str(caught.exception))

    def each(self):
        for name, value in DEEP_VALUES.items():
            with self.subTest(name):
                yield value

    def test_deep_der(self):
        for deep in self.each():
            self.assertTold("not enough data", self.context.load_verify_locations, cadata=deep)

    def test_deep_pem(self):
        for deep in self.each():
            self.assertTold("no start line", self.context.load_verify_locations, cadata=pem("CERTIFICATE", deep))

    def test_deep_files(self):
        for deep in self.each():
            for label in ("CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL"):
                path = text_file(folder(), pem(label, deep))
                self.assertTold("PEM lib", self.context.load_verify_locations, path)

    def test_deep_chains_and_keys(self):
        for deep in self.each():
            for label in ("CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
                         "ENCRYPTED PRIVATE KEY"):
                path = text_file(folder(), pem(label, deep))
                self.assertTold("PEM lib", self.context.load_cert_chain, path, password="x")

    def test_deep_certificate_to_describe(self):
        for deep in self.each():
            path = text_file(folder(), pem("CERTIFICATE", deep))
            self.assertTold("Error decoding PEM-encoded file", ssl._ssl._test_decode_cert, path)

    def test_many_empty_lines(self):
        text = "-----BEGIN CERTIFICATE-----\n" + "\n" * 1_000_000 + "-----END CERTIFICATE-----\n"
        self.assertTold("no start line", self.context.load_verify_locations, cadata=text)

    def test_many_lines_without_an_end(self):
        text = "-----BEGIN CERTIFICATE-----\n" + "a: b\n\n" * 300_000
        self.assertTold("no start line", self.context.load_verify_locations, cadata=text)

    def test_large_numbers(self):
        large = tagged(0x02, b"\x7f" * 3_000_000)
        nested = sequence(sequence(large, sequence(), sequence()))
        for body in (sequence(large), nested, tagged(0x06, b"\xff" * 3_000_000)):
            self.assertTold("not enough data", self.context.load_verify_locations, cadata=sequence(body))

    def test_key_that_is_too_dear(self):
        # scrypt with two gigabytes.
        parameters = sequence(octet_string(b"saltsalt"), integer(1 << 21), integer(8), integer(1))
        derivation = sequence(bytes.fromhex("06092b06010401da47040b"), parameters)
        cipher = sequence(bytes.fromhex("060960864801650304012a"), octet_string(bytes(16)))
        scheme = sequence(bytes.fromhex("06092a864886f70d01050d"), sequence(derivation, cipher))
        path = text_file(folder(), pem("ENCRYPTED PRIVATE KEY", sequence(scheme, octet_string(bytes(64)))))
        self.assertRaises(ssl.SSLError, self.context.load_cert_chain, path, password="x")


if __name__ == "__main__":
    unittest.main()
