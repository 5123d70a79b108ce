"""TCP Fast Open: a first send begins the connection. In blocking mode it waits for the outcome, as connect does."""

import errno
import os
import select
import socket
import struct
import tempfile
import unittest

from support import HOST, SocketTestCase, requires

TCP_FASTOPEN_CONNECT = 30
NO_COOKIE = 34
"""TCP_FASTOPEN_NO_COOKIE: data goes with the first segment although the server has given no cookie."""


def _works():
    if not hasattr(socket, "MSG_FASTOPEN"):
        return False
    with socket.create_server((HOST, 0)) as listener, socket.socket() as client:
        client.setblocking(False)
        try:
            client.sendto(b"", socket.MSG_FASTOPEN, listener.getsockname())
        except OSError as failure:
            return failure.errno != errno.EOPNOTSUPP
        return True


@requires(socket, "MSG_FASTOPEN")
@unittest.skipUnless(_works(), "Fast Open is switched off for clients: net.ipv4.tcp_fastopen")
class FastOpenTestCase(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.server = self.listener()
        self.server.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5)
        self.address = self.server.getsockname()
        self.nobody = self.own(socket.socket())
        self.nobody.bind((HOST, 0))

    def client(self, no_cookie=False, timeout=None, deferred=False):
        sock = self.own(socket.socket())
        sock.settimeout(timeout)
        sock.setsockopt(socket.IPPROTO_TCP, NO_COOKIE, no_cookie)
        sock.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, deferred)
        return sock

    def received(self, count):
        connection, _ = self.server.accept()
        with self.bounded(connection), connection.makefile("rb") as file:
            return file.read(count)


def sendto(sock, data, address):
    return sock.sendto(data, socket.MSG_FASTOPEN, address)


def sendmsg(sock, data, address):
    return sock.sendmsg([data[:2], data[2:]], [], socket.MSG_FASTOPEN, address)


class FirstSendTest(FastOpenTestCase):
    """MSG_FASTOPEN."""

    def each(self, timeouts=(None,)):
        for send in sendto, sendmsg:
            for no_cookie in False, True:
                for timeout in timeouts:
                    yield send, self.client(no_cookie, timeout), no_cookie

    def test_all_is_sent(self):
        for send, client, _ in self.each():
            self.assertEqual(send(client, b"early", self.address), 5)
            self.assertEqual(client.getpeername(), self.address)
            self.assertEqual(self.received(5), b"early")

    def test_more_than_one_segment(self):
        data = os.urandom(500_000)
        for send, client, _ in self.each():
            reader = self.peer(self.received, len(data))
            self.assertEqual(send(client, data, self.address), len(data))
            self.assertEqual(reader.join(), data)

    def test_nothing(self):
        for send, client, _ in self.each():
            self.assertEqual(send(client, b"", self.address), 0)
            self.assertEqual(client.getpeername(), self.address)
            self.server.accept()[0].close()

    def test_it_is_connected_then(self):
        for send, client, _ in self.each():
            send(client, b"early", self.address)
            self.assertEqual(client.connect_ex(self.address), errno.EISCONN)
            self.assertErrno(errno.EISCONN, send, client, b"again", self.address)
            self.assertEqual(client.send(b"late!"), 5)
            self.assertEqual(self.received(10), b"earlylate!")

    def test_nobody_listens(self):
        for send, client, _ in self.each():
            self.assertErrno(errno.ECONNREFUSED, send, client, b"early", self.nobody.getsockname())
            self.assertEqual(send(client, b"later", self.address), 5)
            self.assertEqual(self.received(5), b"later")

    def test_without_waiting(self):
        for send, client, no_cookie in self.each((0, 5)):
            if no_cookie:
                self.assertEqual(send(client, b"early", self.address), 5)
            else:
                self.assertErrno(errno.EINPROGRESS, send, client, b"early", self.address)
            select.select([], [client], [])
            self.assertEqual(client.connect_ex(self.address), 0)
            if not no_cookie:
                client.send(b"early")
            self.assertEqual(self.received(5), b"early")

    def test_one_call_without_waiting(self):
        client = self.client()
        flags = socket.MSG_FASTOPEN | socket.MSG_DONTWAIT
        self.assertErrno(errno.EINPROGRESS, client.sendto, b"early", flags, self.address)

    def test_a_limit_of_the_kernel(self):
        full = self.listener(backlog=0)
        self.own(socket.create_connection(full.getsockname()))
        for send, client, no_cookie in self.each():
            client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 0, 100_000))
            if no_cookie:
                self.assertEqual(send(client, b"early", full.getsockname()), 5)
            else:
                self.assertErrno(errno.EINPROGRESS, send, client, b"early", full.getsockname())
            self.assertErrno(errno.EALREADY, client.connect, full.getsockname())

    def test_multipath(self):
        try:
            client, server = (self.own(socket.socket(proto=socket.IPPROTO_MPTCP)) for _ in range(2))
        except OSError:
            self.skipTest("the kernel has no MPTCP")
        server.bind((HOST, 0))
        server.listen()
        self.assertEqual(sendto(client, b"early", server.getsockname()), 5)
        self.server = self.bounded(server)
        self.assertEqual(self.received(5), b"early")

    def test_protocols_that_have_no_connections_ignore_it(self):
        sock = self.bounded(socket.socket(type=socket.SOCK_DGRAM))
        sock.bind((HOST, 0))
        sock.setblocking(True)
        self.assertEqual(sendto(sock, b"early", sock.getsockname()), 5)
        self.assertErrno(errno.ENOTCONN, sock.getpeername)
        self.assertEqual(sock.recv(100), b"early")


def sendfile(sock, data):
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return os.sendfile(sock.fileno(), file.fileno(), 0, len(data))


class DeferredConnectTest(FastOpenTestCase):
    """TCP_FASTOPEN_CONNECT: where data can go with the first segment, connect leaves all to the first send."""

    CALLS = (
        lambda sock, data: sock.send(data),
        lambda sock, data: sock.send(data, socket.MSG_NOSIGNAL),
        lambda sock, data: sock.sendall(data),
        lambda sock, data: sock.sendmsg([data]),
        sendfile,
    )

    def each(self, timeout=None):
        for call in self.CALLS:
            for no_cookie in False, True:
                yield call, self.client(no_cookie, timeout, deferred=True), no_cookie

    def test_all_is_sent(self):
        for call, client, _ in self.each():
            client.connect(self.address)
            self.assertIn(call(client, b"early"), (5, None))
            self.assertEqual(client.getpeername(), self.address)
            self.assertEqual(self.received(5), b"early")

    def test_more_than_one_segment(self):
        data = os.urandom(500_000)
        for call, client, _ in self.each():
            reader = self.peer(self.received, len(data))
            client.connect(self.address)
            self.assertIn(call(client, data), (len(data), None))
            self.assertEqual(reader.join(), data)

    def test_nobody_listens(self):
        for call, client, no_cookie in self.each():
            if no_cookie:
                client.connect(self.nobody.getsockname())
                self.assertErrno(errno.ECONNREFUSED, call, client, b"early")
            else:
                self.assertErrno(errno.ECONNREFUSED, client.connect, self.nobody.getsockname())

    def test_a_timeout(self):
        for call, client, _ in self.each(5):
            client.connect(self.address)
            self.assertIn(call(client, b"early"), (5, None))
            self.assertEqual(self.received(5), b"early")

    def test_a_timeout_where_nobody_listens(self):
        client = self.client(True, 5, deferred=True)
        client.connect(self.nobody.getsockname())
        self.assertEqual(client.send(b"early"), 5)
        self.assertErrno(errno.ECONNREFUSED, client.recv, 1)


if __name__ == "__main__":
    unittest.main()
