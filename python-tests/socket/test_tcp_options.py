"""Options of TCP sockets and their listeners, and the kernel's own timeouts, which are options too."""

import errno
import socket
import struct
import unittest

from support import Peer, SocketTestCase
from support.streams import MESSAGE, SHORT, MeasuresWaits, OverIPv4, OverIPv6, read_exactly

LARGE = 4 << 20


class OptionCases:
    """Options that matter to a TCP connection or to its listener."""

    def connection(self):
        return self.tcp_pair(self.family)

    def test_nodelay_on_a_listening_socket_is_inherited(self):
        listener = self.listener(self.family)
        self.assertEqual(listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 0)
        self.assertIsNone(listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1))
        self.assertEqual(listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 1)
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(listener.getsockname())
        server = self.own(listener.accept()[0])
        self.assertEqual(server.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 1)

    def test_nodelay_on_a_connection(self):
        client, server = self.connection()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.assertEqual(client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 1)
        self.assertEqual(server.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 0)

    def test_linger_is_a_structure(self):
        client, _ = self.connection()
        size = struct.calcsize("ii")
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, size), struct.pack("ii", 0, 0))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 7))
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, size), struct.pack("ii", 1, 7))
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER), 1)
        self.assertErrno(errno.EINVAL, client.setsockopt, socket.SOL_SOCKET, socket.SO_LINGER, 1)

    def test_reuse_of_an_address(self):
        first = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        self.assertEqual(first.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), 0)
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.assertEqual(first.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), 1)
        first.bind((self.host, 0))
        second = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        second.bind(first.getsockname())
        self.assertEqual(second.getsockname(), first.getsockname())

    def test_reuse_of_a_port_that_is_still_closing(self):
        # Linux asks for the option on both: the listener that goes and the one that comes.
        listener = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.host, 0))
        listener.listen()
        address = listener.getsockname()
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(address)
        server = self.own(listener.accept()[0])
        # The side that closes first keeps the port busy for a while (TIME_WAIT).
        server.close()
        self.assertEqual(client.recv(1), b"")
        client.close()
        listener.close()
        again = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(address)
        again.listen()
        self.assertEqual(again.getsockname(), address)

    def test_listening_is_visible(self):
        listener = self.listener(self.family)
        self.assertEqual(listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN), 1)
        client, _ = self.connection()
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN), 0)
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), socket.SOCK_STREAM)
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN), self.family)
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL), socket.IPPROTO_TCP)
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0)

    def test_keepalive_and_its_times(self):
        client, _ = self.connection()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.assertEqual(client.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), 1)
        for option, value in ((socket.TCP_KEEPIDLE, 60), (socket.TCP_KEEPINTVL, 5), (socket.TCP_KEEPCNT, 4)):
            client.setsockopt(socket.IPPROTO_TCP, option, value)
            self.assertEqual(client.getsockopt(socket.IPPROTO_TCP, option), value)

    def test_info_is_bytes_that_begin_with_the_state(self):
        client, _ = self.connection()
        # struct tcp_info of linux/tcp.h: the first byte is the state, and 1 is ESTABLISHED.
        info = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
        self.assertIs(type(info), bytes)
        self.assertEqual(len(info), 104)
        self.assertEqual(info[0], 1)

    def test_info_is_cut_to_the_size_that_was_asked_for(self):
        client, _ = self.connection()
        self.assertEqual(len(client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 9)), 9)

    def test_congestion_control_is_a_name_with_trailing_nuls(self):
        client, _ = self.connection()
        name = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16)
        self.assertEqual(len(name), 16)
        self.assertRegex(name, rb"\A[a-z0-9_]+\0*\Z")
        # reno is built into every kernel.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")
        name = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16)
        self.assertEqual(name.rstrip(b"\0"), b"reno")

    def test_congestion_control_that_does_not_exist(self):
        client, _ = self.connection()
        failure = self.assertErrno(errno.ENOENT, client.setsockopt, socket.IPPROTO_TCP, socket.TCP_CONGESTION,
                                   b"no such name")
        self.assertIs(type(failure), FileNotFoundError)

    def test_value_of_a_wrong_type(self):
        client, _ = self.connection()
        for value in ("reno", None, 1.0):
            with self.subTest(value=value), self.assertRaises(TypeError) as caught:
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, value)
            self.assertEqual(
                str(caught.exception), "a bytes-like object is required, not '%s'" % type(value).__name__)

    def test_size_out_of_range(self):
        client, _ = self.connection()
        for size in (-1, 1025):
            with self.subTest(size=size), self.assertRaises(OSError) as caught:
                client.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, size)
            self.assertEqual(str(caught.exception), "getsockopt buflen out of range")
            self.assertIsNone(caught.exception.errno)

    def test_option_that_does_not_exist(self):
        client, _ = self.connection()
        self.assertErrno(errno.ENOPROTOOPT, client.setsockopt, socket.SOL_SOCKET, 9999, 1)
        self.assertErrno(errno.ENOPROTOOPT, client.getsockopt, socket.SOL_SOCKET, 9999)


class OptionsOverIPv4Test(OptionCases, OverIPv4, SocketTestCase):
    pass


class OptionsOverIPv6Test(OptionCases, OverIPv6, SocketTestCase):
    pass


class KernelTimeoutTest(MeasuresWaits, SocketTestCase):
    """SO_RCVTIMEO and SO_SNDTIMEO are the kernel's own: they end a blocking call with EAGAIN, as on any descriptor."""

    def setUp(self):
        super().setUp()
        self.client, self.server = self.tcp_pair()

    def limit(self, sock, option):
        """Puts `sock` in blocking mode with one of the kernel's timeouts, of twenty milliseconds."""
        sock.settimeout(None)
        sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", 0, 20000))

    def assertWouldBlock(self, function, *arguments):
        # On a thread, because the call is in blocking mode: without the kernel's timeout it would never end.
        failure = self.assertErrno(errno.EAGAIN, Peer(function, *arguments).join)
        self.assertIs(type(failure), BlockingIOError)
        self.assertEqual(str(failure), "[Errno %d] Resource temporarily unavailable" % errno.EAGAIN)

    def test_the_option_is_a_structure_and_not_the_timeout_of_the_socket(self):
        self.limit(self.client, socket.SO_RCVTIMEO)
        value = self.client.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.calcsize("ll"))
        seconds, microseconds = struct.unpack("ll", value)
        self.assertEqual(seconds, 0)
        # The kernel counts in ticks, so it may round up.
        self.assertGreaterEqual(microseconds, 20000)
        self.assertIsNone(self.client.gettimeout())

    def test_receiving_in_blocking_mode_ends(self):
        self.limit(self.client, socket.SO_RCVTIMEO)
        for name, arguments in (("recv", (1,)), ("recvfrom", (1,)), ("recv_into", (bytearray(1),)),
                                ("recvfrom_into", (bytearray(1),)), ("recvmsg", (1,))):
            with self.subTest(call=name):
                self.assertWouldBlock(getattr(self.client, name), *arguments)

    def test_data_that_comes_in_time_is_received(self):
        self.limit(self.client, socket.SO_RCVTIMEO)
        self.server.send(MESSAGE)
        self.assertEqual(self.client.recv(1024), MESSAGE)

    def test_a_file_of_the_socket_reads_none(self):
        self.limit(self.client, socket.SO_RCVTIMEO)
        with self.client.makefile("rb", 0) as file:
            self.assertIsNone(Peer(file.read, 1).join())

    def test_accept_in_blocking_mode_ends(self):
        listener = self.listener()
        self.limit(listener, socket.SO_RCVTIMEO)
        self.assertWouldBlock(listener.accept)

    def test_sending_in_blocking_mode_ends_when_the_buffers_are_full(self):
        self.limit(self.client, socket.SO_SNDTIMEO)
        self.assertWouldBlock(self.send_for_ever)
        self.assertWouldBlock(self.client.sendall, bytes(LARGE))

    def test_send_in_blocking_mode_gives_what_was_taken_in_time(self):
        self.limit(self.client, socket.SO_SNDTIMEO)
        size = 8 * LARGE
        sent = Peer(self.client.send, bytes(size)).join()
        self.assertGreater(sent, 0)
        self.assertLess(sent, size)
        self.assertEqual(len(read_exactly(self.server, sent)), sent)

    def test_the_timeout_of_the_socket_comes_first(self):
        self.limit(self.client, socket.SO_RCVTIMEO)
        self.client.settimeout(SHORT)
        self.assertTimesOut(SHORT, self.client.recv, 1)

    def send_for_ever(self):
        while True:
            self.client.send(b"x" * 65536)


if __name__ == "__main__":
    unittest.main()
