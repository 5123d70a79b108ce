"""UNIX domain sockets: path names and abstract names in all their forms, the three socket types, peers and errors."""

import array
import errno
import os
import socket
import struct
import tempfile
import unittest

from support import LIMIT, SocketTestCase
from support.streams import MESSAGE, default_timeout, pattern, read_exactly

STREAM, DATAGRAM, PACKETS = socket.SOCK_STREAM, socket.SOCK_DGRAM, getattr(socket, "SOCK_SEQPACKET", None)

PATH_SIZE = 108
"""Bytes of sun_path in the address structure (unix(7)). A path leaves one for its NUL, an abstract name does not."""


class UnixCase(SocketTestCase):
    def unix(self, kind=STREAM):
        return self.bounded(socket.socket(socket.AF_UNIX, kind))

    def bound(self, address, kind=STREAM):
        sock = self.unix(kind)
        sock.bind(address)
        return sock

    def connect_pair(self, address, kind=STREAM):
        """A listener at `address` and the two ends of a connection to it."""
        listener = self.listener_at(address, kind)
        client = self.unix(kind)
        client.connect(address)
        server = self.bounded(listener.accept()[0])
        return listener, client, server

    def listener_at(self, address, kind=STREAM):
        listener = self.bound(address, kind)
        listener.listen()
        return listener


class PathCase(UnixCase):
    """Gives each case a directory of its own and `path`, a name in it."""

    def setUp(self):
        super().setUp()
        # A short directory name, as the whole path has to fit into the address.
        directory = tempfile.TemporaryDirectory(prefix="s", dir="/tmp")
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.path = os.path.join(self.directory, "socket")


class PathNameTest(PathCase):
    def assertNamed(self, address, name):
        """A socket bound to `address` has the address `name`, and can be connected to by it."""
        listener, client, server = self.connect_pair(address)
        self.assertEqual(listener.getsockname(), name)
        self.assertEqual(client.getpeername(), name)
        self.assertEqual(server.getsockname(), name)
        client.send(MESSAGE)
        self.assertEqual(server.recv(1024), MESSAGE)

    def test_str(self):
        self.assertNamed(self.path, self.path)
        self.assertTrue(os.path.exists(self.path))

    def test_bytes_are_told_as_str(self):
        self.assertNamed(os.fsencode(self.path), self.path)

    def test_bytes_like_objects(self):
        for name, make in (("bytearray", bytearray), ("memoryview", memoryview),
                           ("array", lambda data: array.array("B", data))):
            with self.subTest(type=name):
                path = "%s.%s" % (self.path, name)
                self.assertNamed(make(os.fsencode(path)), path)

    def test_str_beyond_ascii(self):
        self.assertNamed(self.path + "-\u00e9\u20ac", self.path + "-\u00e9\u20ac")

    def test_bytes_that_decode(self):
        self.assertNamed(os.fsencode(self.path) + b"-\xc3\xa9", self.path + "-\u00e9")

    def test_bytes_that_do_not_decode_are_told_with_surrogates(self):
        self.assertNamed(os.fsencode(self.path) + b"-\xff\xfe", self.path + "-\udcff\udcfe")

    def test_str_with_surrogates_stands_for_bytes(self):
        self.assertNamed(self.path + "-\udcff", self.path + "-\udcff")

    def test_str_with_surrogates_for_bytes_that_decode(self):
        # The two surrogates stand for the two bytes of one letter, and come back as that letter.
        self.assertNamed(self.path + "-\udcc3\udca9", self.path + "-\u00e9")

    def test_str_that_cannot_be_encoded(self):
        for call in (self.unix().bind, self.unix().connect, self.unix().connect_ex):
            with self.subTest(call=call.__name__):
                self.assertRaises(UnicodeEncodeError, call, self.path + "\ud800")

    def test_nul_ends_a_path(self):
        sock = self.bound(self.path + "\0rest")
        self.assertEqual(sock.getsockname(), self.path)

    def test_longest_path_and_one_byte_more(self):
        longest = self.path + "x" * (PATH_SIZE - 1 - len(self.path))
        self.assertNamed(longest, longest)
        self.assertTooLong(longest + "x")
        self.assertTooLong(os.fsencode(longest + "x"))

    def test_length_of_a_path_counts_bytes_and_not_letters(self):
        self.assertTooLong(self.path + "\u20ac" * (PATH_SIZE // 3))

    def assertTooLong(self, address):
        sock = self.unix()
        for call in (sock.bind, sock.connect, sock.connect_ex):
            with self.subTest(call=call.__name__), self.assertRaises(OSError) as caught:
                call(address)
            self.assertEqual(str(caught.exception), "AF_UNIX path too long")
            self.assertIsNone(caught.exception.errno)
        self.assertEqual(sock.getsockname(), "")

    def test_address_of_another_type(self):
        for address in (None, 5, (self.path,), [self.path]):
            for name in ("bind", "connect", "connect_ex"):
                with self.subTest(call=name, address=address), self.assertRaises(TypeError) as caught:
                    getattr(self.unix(), name)(address)
                self.assertEqual(
                    str(caught.exception), "a bytes-like object is required, not '%s'" % type(address).__name__)

    def test_unbound_socket_has_an_empty_name(self):
        self.assertEqual(self.unix().getsockname(), "")

    def test_name_appears_in_the_representation(self):
        self.assertIn("laddr=" + self.path, repr(self.bound(self.path)))

    def test_closing_leaves_the_path(self):
        self.bound(self.path).close()
        self.assertTrue(os.path.exists(self.path))
        self.assertErrno(errno.EADDRINUSE, self.unix().bind, self.path)
        os.unlink(self.path)
        self.bound(self.path)


class PathErrorTest(PathCase):
    def test_connect_to_a_path_that_is_missing(self):
        failure = self.assertErrno(errno.ENOENT, self.unix().connect, self.path)
        self.assertIs(type(failure), FileNotFoundError)
        self.assertEqual(str(failure), "[Errno %d] No such file or directory" % errno.ENOENT)
        self.assertEqual(self.unix().connect_ex(self.path), errno.ENOENT)

    def test_connect_to_a_path_that_nobody_listens_at(self):
        self.bound(self.path)
        self.assertErrno(errno.ECONNREFUSED, self.unix().connect, self.path)

    def test_connect_to_a_path_whose_socket_is_gone(self):
        self.listener_at(self.path).close()
        failure = self.assertErrno(errno.ECONNREFUSED, self.unix().connect, self.path)
        self.assertIs(type(failure), ConnectionRefusedError)

    def test_connect_to_a_path_that_is_a_file(self):
        with open(self.path, "wb"):
            pass
        self.assertErrno(errno.ECONNREFUSED, self.unix().connect, self.path)

    def test_connect_to_a_socket_of_another_type(self):
        self.listener_at(self.path)
        self.assertErrno(errno.EPROTOTYPE, self.unix(DATAGRAM).connect, self.path)
        self.assertErrno(errno.EPROTOTYPE, self.unix(PACKETS).connect, self.path)

    def test_bind_where_something_is(self):
        self.bound(self.path)
        failure = self.assertErrno(errno.EADDRINUSE, self.unix().bind, self.path)
        self.assertEqual(str(failure), "[Errno %d] Address already in use" % errno.EADDRINUSE)

    def test_bind_where_a_file_is(self):
        with open(self.path, "wb"):
            pass
        self.assertErrno(errno.EADDRINUSE, self.unix().bind, self.path)

    def test_bind_in_a_directory_that_is_missing(self):
        failure = self.assertErrno(errno.ENOENT, self.unix().bind, self.path + "/below")
        self.assertIs(type(failure), FileNotFoundError)

    def test_bind_twice(self):
        sock = self.bound(self.path)
        self.assertErrno(errno.EINVAL, sock.bind, self.path + "2")

    def test_listen_without_a_name(self):
        self.assertErrno(errno.EINVAL, self.unix().listen)

    def test_accept_without_listen(self):
        self.assertErrno(errno.EINVAL, self.bound(self.path).accept)

    def test_calls_that_need_a_connection(self):
        sock = self.unix()
        self.assertErrno(errno.ENOTCONN, sock.getpeername)
        self.assertErrno(errno.ENOTCONN, sock.send, b"x")
        self.assertErrno(errno.EINVAL, sock.recv, 1)
        self.assertErrno(errno.ENOTCONN, self.unix(DATAGRAM).send, b"x")

    def test_full_backlog_refuses_at_once(self):
        # A socket without blocking mode is not queued for a place (EAGAIN in connect(2)), whatever its timeout.
        listener = self.bound(self.path)
        listener.listen(0)
        for _ in range(8):
            client = self.unix()
            try:
                client.connect(self.path)
            except OSError as failure:
                self.assertIs(type(failure), BlockingIOError)
                self.assertEqual(failure.errno, errno.EAGAIN)
                self.assertEqual(client.connect_ex(self.path), errno.EAGAIN)
                return
        self.fail("a backlog of 0 took 8 connections")

    def test_full_backlog_is_waited_for_in_blocking_mode(self):
        listener = self.bound(self.path)
        listener.listen(0)
        clients = [self.unix() for _ in range(8)]
        for client in clients:
            client.settimeout(None)
        connecting = [self.peer(client.connect, self.path) for client in clients]
        for _ in clients:
            self.own(listener.accept()[0])
        self.assertEqual([peer.join() for peer in connecting], [None] * 8)


class AbstractNameTest(UnixCase):
    """Names that begin with a NUL and are no files (Linux). They are returned as bytes."""

    def setUp(self):
        super().setUp()
        # Abstract names are the machine's, not a directory's: the name has to be this test's own.
        self.name = b"\0%d.%d" % (os.getpid(), id(self))

    def test_bytes_with_further_nuls(self):
        address = self.name + b"\0\xff"
        listener, client, server = self.connect_pair(address)
        self.assertEqual(listener.getsockname(), address)
        self.assertEqual(client.getpeername(), address)
        self.assertEqual(server.getsockname(), address)
        self.assertEqual(server.getpeername(), "")

    def test_str(self):
        sock = self.bound(self.name.decode() + "\0text\0")
        self.assertEqual(sock.getsockname(), self.name + b"\0text\0")

    def test_bytearray(self):
        sock = self.bound(bytearray(self.name + b"\0bytes\0"))
        self.assertEqual(sock.getsockname(), self.name + b"\0bytes\0")

    def test_trailing_nuls_belong_to_the_name(self):
        self.bound(self.name)
        self.bound(self.name + b"\0")
        self.bound(self.name + b"\0\0")
        self.assertErrno(errno.EADDRINUSE, self.unix().bind, self.name + b"\0")

    def test_longest_name_and_one_byte_more(self):
        longest = self.name + b"h" * (PATH_SIZE - len(self.name))
        listener, client, _ = self.connect_pair(longest)
        self.assertEqual(listener.getsockname(), longest)
        self.assertEqual(client.getpeername(), longest)
        for address in (longest + b"h", longest.decode() + "h"):
            with self.subTest(type=type(address).__name__), self.assertRaises(OSError) as caught:
                self.unix().bind(address)
            self.assertEqual(str(caught.exception), "AF_UNIX path too long")

    def test_name_is_free_again_after_close(self):
        self.bound(self.name).close()
        self.assertErrno(errno.ECONNREFUSED, self.unix().connect, self.name)
        self.bound(self.name)

    def test_empty_address_lets_the_kernel_choose_a_name(self):
        names = set()
        for address in ("", b""):
            sock = self.bound(address)
            name = sock.getsockname()
            self.assertIs(type(name), bytes)
            self.assertRegex(name, rb"\A\0[0-9a-f]{5}\Z")
            names.add(name)
        self.assertEqual(len(names), 2)

    def test_chosen_name_can_be_connected_to(self):
        listener = self.listener_at("")
        client = self.unix()
        client.connect(listener.getsockname())
        self.own(listener.accept()[0])
        self.assertEqual(client.getpeername(), listener.getsockname())

    def test_connect_to_an_empty_address(self):
        self.assertErrno(errno.EINVAL, self.unix().connect, "")

    def test_name_appears_in_the_representation(self):
        sock = self.bound(self.name)
        self.assertIn("laddr=" + str(self.name), repr(sock))


class StreamTest(PathCase):
    def test_client_without_a_name_has_an_empty_address(self):
        listener = self.listener_at(self.path)
        client = self.unix()
        client.connect(self.path)
        server, address = listener.accept()
        self.own(server)
        self.assertEqual(address, "")
        self.assertEqual(server.getpeername(), "")
        self.assertEqual(client.getsockname(), "")

    def test_client_with_a_name(self):
        listener = self.listener_at(self.path)
        client = self.bound(self.path + "-client")
        client.connect(self.path)
        server, address = listener.accept()
        self.own(server)
        self.assertEqual(address, self.path + "-client")
        self.assertEqual(server.getpeername(), self.path + "-client")

    def test_accepted_socket_is_of_the_kind_of_the_listener(self):
        _, _, server = self.connect_pair(self.path)
        self.assertIs(server.family, socket.AF_UNIX)
        self.assertIs(server.type, STREAM)
        self.assertFalse(server.get_inheritable())

    def test_large_data_both_ways(self):
        _, client, server = self.connect_pair(self.path)
        there = pattern(1 << 20)
        back = there[::-1]
        self.peer(client.sendall, there)
        self.peer(server.sendall, back)
        at_client = self.peer(read_exactly, client, len(back))
        self.assertTrue(read_exactly(server, len(there)) == there)
        self.assertTrue(at_client.join() == back)

    def test_recvfrom_of_a_stream_has_no_address(self):
        _, client, server = self.connect_pair(self.path)
        client.send(MESSAGE)
        self.assertEqual(server.recvfrom(1024), (MESSAGE, None))

    def test_sendto_an_address_on_a_connection(self):
        _, client, _ = self.connect_pair(self.path)
        self.assertErrno(errno.EISCONN, client.sendto, MESSAGE, self.path)

    def test_peer_that_closed_with_unread_data_resets(self):
        _, client, server = self.connect_pair(self.path)
        client.send(MESSAGE)
        server.close()
        self.assertRaises(ConnectionResetError, client.recv, 1)
        self.assertRaises(BrokenPipeError, client.send, b"x")

    def test_default_timeout_of_an_accepted_socket(self):
        listener = self.listener_at(self.path)
        client = self.unix()
        client.connect(self.path)
        with default_timeout(LIMIT + 1):
            server = self.own(listener.accept()[0])
        self.assertEqual(server.gettimeout(), LIMIT + 1)

    def test_a_path_is_no_place_for_ip_options(self):
        sock = self.unix()
        self.assertErrno(errno.EOPNOTSUPP, sock.setsockopt, socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class CredentialsTest(PathCase):
    """SO_PEERCRED: process, user and group of the peer, as struct ucred of unix(7)."""

    CREDENTIALS = struct.Struct("3i")

    def assertOurs(self, sock):
        data = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, self.CREDENTIALS.size)
        process, user, group = self.CREDENTIALS.unpack(data)
        # Files that this process makes are its user's and its group's.
        status = os.stat(self.directory)
        self.assertEqual(process, os.getpid())
        self.assertEqual(user, status.st_uid)
        self.assertEqual(group, status.st_gid)

    def test_credentials_of_both_ends_of_a_connection(self):
        _, client, server = self.connect_pair(self.path)
        self.assertOurs(client)
        self.assertOurs(server)

    def test_credentials_of_a_pair(self):
        for end in self.pair():
            self.assertOurs(end)

    def test_socket_without_a_peer_has_none(self):
        data = self.unix().getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, self.CREDENTIALS.size)
        self.assertEqual(self.CREDENTIALS.unpack(data), (0, -1, -1))


class DatagramTest(PathCase):
    def test_sendto_a_path(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.unix(DATAGRAM)
        self.assertEqual(sender.sendto(MESSAGE, self.path), len(MESSAGE))
        self.assertEqual(sender.sendto(MESSAGE, 0, os.fsencode(self.path)), len(MESSAGE))
        self.assertEqual(receiver.recv(1024), MESSAGE)
        self.assertEqual(receiver.recv(1024), MESSAGE)

    def test_sender_without_a_name_has_no_address(self):
        receiver = self.bound(self.path, DATAGRAM)
        self.unix(DATAGRAM).sendto(MESSAGE, self.path)
        self.assertEqual(receiver.recvfrom(1024), (MESSAGE, None))

    def test_sender_with_a_path(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.bound(self.path + "-sender", DATAGRAM)
        sender.sendto(MESSAGE, self.path)
        data, address = receiver.recvfrom(1024)
        self.assertEqual((data, address), (MESSAGE, self.path + "-sender"))
        receiver.sendto(b"answer", address)
        self.assertEqual(sender.recvfrom(1024), (b"answer", self.path))

    def test_sender_with_an_abstract_name(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.bound("", DATAGRAM)
        sender.sendto(MESSAGE, self.path)
        self.assertEqual(receiver.recvfrom(1024), (MESSAGE, sender.getsockname()))

    def test_datagrams_keep_their_bounds(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.unix(DATAGRAM)
        for data in (b"one", b"", b"three"):
            sender.sendto(data, self.path)
        self.assertEqual([receiver.recv(1024) for _ in range(3)], [b"one", b"", b"three"])

    def test_recv_cuts_a_datagram_and_drops_the_rest(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.unix(DATAGRAM)
        sender.sendto(MESSAGE, self.path)
        sender.sendto(b"next", self.path)
        self.assertEqual(receiver.recv(3), MESSAGE[:3])
        self.assertEqual(receiver.recv(1024), b"next")

    def test_connected_socket_sends_without_an_address(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.unix(DATAGRAM)
        sender.connect(self.path)
        self.assertEqual(sender.getpeername(), self.path)
        sender.send(MESSAGE)
        self.assertEqual(receiver.recv(1024), MESSAGE)

    def test_connected_socket_refuses_strangers(self):
        receiver = self.bound(self.path, DATAGRAM)
        peer = self.bound(self.path + "-peer", DATAGRAM)
        receiver.connect(self.path + "-peer")
        self.assertErrno(errno.EPERM, self.unix(DATAGRAM).sendto, MESSAGE, self.path)
        peer.sendto(MESSAGE, self.path)
        self.assertEqual(receiver.recv(1024), MESSAGE)

    def test_sendto_a_path_that_is_missing(self):
        self.assertErrno(errno.ENOENT, self.unix(DATAGRAM).sendto, MESSAGE, self.path)

    def test_sendto_something_that_is_no_address(self):
        sender = self.unix(DATAGRAM)
        for address in (None, 5, ("host", 1)):
            with self.subTest(address=address), self.assertRaises(TypeError) as caught:
                sender.sendto(MESSAGE, address)
            self.assertEqual(
                str(caught.exception), "a bytes-like object is required, not '%s'" % type(address).__name__)

    def test_peer_that_is_gone_refuses(self):
        receiver = self.bound(self.path, DATAGRAM)
        sender = self.unix(DATAGRAM)
        sender.connect(self.path)
        receiver.close()
        self.assertRaises(ConnectionRefusedError, sender.send, MESSAGE)


class PacketTest(PathCase):
    """SOCK_SEQPACKET: a connection as of a stream, with the bounds of datagrams."""

    def test_packets_keep_their_bounds(self):
        _, client, server = self.connect_pair(self.path, PACKETS)
        for data in (b"one", b"two", b"three"):
            self.assertEqual(client.send(data), len(data))
        self.assertEqual([server.recv(1024) for _ in range(3)], [b"one", b"two", b"three"])

    def test_recv_cuts_a_packet_and_drops_the_rest(self):
        _, client, server = self.connect_pair(self.path, PACKETS)
        client.send(MESSAGE)
        client.send(b"next")
        self.assertEqual(server.recv(3), MESSAGE[:3])
        self.assertEqual(server.recv(1024), b"next")

    def test_recv_after_the_end_is_empty(self):
        _, client, server = self.connect_pair(self.path, PACKETS)
        client.send(MESSAGE)
        client.close()
        self.assertEqual(server.recv(1024), MESSAGE)
        self.assertEqual(server.recv(1024), b"")
        self.assertRaises(BrokenPipeError, server.send, b"x")

    def test_accepted_socket_has_the_type_of_the_listener(self):
        _, _, server = self.connect_pair(self.path, PACKETS)
        self.assertIs(server.type, PACKETS)
        self.assertEqual(server.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), PACKETS)


if __name__ == "__main__":
    unittest.main()
