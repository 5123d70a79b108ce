"""What holds for http.client and http.server, in plain and behind TLS."""

import http.client
import io
import socket

from support import HOST
from support.http import BIG, LINES, HttpTestCase


class HttpClientCase(HttpTestCase):
    """A case whose `client()` makes a connection of http.client to the server, closed after the test."""

    def get(self, path, client=None, **keywords):
        """The answer to a GET, closed after the test."""
        client = client or self.client()
        client.request("GET", path, **keywords)
        return self.own(client.getresponse())


class AnswerCases:
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


class RequestCases:
    """What a client may send."""

    def post(self, body, method="POST", **keywords):
        client = self.client()
        client.request(method, "/", body, **keywords)
        return self.own(client.getresponse()).read()

    def test_bytes(self):
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
        client = self.client()
        got = self.get("/headers", client, headers={"X-One": "1", "X-Latin": "\xe9"}).read().decode("latin-1")
        self.assertIn("Host: %s:%d\n" % (client.host, client.port), got)
        self.assertIn("X-One: 1\n", got)
        self.assertIn("X-Latin: \xe9\n", got)


class ConnectionCases:
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

    def test_many_clients(self):
        def ask_often():
            client = self.client()
            return [self.get("/hello", client).read() for _ in range(5)]

        peers = [self.peer(ask_often) for _ in range(8)]
        for peer in peers:
            self.assertEqual(peer.join(), [b"hello"] * 5)
        self.assertEqual(len(self.server.seen), 40)
