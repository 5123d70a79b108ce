"""`http.server` and `http.client`: kept connections, chunked and big bodies, errors, timeouts, threads, AF_UNIX."""

import contextlib
import http.client
import http.server
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.http import BIG, HttpTestCase, Pages, Server
from support.http_cases import AnswerCases, ConnectionCases, HttpClientCase, RequestCases
from support.streams import SHORT, read_to_end


class ClientCase(HttpClientCase):
    def client(self, **keywords):
        client = http.client.HTTPConnection(*self.server.server_address[:2], timeout=LIMIT, **keywords)
        return self.own(client)

    def raw(self, request):
        """All that the server says to these bytes, which are the whole of what it gets."""
        sock = self.own(socket.create_connection(self.server.server_address, LIMIT))
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return read_to_end(sock)


class AnswerTest(AnswerCases, ClientCase):
    pass


class RequestTest(RequestCases, ClientCase):
    def test_an_expectation_is_confirmed(self):
        said = self.raw(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody")
        self.assertTrue(said.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))

    def test_requests_in_advance(self):
        said = self.raw(b"GET /hello HTTP/1.1\r\n\r\n" * 3)
        self.assertEqual(said.count(b"HTTP/1.1 200 OK\r\n"), 3)
        self.assertEqual(said.count(b"\r\n\r\nhello"), 3)


class RefusalTest(ClientCase):
    """How the server answers what it cannot serve."""

    def test_a_page_that_is_not_there(self):
        answer = self.get("/of-another-server")
        self.assertEqual((answer.status, answer.reason), (404, "Not Found"))
        self.assertIn(b"Error code: 404", answer.read())

    def test_methods_lines_and_versions(self):
        # Each is read to its end before it is refused: what is left unread resets the connection.
        for request, message in {
            b"BREW /hello HTTP/1.1\r\n\r\n": b"501 Unsupported method ('BREW')",
            b"GET /hello HTTP/1.1 more\r\n": b"Message: Bad request version ('more')",
            b"GET\r\n": b"Message: Bad request syntax ('GET')",
            b"GET /hello HTTP/3.0\r\n": b"Message: Invalid HTTP version (3.0)",
            (b"GET /" + b"x" * 65537)[:65537]: b"Error code: 414",
            b"GET /hello HTTP/1.1\r\n" + (b"X: " + b"x" * 65537)[:65537]: b"431 Line too long",
            b"GET /hello HTTP/1.1\r\n" + b"X: x\r\n" * 101: b"431 Too many headers",
        }.items():
            with self.subTest(request[:30]):
                self.assertIn(message, self.raw(request))

    def test_the_oldest_version_gets_no_headers(self):
        self.assertEqual(self.raw(b"GET /hello\r\n"), b"hello")

    def test_an_empty_request(self):
        self.assertEqual(self.raw(b""), b"")


class ConnectionTest(ConnectionCases, ClientCase):
    """How long a connection lasts."""

    def test_an_old_client_gets_one_answer(self):
        said = self.raw(b"GET /hello HTTP/1.0\r\n\r\nGET /hello HTTP/1.0\r\n\r\n")
        self.assertEqual(said.count(b"hello"), 1)

    def test_an_old_client_may_ask_to_keep_it(self):
        said = self.raw(b"GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /hello HTTP/1.0\r\n\r\n")
        self.assertEqual(said.count(b"\r\n\r\nhello"), 2)

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        client = self.own(http.client.HTTPConnection(*sock.getsockname(), timeout=LIMIT))
        with self.assertRaises(ConnectionRefusedError):
            client.request("GET", "/")

    def test_through_a_tunnel(self):
        class Proxy(Pages):
            def do_CONNECT(self):
                self.server.seen.append((self.client_address, self.command, self.path))
                self.send_response(200)
                self.end_headers()

        proxy = self.serve(Server((HOST, 0), Proxy))
        client = self.own(http.client.HTTPConnection(*proxy.server_address, timeout=LIMIT))
        client.set_tunnel("elsewhere.invalid", 99)
        self.assertEqual(self.get("/hello", client).read(), b"hello")
        self.assertEqual([seen[1:] for seen in proxy.seen], [("CONNECT", "elsewhere.invalid:99"), ("GET", "/hello")])

    def test_a_tunnel_that_is_refused(self):
        client = self.client()
        client.set_tunnel("elsewhere.invalid", 99)
        with self.assertRaisesRegex(OSError, r"^Tunnel connection failed: 501 "):
            client.request("GET", "/hello")


class TimeoutTest(ClientCase):
    def test_an_answer_that_does_not_come(self):
        client = self.own(http.client.HTTPConnection(*self.server.server_address, timeout=SHORT))
        client.request("GET", "/wait")
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            client.getresponse()

    def test_an_answer_that_comes_late(self):
        client = self.client()
        client.request("GET", "/wait")
        self.server.go_on.set()
        self.assertEqual(client.getresponse().read(), b"at last")

    def test_the_server_closes_an_idle_connection(self):
        class Hasty(Pages):
            timeout = SHORT

        server = self.serve(Server((HOST, 0), Hasty))
        with socket.create_connection(server.server_address, LIMIT) as sock:
            self.assertEqual(sock.recv(1), b"")


class ThreadsTest(ClientCase):
    def test_requests_are_served_at_the_same_time(self):
        peers = [self.peer(lambda: self.get("/meet").read()) for _ in range(3)]
        self.assertEqual([peer.join() for peer in peers], [b"met"] * 3)


class OneThread(Server):
    """Serves on the thread of `serve_forever`."""

    def process_request(self, request, client_address):
        self.finish_request(request, client_address)
        self.shutdown_request(request)


class OneThreadTest(ClientCase):
    server_class = OneThread

    def test_clients_are_served_one_after_another(self):
        for _ in range(3):
            with contextlib.closing(self.client()) as client:
                self.assertEqual(self.get("/hello", client).read(), b"hello")


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class IPv6Test(ClientCase):
    class server_class(Server):
        address_family = socket.AF_INET6

    def server_address(self):
        return HOST6, 0

    def test_a_request(self):
        self.assertIn(b"Host: [::1]:", self.get("/headers").read())


class UnixTest(HttpTestCase):
    """Over AF_UNIX, as services of the same machine speak it."""

    class server_class(Server):
        address_family = socket.AF_UNIX

        def server_bind(self):
            # HTTPServer's own way would take host and port out of the address. The kernel chooses an abstract name.
            self.socket.bind(self.server_address)
            self.server_address = self.socket.getsockname()
            self.server_name, self.server_port = "local", 0

    class handler_class(Pages):
        def setup(self):
            self.client_address = ("", 0)
            super().setup()

    def server_address(self):
        return ""

    def test_a_request(self):
        path = self.server.server_address

        class Connection(http.client.HTTPConnection):
            def connect(self):
                self.sock = socket.socket(socket.AF_UNIX)
                self.sock.settimeout(LIMIT)
                self.sock.connect(path)

        client = self.own(Connection("localhost"))
        for expected in (b"hello", b"hello"):
            client.request("GET", "/hello")
            self.assertEqual(client.getresponse().read(), expected)
        client.request("POST", "/", BIG)
        self.assertTrue(client.getresponse().read() == b"POST %d " % len(BIG) + BIG)


if __name__ == "__main__":
    unittest.main()
