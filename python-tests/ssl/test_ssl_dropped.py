"""What a program leaves behind over TLS without closing it: data of files, sockets, responses of https."""

import gc
import http.client
import socket
import ssl

from support import LIMIT, Peer
from support.collection import ResourceWarnings, collected
from support.tls import TlsTestCase, client_context, server_context

CUT = "cut off"
"""In the place of data: the end came without close_notify."""


class DroppedCase(TlsTestCase):
    """Gives each case `peer`, and `connection()` the other end, which nothing but the case holds on to."""

    version = ssl.TLSVersion.TLSv1_3

    def connection(self, **keywords):
        plain, accepted = socket.socketpair()
        self.bounded(accepted)
        plain.settimeout(LIMIT)
        accepting = Peer(self._accept, accepted)
        made = client_context(version=self.version).wrap_socket(plain, server_hostname="localhost", **keywords)
        self.peer_end = accepting.join()
        return made

    def _accept(self, sock):
        return self.own(server_context().wrap_socket(sock, server_side=True, suppress_ragged_eofs=False))

    def assert_ends(self, data=b"", end=CUT):
        """The peer gets `data`, and then the end: CUT, or b"" for one by close_notify."""
        peer = self.peer_end
        peer.setblocking(False)
        received = []

        def is_over():
            try:
                received.append(peer.recv(100_000))
            except ssl.SSLWantReadError:
                return False
            except ssl.SSLEOFError:
                received.append(CUT)
            return received[-1] in (b"", CUT)

        self.assertTrue(collected(lambda: any(is_over() for _ in range(100))), received)
        self.assertEqual(received.pop(), end)
        self.assertEqual(b"".join(received), data)

    def assert_arrives(self, data):
        self.peer_end.setblocking(False)
        received = bytearray()

        def is_there():
            try:
                received.extend(self.peer_end.recv(1000))
            except ssl.SSLWantReadError:
                pass
            return len(received) >= len(data)

        self.assertTrue(collected(is_there))
        self.assertEqual(received, data)


class UnsentCases:
    """Data of a dropped file that was not flushed."""

    def test_text_arrives(self):
        for mode in "w", "rw":
            with self.subTest(mode=mode):
                connection = self.connection()
                file = connection.makefile(mode, encoding="utf-8", newline="\r\n")
                file.write("één\n")
                print("two", file=file)
                connection.close()
                del file
                self.assert_ends("één\r\ntwo\r\n".encode())

    def test_bytes_arrive(self):
        connection = self.connection()
        file = connection.makefile("wb")
        file.writelines([b"one", b"two"])
        connection.close()
        del file
        self.assert_ends(b"onetwo")

    def test_data_arrives_when_the_socket_is_dropped_too(self):
        with ResourceWarnings():
            self.connection().makefile("wb").write(b"text")
            self.assert_ends(b"text")

    def test_socket_that_is_kept_stays_open(self):
        connection = self.own(self.connection())
        connection.makefile("w").write("text")
        self.assert_arrives(b"text")
        connection.sendall(b"more")
        self.assert_arrives(b"more")
        self.peer_end.sendall(b"answer")
        self.assertEqual(connection.recv(100), b"answer")

    def test_more_than_the_peer_takes_at_once(self):
        data = bytes(range(256)) * 20_000
        connection = self.connection()
        file = connection.makefile("wb", len(data) + 1)
        file.write(data)
        connection.close()
        reading = Peer(self._read_all)
        del file
        collected(lambda: not reading._thread.is_alive())
        self.assertEqual(reading.join(), data)

    def _read_all(self):
        parts = []
        self.peer_end.settimeout(LIMIT)
        try:
            while part := self.peer_end.recv(100_000):
                parts.append(part)
        except ssl.SSLEOFError:
            pass
        return b"".join(parts)

    def test_nothing_follows_close_notify(self):
        connection = self.connection()
        file = connection.makefile("w")
        file.write("text")
        connection.setblocking(False)
        with self.assertRaises(ssl.SSLWantReadError):
            connection.unwrap()
        connection.close()
        del file
        self.assert_ends(end=b"")

    def test_handshake_is_done_for_a_file(self):
        plain, accepted = socket.socketpair()
        self.bounded(accepted)
        plain.settimeout(LIMIT)
        accepting = Peer(self._accept, accepted)
        connection = client_context(version=self.version).wrap_socket(
            plain, server_hostname="localhost", do_handshake_on_connect=False
        )
        file = connection.makefile("rw", newline="\n")
        file.write("one\n")
        file.flush()
        self.peer_end = accepting.join()
        self.peer_end.sendall(b"answer\n")
        self.assertEqual(file.readline(), "answer\n")
        file.write("two\n")
        connection.close()
        del file
        self.assert_ends(b"one\ntwo\n")


class UnsentTls12Test(UnsentCases, DroppedCase):
    version = ssl.TLSVersion.TLSv1_2


class UnsentTls13Test(UnsentCases, DroppedCase):
    pass


class SocketTest(DroppedCase):
    def test_peer_sees_an_end_without_notice(self):
        with ResourceWarnings():
            connection = self.connection()
            connection.sendall(b"text")
            del connection
            self.assert_ends(b"text")

    def test_files_that_read_keep_nothing_open(self):
        connection = self.connection()
        file = connection.makefile("rb")
        connection.close()
        gc.collect()
        self.peer_end.sendall(b"line\n")
        self.assertEqual(file.readline(), b"line\n")
        with ResourceWarnings():
            del file, connection
            self.assert_ends()

    def test_after_unwrap_the_end_was_told(self):
        connection = self.connection()
        unwrapping = Peer(self.peer_end.unwrap)
        plain = connection.unwrap()
        unwrapping.join()
        plain.sendall(b"plain")
        self.assertEqual(self.peer_end.recv(100), b"plain")
        plain.close()
        del plain, connection
        self.assertTrue(collected(lambda: self.peer_end.recv(100) == b""))


class HttpsTest(DroppedCase):
    def request(self):
        connection = http.client.HTTPSConnection("localhost", context=client_context())
        connection.sock = self.connection()
        connection.request("GET", "/")
        self.assertEqual(self.peer_end.recv(4), b"GET ")
        while self.peer_end.pending():
            self.peer_end.recv(1000)
        return connection

    def test_response(self):
        connection = self.request()
        self.peer_end.sendall(b"HTTP/1.0 200 OK\r\n\r\nbody")
        response = connection.getresponse()
        connection.close()
        self.assertEqual(response.read(2), b"bo")
        del response
        self.assert_ends()

    def test_connection(self):
        with ResourceWarnings():
            connection = self.request()
            del connection
            self.assert_ends()
