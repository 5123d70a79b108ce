"""What ssl and socket had before contexts: wrap_socket, socket.ssl, sslerror, get_server_certificate."""

import socket
import ssl
import unittest
import warnings

from support import certificates
from support.tls import TlsTestCase, server_context


class WrapSocketTest(TlsTestCase):
    def wrapped(self, **named):
        left, right = self.tcp_pair()
        peer = self.peer(lambda: ssl.wrap_socket(right, certfile=certificates.localhost_file(), server_side=True))
        client = self.own(ssl.wrap_socket(left, **named))
        return client, self.own(peer.join())

    def test_data(self):
        client, server = self.wrapped()
        client.write("hello")
        self.assertEqual(server.read(100), "hello")
        server.sendall("back")
        self.assertEqual(client.recv(100), "back")

    def test_nothing_is_verified(self):
        client, _ = self.wrapped()
        self.assertEqual(client.getpeercert(), {})

    def test_certificates_are_verified_where_that_is_asked_for(self):
        client, _ = self.wrapped(cert_reqs=ssl.CERT_REQUIRED, ca_certs=certificates.authority_file())
        self.assertEqual(client.getpeercert()["subject"], ((("commonName", "localhost"),),))

    def test_an_unknown_authority(self):
        left, right = self.tcp_pair()
        stranger = certificates.Authority("Another CA").file(self.folder())

        def serve():
            try:
                ssl.wrap_socket(right, certfile=certificates.localhost_file(), server_side=True).recv(1)
            except (ssl.SSLError, socket.error):
                right.close()

        self.peer(serve)
        with self.assertRaises(ssl.SSLError) as caught:
            ssl.wrap_socket(left, cert_reqs=ssl.CERT_REQUIRED, ca_certs=stranger)
        self.assertIn("certificate verify failed", str(caught.exception))
        left.close()

    def test_versions(self):
        client, _ = self.wrapped(ssl_version=ssl.PROTOCOL_TLSv1_2)
        self.assertEqual(client.version(), "TLSv1.2")

    def test_before_the_connection(self):
        address = self.echo_server()
        sock = self.bounded(ssl.wrap_socket(socket.socket()))
        sock.connect(address)
        sock.sendall("hello")
        self.assertEqual(sock.recv(100), "HELLO")

    def test_sslsocket_itself(self):
        left, right = self.tcp_pair()
        peer = self.peer(lambda: ssl.SSLSocket(right, certfile=certificates.localhost_file(), server_side=True))
        client = self.own(ssl.SSLSocket(left))
        self.own(peer.join()).sendall("hello")
        self.assertEqual(client.recv(100), "hello")


class SocketSslTest(TlsTestCase):
    def test_an_object_that_reads_and_writes(self):
        address = self.echo_server()
        sock = self.bounded(socket.socket())
        sock.connect(address)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            conn = socket.ssl(sock)
        self.assertEqual([each.category for each in caught], [DeprecationWarning])
        self.assertEqual(conn.write("hello"), 5)
        self.assertEqual(conn.read(2), "HE")
        self.assertEqual(conn.read(100), "LLO")
        self.assertEqual(conn.pending(), 0)

    def test_a_certificate_of_its_own(self):
        server = server_context()
        server.verify_mode = ssl.CERT_REQUIRED
        server.load_verify_locations(certificates.authority_file())
        folder = self.folder()
        cert = certificates.localhost()
        address = self.echo_server(server)
        sock = self.bounded(socket.socket())
        sock.connect(address)
        conn = socket.ssl(sock, cert.key_file(folder), cert.certificate_file(folder))
        conn.write("hello")
        self.assertEqual(conn.read(100), "HELLO")

    def test_errors(self):
        left, right = self.tcp_pair()
        right.sendall("this is no TLS at all, and long enough to be seen as such\n")
        self.assertRaises(socket.sslerror, socket.ssl, left)

    def test_sslwrap_simple(self):
        address = self.echo_server()
        sock = self.bounded(socket.socket())
        sock.connect(address)
        conn = ssl.sslwrap_simple(sock)
        conn.write("hello")
        self.assertEqual(conn.read(100), "HELLO")


class ServerCertificateTest(TlsTestCase):
    def test_of_a_server(self):
        self.assertEqual(ssl.get_server_certificate(self.echo_server()), certificates.localhost().pem)

    def test_verified(self):
        address = self.echo_server(connections=2)
        pem = ssl.get_server_certificate(("localhost", address[1]), ca_certs=certificates.authority_file())
        self.assertEqual(pem, certificates.localhost().pem)
        stranger = certificates.Authority("Another CA").file(self.folder())
        self.assertRaises(ssl.SSLError, ssl.get_server_certificate, address, ca_certs=stranger)

    def test_nobody_listens(self):
        self.assertRaises(socket.error, ssl.get_server_certificate, self.refused_address())


if __name__ == "__main__":
    unittest.main()
