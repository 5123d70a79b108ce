"""When the socket below TLS is closed, and who can go on with it."""

import socket
import ssl
import unittest

from support import LIMIT, certificates, happens
from support.tls import TlsTestCase, client_context, server_context


class LifetimeTest(TlsTestCase):
    def sides(self):
        """The plain sockets of a client and a server, and TLS over each: the client's first."""
        left, right = self.tcp_pair()
        peer = self.peer(lambda: server_context().wrap_socket(right, server_side=True))
        client = ssl.wrap_socket(left)
        return left, client, right, self.own(peer.join())

    def test_closing_ends_the_connection_of_a_plain_socket_that_nobody_has(self):
        address = self.echo_server()
        # Only the call itself refers to the plain socket.
        client = ssl.wrap_socket(socket.create_connection(address, LIMIT))
        client.sendall("hello")
        self.assertEqual(client.recv(100), "HELLO")
        number = client.fileno()
        client.close()
        with self.assertRaises((socket.error, OSError)):
            socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM).getpeername()

    def test_the_plain_socket_can_be_closed(self):
        left, client, _, server = self.sides()
        left.close()
        self.own(client)
        client.sendall("still here")
        self.assertEqual(server.recv(100), "still here")
        self.assertRaises(socket.error, left.getpeername)

    def test_a_closed_socket_does_nothing(self):
        _, client, _, _ = self.sides()
        client.close()
        client.close()
        self.assertRaises((socket.error, ValueError), client.recv, 1)
        self.assertRaises((socket.error, ValueError), client.send, "x")
        self.assertIsNone(client.cipher())

    def test_what_unwrap_gives_outlives_the_wrapper(self):
        left, client, right, server = self.sides()
        # One side waits for the end of the other.
        peer = self.peer(server.unwrap)
        plain = client.unwrap()
        peer.join()
        client.close()
        plain.sendall("plain")
        self.assertEqual(right.recv(100), "plain")
        left.close()

    def test_a_file_outlives_the_wrapper(self):
        _, client, _, server = self.sides()
        stream = client.makefile("rb")
        client.close()
        server.sendall("line\n")
        self.assertEqual(stream.readline(), "line\n")
        stream.close()

    def test_two_files(self):
        _, client, _, server = self.sides()
        first, second = client.makefile("wb"), client.makefile("rb")
        first.write("hello")
        first.close()
        self.assertEqual(server.recv(100), "hello")
        server.sendall("back\n")
        self.assertEqual(second.readline(), "back\n")
        second.close()
        client.close()
        self.assertRaises((socket.error, ValueError), client.recv, 1)

    def test_a_dropped_wrapper_does_not_close_the_plain_socket(self):
        left, client, right, _ = self.sides()
        del client
        left.sendall("raw")
        self.assertEqual(right.recv(3), "raw")

    def test_all_are_dropped(self):
        listener = self.listener()
        peer = self.peer(lambda: server_context().wrap_socket(listener.accept()[0], server_side=True))
        client = ssl.wrap_socket(socket.create_connection(listener.getsockname(), LIMIT))
        server = self.own(peer.join())
        server.settimeout(0.01)
        del client

        def ended():
            try:
                return server._sslobj.read(1) == ""
            except ssl.SSLError as failure:
                return "timed out" not in str(failure)
            except socket.error:
                return True

        self.assertTrue(happens(ended))

    def test_a_failed_handshake_ends_the_connection_of_a_socket_that_nobody_has(self):
        listener = self.listener()

        def serve():
            try:
                server = server_context().wrap_socket(listener.accept()[0], server_side=True)
                server.settimeout(LIMIT)
                return server.recv(1)
            except (ssl.SSLError, socket.error) as failure:
                return failure

        def refuse():
            plain = socket.create_connection(listener.getsockname(), LIMIT)
            try:
                client_context().wrap_socket(plain, server_hostname="other.test")
            except ssl.CertificateError:
                return True

        peer = self.peer(serve)
        self.assertTrue(self.peer(refuse).join())
        self.assertNotIn("timed out", str(peer.join()))

    def test_refused_arguments_leave_the_plain_socket(self):
        left, right = self.tcp_pair()
        left.setblocking(False)
        self.assertRaises(ValueError, ssl.wrap_socket, left)
        left.sendall("plain")
        self.assertEqual(right.recv(100), "plain")

    def test_an_accepted_client_that_talks_no_tls_is_let_go(self):
        listener = ssl.wrap_socket(self.listener(), certfile=certificates.localhost_file(), server_side=True)
        client = self.bounded(socket.socket())
        client.connect(listener.getsockname())
        client.sendall("GET / HTTP/1.0\r\n\r\n")

        def refused():
            try:
                listener.accept()
            except ssl.SSLError as failure:
                return failure.reason

        self.assertEqual(self.peer(refused).join(), "HTTP_REQUEST")
        # Whether there was an alert or not, the stream ends.
        try:
            while client.recv(100):
                pass
        except socket.error as failure:
            self.assertNotIsInstance(failure, socket.timeout)
        listener.close()


if __name__ == "__main__":
    unittest.main()
