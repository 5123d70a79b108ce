"""Non-blocking mode: each call that would wait fails at once, and `select` reports readiness."""

import errno
import os
import select
import socket
import unittest

from support import LIMIT, SocketTestCase
from support.streams import MESSAGE, OverIPv4, OverIPv6, fill, pattern, read_exactly, reset


class WouldBlock:
    def assertWouldBlock(self, function, *arguments):
        failure = self.assertErrno(errno.EAGAIN, function, *arguments)
        self.assertIs(type(failure), BlockingIOError)
        self.assertEqual(str(failure), "[Errno %d] Resource temporarily unavailable" % errno.EAGAIN)

    def assertReadable(self, sock):
        self.assertEqual(select.select([sock], [], [], LIMIT), ([sock], [], []))

    def assertWritable(self, sock):
        self.assertEqual(select.select([], [sock], [], LIMIT), ([], [sock], []))


class AcceptingCases(WouldBlock):
    def test_accept_without_a_connection(self):
        listener = self.listener(self.family)
        listener.setblocking(False)
        self.assertWouldBlock(listener.accept)

    def test_accept_with_a_timeout_of_zero(self):
        listener = self.listener(self.family)
        listener.settimeout(0.0)
        self.assertWouldBlock(listener.accept)

    def test_accept_when_select_says_so(self):
        listener = self.listener(self.family)
        listener.setblocking(False)
        self.assertWouldBlock(listener.accept)
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(listener.getsockname())
        self.assertReadable(listener)
        server, address = listener.accept()
        self.own(server)
        self.assertEqual(address, client.getsockname())
        self.assertIsNone(server.gettimeout())
        self.assertWouldBlock(listener.accept)

    def test_listener_made_with_the_nonblock_flag(self):
        listener = self.own(socket.socket(self.family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
        listener.bind((self.host, 0))
        listener.listen()
        self.assertWouldBlock(listener.accept)


class AcceptingOverIPv4Test(AcceptingCases, OverIPv4, SocketTestCase):
    pass


class AcceptingOverIPv6Test(AcceptingCases, OverIPv6, SocketTestCase):
    pass


class ConnectingCases(WouldBlock):
    def setUp(self):
        super().setUp()
        self.sock = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        self.sock.setblocking(False)

    def nobody(self):
        holder = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        holder.bind((self.host, 0))
        return holder.getsockname()

    def pending_error(self):
        return self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)

    def test_connect_is_in_progress(self):
        listener = self.listener(self.family)
        failure = self.assertErrno(errno.EINPROGRESS, self.sock.connect, listener.getsockname())
        self.assertIs(type(failure), BlockingIOError)
        self.assertEqual(failure.strerror, os.strerror(errno.EINPROGRESS))

    def test_connect_completes_when_select_says_so(self):
        listener = self.listener(self.family)
        self.assertRaises(BlockingIOError, self.sock.connect, listener.getsockname())
        self.assertWritable(self.sock)
        self.assertEqual(self.pending_error(), 0)
        self.assertEqual(self.sock.getpeername(), listener.getsockname())
        server = self.bounded(listener.accept()[0])
        self.sock.send(MESSAGE)
        self.assertEqual(server.recv(1024), MESSAGE)

    def test_connect_ex_tells_each_step(self):
        listener = self.listener(self.family)
        self.assertEqual(self.sock.connect_ex(listener.getsockname()), errno.EINPROGRESS)
        self.assertWritable(self.sock)
        # The second call reports the end of the first (Linux), and only the third finds a connected socket.
        self.assertEqual(self.sock.connect_ex(listener.getsockname()), 0)
        self.assertEqual(self.sock.connect_ex(listener.getsockname()), errno.EISCONN)
        self.assertErrno(errno.EISCONN, self.sock.connect, listener.getsockname())

    def test_refusal_comes_by_the_pending_error(self):
        self.assertErrno(errno.EINPROGRESS, self.sock.connect, self.nobody())
        self.assertWritable(self.sock)
        self.assertEqual(self.pending_error(), errno.ECONNREFUSED)
        self.assertEqual(self.pending_error(), 0)

    def test_refusal_comes_by_connect_ex(self):
        address = self.nobody()
        self.assertEqual(self.sock.connect_ex(address), errno.EINPROGRESS)
        self.assertWritable(self.sock)
        self.assertEqual(self.sock.connect_ex(address), errno.ECONNREFUSED)

    def test_connect_while_one_is_in_progress(self):
        address = self.full_backlog()
        self.assertEqual(self.sock.connect_ex(address), errno.EINPROGRESS)
        self.assertEqual(self.sock.connect_ex(address), errno.EALREADY)
        failure = self.assertErrno(errno.EALREADY, self.sock.connect, address)
        self.assertIs(type(failure), BlockingIOError)
        self.assertEqual(select.select([], [self.sock], [], 0), ([], [], []))
        self.assertErrno(errno.ENOTCONN, self.sock.getpeername)

    def full_backlog(self):
        """The address of a listener at which the next connection stays in progress."""
        listener = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        listener.bind((self.host, 0))
        listener.listen(0)
        for _ in range(8):
            client = self.own(socket.socket(self.family, socket.SOCK_STREAM))
            # On the loopback a connection that has a place is made within this time.
            client.settimeout(0.1)
            if client.connect_ex(listener.getsockname()) != 0:
                return listener.getsockname()
        self.fail("a backlog of 0 took 8 connections")

    def test_recv_before_connect(self):
        self.assertErrno(errno.ENOTCONN, self.sock.recv, 1)

    def test_becoming_blocking_completes_the_connection(self):
        listener = self.listener(self.family)
        self.assertEqual(self.sock.connect_ex(listener.getsockname()), errno.EINPROGRESS)
        self.sock.settimeout(LIMIT)
        server = self.bounded(listener.accept()[0])
        server.send(MESSAGE)
        self.assertEqual(self.sock.recv(1024), MESSAGE)


class ConnectingOverIPv4Test(ConnectingCases, OverIPv4, SocketTestCase):
    pass


class ConnectingOverIPv6Test(ConnectingCases, OverIPv6, SocketTestCase):
    pass


class TransferCases(WouldBlock):
    """Receiving and sending, by a pair that the subclass makes: `left` is non-blocking, `right` is not."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.make_pair()
        self.left.setblocking(False)

    def test_receiving_without_data(self):
        for name, arguments in (("recv", (1,)), ("recvfrom", (1,)), ("recvfrom", (0,)),
                                ("recv_into", (bytearray(1),)), ("recvfrom_into", (bytearray(1),)),
                                ("recvmsg", (1,)), ("recvmsg_into", ([bytearray(1)],))):
            with self.subTest(call=name, arguments=arguments):
                self.assertWouldBlock(getattr(self.left, name), *arguments)

    def test_recv_of_zero_bytes_does_not_ask_for_data(self):
        self.assertEqual(self.left.recv(0), b"")
        self.assertEqual(self.left.recv_into(bytearray()), 0)

    def test_recv_when_select_says_so(self):
        self.assertWouldBlock(self.left.recv, 1024)
        self.right.sendall(MESSAGE)
        self.assertReadable(self.left)
        self.assertEqual(self.left.recv(1024), MESSAGE)
        self.assertWouldBlock(self.left.recv, 1024)

    def test_recv_after_the_end_is_empty(self):
        self.right.close()
        self.assertReadable(self.left)
        self.assertEqual(self.left.recv(1024), b"")

    def test_send_until_full(self):
        self.assertWouldBlock(self.send_for_ever)
        self.assertEqual(select.select([], [self.left], [], 0), ([], [], []))

    def test_sendall_until_full(self):
        self.assertWouldBlock(self.left.sendall, bytes(64 << 20))

    def test_sendmsg_until_full(self):
        self.assertWouldBlock(self.sendmsg_for_ever)

    def test_send_takes_a_part(self):
        data = pattern(64 << 20)
        sent = self.left.send(data)
        self.assertGreater(sent, 0)
        self.assertLess(sent, len(data))
        self.assertTrue(read_exactly(self.right, sent) == data[:sent])

    def test_send_again_after_the_other_end_has_read(self):
        sent = fill(self.left)
        read_exactly(self.right, sent)
        self.assertWritable(self.left)
        self.assertEqual(self.left.send(MESSAGE), len(MESSAGE))
        self.assertEqual(self.right.recv(1024), MESSAGE)

    def send_for_ever(self):
        while True:
            self.left.send(b"x" * 65536)

    def sendmsg_for_ever(self):
        while True:
            self.left.sendmsg([b"x" * 65536])


class TcpTransferTest(TransferCases, SocketTestCase):
    def make_pair(self):
        return self.tcp_pair()

    def test_recv_from_a_peer_that_reset(self):
        reset(self.right)
        self.assertReadable(self.left)
        self.assertRaises(ConnectionResetError, self.left.recv, 1)


class UnixTransferTest(TransferCases, SocketTestCase):
    def make_pair(self):
        return self.pair()


class DatagramTest(WouldBlock, SocketTestCase):
    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.left.setblocking(False)

    def test_receiving_without_a_datagram(self):
        self.assertWouldBlock(self.left.recv, 1)
        self.assertWouldBlock(self.left.recvfrom, 1)
        self.assertWouldBlock(self.left.recvfrom, 0)

    def test_datagram_without_bytes_is_not_nothing(self):
        self.right.send(b"")
        self.assertReadable(self.left)
        self.assertEqual(self.left.recv(1), b"")
        self.assertWouldBlock(self.left.recv, 1)

    def test_send_until_full(self):
        fill(self.left)
        self.assertWouldBlock(self.left.send, b"x")


if __name__ == "__main__":
    unittest.main()
