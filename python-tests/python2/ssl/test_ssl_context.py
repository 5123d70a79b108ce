"""ssl.SSLContext: its settings, what it loads and what it refuses."""

import errno
import socket
import ssl
import unittest

from support import IS_JYTHON, SocketTestCase, certificates


class SettingsTest(SocketTestCase):
    def setUp(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)

    def test_creating(self):
        for protocol in ssl.PROTOCOL_SSLv23, ssl.PROTOCOL_TLS, ssl.PROTOCOL_TLSv1_2:
            self.assertEqual(ssl.SSLContext(protocol).protocol, protocol)
        for protocol in -1, 99:
            self.assertSays(ValueError, "invalid protocol version", ssl.SSLContext, protocol)
        self.assertRaises(TypeError, ssl.SSLContext)

    def test_a_plain_context_trusts_anybody(self):
        self.assertEqual(self.context.verify_mode, ssl.CERT_NONE)
        self.assertFalse(self.context.check_hostname)

    def test_default_contexts(self):
        context = ssl.create_default_context()
        self.assertEqual((context.verify_mode, context.check_hostname), (ssl.CERT_REQUIRED, True))
        self.assertTrue(context.options & ssl.OP_NO_SSLv3)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.assertEqual((context.verify_mode, context.check_hostname), (ssl.CERT_NONE, False))
        self.assertRaises(TypeError, ssl.create_default_context, "serverAuth")

    def test_contexts_of_the_standard_library(self):
        context = ssl._create_stdlib_context()
        self.assertEqual((context.verify_mode, context.check_hostname), (ssl.CERT_NONE, False))
        context = ssl._create_unverified_context(cert_reqs=ssl.CERT_REQUIRED, check_hostname=True)
        self.assertEqual((context.verify_mode, context.check_hostname), (ssl.CERT_REQUIRED, True))

    def test_verify_mode(self):
        for mode in ssl.CERT_OPTIONAL, ssl.CERT_REQUIRED, ssl.CERT_NONE:
            self.context.verify_mode = mode
            self.assertEqual(self.context.verify_mode, mode)
        self.assertSays(ValueError, "invalid value for verify_mode", setattr, self.context, "verify_mode", 42)
        self.assertRaises(TypeError, setattr, self.context, "verify_mode", None)

    def test_check_hostname_needs_a_certificate(self):
        self.assertSays(ValueError,
                        "check_hostname needs a SSL context with either CERT_OPTIONAL or CERT_REQUIRED",
                        setattr, self.context, "check_hostname", True)
        self.context.verify_mode = ssl.CERT_REQUIRED
        self.context.check_hostname = True
        self.assertIs(self.context.check_hostname, True)
        self.assertSays(ValueError, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.",
                        setattr, self.context, "verify_mode", ssl.CERT_NONE)
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    def test_options(self):
        self.context.options |= ssl.OP_NO_TLSv1
        self.assertTrue(self.context.options & ssl.OP_NO_TLSv1)
        self.context.options &= ~ssl.OP_NO_TLSv1
        self.assertFalse(self.context.options & ssl.OP_NO_TLSv1)

    def test_verify_flags(self):
        self.assertEqual(self.context.verify_flags, ssl.VERIFY_DEFAULT | ssl.VERIFY_X509_TRUSTED_FIRST)
        for flags in ssl.VERIFY_CRL_CHECK_LEAF, ssl.VERIFY_CRL_CHECK_LEAF | ssl.VERIFY_X509_STRICT, ssl.VERIFY_DEFAULT:
            self.context.verify_flags = flags
            self.assertEqual(self.context.verify_flags, flags)
        self.assertRaises(TypeError, setattr, self.context, "verify_flags", None)

    def test_ciphers(self):
        self.context.set_ciphers("ALL")
        self.context.set_ciphers("DEFAULT")
        with self.assertRaises(ssl.SSLError) as caught:
            self.context.set_ciphers("no such cipher")
        self.assertEqual(caught.exception.args, ("No cipher can be selected.",))

    def test_protocols(self):
        self.context.set_alpn_protocols(["h2", "http/1.1"])
        for protocols in [""], ["x" * 256]:
            with self.assertRaises(ssl.SSLError) as caught:
                self.context.set_alpn_protocols(protocols)
            self.assertEqual(caught.exception.args, ("ALPN protocols must be 1 to 255 in length",))

    def test_callbacks_of_names(self):
        self.context.set_servername_callback(lambda *arguments: None)
        self.context.set_servername_callback(None)
        for callback in 4, "", []:
            self.assertSays(TypeError, "not a callable object", self.context.set_servername_callback, callback)

    def test_curves(self):
        self.context.set_ecdh_curve("prime256v1")
        self.assertRaises(ValueError, self.context.set_ecdh_curve, "no such curve")

    def test_statistics(self):
        self.assertEqual(self.context.session_stats()["connect"], 0)
        self.assertEqual(self.context.cert_store_stats(), {"x509": 0, "crl": 0, "x509_ca": 0})


class LoadingTest(SocketTestCase):
    def setUp(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
        self.certificate = certificates.localhost()

    def test_a_chain(self):
        folder = self.folder()
        self.assertIsNone(self.context.load_cert_chain(self.certificate.pem_file(folder)))
        self.assertIsNone(self.context.load_cert_chain(self.certificate.certificate_file(folder),
                                                       self.certificate.key_file(folder)))
        self.context.load_cert_chain(certfile=unicode(self.certificate.pem_file(folder)), keyfile=None, password=None)

    def test_no_such_file(self):
        for call in self.context.load_cert_chain, self.context.load_verify_locations:
            with self.assertRaises(IOError) as caught:
                call(self.path("missing.pem"))
            self.assertEqual(caught.exception.errno, errno.ENOENT)
            self.assertFalse(isinstance(caught.exception, ssl.SSLError))

    def test_files_with_something_else(self):
        folder = self.folder()
        empty = certificates.text_file(folder, "")
        nonsense = certificates.text_file(folder, "no certificate at all\n")
        for path in empty, nonsense, self.certificate.certificate_file(folder):
            self.assertRaises(ssl.SSLError, self.context.load_cert_chain, path)
        for path in empty, nonsense:
            self.assertRaises(ssl.SSLError, self.context.load_verify_locations, path)

    def test_the_key_of_another(self):
        folder = self.folder()
        other = certificates.authority().issue("other")
        with self.assertRaises(ssl.SSLError) as caught:
            self.context.load_cert_chain(self.certificate.certificate_file(folder), other.key_file(folder))
        self.assertEqual((caught.exception.library, caught.exception.reason), ("X509", "KEY_VALUES_MISMATCH"))

    def test_arguments(self):
        self.assertRaises(TypeError, self.context.load_cert_chain)
        self.assertRaises(TypeError, self.context.load_cert_chain, None)
        self.assertSays(TypeError, "cafile, capath and cadata cannot be all omitted",
                        self.context.load_verify_locations)
        self.assertSays(TypeError, "cadata should be an ASCII string or a bytes-like object",
                        self.context.load_verify_locations, cadata=5)

    def test_authorities(self):
        authority = certificates.authority()
        text = authority.pem.decode("ascii")
        for arguments in {"cafile": certificates.authority_file()}, {"cadata": text}, {"cadata": text + u"\n" + text}:
            self.check_authority(authority, **arguments)

    @unittest.skipIf(ssl.OPENSSL_VERSION_INFO >= (3,) and not IS_JYTHON,
                     "CPython 2.7 does not understand how OpenSSL 3 tells the end of DER")
    def test_authorities_as_der(self):
        authority = certificates.authority()
        for data in authority.certificate.der, bytearray(authority.certificate.der):
            self.check_authority(authority, cadata=data)

    def check_authority(self, authority, **arguments):
        context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
        context.load_verify_locations(**arguments)
        self.assertEqual(context.cert_store_stats(), {"x509": 1, "crl": 0, "x509_ca": 1})
        self.assertEqual(context.get_ca_certs(True), [authority.certificate.der])

    def test_data_that_is_no_certificate(self):
        for data in u"no certificate", "no certificate":
            self.assertRaises(ssl.SSLError, self.context.load_verify_locations, cadata=data)
        self.assertSays(ValueError, "Empty certificate data", self.context.load_verify_locations, cadata=u"")

    def test_what_is_known_of_authorities(self):
        self.assertEqual(self.context.get_ca_certs(), [])
        self.context.load_verify_locations(certificates.authority_file())
        known, = self.context.get_ca_certs()
        self.assertEqual(known["subject"], ((("countryName", "XY"),), (("organizationName", "PySockets tests"),),
                                            (("commonName", "Test CA"),)))
        self.assertEqual(known["issuer"], known["subject"])
        self.assertEqual(known["version"], 3)

    def test_default_certificates(self):
        self.assertIsNone(self.context.load_default_certs())
        self.assertIsNone(self.context.load_default_certs(ssl.Purpose.CLIENT_AUTH))
        self.assertIsNone(self.context.set_default_verify_paths())
        self.assertRaises(TypeError, self.context.load_default_certs, "serverAuth")


class WrappingTest(SocketTestCase):
    def setUp(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)

    def test_only_streams(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.assertSays(NotImplementedError, "only stream sockets are supported", self.context.wrap_socket, sock)
        self.assertSays(NotImplementedError, "only stream sockets are supported", ssl.wrap_socket, sock)

    def test_names_are_a_clients(self):
        sock = self.own(socket.socket())
        self.assertSays(ValueError, "server_hostname can only be specified in client mode",
                        self.context.wrap_socket, sock, True, server_hostname="localhost")

    def test_checking_names_needs_one(self):
        sock = self.own(socket.socket())
        self.assertSays(ValueError, "check_hostname requires server_hostname",
                        ssl.create_default_context().wrap_socket, sock)

    def test_files_that_must_be_given(self):
        sock = self.own(socket.socket())
        for arguments in {"server_side": True}, {"server_side": True, "certfile": ""}:
            self.assertSays(ValueError, "certfile must be specified for server-side operations",
                            ssl.wrap_socket, sock, **arguments)
        self.assertSays(ValueError, "certfile must be specified", ssl.wrap_socket, sock, keyfile="x")
        with self.assertRaises(IOError) as caught:
            ssl.wrap_socket(sock, certfile=self.path("missing"))
        self.assertEqual(caught.exception.errno, errno.ENOENT)

    def test_before_the_connection(self):
        sock = self.own(self.context.wrap_socket(socket.socket()))
        self.assertIs(type(sock), ssl.SSLSocket)
        self.assertTrue(isinstance(sock, socket.socket))
        self.assertIs(sock.context, self.context)
        for value in sock.cipher(), sock.version(), sock.compression(), sock.selected_alpn_protocol():
            self.assertIsNone(value)
        self.assertEqual(sock.pending(), 0)
        self.assertErrno(errno.ENOTCONN, sock.getpeercert)
        self.assertErrno(errno.ENOTCONN, sock.do_handshake)
        self.assertRaises(ValueError, sock.unwrap)
        self.assertErrno(errno.ENOTCONN, sock.recv, 1)

    def test_it_cannot_be_duplicated(self):
        sock = self.own(self.context.wrap_socket(socket.socket()))
        self.assertRaises(NotImplementedError, sock.dup)


if __name__ == "__main__":
    unittest.main()
