"""Certificates as Python sees them: `getpeercert`, PEM and DER, times, chains, and `ssl.get_server_certificate`."""

import datetime
import os
import socket
import ssl
import time
import unittest

import _ssl
from support import HAS_IPV6, LIMIT, certificates
from support.certificates import authority, localhost, now, text_file
from support.tls import BioPair, TlsServer, TlsTestCase, echo, folder, server_context, unverifying_context

AUTHORITY = (
    (("countryName", "XY"),),
    (("organizationName", "PySockets tests"),),
    (("commonName", "Test CA"),),
)


def decoded(certificate):
    """The certificate as the module describes it."""
    return _ssl._test_decode_cert(text_file(folder(), certificate.pem))


def issued(*arguments, **keywords):
    return decoded(authority().issue(*arguments, **keywords))


class DescriptionTest(unittest.TestCase):
    def test_a_plain_certificate(self):
        begin = datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
        end = datetime.datetime(2049, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)
        description = issued("localhost", names=["localhost"], serial=0xC0FFEE, not_before=begin, not_after=end)
        expected = {
            "subject": ((("commonName", "localhost"),),),
            "issuer": AUTHORITY,
            "version": 3,
            "serialNumber": "C0FFEE",
            "notBefore": "Feb  3 04:05:06 2001 GMT",
            "notAfter": "Dec 31 23:59:59 2049 GMT",
            "subjectAltName": (("DNS", "localhost"),),
        }
        self.assertEqual(description, expected)
        self.assertEqual(list(description), list(expected))

    def test_times_beyond_two_digits_of_the_year(self):
        end = datetime.datetime(2050, 1, 1, tzinfo=datetime.timezone.utc)
        self.assertEqual(issued("x", not_after=end)["notAfter"], "Jan  1 00:00:00 2050 GMT")

    def test_each_part_of_a_name(self):
        subject = [
            ("C", "XY"),
            ("ST", "State"),
            ("L", "Place"),
            ("O", "Company"),
            ("OU", "Unit"),
            ("CN", "b\xfccher.test"),
            ("emailAddress", "user@example.org"),
        ]
        self.assertEqual(
            issued("", subject=subject)["subject"],
            (
                (("countryName", "XY"),),
                (("stateOrProvinceName", "State"),),
                (("localityName", "Place"),),
                (("organizationName", "Company"),),
                (("organizationalUnitName", "Unit"),),
                (("commonName", "b\xfccher.test"),),
                (("emailAddress", "user@example.org"),),
            ),
        )

    def test_a_bit_string_in_a_name_is_bytes(self):
        subject = [("CN", "x"), ("x500UniqueIdentifier", b"\x00\xff\x80")]
        self.assertEqual(
            issued("", subject=subject)["subject"],
            ((("commonName", "x"),), (("x500UniqueIdentifier", b"\x00\xff\x80"),)),
        )

    def test_serial_numbers_are_whole_bytes_in_hexadecimal(self):
        for number, text in ((1, "01"), (0x7F, "7F"), (0x80, "80"), (0x100, "0100"), (2**64, "01" + "00" * 8)):
            with self.subTest(number=number):
                self.assertEqual(issued("x", serial=number)["serialNumber"], text)

    def test_each_kind_of_alternative_name(self):
        alternatives = [
            certificates.dns_name("*.example.org"),
            certificates.email_name("user@example.org"),
            certificates.uri_name("https://example.org/"),
            certificates.directory_name(("C", "XY"), ("CN", "a directory's")),
            certificates.registered_id("1.2.3.4.5"),
            certificates.other_name("1.2.3.4", "anything"),
        ]
        description = issued(
            "x", names=["localhost"], addresses=["127.0.0.1", "2001:db8::1"], alternatives=alternatives
        )
        self.assertEqual(
            description["subjectAltName"],
            (
                ("DNS", "localhost"),
                ("IP Address", "127.0.0.1"),
                ("IP Address", "2001:DB8:0:0:0:0:0:1"),
                ("DNS", "*.example.org"),
                ("email", "user@example.org"),
                ("URI", "https://example.org/"),
                ("DirName", ((("countryName", "XY"),), (("commonName", "a directory's"),))),
                ("Registered ID", "1.2.3.4.5"),
                ("othername", "<unsupported>"),
            ),
        )

    def test_nulls_in_names_are_shown(self):
        """So that a program that compares names itself is not deceived."""
        alternatives = [
            certificates.dns_name("good.test\x00evil.test"),
            certificates.email_name("good@test\x00user@evil.test"),
            certificates.uri_name("http://good.test\x00http://evil.test"),
        ]
        description = issued("good.test\x00evil.test", alternatives=alternatives)
        self.assertEqual(description["subject"], ((("commonName", "good.test\x00evil.test"),),))
        self.assertEqual(
            description["subjectAltName"],
            (
                ("DNS", "good.test\x00evil.test"),
                ("email", "good@test\x00user@evil.test"),
                ("URI", "http://good.test\x00http://evil.test"),
            ),
        )

    def test_places_to_ask(self):
        places = [
            certificates.list_at("http://lists.test/1", "http://lists.test/2"),
            certificates.authority_at(["http://ocsp.test"], ["http://issuer.test/1", "http://issuer.test/2"]),
        ]
        description = issued("x", extensions=places)
        self.assertEqual(description["OCSP"], ("http://ocsp.test",))
        self.assertEqual(description["caIssuers"], ("http://issuer.test/1", "http://issuer.test/2"))
        self.assertEqual(description["crlDistributionPoints"], ("http://lists.test/1", "http://lists.test/2"))

    def test_what_is_not_there_has_no_key(self):
        self.assertEqual(
            set(issued("x")), {"subject", "issuer", "version", "serialNumber", "notBefore", "notAfter"}
        )

    def test_a_list_without_a_place(self):
        """A distribution point may name nothing that can be fetched."""
        empty = certificates.extension("2.5.29.31", b"\x30\x02\x30\x00")
        self.assertNotIn("crlDistributionPoints", issued("x", extensions=[empty]))

    def test_files_that_are_not_there_or_no_certificate(self):
        with self.assertRaises(ssl.SSLError) as caught:
            _ssl._test_decode_cert(os.path.join(folder(), "no such file"))
        self.assertEqual(caught.exception.args, ("Can't open file",))
        with self.assertRaises(ssl.SSLError) as caught:
            _ssl._test_decode_cert(text_file(folder(), "no PEM"))
        self.assertEqual(caught.exception.args, ("Error decoding PEM-encoded file",))


class PeerTest(TlsTestCase):
    def test_a_verified_peer_s(self):
        pair = BioPair().connected()
        self.assertEqual(pair.client.getpeercert(), decoded(localhost()))
        self.assertEqual(pair.client.getpeercert(binary_form=True), localhost().der)

    def test_over_sockets(self):
        client, _ = self.tls_pair()
        self.assertEqual(client.getpeercert(), decoded(localhost()))
        self.assertEqual(client.getpeercert(True), localhost().der)

    def test_of_a_peer_that_nobody_verified_only_the_bytes_are_given(self):
        pair = BioPair(unverifying_context()).connected()
        self.assertEqual(pair.client.getpeercert(), {})
        self.assertEqual(pair.client.getpeercert(True), localhost().der)

    def test_of_a_peer_that_showed_none(self):
        pair = BioPair().connected()
        self.assertIsNone(pair.server.getpeercert())
        self.assertIsNone(pair.server.getpeercert(True))

    def test_before_the_handshake(self):
        with self.assertRaises(ValueError) as caught:
            BioPair().client.getpeercert()
        self.assertEqual(str(caught.exception), "handshake not done yet")


class ChainTest(TlsTestCase):
    """The private interface that lists whole chains; libraries use it."""

    @classmethod
    def setUpClass(cls):
        cls.below = certificates.Authority("Below", above=authority())
        cls.leaf = cls.below.issue("localhost", names=["localhost"])

    def connected(self):
        return BioPair(server=server_context(self.leaf)).connected().client._sslobj

    @staticmethod
    def encoded(chain):
        return [each.public_bytes(_ssl.ENCODING_DER) for each in chain]

    def test_the_verified_chain_goes_up_to_the_root(self):
        self.assertEqual(
            self.encoded(self.connected().get_verified_chain()),
            [self.leaf.der, self.below.certificate.der, authority().certificate.der],
        )

    def test_the_unverified_chain_is_what_was_sent(self):
        self.assertEqual(
            self.encoded(self.connected().get_unverified_chain()), [self.leaf.der, self.below.certificate.der]
        )

    def test_a_server_has_none_of_a_client_that_showed_none(self):
        server = BioPair().connected().server._sslobj
        self.assertIsNone(server.get_verified_chain())
        self.assertIsNone(server.get_unverified_chain())

    def test_a_certificate_of_a_chain(self):
        first = self.connected().get_unverified_chain()[0]
        self.assertEqual(repr(first), "<_ssl.Certificate 'CN=localhost'>")
        self.assertEqual(first.public_bytes(), self.leaf.pem)
        self.assertEqual(first.public_bytes(_ssl.ENCODING_PEM), self.leaf.pem)
        self.assertEqual(first.get_info(), decoded(self.leaf))

    def test_the_same_certificate_is_equal(self):
        one, other = self.connected(), self.connected()
        first, second = one.get_verified_chain()[0], other.get_unverified_chain()[0]
        self.assertEqual(first, second)
        self.assertEqual(hash(first), hash(second))
        self.assertNotEqual(first, one.get_verified_chain()[1])


class PemTest(unittest.TestCase):
    def test_there_and_back(self):
        encoded = ssl.PEM_cert_to_DER_cert(localhost().pem)
        self.assertEqual(encoded, localhost().der)
        self.assertEqual(ssl.DER_cert_to_PEM_cert(encoded), localhost().pem)

    def test_its_first_and_its_last_line(self):
        text = ssl.DER_cert_to_PEM_cert(localhost().der)
        self.assertTrue(text.startswith("-----BEGIN CERTIFICATE-----\n"))
        self.assertTrue(text.endswith("\n-----END CERTIFICATE-----\n"))

    def test_both_lines_are_needed(self):
        with self.assertRaises(ValueError) as caught:
            ssl.PEM_cert_to_DER_cert("AAAA")
        self.assertEqual(str(caught.exception), "Invalid PEM encoding; must start with " + ssl.PEM_HEADER)
        with self.assertRaises(ValueError) as caught:
            ssl.PEM_cert_to_DER_cert(ssl.PEM_HEADER + "\nAAAA")
        self.assertEqual(str(caught.exception), "Invalid PEM encoding; must end with " + ssl.PEM_FOOTER)


class TimeTest(unittest.TestCase):
    def test_the_times_of_a_certificate(self):
        moment = now()
        description = issued("x", not_before=moment)
        self.assertEqual(ssl.cert_time_to_seconds(description["notBefore"]), moment.timestamp())

    def test_seconds_are_those_of_utc_wherever_the_machine_is(self):
        before = os.environ.get("TZ")
        os.environ["TZ"] = "EST5"
        try:
            if hasattr(time, "tzset"):
                time.tzset()
            self.assertEqual(ssl.cert_time_to_seconds("May  9 00:00:00 2007 GMT"), 1178668800.0)
        finally:
            del os.environ["TZ"]
            if before is not None:
                os.environ["TZ"] = before
            if hasattr(time, "tzset"):
                time.tzset()

    def test_forms_that_are_taken(self):
        for text, seconds in (
            ("Jan  5 09:34:43 2018 GMT", 1515144883),
            ("Jan 05 09:34:43 2018 GMT", 1515144883),
            ("JaN  5 09:34:43 2018 GmT", 1515144883),
            ("Dec 31 23:59:60 2008 GMT", 1230768000),
            ("Jan  5 09:34:61 2018 GMT", 1515144901),
            ("Dec 31 23:59:59 9999 GMT", 253402300799),
        ):
            with self.subTest(text=text):
                self.assertEqual(ssl.cert_time_to_seconds(cert_time=text), seconds)

    def test_forms_that_are_refused(self):
        for text in (
            "Jan  5 09:34 2018 GMT",
            "Jan  5 09:34:43 2018",
            "Jan  5 09:34:43 2018 UTC",
            "Jan 35 09:34:43 2018 GMT",
            "Jon  5 09:34:43 2018 GMT",
            "Jan  5 24:00:00 2018 GMT",
            "Jan  5 09:60:43 2018 GMT",
            "Jan  5 09:34:62 2018 GMT",
        ):
            with self.subTest(text=text):
                with self.assertRaises(ValueError):
                    ssl.cert_time_to_seconds(text)


class ServerCertificateTest(TlsTestCase):
    """`ssl.get_server_certificate`, which asks a server for its certificate and leaves."""

    def serve(self, context=None, family=None):
        return self.enterContext(TlsServer(self, context or server_context(), echo, family))

    def get(self, server, **keywords):
        return ssl.get_server_certificate(server.address[:2], timeout=LIMIT, **keywords)

    def test_as_it_comes(self):
        self.assertEqual(self.get(self.serve()), localhost().pem)

    def test_verified(self):
        self.assertEqual(self.get(self.serve(), ca_certs=authority().file(folder())), localhost().pem)

    def test_refused(self):
        other = certificates.Authority("Other CA").file(folder())
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.get(self.serve(), ca_certs=other)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    def test_over_ipv6(self):
        self.assertEqual(self.get(self.serve(family=socket.AF_INET6)), localhost().pem)

    def test_the_server_hears_whom_it_is_asked_for(self):
        names = []
        context = server_context()
        context.sni_callback = lambda end, name, initial: names.append(name)
        server = self.serve(context)
        self.get(server)
        ssl.get_server_certificate(("localhost", server.address[1]), timeout=LIMIT)
        # An address is not a name that a client can tell (RFC 6066, 3).
        self.assertEqual(names, [None, "localhost"])

    def test_a_server_that_says_nothing(self):
        listener = self.listener()
        with self.assertRaises(TimeoutError):
            ssl.get_server_certificate(listener.getsockname(), timeout=0.05)

    def test_nobody_there(self):
        with self.bounded(socket.socket()) as bound:
            bound.bind(("127.0.0.1", 0))
            with self.assertRaises(ConnectionRefusedError):
                ssl.get_server_certificate(bound.getsockname(), timeout=LIMIT)
