"""How TLS ends: what select tells of it, what has come before it, and what calls give after a failure."""

import select
import socket
import ssl

from support import LIMIT, certificates
from support.tls import BioPair, TlsTestCase, client_context, server_context


class VersionCase(TlsTestCase):
    version = None

    def pair(self, **keywords):
        """(client, server)."""
        return self.tls_pair(client_context(version=self.version), **keywords)

    def assertReadable(self, sock):
        self.assertEqual(select.select([sock], [], [], LIMIT)[0], [sock])


class EndAfterDataCases:
    """A peer that sends data, ends TLS, and waits for the other side's end."""

    def test_select_tells_of_the_end_too(self):
        client, server = self.pair()
        client.sendall(b"the last words")
        ending = self.peer(client.unwrap)
        self.assertReadable(server)
        self.assertEqual(server.recv(1024), b"the last words")
        self.assertReadable(server)
        self.assertEqual(server.recv(1024), b"")
        server.unwrap()
        ending.join()

    def test_select_tells_of_the_end_after_much_data(self):
        client, server = self.pair()
        ending = self.peer(self._send_and_end, client, b"z" * 100_000)
        came = 0
        while came < 100_000:
            self.assertReadable(server)
            came += len(server.recv(1 << 18))
        self.assertReadable(server)
        self.assertEqual(server.recv(1), b"")
        server.unwrap()
        ending.join()

    @staticmethod
    def _send_and_end(client, data):
        client.sendall(data)
        client.unwrap()

    def test_plain_text_after_the_end_is_left_alone(self):
        client, server = self.pair()
        client.sendall(b"in TLS")
        client.setblocking(False)
        with self.assertRaises(ssl.SSLWantReadError):
            client.unwrap()
        self.assertReadable(server)
        self.assertEqual(server.recv(1024), b"in TLS")
        self.assertEqual(server.recv(1024), b"")
        plain = server.unwrap()
        client.setblocking(True)
        ended = client.unwrap()
        ended.sendall(b"in plain text")
        self.assertReadable(plain)
        self.assertEqual(plain.recv(1024), b"in plain text")

    def test_in_memory_the_end_stays_in_the_queue(self):
        pair = BioPair(client_context(version=self.version)).connected()
        pair.to_client.read()
        pair.client.write(b"words")
        with self.assertRaises(ssl.SSLWantReadError):
            pair.client.unwrap()
        self.assertEqual(pair.server.read(1024), b"words")
        self.assertGreater(pair.to_server.pending, 0)
        self.assertEqual(pair.server.read(1024), b"")
        self.assertEqual(pair.to_server.pending, 0)

    def test_records_come_one_by_one(self):
        client, server = self.pair()
        client.sendall(b"one")
        client.sendall(b"two")
        self.assertEqual((server.recv(1024), server.recv(1024)), (b"one", b"two"))


class EndAfterDataTls12Test(EndAfterDataCases, VersionCase):
    version = ssl.TLSVersion.TLSv1_2


class EndAfterDataTls13Test(EndAfterDataCases, VersionCase):
    version = ssl.TLSVersion.TLSv1_3


class BrokenCase(VersionCase):
    """Calls on a connection on which an earlier call has failed. Only that one tells the reason."""

    def assertEnded(self, function, *arguments):
        with self.assertRaises(ssl.SSLEOFError) as caught:
            function(*arguments)
        failure = caught.exception
        self.assertEqual((failure.args[0], failure.library, failure.reason), (ssl.SSL_ERROR_EOF, None, None))
        self.assertIn("EOF occurred in violation of protocol", str(failure))

    def assertCut(self, function, *arguments):
        with self.assertRaises(ssl.SSLEOFError) as caught:
            function(*arguments)
        self.assertEqual(caught.exception.reason, "UNEXPECTED_EOF_WHILE_READING")

    def assertFails(self, reason, function, *arguments):
        with self.assertRaises(ssl.SSLError) as caught:
            function(*arguments)
        self.assertReason(reason, caught.exception)

    def assertAllEnded(self, end):
        for _ in range(2):
            self.assertEnded(end.read, 1)
            self.assertEnded(end.read, 1, bytearray(1))
            self.assertEnded(end.write, b"xyz")
            self.assertFails("SHUTDOWN_WHILE_IN_INIT", end.unwrap)


class BrokenCases:
    def test_after_a_record_that_was_changed(self):
        pair = BioPair(client_context(version=self.version)).connected()
        pair.to_client.write(b"\x17\x03\x03\x00\x20" + b"z" * 32)
        self.assertFails("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", pair.client.read, 1)
        self.assertAllEnded(pair.client)
        with self.assertRaises(ssl.SSLSyscallError) as caught:
            pair.client.do_handshake()
        self.assertEqual(caught.exception.args[0], ssl.SSL_ERROR_SYSCALL)
        self.assertFails("SSLV3_ALERT_BAD_RECORD_MAC", pair.server.read, 1)

    def test_after_a_header_that_is_none(self):
        for data, reason, told in (
            (b"GET / HTTP/1.0\r\n\r\n", "WRONG_VERSION_NUMBER", "TLSV1_ALERT_PROTOCOL_VERSION"),
            (b"\x17\x03\x03\xff\xff" + b"z" * 9, "PACKET_LENGTH_TOO_LONG", "TLSV1_ALERT_RECORD_OVERFLOW"),
        ):
            with self.subTest(reason):
                pair = BioPair(client_context(version=self.version)).connected()
                pair.to_client.read()
                pair.to_client.write(data)
                self.assertFails(reason, pair.client.read, 1)
                self.assertAllEnded(pair.client)
                self.assertFails(told, pair.server.read, 1)

    def test_after_an_alert(self):
        stranger = certificates.Authority("unknown here")
        pair = BioPair(client_context(stranger, version=self.version))
        outcome = pair.handshake()
        self.assertReason("TLSV1_ALERT_UNKNOWN_CA", outcome.server)
        for _ in range(2):
            with self.assertRaises(ssl.SSLZeroReturnError):
                pair.server.do_handshake()
            with self.assertRaises(ssl.SSLZeroReturnError):
                pair.server.write(b"x")
            self.assertEqual(pair.server.read(1), b"")
            self.assertFails("SHUTDOWN_WHILE_IN_INIT", pair.server.unwrap)
        self.assertAllEnded(pair.client)

    def test_after_an_end_without_notice_in_memory(self):
        pair = BioPair(client_context(version=self.version)).connected()
        pair.to_client.read()
        pair.to_client.write_eof()
        self.assertCut(pair.client.read, 1)
        self.assertAllEnded(pair.client)
        self.assertFails("TLSV1_ALERT_DECODE_ERROR", pair.server.read, 1)

    def test_after_an_end_without_notice_of_a_peer_that_still_reads(self):
        client, server = self.pair(suppress_ragged_eofs=False)
        socket.socket.shutdown(server, socket.SHUT_WR)
        self.assertCut(client.recv, 1)
        self.assertAllEnded(client)
        self.assertEnded(client.do_handshake)
        self.assertFails("TLSV1_ALERT_DECODE_ERROR", server.recv, 1)

    def test_after_an_end_without_notice_of_a_peer_that_is_gone(self):
        client, server = self.unix_pair(suppress_ragged_eofs=False)
        server.close()
        self.assertCut(client.recv, 1)
        self.assertEnded(client.recv, 1)
        self.assertFails("BAD_LENGTH", client.send, b"x")
        self.assertEnded(client.send, b"xyz")
        self.assertFails("SHUTDOWN_WHILE_IN_INIT", client.unwrap)
        with self.assertRaises(OSError):
            client.do_handshake()

    def unix_pair(self, **keywords):
        here, there = map(self.own, socket.socketpair())
        for each in here, there:
            each.settimeout(LIMIT)
        accepting = self.peer(self.accepted, server_context(), there)
        client = client_context(version=self.version).wrap_socket(here, server_hostname="localhost", **keywords)
        return self.own(client), accepting.join()

    def test_an_end_without_notice_can_be_as_good_as_one_with_it(self):
        context = client_context(version=self.version)
        context.options |= ssl.OP_IGNORE_UNEXPECTED_EOF
        pair = BioPair(context).connected()
        pair.to_client.read()
        pair.to_client.write_eof()
        self.assertEqual(pair.client.read(1), b"")
        self.assertEqual(pair.client.write(b"still"), 5)
        self.assertEqual(pair.server.read(5), b"still")

    def test_a_shorter_retry_breaks_the_connection(self):
        client, _ = self.pair()
        client.setblocking(False)
        with self.assertRaises(ssl.SSLWantWriteError):
            while True:
                client.send(b"z" * 50_000)
        for _ in range(2):
            self.assertFails("BAD_LENGTH", client.send, b"z" * 10)
        self.assertEnded(client.send, b"z" * 50_000)
        self.assertEqual(client.recv(1), b"")

    def test_what_a_client_has_sent_that_is_gone_already(self):
        """The server cannot send its tickets any more."""
        here, there = map(self.own, socket.socketpair())
        here.settimeout(LIMIT)
        there.setblocking(False)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = client_context(version=self.version).wrap_bio(incoming, outgoing, server_hostname="localhost")
        server = self.own(server_context().wrap_socket(there, server_side=True, do_handshake_on_connect=False))
        while True:
            try:
                client.do_handshake()
                break
            except ssl.SSLWantReadError:
                here.sendall(outgoing.read())
                try:
                    server.do_handshake()
                except ssl.SSLWantReadError:
                    pass
                incoming.write(here.recv(1 << 16))
        client.write(b"the last words")
        here.sendall(outgoing.read())
        here.close()
        server.do_handshake()
        self.assertEqual(server.recv(1024), b"the last words")
        self.assertEqual(server.recv(1024), b"")
        with self.assertRaises(ssl.SSLEOFError):
            server.send(b"an answer")


class BrokenTls12Test(BrokenCases, BrokenCase):
    version = ssl.TLSVersion.TLSv1_2


class BrokenTls13Test(BrokenCases, BrokenCase):
    version = ssl.TLSVersion.TLSv1_3


class HalfEndedCases:
    """One side has sent close_notify, the other goes on: of TLS 1.2 too, as with OpenSSL."""

    def halves(self):
        """Yields (name, the one that ends, the other, the queue to the other, the queue from the other)."""
        for name in "client", "server":
            pair = BioPair(client_context(version=self.version)).connected()
            if self.version == ssl.TLSVersion.TLSv1_3:
                # The tickets, before the case looks at what comes.
                with self.assertRaises(ssl.SSLWantReadError):
                    pair.client.read(1)
            with self.subTest(ends=name):
                if name == "client":
                    yield pair.client, pair.server, pair.to_server, pair.to_client
                else:
                    yield pair.server, pair.client, pair.to_client, pair.to_server

    def test_the_other_goes_on_sending(self):
        for ends, other, _, _ in self.halves():
            with self.assertRaises(ssl.SSLWantReadError):
                ends.unwrap()
            for _ in range(2):
                self.assertEqual(other.read(10), b"")
                self.assertEqual(other.write(b"words"), 5)
            self.assertEqual(other.write(b"z" * 100_000), 100_000)
            self.assertEqual(ends.read(5), b"words")
            self.assertEqual(ends.read(100), b"words")
            came = 0
            while came < 100_000:
                came += len(ends.read(100_000))
            other.unwrap()
            ends.unwrap()

    def test_nothing_is_sent_before_the_other_ends_too(self):
        for ends, other, _, back in self.halves():
            with self.assertRaises(ssl.SSLWantReadError):
                ends.unwrap()
            self.assertEqual(other.read(10), b"")
            self.assertEqual(back.pending, 0)
            other.unwrap()
            self.assertGreater(back.pending, 0)
            self.assertFails("PROTOCOL_IS_SHUTDOWN", other.write, b"x")
            ends.unwrap()

    def test_an_end_waits_for_no_data(self):
        for ends, other, _, _ in self.halves():
            with self.assertRaises(ssl.SSLWantReadError):
                ends.unwrap()
            self.assertEqual(other.read(10), b"")
            other.write(b"words")
            self.assertFails("APPLICATION_DATA_AFTER_CLOSE_NOTIFY", ends.unwrap)
            for _ in range(2):
                self.assertFails("PROTOCOL_IS_SHUTDOWN", ends.write, b"x")

    def test_over_sockets(self):
        client, server = self.pair()
        client.setblocking(False)
        with self.assertRaises(ssl.SSLWantReadError):
            client.unwrap()
        client.settimeout(LIMIT)
        self.assertEqual(server.recv(10), b"")
        server.sendall(b"words")
        self.assertEqual(client.read(10), b"words")
        ending = self.peer(server.unwrap)
        client.unwrap()
        ending.join()


class HalfEndedTls12Test(HalfEndedCases, BrokenCase):
    version = ssl.TLSVersion.TLSv1_2


class HalfEndedTls13Test(HalfEndedCases, BrokenCase):
    version = ssl.TLSVersion.TLSv1_3
