"""TLS connections by contexts: handshakes, data, certificates, SNI, ALPN, and the ways in which they end."""

import datetime
import errno
import select
import socket
import ssl
import time
import unittest

from support import IS_JYTHON, LIMIT, SHORT, certificates, receive_all
from support.tls import TlsTestCase, client_context, server_context


class DataTest(TlsTestCase):
    def setUp(self):
        self.client, self.server = self.handshake()

    def test_both_ways(self):
        self.assertEqual(self.client.send("hello"), 5)
        data = self.server.recv(100)
        self.assertEqual((type(data), data), (str, "hello"))
        self.server.sendall("back \0\xff")
        self.assertEqual(receive_all(self.client, 7), "back \0\xff")

    def test_read_and_write(self):
        self.assertEqual(self.client.write("hello"), 5)
        self.assertEqual(self.server.read(2), "he")
        self.assertEqual(self.server.read(), "llo")

    def test_into_buffers(self):
        self.client.sendall("0123456789")
        into = bytearray(4)
        self.assertEqual(self.server.recv_into(into), 4)
        self.assertEqual(into, bytearray("0123"))
        self.assertEqual(self.server.recv_into(memoryview(into)[2:], 1), 1)
        self.assertEqual(into, bytearray("0143"))
        self.assertEqual(self.server.read(3, into), 3)
        self.assertEqual(into, bytearray("5673"))
        self.assertEqual(self.server.recv_into(into, 0), 2)

    def test_kinds_of_data(self):
        for data in bytearray("data"), memoryview("data"), buffer("data"), u"data":
            self.client.sendall(data)
            self.assertEqual(receive_all(self.server, 4), "data")

    def test_much(self):
        data = "0123456789abcdef" * 65536
        peer = self.peer(receive_all, self.server, len(data))
        self.client.sendall(data)
        self.assertTrue(peer.join() == data)

    def test_pending(self):
        self.client.sendall("0123456789")
        self.assertEqual(self.server.recv(1), "0")
        self.assertEqual(self.server.pending(), 9)
        self.assertEqual(self.server.recv(100), "123456789")
        self.assertEqual(self.server.pending(), 0)

    def test_flags_are_refused(self):
        for call in ((self.client.recv, 1, socket.MSG_PEEK), (self.client.send, "x", socket.MSG_OOB),
                     (self.client.sendall, "x", socket.MSG_OOB), (self.client.recv_into, bytearray(1), 1, 2)):
            self.assertRaises(ValueError, *call)

    def test_addresses_are_refused(self):
        self.assertRaises(ValueError, self.client.sendto, "x", ("127.0.0.1", 1))
        self.assertRaises(ValueError, self.client.recvfrom, 1)
        self.assertRaises(ValueError, self.client.recvfrom_into, bytearray(1))

    def test_files(self):
        writer, reader = self.client.makefile("wb", 0), self.server.makefile("rb")
        writer.write("one\ntwo\n")
        self.assertEqual([reader.readline(), reader.readline()], ["one\n", "two\n"])

    def test_a_file_keeps_the_connection(self):
        writer = self.client.makefile("wb")
        self.client.close()
        writer.write("after close")
        writer.flush()
        self.assertEqual(receive_all(self.server, 11), "after close")
        writer.close()
        try:
            self.assertEqual(self.server.recv(1), "")
        except socket.error as failure:
            # The client has closed without having read its session tickets.
            self.assertEqual(failure.errno, errno.ECONNRESET)

    @unittest.skipUnless(IS_JYTHON, "a connection of CPython 2.7 is not for two threads at once: some calls fail")
    def test_threads_on_both_directions(self):
        data = "0123456789" * 50000

        def echo():
            self.server.sendall(receive_all(self.server, len(data)))

        peer = self.peer(echo)
        back = self.peer(receive_all, self.client, len(data))
        self.client.sendall(data)
        peer.join()
        self.assertTrue(back.join() == data)


class PropertiesTest(TlsTestCase):
    def test_of_a_connection(self):
        client, server = self.handshake()
        name, version, bits = client.cipher()
        self.assertEqual((type(name), type(version), type(bits)), (str, str, int))
        self.assertEqual(client.cipher(), server.cipher())
        self.assertIn(client.version(), ("TLSv1.2", "TLSv1.3"))
        self.assertIsNone(client.compression())
        self.assertEqual((client.server_side, server.server_side), (False, True))
        self.assertEqual(client.server_hostname, "localhost")

    def test_the_certificate_of_the_server(self):
        client, server = self.handshake()
        cert = client.getpeercert()
        self.assertEqual(cert["subject"], ((("commonName", "localhost"),),))
        self.assertEqual(cert["subjectAltName"], (("DNS", "localhost"), ("IP Address", "127.0.0.1"),
                                                  ("IP Address", "0:0:0:0:0:0:0:1")))
        self.assertEqual(cert["issuer"][-1], (("commonName", "Test CA"),))
        self.assertEqual(cert["version"], 3)
        self.assertTrue(ssl.cert_time_to_seconds(cert["notBefore"]) < time.time())
        self.assertTrue(ssl.cert_time_to_seconds(cert["notAfter"]) > time.time())
        self.assertEqual(client.getpeercert(True), certificates.localhost().der)
        self.assertIsNone(server.getpeercert())
        self.assertIsNone(server.getpeercert(binary_form=True))

    def test_a_certificate_that_was_not_verified_is_empty(self):
        client, _ = self.handshake(ssl.SSLContext(ssl.PROTOCOL_SSLv23))
        self.assertEqual(client.getpeercert(), {})
        self.assertEqual(client.getpeercert(True), certificates.localhost().der)

    def test_the_certificate_of_the_client(self):
        server = server_context()
        server.verify_mode = ssl.CERT_REQUIRED
        server.load_verify_locations(certificates.authority_file())
        client = client_context()
        client.load_cert_chain(certificates.otherhost_file())
        _, accepted = self.handshake(client, server)
        self.assertEqual(accepted.getpeercert()["subject"], ((("commonName", "other.test"),),))

    def test_versions(self):
        for option, version in ((ssl.OP_NO_TLSv1_3, "TLSv1.2"), (ssl.OP_NO_TLSv1_2, "TLSv1.3")):
            context = client_context()
            context.options |= option | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
            self.assertEqual(self.handshake(context)[0].version(), version)
        context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
        self.assertEqual(self.handshake(context)[0].version(), "TLSv1.2")

    def test_counts(self):
        server = server_context()
        self.handshake(None, server)
        self.handshake(None, server)
        self.assertEqual(server.session_stats()["accept"], 2)


class VerificationTest(TlsTestCase):
    def assertUnverified(self, failure):
        self.assertIs(type(failure), ssl.SSLError)
        self.assertEqual((failure.library, failure.reason), ("SSL", "CERTIFICATE_VERIFY_FAILED"))
        self.assertIn("certificate verify failed", str(failure))

    def test_an_unknown_authority(self):
        ours, theirs = self.failing_handshake(ssl.create_default_context())
        self.assertUnverified(ours)
        self.assertIsNotNone(theirs)

    def test_another_name(self):
        for name in "other.test", "127.0.0.2":
            ours, _ = self.failing_handshake(name=name)
            self.assertTrue(isinstance(ours, (ssl.CertificateError, ssl.SSLError)), ours)

    def test_the_name_does_not_matter_where_it_is_not_checked(self):
        context = client_context()
        context.check_hostname = False
        self.handshake(context, name="other.test")

    def test_no_longer_valid(self):
        now = datetime.datetime.utcnow()
        for before, after in ((-3, -2), (2, 3)):
            cert = certificates.authority().issue("localhost", ["localhost"], (), now + before * certificates.DAY,
                                                  now + after * certificates.DAY)
            ours, _ = self.failing_handshake(None, server_context(cert.pem_file(self.folder())))
            self.assertUnverified(ours)

    def test_a_server_that_wants_a_certificate(self):
        server = server_context()
        server.verify_mode = ssl.CERT_REQUIRED
        server.load_verify_locations(certificates.authority_file())
        _, theirs = self.failing_handshake(None, server)
        self.assertTrue(isinstance(theirs, ssl.SSLError))
        self.assertEqual(theirs.reason, "PEER_DID_NOT_RETURN_A_CERTIFICATE")

    def test_a_revoked_list_that_is_missing(self):
        context = client_context()
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
        self.assertUnverified(self.failing_handshake(context)[0])

    def test_no_version_in_common(self):
        client, server = client_context(), server_context()
        client.options |= ssl.OP_NO_TLSv1_3
        server.options |= ssl.OP_NO_TLSv1_2
        ours, theirs = self.failing_handshake(client, server)
        self.assertTrue(isinstance(ours, ssl.SSLError) and isinstance(theirs, ssl.SSLError))


class NamesAndProtocolsTest(TlsTestCase):
    def test_the_name_reaches_the_server(self):
        for name in "localhost", u"localhost":
            heard = []
            server = server_context()
            server.set_servername_callback(lambda *arguments: heard.append(arguments))
            _, accepted = self.handshake(None, server, name)
            (sock, told, context), = heard
            self.assertIs(context, server)
            self.assertTrue(isinstance(sock, ssl.SSLSocket))
            self.assertEqual(told, "localhost")

    def test_no_name(self):
        heard = []
        server = server_context()
        server.set_servername_callback(lambda sock, name, context: heard.append(name))
        self.handshake(ssl.SSLContext(ssl.PROTOCOL_SSLv23), server, None)
        self.assertEqual(heard, [None])

    def test_the_callback_chooses_a_context(self):
        server, other = server_context(certificates.otherhost_file()), server_context()

        def choose(sock, name, context):
            if name == "localhost":
                sock.context = other

        server.set_servername_callback(choose)
        client, accepted = self.handshake(None, server, "localhost")
        self.assertEqual(client.getpeercert()["subject"], ((("commonName", "localhost"),),))
        self.assertIs(accepted.context, other)
        client, _ = self.handshake(None, server, "other.test")
        self.assertEqual(client.getpeercert()["subject"], ((("commonName", "other.test"),),))

    def test_the_callback_refuses(self):
        server = server_context()
        server.set_servername_callback(lambda sock, name, context: ssl.ALERT_DESCRIPTION_ACCESS_DENIED)
        ours, theirs = self.failing_handshake(None, server)
        self.assertTrue(isinstance(ours, ssl.SSLError) and isinstance(theirs, ssl.SSLError))
        self.assertEqual(ours.reason, "TLSV1_ALERT_ACCESS_DENIED")

    def test_application_protocols(self):
        for theirs, ours, expected in ((["foo", "bar"], ["bar", "foo"], ("foo", "bar")), (["foo"], ["foo"], ("foo",)),
                                       ([], ["foo"], (None,)), (["foo"], [], (None,))):
            client, server = client_context(), server_context()
            if ours:
                client.set_alpn_protocols(ours)
            if theirs:
                server.set_alpn_protocols(theirs)
            one, other = self.handshake(client, server)
            self.assertIn(one.selected_alpn_protocol(), expected)
            self.assertEqual(one.selected_alpn_protocol(), other.selected_alpn_protocol())


class ConnectingTest(TlsTestCase):
    def test_wrapped_before_connect(self):
        address = self.echo_server()
        sock = self.bounded(client_context().wrap_socket(socket.socket(), server_hostname="localhost"))
        sock.connect(address)
        sock.sendall("hello")
        self.assertEqual(sock.recv(100), "HELLO")

    def test_connect_ex(self):
        address = self.echo_server()
        sock = self.bounded(client_context().wrap_socket(socket.socket(), server_hostname="localhost"))
        self.assertEqual(sock.connect_ex(address), 0)
        sock.sendall("hello")
        self.assertEqual(sock.recv(100), "HELLO")
        other = self.own(client_context().wrap_socket(socket.socket(), server_hostname="localhost"))
        self.assertEqual(other.connect_ex(self.refused_address()), errno.ECONNREFUSED)

    def test_connecting_again(self):
        address = self.echo_server()
        sock = self.bounded(client_context().wrap_socket(socket.socket(), server_hostname="localhost"))
        sock.connect(address)
        self.assertRaises(ValueError, sock.connect, address)

    def test_a_listener_that_is_wrapped(self):
        listener = self.listener()
        secure = server_context().wrap_socket(listener, server_side=True)
        self.own(secure)

        def serve():
            conn, address = secure.accept()
            conn.settimeout(LIMIT)
            conn.sendall("hello")
            conn.close()
            return type(conn), address

        peer = self.peer(serve)
        client = self.own(client_context().wrap_socket(socket.create_connection(secure.getsockname(), LIMIT),
                                                       server_hostname="localhost"))
        self.assertEqual(client.recv(100), "hello")
        self.assertEqual(peer.join(), (ssl.SSLSocket, client.getsockname()))

    def test_the_handshake_can_come_later(self):
        left, right = self.tcp_pair()
        client = self.own(client_context().wrap_socket(left, server_hostname="localhost",
                                                       do_handshake_on_connect=False))
        self.assertIsNone(client.cipher())
        peer = self.peer(server_context().wrap_socket, right, True)
        self.assertIsNone(client.do_handshake())
        self.own(peer.join())
        self.assertIsNotNone(client.cipher())

    def test_without_blocking(self):
        left, right = self.tcp_pair()
        left.setblocking(0), right.setblocking(0)
        client = self.own(client_context().wrap_socket(left, False, False, server_hostname="localhost"))
        server = self.own(server_context().wrap_socket(right, True, False))
        self.assertRaises(ssl.SSLWantReadError, server.do_handshake)
        pending = {client: client.do_handshake, server: server.do_handshake}
        end = time.time() + LIMIT
        while pending:
            self.assertTrue(time.time() < end)
            for sock in list(pending):
                try:
                    pending[sock]()
                    del pending[sock]
                except ssl.SSLWantReadError:
                    continue
                except ssl.SSLWantWriteError:
                    continue
        with self.assertRaises(ssl.SSLWantReadError) as caught:
            server.recv(1)
        self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_WANT_READ)
        client.send("x")
        select.select([server], [], [], LIMIT)
        self.assertEqual(server.recv(1), "x")

    def test_a_peer_that_talks_no_tls(self):
        left, right = self.tcp_pair()
        right.sendall("HTTP/1.1 400 Bad Request\r\n\r\n")
        self.assertRaises(ssl.SSLError, client_context().wrap_socket, left, server_hostname="localhost")

    def test_a_peer_that_goes_away(self):
        left, right = self.tcp_pair()
        right.shutdown(socket.SHUT_WR)
        with self.assertRaises(socket.error) as caught:
            client_context().wrap_socket(left, server_hostname="localhost")
        self.assertTrue(isinstance(caught.exception, (ssl.SSLError, socket.error)))

    def test_a_handshake_that_takes_too_long(self):
        left, right = self.tcp_pair()
        left.settimeout(SHORT)
        with self.assertRaises(ssl.SSLError) as caught:
            client_context().wrap_socket(left, server_hostname="localhost")
        self.assertIn("timed out", str(caught.exception))


class EndingTest(TlsTestCase):
    def test_a_timeout(self):
        client, server = self.handshake()
        client.settimeout(SHORT)
        with self.assertRaises(ssl.SSLError) as caught:
            client.recv(1)
        self.assertEqual(caught.exception.args, ("The read operation timed out",))
        client.settimeout(LIMIT)
        server.sendall("later")
        self.assertEqual(client.recv(100), "later")

    def test_unwrap(self):
        client, server = self.handshake()
        peer = self.peer(server.unwrap)
        plain = client.unwrap()
        other = peer.join()
        plain.sendall("in the clear")
        self.assertEqual(receive_all(other, 12), "in the clear")
        self.assertRaises(ValueError, client.unwrap)

    def test_the_end_of_the_stream(self):
        client, server = self.handshake()
        server.sendall("last words")
        peer = self.peer(server.unwrap)
        self.assertEqual(receive_all(client), "last words")
        self.assertEqual(client.recv(1), "")
        client.unwrap()
        peer.join()

    def test_after_close(self):
        client, _ = self.handshake()
        client.close()
        self.assertErrno(errno.EBADF, client.fileno)
        for call, argument in (client.read, 1), (client.write, "x"):
            self.assertRaises(ValueError, call, argument)
        self.assertIsNone(client.close())

    def test_shutdown_ends_the_layer(self):
        client, server = self.handshake()
        client.shutdown(socket.SHUT_RDWR)
        self.assertRaises(ValueError, client.write, "x")


if __name__ == "__main__":
    unittest.main()
