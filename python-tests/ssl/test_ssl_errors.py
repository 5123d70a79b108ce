"""The exceptions of `ssl`: their family, their texts, and what `library` and `reason` hold."""

import pickle
import socket
import ssl
import unittest

from support import SocketTestCase
from support.certificates import authority, text_file
from support.tls import BioPair, TlsTestCase, client_context, folder, server_context, unverifying_context

FAMILY = (
    ssl.SSLZeroReturnError,
    ssl.SSLWantReadError,
    ssl.SSLWantWriteError,
    ssl.SSLSyscallError,
    ssl.SSLEOFError,
    ssl.SSLCertVerificationError,
)


class FamilyTest(unittest.TestCase):
    def test_all_are_os_errors(self):
        self.assertTrue(issubclass(ssl.SSLError, OSError))
        self.assertIs(ssl.socket_error, OSError)
        for kind in FAMILY:
            with self.subTest(kind=kind.__name__):
                self.assertEqual(kind.__mro__[1], ssl.SSLError)

    def test_a_refused_certificate_is_a_value_error_too(self):
        self.assertTrue(issubclass(ssl.SSLCertVerificationError, ValueError))
        self.assertIs(ssl.CertificateError, ssl.SSLCertVerificationError)

    def test_their_names_and_their_home(self):
        for kind in (ssl.SSLError, *FAMILY):
            with self.subTest(kind=kind.__name__):
                self.assertEqual(kind.__module__, "ssl")
                self.assertIs(getattr(ssl, kind.__name__), kind)

    def test_the_text_leaves_the_number_out(self):
        for kind in (ssl.SSLError, *FAMILY):
            with self.subTest(kind=kind.__name__):
                failure = kind(1, "foo")
                self.assertEqual(str(failure), "foo")
                self.assertEqual(failure.errno, 1)
                self.assertEqual(failure.strerror, "foo")
                self.assertEqual(failure.args, (1, "foo"))

    def test_the_text_of_a_single_argument(self):
        self.assertEqual(str(ssl.SSLError("foo")), "('foo',)")

    def test_numbers_have_names(self):
        self.assertIs(ssl.SSLErrorNumber(2), ssl.SSL_ERROR_WANT_READ)
        self.assertEqual(ssl.SSL_ERROR_WANT_READ, 2)
        self.assertEqual(ssl.SSL_ERROR_WANT_WRITE, 3)
        self.assertEqual(ssl.SSL_ERROR_SYSCALL, 5)
        self.assertEqual(ssl.SSL_ERROR_SSL, 1)
        self.assertEqual(ssl.SSL_ERROR_ZERO_RETURN, 6)
        self.assertEqual(ssl.SSL_ERROR_EOF, 8)

    def test_they_can_be_pickled(self):
        failure = pickle.loads(pickle.dumps(ssl.SSLEOFError(8, "gone")))
        self.assertIsInstance(failure, ssl.SSLEOFError)
        self.assertEqual(failure.args, (8, "gone"))


class RaisedTest(TlsTestCase):
    """What the exceptions hold when the module raises them."""

    def test_nothing_to_read_yet(self):
        pair = BioPair()
        with self.assertRaises(ssl.SSLWantReadError) as caught:
            pair.client.do_handshake()
        self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_WANT_READ)
        self.assertTrue(str(caught.exception).startswith("The operation did not complete (read)"))

    def test_nothing_to_read_yet_on_a_socket(self):
        plain, _ = self.tcp_pair()
        plain.setblocking(False)
        with unverifying_context().wrap_socket(plain, do_handshake_on_connect=False) as wrapped:
            with self.assertRaises(ssl.SSLWantReadError) as caught:
                wrapped.do_handshake()
        self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_WANT_READ)

    def test_a_refused_certificate(self):
        failure = BioPair(hostname="other.test").handshake().client
        self.assertIs(type(failure), ssl.SSLCertVerificationError)
        self.assertEqual(failure.errno, ssl.SSL_ERROR_SSL)
        self.assertEqual((failure.library, failure.reason), ("SSL", "CERTIFICATE_VERIFY_FAILED"))
        self.assertEqual(failure.verify_code, 62)
        self.assertEqual(
            failure.verify_message, "Hostname mismatch, certificate is not valid for 'other.test'."
        )
        start = (
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
            "Hostname mismatch, certificate is not valid for 'other.test'. (_ssl"
        )
        self.assertTrue(str(failure).startswith(start), failure)

    def test_the_other_end_hears_why(self):
        failure = BioPair(hostname="other.test").handshake().server
        self.assertIs(type(failure), ssl.SSLError)
        self.assertEqual(failure.errno, ssl.SSL_ERROR_SSL)
        self.assertEqual(failure.library, "SSL")
        self.assertTold("SSLV3_ALERT_BAD_CERTIFICATE", failure)
        words = failure.reason.replace("_", " ").lower()
        self.assertTrue(str(failure).startswith("[SSL: %s] %s (_ssl" % (failure.reason, words)), failure)

    def test_nothing_to_load(self):
        with self.assertRaises(ssl.SSLError) as caught:
            server_context().load_cert_chain(text_file(folder(), authority().pem))
        self.assertEqual((caught.exception.library, caught.exception.reason), ("SSL", None))

    def test_a_failure_that_is_not_openssl_s_has_no_reason(self):
        bio = ssl.MemoryBIO()
        bio.write_eof()
        with self.assertRaises(ssl.SSLError) as caught:
            bio.write(b"x")
        self.assertIsNone(getattr(caught.exception, "reason", None))


class NotConnectedTest(SocketTestCase):
    """A wrapped socket that is not connected."""

    def setUp(self):
        self.wrapped = self.own(
            client_context().wrap_socket(socket.socket(), server_hostname="localhost")
        )

    def test_calls_that_move_data_fail_as_those_of_any_socket(self):
        calls = {
            "recv": (1,),
            "recv_into": (bytearray(1),),
            "recvfrom": (1,),
            "recvfrom_into": (bytearray(1), 1),
            "send": (b"x",),
            "sendall": (b"x",),
            "sendto": (b"x", ("0.0.0.0", 0)),
        }
        for name, arguments in calls.items():
            with self.subTest(call=name):
                with self.assertRaises(OSError) as caught:
                    getattr(self.wrapped, name)(*arguments)
                self.assertNotIsInstance(caught.exception, ssl.SSLError)

    def test_there_is_no_handshake_to_do(self):
        with self.assertRaises(OSError):
            self.wrapped.do_handshake()

    def test_there_is_no_peer_s_certificate(self):
        with self.assertRaises(OSError):
            self.wrapped.getpeercert()

    def test_calls_that_tls_does_not_have(self):
        calls = {
            "dup": (),
            "sendmsg": ([b"x"], (), 0, ("0.0.0.0", 0)),
            "recvmsg": (100,),
            "recvmsg_into": ([bytearray(100)],),
        }
        for name, arguments in calls.items():
            with self.subTest(call=name):
                with self.assertRaises(NotImplementedError):
                    getattr(self.wrapped, name)(*arguments)

    def test_nothing_is_negotiated(self):
        wrapped = self.wrapped
        self.assertIsNone(wrapped.cipher())
        self.assertIsNone(wrapped.version())
        self.assertIsNone(wrapped.compression())
        self.assertIsNone(wrapped.shared_ciphers())
        self.assertIsNone(wrapped.selected_alpn_protocol())
        self.assertIsNone(wrapped.selected_npn_protocol())
        self.assertEqual(wrapped.pending(), 0)
        self.assertIsNone(wrapped.session)
        self.assertIsNone(wrapped.session_reused)

    def test_there_is_nothing_to_unwrap(self):
        with self.assertRaises(ValueError) as caught:
            self.wrapped.unwrap()
        self.assertIn("No SSL wrapper around", str(caught.exception))
