"""The ssl module's names, and its functions that need no connection."""

import socket
import ssl
import unittest

from support import SocketTestCase, certificates


class NamesTest(SocketTestCase):
    NAMES = """CERT_NONE CERT_OPTIONAL CERT_REQUIRED PROTOCOL_SSLv23 PROTOCOL_TLS PROTOCOL_TLSv1 PROTOCOL_TLSv1_1
        PROTOCOL_TLSv1_2 OP_ALL OP_NO_SSLv2 OP_NO_SSLv3 OP_NO_TLSv1 OP_NO_TLSv1_1 OP_NO_TLSv1_2 OP_NO_TLSv1_3
        OP_CIPHER_SERVER_PREFERENCE OP_SINGLE_DH_USE OP_SINGLE_ECDH_USE OP_NO_COMPRESSION VERIFY_DEFAULT
        VERIFY_CRL_CHECK_LEAF VERIFY_CRL_CHECK_CHAIN VERIFY_X509_STRICT VERIFY_X509_TRUSTED_FIRST HAS_SNI HAS_ECDH
        HAS_ALPN HAS_NPN HAS_TLSv1_3 OPENSSL_VERSION OPENSSL_VERSION_INFO OPENSSL_VERSION_NUMBER SSLError
        SSLZeroReturnError SSLWantReadError SSLWantWriteError SSLSyscallError SSLEOFError CertificateError SSLContext
        SSLSocket Purpose DefaultVerifyPaths wrap_socket create_default_context match_hostname cert_time_to_seconds
        get_server_certificate get_default_verify_paths get_protocol_name DER_cert_to_PEM_cert PEM_cert_to_DER_cert
        RAND_status RAND_add SSL_ERROR_ZERO_RETURN SSL_ERROR_WANT_READ SSL_ERROR_WANT_WRITE SSL_ERROR_SSL
        SSL_ERROR_SYSCALL SSL_ERROR_EOF SSL_ERROR_WANT_CONNECT SSL_ERROR_WANT_X509_LOOKUP
        SSL_ERROR_INVALID_ERROR_CODE CHANNEL_BINDING_TYPES ALERT_DESCRIPTION_CLOSE_NOTIFY
        ALERT_DESCRIPTION_UNRECOGNIZED_NAME ALERT_DESCRIPTION_HANDSHAKE_FAILURE _create_unverified_context
        _create_default_https_context _create_stdlib_context _https_verify_certificates sslwrap_simple""".split()

    def test_all_are_there(self):
        self.assertEqual([name for name in self.NAMES if not hasattr(ssl, name)], [])

    def test_numbers(self):
        self.assertEqual((ssl.CERT_NONE, ssl.CERT_OPTIONAL, ssl.CERT_REQUIRED), (0, 1, 2))
        self.assertEqual((ssl.PROTOCOL_SSLv23, ssl.PROTOCOL_TLS), (2, 2))
        self.assertEqual((ssl.PROTOCOL_TLSv1, ssl.PROTOCOL_TLSv1_1, ssl.PROTOCOL_TLSv1_2), (3, 4, 5))
        self.assertEqual((ssl.SSL_ERROR_WANT_READ, ssl.SSL_ERROR_WANT_WRITE, ssl.SSL_ERROR_EOF), (2, 3, 8))
        self.assertEqual((ssl.ALERT_DESCRIPTION_CLOSE_NOTIFY, ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE), (0, 40))
        self.assertTrue(ssl.HAS_SNI and ssl.HAS_ECDH and ssl.HAS_ALPN)

    def test_names_of_protocols(self):
        self.assertEqual(ssl.get_protocol_name(ssl.PROTOCOL_TLSv1_2), "PROTOCOL_TLSv1_2")
        self.assertEqual(ssl.get_protocol_name(77), "<unknown>")

    def test_the_library(self):
        self.assertIs(type(ssl.OPENSSL_VERSION), str)
        self.assertEqual(len(ssl.OPENSSL_VERSION_INFO), 5)
        self.assertTrue(isinstance(ssl.OPENSSL_VERSION_NUMBER, (int, long)))

    def test_errors(self):
        self.assertEqual(ssl.SSLError.__bases__, (socket.error,))
        for name in "SSLZeroReturnError", "SSLWantReadError", "SSLWantWriteError", "SSLSyscallError", "SSLEOFError":
            kind = getattr(ssl, name)
            self.assertEqual((kind.__bases__, kind.__module__, kind.__name__), ((ssl.SSLError,), "ssl", name))
        self.assertTrue(issubclass(ssl.CertificateError, ValueError))
        self.assertFalse(issubclass(ssl.CertificateError, ssl.SSLError))
        self.assertIs(socket.sslerror, ssl.SSLError)
        failure = ssl.SSLError(1, "a text")
        self.assertEqual((failure.errno, failure.args, str(failure)), (1, (1, "a text"), "a text"))

    def test_socket_has_some_of_them_too(self):
        for name in "SSL_ERROR_WANT_READ", "SSL_ERROR_EOF", "RAND_status", "RAND_add":
            self.assertEqual(getattr(socket, name), getattr(ssl, name))

    def test_randomness(self):
        self.assertTrue(ssl.RAND_status())
        self.assertIsNone(ssl.RAND_add("anything", 75.0))
        self.assertRaises(TypeError, ssl.RAND_add, "anything")

    def test_purposes(self):
        self.assertEqual((ssl.Purpose.SERVER_AUTH.shortname, ssl.Purpose.SERVER_AUTH.oid),
                         ("serverAuth", "1.3.6.1.5.5.7.3.1"))
        self.assertEqual((ssl.Purpose.CLIENT_AUTH.shortname, ssl.Purpose.CLIENT_AUTH.oid),
                         ("clientAuth", "1.3.6.1.5.5.7.3.2"))

    def test_paths(self):
        paths = ssl.get_default_verify_paths()
        self.assertEqual(paths._fields, ("cafile", "capath", "openssl_cafile_env", "openssl_cafile",
                                         "openssl_capath_env", "openssl_capath"))
        self.assertEqual((paths.openssl_cafile_env, paths.openssl_capath_env), ("SSL_CERT_FILE", "SSL_CERT_DIR"))


class FormsTest(SocketTestCase):
    def test_pem_and_der(self):
        certificate = certificates.localhost()
        self.assertEqual(ssl.PEM_cert_to_DER_cert(certificate.pem), certificate.der)
        self.assertEqual(ssl.DER_cert_to_PEM_cert(certificate.der), certificate.pem)

    def test_no_pem(self):
        body = certificates.localhost().pem.split("-----")[2]
        for text in "", body, ssl.PEM_HEADER + body, body + ssl.PEM_FOOTER:
            self.assertRaises(ValueError, ssl.PEM_cert_to_DER_cert, text)

    def test_times(self):
        self.assertEqual(ssl.cert_time_to_seconds("Jan  5 09:34:43 2018 GMT"), 1515144883)
        self.assertEqual(ssl.cert_time_to_seconds("Feb 29 00:00:00 2016 GMT"), 1456704000)
        self.assertEqual(ssl.cert_time_to_seconds("Dec 31 23:59:59 9999 GMT"), 253402300799)
        for text in ("Jan  5 09:34:43 2018", "Jan  5 09:34 2018 GMT", "Jon  5 09:34:43 2018 GMT", "",
                     "Jan  5 09:34:43 2018 UTC"):
            self.assertRaises(ValueError, ssl.cert_time_to_seconds, text)


def certificate(common=None, **alternatives):
    made = {}
    if common:
        made["subject"] = ((("commonName", common),),)
    names = [(kind.replace("_", " "), value) for kind, values in alternatives.items() for value in values]
    if names:
        made["subjectAltName"] = tuple(names)
    return made


class MatchHostnameTest(SocketTestCase):
    def fits(self, cert, name):
        self.assertIsNone(ssl.match_hostname(cert, name))

    def refuses(self, cert, name):
        self.assertRaises(ssl.CertificateError, ssl.match_hostname, cert, name)

    def test_names(self):
        cert = certificate(DNS=["example.com", "other.example"])
        self.fits(cert, "example.com")
        self.fits(cert, "ExAmple.cOm")
        self.fits(cert, "other.example")
        for name in "www.example.com", ".example.com", "example.org", "exampleXcom", "":
            self.refuses(cert, name)

    def test_the_common_name_counts_without_others(self):
        self.fits(certificate("example.com"), "example.com")
        self.refuses(certificate("example.com", DNS=["other.example"]), "example.com")

    def test_wildcards(self):
        cert = certificate(DNS=["*.a.com"])
        self.fits(cert, "foo.a.com")
        for name in "bar.foo.a.com", "a.com", "Xa.com", ".a.com":
            self.refuses(cert, name)

    def test_wildcards_in_part_of_a_label(self):
        cert = certificate(DNS=["f*.com"])
        self.fits(cert, "foo.com")
        self.fits(cert, "f.com")
        self.refuses(cert, "bar.com")

    def test_international_names(self):
        cert = certificate(DNS=["xn--*.python.org"])
        self.fits(cert, "xn--*.python.org")
        self.refuses(cert, "xn--fss.python.org")

    def test_many_wildcards(self):
        with self.assertRaises(ssl.CertificateError) as caught:
            ssl.match_hostname(certificate(DNS=["a*b*c.com"]), "axxbxxc.com")
        self.assertIn("too many wildcards", str(caught.exception))

    def test_nothing_to_compare(self):
        for cert in {}, None:
            with self.assertRaises(ValueError) as caught:
                ssl.match_hostname(cert, "example.com")
            self.assertIn("empty or no certificate", str(caught.exception))
        self.refuses({"subject": ()}, "example.com")

    def test_messages(self):
        for cert, text in ((certificate(DNS=["a.com"]), "hostname 'x.com' doesn't match 'a.com'"),
                           (certificate(DNS=["a.com", "b.com"]),
                            "hostname 'x.com' doesn't match either of 'a.com', 'b.com'"),
                           ({"issuer": ()}, "no appropriate commonName or subjectAltName fields were found")):
            with self.assertRaises(ssl.CertificateError) as caught:
                ssl.match_hostname(cert, "x.com")
            self.assertEqual(str(caught.exception), text)

    def test_addresses_are_not_compared(self):
        cert = certificate(IP_Address=["10.11.12.13"])
        self.refuses(cert, u"10.11.12.13")
        self.refuses(certificate(DNS=["*.12.13"]), u"10.11.12.14")


if __name__ == "__main__":
    unittest.main()
