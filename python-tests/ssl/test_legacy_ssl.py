"""`socket.ssl` and its objects, as the socket module had them in Python 2.2 to 2.5; and `socket.sslerror`."""

import gc
import socket
import ssl
import unittest
import warnings

from support import LIMIT, certificates
from support.streams import SHORT, pattern, reset
from support.tls import TlsServer, TlsTestCase, echo, folder, server_context

BIG = pattern(3 << 20)

UNVERIFIED = "socket.ssl() verifies no certificate; ssl.create_default_context() makes contexts that do"

legacy_only = unittest.skipUnless(hasattr(socket, "sslerror"), "Python 3 has no socket.ssl")


class LegacySslCase(TlsTestCase):
    def serve(self, serve=echo, context=None):
        """A server of TLS, which `serve` is called in with each connection."""
        server = TlsServer(self, context or server_context(), serve)
        server.__enter__()
        self.addCleanup(server.__exit__)
        return server

    def socket_to(self, server):
        return self.own(socket.create_connection(server.address, LIMIT))

    def ssl(self, sock, *arguments, **keywords):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return socket.ssl(sock, *arguments, **keywords)

    def connect(self, serve=echo, context=None):
        """A socket and its TLS object."""
        sock = self.socket_to(self.serve(serve, context))
        return sock, self.ssl(sock)


@legacy_only
class ExchangeTest(LegacySslCase):
    def test_what_is_written_can_be_read(self):
        _, connection = self.connect()
        self.assertEqual(connection.write(b"hello"), 5)
        self.assertEqual(connection.read(), b"hello")

    def test_a_read_takes_1024_bytes_unless_told(self):
        _, connection = self.connect(lambda end: end.sendall(BIG[:3000]))
        self.assertEqual(connection.read(), BIG[:1024])
        self.assertEqual(connection.read(76), BIG[1024:1100])
        self.assertEqual(connection.read(1), BIG[1100:1101])

    def test_a_read_gives_what_is_there(self):
        _, connection = self.connect()
        connection.write(b"few")
        self.assertEqual(connection.read(10_000), b"few")

    def test_nothing_can_be_read_at_once(self):
        _, connection = self.connect()
        self.assertEqual(connection.read(0), b"")

    def test_any_buffer_can_be_written(self):
        _, connection = self.connect()
        for data in (bytearray(b"one"), memoryview(b"one")):
            self.assertEqual(connection.write(data), 3)
            self.assertEqual(connection.read(), b"one")

    def test_text_cannot_be_written(self):
        _, connection = self.connect()
        with self.assertRaisesRegex(TypeError, "a bytes-like object is required, not 'str'"):
            connection.write("text")

    def test_much_data(self):
        def take(end):
            got = bytearray()
            while len(got) < len(BIG):
                got += end.recv(1 << 16)
            end.sendall(got)

        _, connection = self.connect(take)
        sent = 0
        while sent < len(BIG):
            sent += connection.write(BIG[sent:])
        got = bytearray()
        while len(got) < len(BIG):
            got += connection.read(1 << 16)
        self.assertTrue(got == BIG)

    def test_each_version(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version):
                _, connection = self.connect(context=server_context(version=version))
                connection.write(b"hello")
                self.assertEqual(connection.read(), b"hello")

    def test_a_pair_of_unix_sockets(self):
        left, right = self.pair()
        accepting = self.peer(self.accepted, server_context(), right)
        connection = self.ssl(left)
        connection.write(b"hello")
        self.assertEqual(accepting.join().recv(10), b"hello")

    def test_the_plainest_of_sockets(self):
        import _socket

        server = self.serve()
        plain = _socket.socket()
        self.addCleanup(plain.close)
        plain.connect(server.address)
        connection = self.ssl(plain)
        connection.write(b"hello")
        self.assertEqual(connection.read(), b"hello")


@legacy_only
class NamesTest(LegacySslCase):
    """What the server's certificate says, on one line each."""

    def names(self, certificate):
        _, connection = self.connect(context=server_context(certificate))
        return connection.server(), connection.issuer()

    def test_subject_and_issuer(self):
        subject = [("C", "US"), ("ST", "Somewhere"), ("O", "A Company"), ("CN", "localhost")]
        certificate = certificates.authority().issue("localhost", subject=subject)
        expected = "/C=US/ST=Somewhere/O=A Company/CN=localhost", "/C=XY/O=PySockets tests/CN=Test CA"
        self.assertEqual(self.names(certificate), expected)

    def test_a_certificate_of_its_own(self):
        certificate = certificates.self_signed("alone.test")
        self.assertEqual(self.names(certificate), ("/CN=alone.test", "/CN=alone.test"))

    def test_characters_beyond_ascii(self):
        certificate = certificates.self_signed("caf\xe9/caf\xe8")
        self.assertEqual(self.names(certificate)[0], r"/CN=caf\xC3\xA9/caf\xC3\xA8")

    def test_an_address_of_mail(self):
        certificate = certificates.self_signed("x", subject=[("CN", "x"), ("emailAddress", "x@test")])
        self.assertEqual(self.names(certificate)[0], "/CN=x/emailAddress=x@test")


@legacy_only
class TrustTest(LegacySslCase):
    """Nobody is verified, and that is said."""

    def test_any_certificate_is_taken(self):
        day = certificates.DAY
        past, last = certificates.now() - 9 * day, certificates.now() - 2 * day
        for certificate in (
            certificates.otherhost(),
            certificates.self_signed("alone.test"),
            certificates.Authority("Unknown CA").issue("localhost"),
            certificates.authority().issue("localhost", not_before=past, not_after=last),
        ):
            with self.subTest(certificate.serial):
                _, connection = self.connect(context=server_context(certificate))
                connection.write(b"hello")
                self.assertEqual(connection.read(), b"hello")

    def test_each_use_warns(self):
        server = self.serve()
        for _ in range(2):
            with self.assertWarns(DeprecationWarning) as caught:
                socket.ssl(self.socket_to(server))
            self.assertEqual(str(caught.warning), UNVERIFIED)
            self.assertEqual(caught.filename, __file__)

    def test_a_warning_can_be_made_an_error(self):
        sock = self.socket_to(self.serve(lambda end: None))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaisesRegex(DeprecationWarning, "verifies no certificate"):
                socket.ssl(sock)
        # Nothing was said on the socket: a handshake is possible yet.
        self.ssl(sock)


@legacy_only
class OwnCertificateTest(LegacySslCase):
    """A client that shows a certificate."""

    def demanding(self):
        context = server_context()
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=certificates.authority().pem)
        return context

    @staticmethod
    def tell_subject(end):
        end.sendall(repr(end.getpeercert()["subject"]).encode())

    def test_the_server_sees_it(self):
        certificate = certificates.authority().issue("client.test")
        files = certificate.key_file(folder()), certificate.chain_file(folder())
        server = self.serve(self.tell_subject, self.demanding())
        for connection in (
            self.ssl(self.socket_to(server), *files),
            self.ssl(self.socket_to(server), keyfile=files[0], certfile=files[1]),
        ):
            self.assertEqual(connection.read(), b"((('commonName', 'client.test'),),)")

    def test_one_file_with_both(self):
        path = certificates.authority().issue("client.test").pem_file(folder())
        connection = self.ssl(self.socket_to(self.serve(self.tell_subject, self.demanding())), path, path)
        self.assertIn(b"client.test", connection.read())

    def test_a_key_alone_or_a_certificate_alone(self):
        left, _ = self.pair()
        path = certificates.localhost().pem_file(folder())
        for files in ({"keyfile": path}, {"certfile": path}):
            with self.assertRaises(socket.sslerror) as caught:
                self.ssl(left, **files)
            self.assertEqual(str(caught.exception), "Both the key & certificate files must be specified")

    def test_a_file_that_is_not_there(self):
        left, _ = self.pair()
        with self.assertRaises(FileNotFoundError):
            self.ssl(left, "/nowhere/key.pem", "/nowhere/certificate.pem")

    def test_a_key_of_another_certificate(self):
        left, _ = self.pair()
        key, certificate = certificates.localhost(), certificates.otherhost()
        with self.assertRaises(socket.sslerror) as caught:
            self.ssl(left, key.key_file(folder()), certificate.chain_file(folder()))
        self.assertEqual(caught.exception.reason, "KEY_VALUES_MISMATCH")


@legacy_only
class TimeoutTest(LegacySslCase):
    """The socket's own mode holds, before the handshake and after it."""

    def assertTimesOut(self, text, function, *arguments):
        with self.assertRaises(socket.sslerror) as caught:
            function(*arguments)
        self.assertIsInstance(caught.exception, TimeoutError)
        self.assertEqual(str(caught.exception), text)

    def test_a_handshake_with_someone_silent(self):
        left, _ = self.pair()
        left.settimeout(SHORT)
        self.assertTimesOut("The handshake operation timed out", self.ssl, left)

    def test_a_read(self):
        sock, connection = self.connect()
        sock.settimeout(SHORT)
        self.assertTimesOut("The read operation timed out", connection.read)
        sock.settimeout(LIMIT)
        connection.write(b"hello")
        self.assertEqual(connection.read(), b"hello")

    def test_a_write(self):
        left, right = self.pair()
        accepting = self.peer(self.accepted, server_context(), right)
        connection = self.ssl(left)
        accepting.join()
        left.settimeout(SHORT)

        def write_on():
            while True:
                connection.write(BIG)

        self.assertTimesOut("The write operation timed out", write_on)

    def test_a_socket_that_does_not_wait(self):
        sock, connection = self.connect()
        sock.setblocking(False)
        with self.assertRaises(socket.sslerror) as caught:
            connection.read()
        self.assertEqual(caught.exception.args[0], ssl.SSL_ERROR_WANT_READ)

    def test_a_handshake_that_does_not_wait(self):
        left, _ = self.pair()
        left.setblocking(False)
        with self.assertRaises(ssl.SSLWantReadError):
            self.ssl(left)


@legacy_only
class EndTest(LegacySslCase):
    """How a connection ends."""

    def test_an_end_that_is_said(self):
        _, connection = self.connect(lambda end: end.unwrap().close())
        for _ in range(2):
            with self.assertRaises(socket.sslerror) as caught:
                connection.read()
            self.assertEqual(caught.exception.args[0], ssl.SSL_ERROR_ZERO_RETURN)

    def test_data_before_the_end(self):
        def say(end):
            end.sendall(b"bye")
            end.unwrap().close()

        _, connection = self.connect(say)
        self.assertEqual(connection.read(), b"bye")
        with self.assertRaises(socket.sslerror):
            connection.read()

    def test_an_end_that_nobody_said(self):
        _, connection = self.connect(lambda end: end.close())
        with self.assertRaises(socket.sslerror) as caught:
            connection.read()
        self.assertEqual(caught.exception.args[0], ssl.SSL_ERROR_EOF)

    def test_a_reset(self):
        def leave(end):
            end.recv(100)
            reset(end)

        _, connection = self.connect(leave)
        connection.write(b"hello")
        with self.assertRaises(socket.sslerror) as caught:
            connection.read()
        self.assertEqual(caught.exception.args[0], ssl.SSL_ERROR_EOF)

    def test_a_peer_that_knows_no_tls(self):
        left, right = self.pair()
        right.sendall(b"220 mail.test ready\r\n")
        with self.assertRaises(socket.sslerror) as caught:
            self.ssl(left)
        self.assertEqual((caught.exception.library, caught.exception.reason), ("SSL", "WRONG_VERSION_NUMBER"))

    def test_a_peer_that_goes_during_the_handshake(self):
        left, right = self.pair()
        right.shutdown(socket.SHUT_WR)
        with self.assertRaises(socket.sslerror) as caught:
            self.ssl(left)
        self.assertEqual(caught.exception.args[0], ssl.SSL_ERROR_EOF)

    def test_a_socket_without_a_peer(self):
        with self.assertRaises(OSError):
            self.ssl(self.bounded(socket.socket()))

    def test_what_is_no_socket(self):
        with self.assertRaises(TypeError):
            self.ssl(5)

    def test_its_socket_is_not_dropped_before_it(self):
        connection = self.ssl(socket.create_connection(self.serve().address, LIMIT))
        gc.collect()
        connection.write(b"hello")
        self.assertEqual(connection.read(), b"hello")
        connection._sock.close()

    def test_its_socket_stays_open_after_it(self):
        sock, connection = self.connect()
        del connection
        gc.collect()
        self.assertNotEqual(sock.fileno(), -1)
        sock.close()

    def test_a_closed_socket(self):
        sock, connection = self.connect()
        sock.close()
        with self.assertRaises(OSError):
            connection.write(b"hello")


@legacy_only
class ModuleTest(unittest.TestCase):
    """The names in the socket module."""

    def test_the_error(self):
        self.assertTrue(issubclass(socket.sslerror, socket.error))
        self.assertTrue(issubclass(ssl.SSLError, socket.sslerror))

    def test_it_can_be_called(self):
        self.assertTrue(callable(socket.ssl))
        self.assertIn("verifies nothing", socket.ssl.__doc__)

    def test_a_star_import_does_not_hide_the_module(self):
        names = {"ssl": ssl}
        exec("from socket import *", names)
        self.assertIs(names["ssl"], socket.ssl)
        self.assertIs(names["ssl"].create_default_context, ssl.create_default_context)
        self.assertIs(names["ssl"].SSLContext, ssl.SSLContext)
        self.assertIn("SSLContext", dir(names["ssl"]))
        with self.assertRaises(AttributeError):
            names["ssl"].nothing_of_that_name

    def test_what_is_set_there_is_set_in_the_module(self):
        socket.ssl.of_this_test = 5
        self.assertEqual(ssl.of_this_test, 5)
        del socket.ssl.of_this_test
        self.assertFalse(hasattr(ssl, "of_this_test"))


if __name__ == "__main__":
    unittest.main()
