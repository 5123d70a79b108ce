"""How TLS ends, as a program sees it that waits by select: what has come with the end, and what follows it."""

import select
import ssl

from support import LIMIT
from support.tls import BioPair, TlsTestCase, client_context


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
