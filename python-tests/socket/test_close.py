"""Closing: what a closed socket still answers, what its peer and its other users see, and what closing leaves alone."""

import contextlib
import errno
import os
import select
import socket
import unittest

from support import HOST, LIMIT, SocketTestCase
from support.streams import MESSAGE, SHORT, OverIPv4, OverIPv6, pattern, read_exactly


OPEN_DESCRIPTORS = "/proc/self/fd"


class ClosedSocketTest(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.sock = socket.socket()
        self.sock.close()

    def test_every_call_on_the_descriptor_is_an_error(self):
        address = (HOST, 1)
        for name, arguments in (
                ("accept", ()), ("bind", (address,)), ("connect", (address,)), ("listen", ()),
                ("shutdown", (socket.SHUT_RDWR,)), ("getsockname", ()), ("getpeername", ()),
                ("getsockopt", (socket.SOL_SOCKET, socket.SO_TYPE)),
                ("setsockopt", (socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)),
                ("recv", (1,)), ("recvfrom", (1,)), ("recvfrom", (0,)), ("recv_into", (bytearray(1),)),
                ("recvfrom_into", (bytearray(1),)), ("recvmsg", (1,)), ("recvmsg_into", ([bytearray(1)],)),
                ("send", (b"x",)), ("send", (b"",)), ("sendall", (b"x",)), ("sendto", (b"x", address)),
                ("sendmsg", ([b"x"],)), ("dup", ()), ("setblocking", (False,)), ("settimeout", (1,))):
            with self.subTest(call=name, arguments=arguments):
                failure = self.assertErrno(errno.EBADF, getattr(self.sock, name), *arguments)
                self.assertIs(type(failure), OSError)
                self.assertEqual(str(failure), "[Errno %d] Bad file descriptor" % errno.EBADF)

    def test_connect_ex_gives_the_error(self):
        self.assertEqual(self.sock.connect_ex((HOST, 1)), errno.EBADF)

    def test_descriptor_is_minus_one(self):
        self.assertEqual(self.sock.fileno(), -1)
        self.assertEqual(self.sock.detach(), -1)

    def test_kind_is_still_known(self):
        self.assertIs(self.sock.family, socket.AF_INET)
        self.assertIs(self.sock.type, socket.SOCK_STREAM)
        self.assertEqual(self.sock.proto, 0)
        self.assertIsNone(self.sock.gettimeout())

    def test_recv_of_zero_bytes_does_not_reach_the_descriptor(self):
        self.assertEqual(self.sock.recv(0), b"")
        self.assertEqual(self.sock.recv_into(bytearray()), 0)

    def test_arguments_are_checked_first(self):
        self.assertRaises(ValueError, self.sock.recv, -1)
        self.assertRaises(TypeError, self.sock.send, "text")
        self.assertRaises(OverflowError, self.sock.connect, (HOST, 65536))

    def test_close_again(self):
        self.assertIsNone(self.sock.close())
        self.assertIsNone(self.sock.close())
        self.assertEqual(self.sock.fileno(), -1)

    def test_representation_says_closed(self):
        self.assertTrue(repr(self.sock).startswith("<socket.socket [closed] fd=-1, "), repr(self.sock))
        self.assertNotIn("addr", repr(self.sock))

    def test_select_refuses(self):
        with self.assertRaises(ValueError):
            select.select([self.sock], [], [], 0)


class WithBlockTest(SocketTestCase):
    def test_block_closes(self):
        with socket.socket() as sock:
            self.assertGreaterEqual(sock.fileno(), 0)
            self.assertFalse(sock._closed)
        self.assertEqual(sock.fileno(), -1)
        self.assertTrue(sock._closed)

    def test_block_may_close_itself(self):
        with socket.socket() as sock:
            sock.close()
        self.assertEqual(sock.fileno(), -1)

    def test_block_that_fails_closes(self):
        with self.assertRaises(LookupError), socket.socket() as sock:
            raise LookupError
        self.assertEqual(sock.fileno(), -1)

    def test_block_whose_call_failed_closes(self):
        with socket.socket() as sock:
            self.assertRaises(OSError, sock.sendall, b"x")
        self.assertEqual(sock.fileno(), -1)

    def test_block_gives_the_socket_itself(self):
        sock = socket.socket()
        with sock as same:
            self.assertIs(same, sock)

    def test_connection_made_in_a_block(self):
        listener = self.listener()
        with socket.create_connection(listener.getsockname()) as client:
            server = self.bounded(listener.accept()[0])
            client.sendall(MESSAGE)
            self.assertEqual(server.recv(1024), MESSAGE)
        self.assertTrue(client._closed)
        self.assertEqual(server.recv(1024), b"")
        self.assertRaises(OSError, client.sendall, MESSAGE)

    def test_connection_closed_inside_its_block(self):
        listener = self.listener()
        with socket.create_connection(listener.getsockname()) as client:
            client.close()
        self.assertErrno(errno.EBADF, client.sendall, MESSAGE)


class PeerCases:
    """What the other end of a TCP connection sees."""

    def setUp(self):
        super().setUp()
        self.client, self.server = self.tcp_pair(self.family)

    def test_closed_connection_is_readable_and_at_its_end(self):
        self.server.close()
        self.assertEqual(select.select([self.client], [], [], LIMIT), ([self.client], [], []))
        self.assertEqual(self.client.recv(1), b"")
        # The connection stays at its end, and closing again changes nothing.
        self.server.close()
        self.server.close()
        self.assertEqual(self.client.recv(1), b"")

    def test_what_was_sent_before_closing_arrives(self):
        data = pattern(1 << 20)

        def send_and_close():
            self.server.sendall(data)
            self.server.close()

        self.peer(send_and_close)
        self.assertTrue(read_exactly(self.client, len(data)) == data)
        self.assertEqual(self.client.recv(1), b"")

    def test_recv_that_waits_ends_when_the_peer_closes(self):
        self.client.settimeout(None)
        receiving = self.peer(self.client.recv, 1)
        self.server.close()
        self.assertEqual(receiving.join(), b"")

    def test_half_closed_connection_answers(self):
        self.client.sendall(MESSAGE)
        self.client.shutdown(socket.SHUT_WR)
        question = b""
        while part := self.server.recv(1024):
            question += part
        self.server.sendall(question.upper())
        self.server.close()
        self.assertEqual(read_exactly(self.client, len(MESSAGE)), MESSAGE.upper())
        self.assertEqual(self.client.recv(1), b"")

    def test_closed_listener_leaves_accepted_connections(self):
        listener = self.listener(self.family)
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(listener.getsockname())
        server = self.bounded(listener.accept()[0])
        listener.close()
        client.send(MESSAGE)
        self.assertEqual(server.recv(1024), MESSAGE)

    def test_closed_listener_resets_connections_that_wait(self):
        listener = self.listener(self.family)
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(listener.getsockname())
        listener.close()
        self.assertRaises(ConnectionResetError, client.recv, 1)

    def test_closed_listener_neither_accepts_nor_is_connected_to(self):
        listener = self.listener(self.family)
        address = listener.getsockname()
        listener.close()
        self.assertErrno(errno.EBADF, listener.accept)
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        self.assertRaises(ConnectionRefusedError, client.connect, address)


class PeerOverIPv4Test(PeerCases, OverIPv4, SocketTestCase):
    pass


class PeerOverIPv6Test(PeerCases, OverIPv6, SocketTestCase):
    pass


class ShutdownBeforehandTest(SocketTestCase):
    """A blocking call on a socket that has been shut down has nothing to wait for, whatever poll(2) reports."""

    def shut_down(self, sock, how=socket.SHUT_RDWR):
        sock.settimeout(None)
        try:
            sock.shutdown(how)
        except OSError as refusal:
            # Without a peer the shutdown is still done.
            self.assertEqual(refusal.errno, errno.ENOTCONN)
        return sock

    def test_accept_of_a_tcp_listener(self):
        self.assertErrno(errno.EINVAL, self.shut_down(self.listener()).accept)

    def test_accept_of_a_unix_listener(self):
        listener = self.bounded(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        listener.bind("")
        listener.listen()
        self.assertErrno(errno.EINVAL, self.shut_down(listener).accept)

    def test_recv_of_udp(self):
        sock = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.bind((HOST, 0))
        self.assertEqual(self.shut_down(sock, socket.SHUT_RD).recv(10), b"")

    def test_recv_of_unix_datagrams(self):
        left, _ = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.assertEqual(self.shut_down(left, socket.SHUT_RD).recv(10), b"")

    def test_recv_of_a_stream(self):
        for family in (socket.AF_UNIX, socket.AF_INET):
            with self.subTest(family=family):
                left, _ = self.pair() if family == socket.AF_UNIX else self.tcp_pair()
                self.assertEqual(self.shut_down(left, socket.SHUT_RD).recv(10), b"")


class FullReceiverTest(SocketTestCase):
    """poll(2) calls a UNIX datagram socket writable whose receiver's queue is full, unless the two are connected."""

    def test_blocking_sendto_waits_for_room(self):
        receiver = self.bounded(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        receiver.bind("")
        sender = self.own(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        sender.setblocking(False)
        sent = 0
        with self.assertRaises(BlockingIOError):
            while True:
                sender.sendto(b"%d" % sent, receiver.getsockname())
                sent += 1
        sender.setblocking(True)
        waiting = self.peer(sender.sendto, b"last", receiver.getsockname())
        received = [receiver.recv(10) for _ in range(sent + 1)]
        self.assertEqual(waiting.join(), 4)
        self.assertEqual(received, [b"%d" % i for i in range(sent)] + [b"last"])


class OtherUsersTest(SocketTestCase):
    """Threads that wait on a socket while it ends, and sockets that come to its descriptor afterwards."""

    def test_shutdown_ends_a_recv_that_waits(self):
        left, _ = self.pair()
        left.settimeout(None)
        receiving = self.peer(left.recv, 1)
        left.shutdown(socket.SHUT_RDWR)
        self.assertEqual(receiving.join(), b"")

    def test_shutdown_ends_a_recv_that_waits_with_a_timeout(self):
        client, _ = self.tcp_pair()
        receiving = self.peer(client.recv, 1)
        client.shutdown(socket.SHUT_RDWR)
        self.assertEqual(receiving.join(), b"")

    def test_shutdown_ends_a_sendall_that_waits(self):
        left, _ = self.pair()

        def send():
            with self.assertRaises(BrokenPipeError):
                left.sendall(bytes(64 << 20))

        sending = self.peer(send)
        left.shutdown(socket.SHUT_RDWR)
        sending.join()

    def test_shutdown_ends_an_accept_that_waits(self):
        for timeout in (None, LIMIT):
            with self.subTest(timeout=timeout):
                listener = self.listener()
                listener.settimeout(timeout)
                accepting = self.peer(self.assertErrno, errno.EINVAL, listener.accept)
                listener.shutdown(socket.SHUT_RDWR)
                accepting.join()

    def test_close_during_a_recv_ends_it_with_an_error(self):
        # CPython lets the wait run out on Linux, other implementations end it at once. Neither hangs nor gives data.
        left, _ = self.pair()
        left.settimeout(4 * SHORT)

        def receive():
            with self.assertRaises(OSError) as caught:
                left.recv(1)
            self.assertIn(caught.exception.errno, (None, errno.EBADF))

        receiving = self.peer(receive)
        left.close()
        receiving.join()

    def test_closed_socket_does_not_touch_what_comes_to_its_descriptor(self):
        old, _ = self.pair()
        old.close()
        left, right = self.pair()
        self.assertErrno(errno.EBADF, old.send, b"from a closed socket")
        old.close()
        left.send(MESSAGE)
        self.assertEqual(right.recv(1024), MESSAGE)

    def test_detached_socket_does_not_close_its_descriptor(self):
        old, right = self.pair()
        again = self.bounded(socket.socket(fileno=old.detach()))
        old.close()
        again.send(MESSAGE)
        self.assertEqual(right.recv(1024), MESSAGE)

    def test_sockets_that_come_and_go_beside_leave_a_connection_alone(self):
        client, server = self.tcp_pair()
        data = pattern(1 << 20)

        def come_and_go():
            for number in range(200):
                left, right = socket.socketpair()
                with left, right:
                    left.sendall(b"%d" % number)
                    self.assertEqual(right.recv(10), b"%d" % number)

        others = [self.peer(come_and_go) for _ in range(2)]
        self.peer(client.sendall, data)
        self.assertTrue(read_exactly(server, len(data)) == data)
        for other in others:
            other.join()

    @unittest.skipUnless(os.path.isdir(OPEN_DESCRIPTORS), "this system does not list the descriptors of a process")
    def test_closing_gives_the_descriptor_back(self):
        before = len(os.listdir(OPEN_DESCRIPTORS))
        for _ in range(200):
            with socket.socket(), contextlib.closing(socket.socket(socket.AF_UNIX)):
                pass
        # Other parts of the process may open files of their own meanwhile, but not that many.
        self.assertLess(len(os.listdir(OPEN_DESCRIPTORS)) - before, 100)


if __name__ == "__main__":
    unittest.main()
