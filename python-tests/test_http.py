"""`http.server` and `http.client`: kept connections, chunked and big bodies, errors, timeouts, threads, AF_UNIX."""

import contextlib
import http.client
import http.server
import io
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support_http import BIG, LINES, HttpTestCase, Pages, Server
from support_streams import SHORT, read_to_end


class ClientCase(HttpTestCase):
    def client(self, **keywords):
        client = http.client.HTTPConnection(*self.server.server_address[:2], timeout=LIMIT, **keywords)
        return self.own(client)

    def get(self, path, client=None, **keywords):
        """The answer to a GET, closed after the test."""
        client = client or self.client()
        client.request("GET", path, **keywords)
        return self.own(client.getresponse())

    def raw(self, request):
        """All that the server says to these octets, which are the whole of what it gets."""
        sock = self.own(socket.create_connection(self.server.server_address, LIMIT))
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return read_to_end(sock)


class AnswerTest(ClientCase):
    """What a client sees of an answer."""

    def test_status_headers_and_body(self):
        answer = self.get("/hello")
        self.assertEqual((answer.status, answer.reason, answer.version), (200, "OK", 11))
        self.assertEqual(answer.getheader("content-type"), "text/plain")
        self.assertEqual(answer.length, 5)
        self.assertEqual(answer.read(), b"hello")
        self.assertEqual(answer.read(), b"")
        self.assertTrue(answer.isclosed())

    def test_head_has_no_body(self):
        client = self.client()
        client.request("HEAD", "/hello")
        answer = client.getresponse()
        self.assertEqual(answer.getheader("content-length"), "5")
        self.assertEqual(answer.getheader("x-method"), "HEAD")
        self.assertEqual(answer.read(), b"")
        self.assertEqual(self.get("/hello", client).read(), b"hello")

    def test_a_big_body(self):
        self.assertTrue(self.get("/big").read() == BIG)

    def test_a_big_body_in_parts(self):
        answer = self.get("/big")
        parts = []
        while part := answer.read(100_001):
            parts.append(part)
        self.assertTrue(b"".join(parts) == BIG)

    def test_a_big_body_into_a_buffer(self):
        answer = self.get("/big")
        buffer = bytearray(len(BIG))
        count = 0
        while got := answer.readinto(memoryview(buffer)[count:]):
            count += got
        self.assertTrue(buffer == BIG)

    def test_lines(self):
        for path in ("/lines", "/chunked", "/to-the-end"):
            with self.subTest(path):
                self.assertEqual(b"".join(self.get(path)), LINES)

    def test_a_line_and_the_rest(self):
        for path in ("/lines", "/chunked", "/to-the-end"):
            with self.subTest(path):
                answer = self.get(path)
                self.assertEqual(answer.readline(), b"line 0\n")
                self.assertEqual(answer.peek(4)[:4], b"line")
                self.assertEqual(answer.read(3), b"lin")
                self.assertEqual(answer.read(), LINES[10:])

    def test_a_chunked_body(self):
        answer = self.get("/chunked")
        self.assertIsNone(answer.length)
        self.assertEqual(answer.read(), LINES)

    def test_a_chunked_body_across_its_chunks(self):
        answer = self.get("/chunked")
        parts = []
        while part := answer.read(777):
            parts.append(part)
        self.assertEqual(b"".join(parts), LINES)

    def test_a_chunked_body_into_a_buffer(self):
        buffer = bytearray(len(LINES) + 10)
        self.assertEqual(self.get("/chunked").readinto(buffer), len(LINES))
        self.assertEqual(buffer, LINES + bytes(10))

    def test_a_body_that_ends_with_the_connection(self):
        answer = self.get("/to-the-end")
        self.assertTrue(answer.will_close)
        self.assertEqual(answer.read(), LINES)

    def test_a_body_that_is_cut_short(self):
        with self.assertRaises(http.client.IncompleteRead) as caught:
            self.get("/cut").read()
        self.assertEqual((caught.exception.partial, caught.exception.expected), (b"not a hundred", 87))

    def test_no_answer(self):
        with self.assertRaisesRegex(
            http.client.RemoteDisconnected, "^Remote end closed connection without response$"
        ):
            self.get("/nothing")

    def test_what_is_no_answer(self):
        with self.assertRaises(http.client.BadStatusLine) as caught:
            self.get("/nonsense")
        self.assertEqual(caught.exception.line, "this is no status line\r\n")


class RequestTest(ClientCase):
    """What a client may send."""

    def post(self, body, method="POST", **keywords):
        client = self.client()
        client.request(method, "/", body, **keywords)
        return self.own(client.getresponse()).read()

    def test_octets(self):
        self.assertEqual(self.post(b"body"), b"POST 4 body")

    def test_text(self):
        self.assertEqual(self.post("b\xf6dy"), b"POST 4 b\xf6dy")

    def test_no_body(self):
        self.assertEqual(self.post(None), b"POST 0 ")

    def test_another_method(self):
        self.assertEqual(self.post(b"body", "PUT"), b"PUT 4 body")

    def test_a_file(self):
        self.assertEqual(self.post(io.BytesIO(b"of a file")), b"POST chunked of a file")

    def test_an_iterable(self):
        self.assertEqual(self.post(iter([b"one ", b"two"])), b"POST chunked one two")

    def test_an_iterable_of_known_length(self):
        self.assertEqual(self.post([b"one ", b"two"], headers={"Content-Length": "7"}), b"POST 7 one two")

    def test_chunks_by_hand(self):
        client = self.client()
        client.putrequest("POST", "/")
        client.putheader("Transfer-Encoding", "chunked")
        client.endheaders([b"one ", b"two"], encode_chunked=True)
        self.assertEqual(self.own(client.getresponse()).read(), b"POST chunked one two")

    def test_a_big_body(self):
        self.assertTrue(self.post(BIG) == b"POST %d " % len(BIG) + BIG)

    def test_a_big_body_in_chunks(self):
        parts = [BIG[start : start + 100_000] for start in range(0, len(BIG), 100_000)]
        self.assertTrue(self.post(iter(parts)) == b"POST chunked " + BIG)

    def test_headers(self):
        got = self.get("/headers", headers={"X-One": "1", "X-Latin": "\xe9"}).read().decode("latin-1")
        self.assertIn("Host: %s:%d\n" % self.server.server_address, got)
        self.assertIn("X-One: 1\n", got)
        self.assertIn("X-Latin: \xe9\n", got)

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


class ConnectionTest(ClientCase):
    """How long a connection lasts."""

    def addresses(self):
        return {seen[0] for seen in self.server.seen}

    def test_it_is_kept_for_the_next_request(self):
        client = self.client()
        for _ in range(5):
            self.assertEqual(self.get("/hello", client).read(), b"hello")
        self.assertEqual(len(self.server.seen), 5)
        self.assertEqual(self.addresses(), {client.sock.getsockname()})

    def test_it_is_kept_after_chunks_and_bodies(self):
        client = self.client()
        for path, body in (("/chunked", LINES), ("/big", BIG), ("/hello", b"hello")):
            self.assertTrue(self.get(path, client).read() == body)
        client.request("POST", "/", iter([b"body"]))
        self.assertEqual(client.getresponse().read(), b"POST chunked body")
        self.assertEqual(len(self.addresses()), 1)

    def test_an_answer_that_says_so_closes_it(self):
        client = self.client()
        answer = self.get("/bye", client)
        self.assertTrue(answer.will_close)
        self.assertEqual(answer.read(), b"bye")
        self.assertIsNone(client.sock)

    def test_a_request_that_says_so_closes_it(self):
        client = self.client()
        self.assertEqual(self.get("/hello", client, headers={"Connection": "close"}).read(), b"hello")
        self.assertEqual(client.sock.recv(1), b"")

    def test_an_old_client_gets_one_answer(self):
        said = self.raw(b"GET /hello HTTP/1.0\r\n\r\nGET /hello HTTP/1.0\r\n\r\n")
        self.assertEqual(said.count(b"hello"), 1)

    def test_an_old_client_may_ask_to_keep_it(self):
        said = self.raw(b"GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /hello HTTP/1.0\r\n\r\n")
        self.assertEqual(said.count(b"\r\n\r\nhello"), 2)

    def test_it_is_made_anew_after_it_was_closed(self):
        client = self.client()
        self.get("/hello", client).read()
        client.close()
        self.get("/hello", client).read()
        self.assertEqual(len(self.addresses()), 2)

    def test_its_answer_is_closed_with_it(self):
        client = self.client()
        answer = self.get("/big", client)
        client.close()
        self.assertTrue(answer.isclosed())
        self.assertEqual(answer.read(), b"")

    def test_an_address_of_ones_own(self):
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            own = probe.getsockname()
        self.get("/hello", self.client(source_address=own)).read()
        self.assertEqual(self.addresses(), {own})

    def test_no_delay_is_set(self):
        client = self.client()
        client.connect()
        self.assertNotEqual(client.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 0)

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

    def test_many_clients(self):
        def ask_often():
            client = self.client()
            return [self.get("/hello", client).read() for _ in range(5)]

        peers = [self.peer(ask_often) for _ in range(8)]
        for peer in peers:
            self.assertEqual(peer.join(), [b"hello"] * 5)
        self.assertEqual(len(self.server.seen), 40)


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
