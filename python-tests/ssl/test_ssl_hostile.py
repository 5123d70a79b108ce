"""Peers that mean no good: garbage, plain text, stalls, altered messages. Each harms its own socket alone."""

import errno
import random
import shutil
import socket
import ssl
import subprocess
import threading
import unittest

from support import LIMIT
from support.streams import SHORT, read_to_end, reset
from support.tls import BioPair, TlsServer, TlsTestCase, client_context, echo, folder, server_context

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3

PLAIN_TEXT = {
    "zeros": bytes(100),
    "ones": b"\xff" * 100,
    "a greeting": b"hello, who is there?\r\n",
    "SSH": b"SSH-2.0-OpenSSH_9.0\r\n",
    "SMTP": b"220 mail.test ESMTP\r\n",
    "an answer of HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "an unknown major version": b"\x16\x09\x09\x00\x05\x01\x00\x00\x01\x00",
}
OUT_OF_PLACE = {
    "application data": b"\x17\x03\x03\x00\x05hello",
    "a change of ciphers": b"\x14\x03\x03\x00\x01\x01",
    "an unknown message": b"\x16\x03\x03\x00\x04\x99\x00\x00\x00",
    "a cut hello": b"\x16\x03\x01\x00\x08\x01\x00\x00\x04\x03\x03\x00\x00",
    "a hello of nonsense": b"\x16\x03\x01\x00\x10\x01\x00\x00\x0c" + b"z" * 12,
    "a server's hello of nothing": b"\x16\x03\x03\x00\x04\x02\x00\x00\x00",
    "a message of 16 MB": b"\x16\x03\x01\x40\x00\x01\xff\xff\xff" + b"a" * 0x3FFC,
}


def lone_server():
    """A server's end before its handshake, and what it reads and writes."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    return server_context().wrap_bio(incoming, outgoing, server_side=True), incoming, outgoing


def lone_client(version=None):
    """A client's end that has said hello, and what it reads and writes."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    end = client_context(version=version).wrap_bio(incoming, outgoing, server_hostname="localhost")
    try:
        end.do_handshake()
    except ssl.SSLWantReadError:
        return end, incoming, outgoing
    raise AssertionError("a handshake without a server")


def hello(version=None):
    """What a client says first."""
    return lone_client(version)[2].read()


class HandshakeTest(TlsTestCase):
    """Instead of a handshake."""

    def refuses(self, ends, data):
        end, incoming, outgoing = ends
        outgoing.read()
        incoming.write(data)
        with self.assertRaises(ssl.SSLError) as caught:
            end.do_handshake()
        self.assertNotIsInstance(caught.exception, (ssl.SSLWantReadError, ssl.SSLWantWriteError))
        # It stays refused: the peer cannot mend it by more data.
        incoming.write(hello())
        with self.assertRaises(ssl.SSLError):
            end.do_handshake()
        self.assertIsNone(end.cipher())
        return caught.exception

    def test_plain_text_to_a_server(self):
        for name, data in PLAIN_TEXT.items():
            with self.subTest(name=name):
                self.assertReason("WRONG_VERSION_NUMBER", self.refuses(lone_server(), data))

    def test_plain_text_to_a_client(self):
        for name, data in PLAIN_TEXT.items():
            with self.subTest(name=name):
                self.assertReason("WRONG_VERSION_NUMBER", self.refuses(lone_client(), data))

    def test_requests_of_http_to_a_server(self):
        for data in (b"GET / HTTP/1.0\r\n\r\n", b"POST / HTTP/1.1\r\n", b"HEAD / HTTP/1.0\r\n", b"PUT / HTTP/1.0\r\n"):
            with self.subTest(data=data):
                failure = self.refuses(lone_server(), data)
                self.assertReason("HTTP_REQUEST", failure)
                self.assertTrue(str(failure).startswith("[SSL: HTTP_REQUEST] http request"), failure)

    def test_requests_to_a_proxy_to_a_server(self):
        failure = self.refuses(lone_server(), b"CONNECT example.test:443 HTTP/1.1\r\n\r\n")
        self.assertReason("HTTPS_PROXY_REQUEST", failure)

    def test_messages_out_of_place(self):
        for make in (lone_server, lone_client):
            for name, data in OUT_OF_PLACE.items():
                with self.subTest(to=make.__name__, name=name):
                    self.refuses(make(), data)

    def test_the_peer_is_told(self):
        end, incoming, outgoing = lone_server()
        incoming.write(OUT_OF_PLACE["an unknown message"])
        with self.assertRaises(ssl.SSLError):
            end.do_handshake()
        alert = outgoing.read()
        self.assertEqual((alert[0], alert[3:6]), (21, b"\x00\x02\x02"))

    def test_records_that_are_too_long(self):
        for make in (lone_server, lone_client):
            with self.subTest(to=make.__name__):
                failure = self.refuses(make(), b"\x16\x03\x03\xff\xff" + b"x" * 100)
                self.assertReason("PACKET_LENGTH_TOO_LONG", failure)

    def test_an_alert_to_a_client(self):
        for number, reason in (
            (40, "SSLV3_ALERT_HANDSHAKE_FAILURE"),
            (48, "TLSV1_ALERT_UNKNOWN_CA"),
            (70, "TLSV1_ALERT_PROTOCOL_VERSION"),
            (80, "TLSV1_ALERT_INTERNAL_ERROR"),
            (112, "TLSV1_UNRECOGNIZED_NAME"),
        ):
            with self.subTest(number=number):
                failure = self.refuses(lone_client(), b"\x15\x03\x03\x00\x02\x02" + bytes((number,)))
                self.assertReason(reason, failure)

    def test_an_alert_to_a_server(self):
        self.refuses(lone_server(), b"\x15\x03\x03\x00\x02\x02\x28")

    def test_an_old_version(self):
        """A hello of TLS 1.0 that knows of no later one."""
        message = b"\x03\x01" + bytes(32) + b"\x00" + b"\x00\x02\x00\x2f" + b"\x01\x00"
        record = b"\x01" + len(message).to_bytes(3, "big") + message
        failure = self.refuses(lone_server(), b"\x16\x03\x01" + len(record).to_bytes(2, "big") + record)
        self.assertReason("UNSUPPORTED_PROTOCOL", failure)

    def test_its_own_hello_returned(self):
        end, incoming, outgoing = lone_client()
        incoming.write(outgoing.read())
        with self.assertRaises(ssl.SSLError) as caught:
            end.do_handshake()
        self.assertNotIsInstance(caught.exception, ssl.SSLWantReadError)

    def test_bytes_one_by_one_until_they_are_wrong(self):
        end, incoming, _ = lone_server()
        with self.assertRaises(ssl.SSLError) as caught:
            for byte in b"GET / HTTP/1.0\r\n\r\n":
                incoming.write(bytes((byte,)))
                try:
                    end.do_handshake()
                except ssl.SSLWantReadError:
                    continue
        self.assertReason("HTTP_REQUEST", caught.exception)


class AlteredTest(TlsTestCase):
    """Real messages with some bytes altered. The seed is fixed: each run sends the same."""

    def altered(self, data, number):
        for seed in range(number):
            source = random.Random(seed)
            changed = bytearray(data)
            for _ in range(source.randint(1, 8)):
                changed[source.randrange(len(changed))] = source.randrange(256)
            if source.random() < 0.2:
                del changed[source.randrange(len(changed)) :]
            yield seed, bytes(changed)

    def feed(self, end, incoming, data):
        """Nothing but what an SSLObject may raise comes out, and no handshake of it."""
        incoming.write(data)
        incoming.write_eof()
        with self.assertRaises(ssl.SSLError):
            end.do_handshake()

    def test_a_client_s_hello(self):
        for version in (TLS12, TLS13):
            for seed, data in self.altered(hello(version), 60):
                with self.subTest(version=version.name, seed=seed):
                    end, incoming, _ = lone_server()
                    self.feed(end, incoming, data)

    def test_a_server_s_answer(self):
        for version in (TLS12, TLS13):
            for seed, _ in self.altered(b"x", 40):
                with self.subTest(version=version.name, seed=seed):
                    client, from_server, from_client = lone_client(version)
                    server, to_server, answer = lone_server()
                    to_server.write(from_client.read())
                    with self.assertRaises(ssl.SSLWantReadError):
                        server.do_handshake()
                    data = answer.read()
                    changed = bytearray(data)
                    source = random.Random(seed)
                    at = source.randrange(6, len(changed))
                    changed[at] ^= source.randint(1, 255)
                    self.feed(client, from_server, bytes(changed))

    def test_nonsense_in_records(self):
        for seed in range(60):
            source = random.Random(seed)
            body = source.randbytes(source.randint(1, 300))
            kind = source.choice((20, 21, 22, 23, 24, 0, 255))
            with self.subTest(seed=seed):
                for make in (lone_server, lone_client):
                    end, incoming, _ = make()
                    self.feed(end, incoming, bytes((kind, 3, 3)) + len(body).to_bytes(2, "big") + body)


class AfterHandshakeTest(TlsTestCase):
    """Instead of data."""

    def pairs(self):
        for version in (TLS12, TLS13):
            with self.subTest(version=version.name):
                pair = BioPair(client_context(version=version)).connected()
                pair.send(b"x", pair.server)
                yield pair

    def assertBroken(self, pair):
        with self.assertRaises(ssl.SSLError) as caught:
            pair.server.read()
        self.assertNotIsInstance(caught.exception, (ssl.SSLWantReadError, ssl.SSLWantWriteError))
        # What is broken stays broken, whatever comes then.
        pair.client.write(b"good data")
        with self.assertRaises(ssl.SSLError):
            pair.server.read()

    def test_plain_text(self):
        for data in (b"GET / HTTP/1.0\r\n\r\n", bytes(100)):
            for pair in self.pairs():
                pair.to_server.write(data)
                self.assertBroken(pair)

    def test_records_that_are_not_enciphered(self):
        for data in (OUT_OF_PLACE["application data"], b"\x15\x03\x03\x00\x02\x02\x28", hello()):
            for pair in self.pairs():
                pair.to_server.write(data)
                self.assertBroken(pair)

    def test_records_that_are_too_long(self):
        for pair in self.pairs():
            pair.to_server.write(b"\x17\x03\x03\xff\xff" + b"x" * 100)
            self.assertBroken(pair)

    def test_a_record_twice(self):
        for pair in self.pairs():
            pair.client.write(b"once")
            record = pair.to_server.read()
            pair.to_server.write(record)
            self.assertEqual(pair.server.read(), b"once")
            pair.to_server.write(record)
            self.assertBroken(pair)

    def test_records_in_another_order(self):
        for pair in self.pairs():
            pair.client.write(b"one")
            first = pair.to_server.read()
            pair.client.write(b"two")
            pair.to_server.write(pair.to_server.read() + first)
            self.assertBroken(pair)

    def test_each_byte_of_a_record_is_protected(self):
        for at in (0, 1, 3, 5, 8, -1):
            for pair in self.pairs():
                pair.client.write(b"a word")
                record = bytearray(pair.to_server.read())
                record[at] ^= 0x40
                pair.to_server.write(record)
                pair.to_server.write_eof()
                with self.assertRaises(ssl.SSLError):
                    pair.server.read()

    def test_a_record_of_another_connection(self):
        for pair in self.pairs():
            other = BioPair().connected()
            other.client.write(b"elsewhere")
            pair.to_server.write(other.to_server.read())
            self.assertBroken(pair)


class PlainDataFirstTest(TlsTestCase):
    """Data that is there before TLS begins must not count as protected by it (CVE-2023-40217)."""

    def assertRefused(self, function, *arguments, **keywords):
        with self.assertRaises(ssl.SSLError) as caught:
            function(*arguments, **keywords)
        self.assertIn("before TLS handshake with data", caught.exception.reason)
        self.assertIsNone(caught.exception.library)

    def test_to_a_server(self):
        client, server = self.tcp_pair()
        client.send(b"DELETE /data HTTP/1.0\r\n\r\n")
        reset(client)
        self.assertRefused(server_context().wrap_socket, server, server_side=True)

    def test_to_a_client(self):
        client, server = self.tcp_pair()
        server.send(b"HTTP/1.0 307 Temporary Redirect\r\nLocation: https://elsewhere.test/\r\n\r\n")
        reset(server)
        self.assertRefused(client_context().wrap_socket, client, server_hostname="localhost")


class ServerTest(TlsTestCase):
    """A server goes on serving others."""

    def setUp(self):
        self.context = server_context()

    def connect(self, server):
        return self.bounded(socket.create_connection(server.address, LIMIT))

    def assertServes(self, server):
        with self.connect(server) as plain:
            with client_context().wrap_socket(plain, server_hostname="localhost") as end:
                end.sendall(b"hello")
                self.assertEqual(end.recv(100), b"hello")
                end.unwrap()

    def test_after_garbage(self):
        with TlsServer(self, self.context, echo) as server:
            for data in (*PLAIN_TEXT.values(), *OUT_OF_PLACE.values()):
                with self.connect(server) as rude:
                    rude.sendall(data)
                    # Whatever the answer is, it ends, perhaps before this end has said that it is done.
                    try:
                        rude.shutdown(socket.SHUT_WR)
                        read_to_end(rude)
                    except OSError as failure:
                        self.assertIn(failure.errno, (errno.ECONNRESET, errno.ENOTCONN))
            self.assertServes(server)
        self.assertEqual(len(server.failures), len(PLAIN_TEXT) + len(OUT_OF_PLACE))

    def test_while_others_stall(self):
        stalls = (b"", b"\x16", b"\x16\x03\x01\x02", hello()[:50], b"\x16\x03\x01\x40\x00\x01")
        with TlsServer(self, self.context, echo) as server:
            stalled = [self.connect(server) for _ in stalls]
            for sock, data in zip(stalled, stalls):
                sock.sendall(data)
            self.assertServes(server)
            for sock in stalled:
                sock.close()

    def test_after_connections_that_were_cut(self):
        with TlsServer(self, self.context, echo) as server:
            for cut in (lambda sock: sock.close(), reset):
                rude = self.connect(server)
                rude.sendall(hello()[:100])
                cut(rude)
            self.assertServes(server)

    def test_after_altered_data(self):
        with TlsServer(self, self.context, echo) as server:
            with client_context().wrap_socket(self.connect(server), server_hostname="localhost") as end:
                socket.socket.sendall(end, b"not enciphered, and much too plain")
                with self.assertRaises(OSError):
                    while end.recv(100):
                        pass
                    raise ssl.SSLEOFError(8, "the end without a word")
            self.assertServes(server)

    @unittest.skipUnless(shutil.which("openssl"), "this machine has no openssl command, the only client that does this")
    def test_clients_that_want_to_negotiate_again(self):
        received = []
        done = threading.Event()

        def record(end):
            try:
                while data := end.recv(100):
                    received.append(data)
                    end.sendall(data)
            finally:
                done.set()

        self.context.maximum_version = TLS12
        with TlsServer(self, self.context, record) as server:
            command = ["openssl", "s_client", "-tls1_2", "-connect", "%s:%d" % server.address]
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder()
            ) as client:
                client.stdin.write(b"hello\n")
                client.stdin.flush()
                for line in client.stdout:
                    if line == b"hello\n":
                        break
                # A line of a single R makes this client ask for a second handshake.
                client.stdin.write(b"R\n")
                client.stdin.flush()
                client.stdin.close()
                client.stdin = None
                client.communicate(timeout=LIMIT)
            self.assertTrue(done.wait(LIMIT))
            self.assertEqual(received, [b"hello\n"])
            with self.connect(server) as plain:
                with client_context().wrap_socket(plain, server_hostname="localhost") as end:
                    end.sendall(b"hello")
                    self.assertEqual(end.recv(100), b"hello")


class StallTest(TlsTestCase):
    """A peer that stops in the middle holds a call no longer than its timeout."""

    def assertTimesOut(self, function, *arguments):
        with self.assertRaises(TimeoutError):
            function(*arguments)

    def test_in_each_part_of_a_handshake(self):
        message = hello()
        for size in (0, 1, 5, 6, 100, len(message)):
            with self.subTest(size=size):
                rude, plain = self.tcp_pair()
                end = self.own(
                    server_context().wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
                )
                rude.sendall(message[:size])
                end.settimeout(SHORT)
                self.assertTimesOut(end.do_handshake)

    def test_within_a_record(self):
        for size in (1, 5, 20):
            with self.subTest(size=size):
                client, server = self.tls_pair()
                socket.socket.sendall(client, b"\x17\x03\x03\x40\x00"[:size] + b"x" * max(0, size - 5))
                server.settimeout(SHORT)
                self.assertTimesOut(server.recv, 100)

    def test_a_peer_that_does_not_read(self):
        client, server = self.tls_pair()
        server.settimeout(SHORT)
        with self.assertRaises(TimeoutError):
            while True:
                server.sendall(b"." * (1 << 20))
        # It holds up this connection alone.
        other, third = self.tls_pair()
        other.sendall(b"hello")
        self.assertEqual(third.recv(100), b"hello")
        client.close()
