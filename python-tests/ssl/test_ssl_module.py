"""What the `ssl` module has besides contexts: constants, enumerations, versions, random bytes, object identifiers."""

import ssl
import unittest

import _ssl
from support import SocketTestCase
from support.tls import client_context

SERVER_AUTH = (129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1")
CLIENT_AUTH = (130, "clientAuth", "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2")


class ConstantsTest(unittest.TestCase):
    def test_what_there_is(self):
        for name in ("HAS_SNI", "HAS_ECDH", "HAS_ALPN", "HAS_TLSv1_2", "HAS_TLSv1_3", "HAS_NEVER_CHECK_COMMON_NAME"):
            with self.subTest(name=name):
                self.assertIs(getattr(ssl, name), True)

    def test_what_there_is_no_more(self):
        for name in ("HAS_SSLv2", "HAS_SSLv3", "HAS_NPN"):
            with self.subTest(name=name):
                self.assertIs(getattr(ssl, name), False)

    def test_names_of_both_eras_are_the_same(self):
        self.assertIs(ssl.PROTOCOL_TLS, ssl.PROTOCOL_SSLv23)

    def test_the_version_of_the_library_can_be_compared(self):
        self.assertGreaterEqual(ssl.OPENSSL_VERSION_NUMBER, 0x30000000)
        self.assertLess(ssl.OPENSSL_VERSION_NUMBER, 0x40000000)
        major, minor, fix, patch, status = ssl.OPENSSL_VERSION_INFO
        self.assertEqual(major, 3)
        for part in (minor, fix, patch, status):
            self.assertIn(part, range(256))
        self.assertTrue(ssl.OPENSSL_VERSION.startswith("OpenSSL %d.%d.%d" % (major, minor, patch)))

    def test_enumerations_are_made_of_the_constants(self):
        for name, kind in (
            ("PROTOCOL_", ssl._SSLMethod),
            ("OP_", ssl.Options),
            ("ALERT_DESCRIPTION_", ssl.AlertDescription),
            ("SSL_ERROR_", ssl.SSLErrorNumber),
            ("VERIFY_", ssl.VerifyFlags),
            ("CERT_", ssl.VerifyMode),
        ):
            constants = {each: getattr(_ssl, each) for each in dir(_ssl) if each.startswith(name)}
            # The old name of PROTOCOL_TLS is not a member of its own.
            constants.pop("PROTOCOL_SSLv23", None)
            with self.subTest(name=name):
                self.assertGreater(len(constants), 2)
                for each, value in constants.items():
                    self.assertEqual(kind.__members__[each], value)
                    self.assertIs(getattr(ssl, each), kind.__members__[each])

    def test_versions_are_made_of_the_constants(self):
        for member in ssl.TLSVersion:
            self.assertEqual(member, getattr(_ssl, "PROTO_" + member.name))
        self.assertEqual((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3), (0x0303, 0x0304))

    def test_values_that_programs_know_by_heart(self):
        self.assertEqual((ssl.CERT_NONE, ssl.CERT_OPTIONAL, ssl.CERT_REQUIRED), (0, 1, 2))
        self.assertEqual((ssl.PROTOCOL_TLS, ssl.PROTOCOL_TLS_CLIENT, ssl.PROTOCOL_TLS_SERVER), (2, 16, 17))
        self.assertEqual(ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE, 40)
        self.assertEqual(ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME, 112)
        self.assertEqual(ssl.VERIFY_CRL_CHECK_LEAF, 4)
        self.assertEqual(ssl.VERIFY_X509_STRICT, 32)

    def test_a_protocol_shows_as_its_member(self):
        self.assertEqual(repr(ssl.PROTOCOL_TLS_CLIENT), "<_SSLMethod.PROTOCOL_TLS_CLIENT: 16>")
        self.assertEqual(str(ssl.PROTOCOL_TLS_CLIENT), "16")


class RandomTest(unittest.TestCase):
    def test_it_is_ready(self):
        self.assertTrue(ssl.RAND_status())

    def test_as_many_bytes_as_asked_for(self):
        for number in (0, 1, 16, 1000):
            random_bytes = ssl.RAND_bytes(number)
            self.assertIs(type(random_bytes), bytes)
            self.assertEqual(len(random_bytes), number)

    def test_they_are_not_the_same_twice(self):
        self.assertNotEqual(ssl.RAND_bytes(32), ssl.RAND_bytes(32))

    def test_a_number_below_zero_is_refused(self):
        with self.assertRaises(ValueError) as caught:
            ssl.RAND_bytes(-5)
        self.assertEqual(str(caught.exception), "num must be positive")

    def test_a_number_is_needed(self):
        with self.assertRaises(TypeError):
            ssl.RAND_bytes("16")

    def test_more_may_be_stirred_in(self):
        for data in ("text", b"bytes", bytearray(b"array")):
            self.assertIsNone(ssl.RAND_add(data, 75.0))


class ObjectIdentifierTest(unittest.TestCase):
    def test_by_number(self):
        self.assertEqual(ssl._ASN1Object("1.3.6.1.5.5.7.3.1"), SERVER_AUTH)

    def test_its_parts(self):
        known = ssl._ASN1Object("1.3.6.1.5.5.7.3.1")
        self.assertIsInstance(known, ssl._ASN1Object)
        self.assertEqual((known.nid, known.shortname, known.longname, known.oid), SERVER_AUTH)

    def test_by_nid(self):
        self.assertEqual(ssl._ASN1Object.fromnid(129), SERVER_AUTH)

    def test_by_each_kind_of_name(self):
        for name in SERVER_AUTH[1:]:
            self.assertEqual(ssl._ASN1Object.fromname(name), SERVER_AUTH)

    def test_names_of_certificates_subjects(self):
        for short, long in (("CN", "commonName"), ("O", "organizationName"), ("C", "countryName")):
            known = ssl._ASN1Object.fromname(short)
            self.assertEqual((known.shortname, known.longname), (short, long))

    def test_a_name_where_a_number_is_wanted(self):
        with self.assertRaises(ValueError) as caught:
            ssl._ASN1Object("serverAuth")
        self.assertEqual(str(caught.exception), "unknown object 'serverAuth'")

    def test_an_unknown_name(self):
        with self.assertRaises(ValueError) as caught:
            ssl._ASN1Object.fromname("serverauth")
        self.assertEqual(str(caught.exception), "unknown object 'serverauth'")

    def test_an_unknown_nid(self):
        with self.assertRaises(ValueError) as caught:
            ssl._ASN1Object.fromnid(100000)
        self.assertEqual(str(caught.exception), "unknown NID 100000")
        with self.assertRaises(ValueError) as caught:
            ssl._ASN1Object.fromnid(-1)
        self.assertEqual(str(caught.exception), "NID must be positive.")

    def test_all_that_are_known_have_the_same_form(self):
        known = 0
        for nid in range(1000):
            try:
                each = ssl._ASN1Object.fromnid(nid)
            except ValueError:
                continue
            known += 1
            self.assertEqual(each.nid, nid)
            self.assertIsInstance(each.shortname, str)
            self.assertIsInstance(each.longname, str)
            self.assertIsInstance(each.oid, (str, type(None)))
        self.assertGreater(known, 500)

    def test_purposes_are_object_identifiers(self):
        self.assertIsInstance(ssl.Purpose.SERVER_AUTH, ssl._ASN1Object)
        self.assertEqual(ssl.Purpose.SERVER_AUTH, SERVER_AUTH)
        self.assertEqual(ssl.Purpose.CLIENT_AUTH, CLIENT_AUTH)


class TypesTest(SocketTestCase):
    def test_some_are_only_made_by_the_module(self):
        for kind in (_ssl.Certificate, ssl.SSLSession):
            with self.subTest(kind=kind.__name__):
                with self.assertRaises(TypeError):
                    kind()

    def test_channel_bindings_have_known_types(self):
        plain, _ = self.tcp_pair()
        context = client_context()
        with context.wrap_socket(plain, server_hostname="localhost", do_handshake_on_connect=False) as wrapped:
            with self.assertRaises(ValueError) as caught:
                wrapped.get_channel_binding("unknown-type")
            self.assertEqual(str(caught.exception), "'unknown-type' channel binding type not implemented")
