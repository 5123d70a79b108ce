"""SocketServer: each kind of server that needs no fork."""

import socket
import SocketServer
import unittest

from support import HOST, LIMIT, Peer, SocketTestCase


class EchoLine(SocketServer.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline().strip()
        self.wfile.write(line.upper() + "\n")


class EchoDatagram(SocketServer.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read().upper())


class ServerTest(SocketTestCase):
    def start(self, kind, address, handler):
        server = kind(address, handler)
        self.addCleanup(server.server_close)
        peer = Peer(server.serve_forever, 0.01)

        def stop():
            server.shutdown()
            peer.join()

        self.addCleanup(stop)
        return server

    def check_stream(self, server):
        for text in "one", "two":
            client = self.bounded(socket.socket(server.address_family))
            client.connect(server.server_address)
            client.sendall(text + "\n")
            self.assertEqual(client.makefile().read(), text.upper() + "\n")

    def check_datagrams(self, server, own=None):
        client = self.bounded(socket.socket(server.address_family, socket.SOCK_DGRAM))
        if own:
            client.bind(own)
        for text in "one", "two":
            client.sendto(text, server.server_address)
            self.assertEqual(client.recv(100), text.upper())

    def test_tcp(self):
        self.check_stream(self.start(SocketServer.TCPServer, (HOST, 0), EchoLine))

    def test_tcp_with_threads(self):
        self.check_stream(self.start(SocketServer.ThreadingTCPServer, (HOST, 0), EchoLine))

    def test_udp(self):
        self.check_datagrams(self.start(SocketServer.UDPServer, (HOST, 0), EchoDatagram))

    def test_udp_with_threads(self):
        self.check_datagrams(self.start(SocketServer.ThreadingUDPServer, (HOST, 0), EchoDatagram))

    def test_unix(self):
        self.check_stream(self.start(SocketServer.UnixStreamServer, self.path(), EchoLine))

    def test_unix_with_threads(self):
        self.check_stream(self.start(SocketServer.ThreadingUnixStreamServer, self.path(), EchoLine))

    def test_unix_datagrams(self):
        self.check_datagrams(self.start(SocketServer.UnixDatagramServer, self.path(), EchoDatagram), self.path())

    def test_many_connections_at_once(self):
        server = self.start(SocketServer.ThreadingTCPServer, (HOST, 0), EchoLine)
        clients = [self.own(socket.create_connection(server.server_address, LIMIT)) for _ in range(20)]
        for number, client in reversed(list(enumerate(clients))):
            client.sendall("client %d\n" % number)
            self.assertEqual(client.makefile().readline(), "CLIENT %d\n" % number)

    def test_a_request_that_does_not_come_in_time(self):
        class Impatient(SocketServer.TCPServer):
            timeout = 0.01
            late = 0

            def handle_timeout(self):
                self.late += 1

        server = Impatient((HOST, 0), EchoLine)
        self.addCleanup(server.server_close)
        server.handle_request()
        self.assertEqual(server.late, 1)

    def test_an_error_in_a_handler_ends_its_connection_alone(self):
        class Fails(EchoLine):
            def handle(self):
                if self.rfile.readline() == "fail\n":
                    raise ValueError("on purpose")
                self.wfile.write("fine\n")

        class Quiet(SocketServer.TCPServer):
            errors = 0

            def handle_error(self, request, address):
                self.errors += 1

        server = self.start(Quiet, (HOST, 0), Fails)
        for text, answer in ("fail\n", ""), ("go on\n", "fine\n"):
            client = self.own(socket.create_connection(server.server_address, LIMIT))
            client.sendall(text)
            self.assertEqual(client.makefile().read(), answer)
        self.assertEqual(server.errors, 1)

    def test_the_address_is_free_after_close(self):
        server = SocketServer.TCPServer((HOST, 0), EchoLine)
        address = server.server_address
        server.server_close()
        listener = self.own(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)


if __name__ == "__main__":
    unittest.main()
