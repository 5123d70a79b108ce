"""socket.sendmsg: what it takes as data, flags and address on each kind of socket, and when it fails.

Ancillary data that a kernel acts on has files of its own; here it is empty, or of a wrong shape.
"""

import array
import errno
import os
import socket
import unittest

from support import HOST, HOST6, SocketTestCase, require
from support.messages import (
    MESSAGE, UIO_MAXIOV, Sctp, Tcp, Tcp6, Udp, Udp6, UdpLite, UdpLite6, UnixDatagram, UnixSeqpacket, UnixStream)

LARGE = 16 << 20
"""Bytes that no pair of socket buffers holds."""

AT_ONCE = 1 << 16
"""Bytes that a case sends or receives in one call where the number does not matter."""


def setUpModule():
    require(socket.socket, "sendmsg")


class SendmsgCases:
    """What holds on every kind of socket. The ends come from a transport."""

    def assertSent(self, data, *arguments):
        """sendmsg with these arguments returns the length of `data`, and that is what arrives."""
        self.assertEqual(self.sendmsg(*arguments), len(data))
        self.assertEqual(self.server.recv(AT_ONCE), data)

    def assertNothingSent(self):
        """What the client sends now is the first thing that arrives."""
        self.send(b"the first message")
        self.assertEqual(self.server.recv(AT_ONCE), b"the first message")

    def test_one_buffer_is_sent(self):
        self.assertSent(MESSAGE, [MESSAGE])

    def test_explicit_defaults_are_accepted(self):
        self.assertSent(MESSAGE, [MESSAGE], [], 0)

    def test_several_buffers_are_joined_in_order(self):
        self.assertSent(MESSAGE, [MESSAGE[:3], MESSAGE[3:10], MESSAGE[10:]])

    def test_empty_buffers_among_others_add_nothing(self):
        self.assertSent(MESSAGE, [b"", MESSAGE[:3], b"", MESSAGE[3:], b""])

    def test_buffers_may_be_a_tuple(self):
        self.assertSent(MESSAGE, (MESSAGE[:3], MESSAGE[3:]))

    def test_buffers_may_come_from_a_generator(self):
        self.assertSent(MESSAGE, (part for part in (MESSAGE[:3], MESSAGE[3:])))

    def test_an_array_of_bytes_is_sent(self):
        self.assertSent(MESSAGE, [array.array("B", MESSAGE)])

    def test_an_array_of_wider_items_is_sent_as_its_bytes(self):
        numbers = array.array("i", [1, -2, 3])
        self.assertSent(numbers.tobytes(), [numbers])

    def test_bytearrays_and_memoryviews_are_sent(self):
        self.assertSent(MESSAGE, [bytearray(MESSAGE[:3]), memoryview(MESSAGE)[3:]])

    def test_a_memoryview_of_several_dimensions_is_sent_as_its_bytes(self):
        self.assertSent(b"abcdef", [memoryview(b"abcdef").cast("B", [2, 3])])

    def test_the_buffers_are_unchanged_afterwards(self):
        data = bytearray(MESSAGE)
        self.sendmsg([data])
        self.assertEqual(data, MESSAGE)
        data.append(0)  # and no longer exported: a bytearray with an exported buffer refuses to grow

    def test_ancillary_data_may_be_any_empty_iterable(self):
        for nothing in ((), {}, iter([]), (item for item in [])):
            with self.subTest(type=type(nothing).__name__):
                self.assertSent(MESSAGE, [MESSAGE], nothing)

    def test_as_many_buffers_as_the_kernel_takes(self):
        self.assertSent(b"x" * UIO_MAXIOV, [b"x"] * UIO_MAXIOV)

    def test_more_buffers_than_the_kernel_takes_raise_emsgsize(self):
        self.assertErrno(errno.EMSGSIZE, self.sendmsg, [b"x"] * (UIO_MAXIOV + 1))
        self.assertNothingSent()

    def test_refused_data_is_not_sent(self):
        for data in (b"bytes are no list of buffers", object(), [object()], [MESSAGE, object()], [MESSAGE, "text"]):
            with self.subTest(data=data):
                self.assertRaises(TypeError, self.sendmsg, data)
        self.assertNothingSent()

    def test_data_with_refused_ancillary_data_is_not_sent(self):
        good = (0, 0, b"")
        for items in (object(), [object()], [(object(), 0, b"data")], [(0, object(), b"data")], [(0, 0, object())],
                      [(0, 0)], [(0, 0, b"data", 42)], [0, 0, b""], [good, object()]):
            with self.subTest(items=items):
                self.assertRaises(TypeError, self.sendmsg, [MESSAGE], items)
        self.assertNothingSent()

    def test_data_with_refused_flags_or_address_is_not_sent(self):
        self.assertRaises(TypeError, self.sendmsg, [MESSAGE], [], object())
        self.assertRaises(TypeError, self.sendmsg, [MESSAGE], [], 0, object())
        self.assertNothingSent()

    def test_a_buffer_that_fails_while_it_is_made_sends_nothing(self):
        def parts():
            yield MESSAGE
            raise LookupError("no second part")

        with self.assertRaisesRegex(LookupError, "no second part"):
            self.sendmsg(parts())
        self.assertNothingSent()

    def test_a_closed_socket_raises_ebadf(self):
        self.client.close()
        self.assertErrno(errno.EBADF, self.sendmsg, [MESSAGE])

    def test_a_detached_socket_raises_ebadf(self):
        self.addCleanup(socket.close, self.client.detach())
        self.assertErrno(errno.EBADF, self.sendmsg, [MESSAGE])


class ConnectedSendmsgCases(SendmsgCases):
    """What holds where the ends are connected."""

    def fill(self, *arguments):
        """Sends until sendmsg raises. Nobody reads, so it does."""
        while True:
            self.client.sendmsg([bytes(AT_ONCE)], *arguments)

    def test_none_as_the_address_means_the_peer(self):
        self.assertSent(MESSAGE, [MESSAGE], [], 0, None)

    def test_full_buffers_end_in_a_timeout(self):
        self.client.settimeout(0.03)
        with self.assertRaises(TimeoutError) as caught:
            self.fill()
        self.assertEqual(str(caught.exception), "timed out")
        self.assertIsNone(caught.exception.errno)

    def test_full_buffers_raise_eagain_with_msg_dontwait(self):
        self.client.settimeout(None)
        self.peer(self.assertErrno, errno.EAGAIN, self.fill, [], socket.MSG_DONTWAIT).join()

    def test_full_buffers_raise_eagain_on_a_nonblocking_socket(self):
        self.client.setblocking(False)
        with self.assertRaises(BlockingIOError) as caught:
            self.fill()
        self.assertEqual(caught.exception.errno, errno.EAGAIN)


class HalfClosedSendmsgCases:
    """What holds where a connection can be shut down in one direction."""

    def test_after_shutdown_of_writing_the_pipe_is_broken(self):
        self.client.shutdown(socket.SHUT_WR)
        with self.assertRaises(BrokenPipeError) as caught:
            self.client.sendmsg([MESSAGE])
        self.assertEqual(caught.exception.errno, errno.EPIPE)


class StreamSendmsgCases(HalfClosedSendmsgCases, ConnectedSendmsgCases):
    """What holds on a stream of bytes without records."""

    def receive_until_end(self):
        received = bytearray()
        while chunk := self.server.recv(AT_ONCE):
            received += chunk
        return bytes(received)

    def large_parts(self):
        """Buffers that are LARGE bytes together, and their contents."""
        parts = [bytes([number]) * (LARGE // 4) for number in b"abcd"]
        return parts, b"".join(parts)

    def test_a_socket_without_a_timeout_sends_all_of_a_large_message(self):
        parts, contents = self.large_parts()
        self.client.settimeout(None)

        def send_and_close():
            with self.client:
                return self.client.sendmsg(parts)

        sender = self.peer(send_and_close)
        self.assertTrue(self.receive_until_end() == contents, "other bytes arrived than were sent")
        self.assertEqual(sender.join(), LARGE)

    def test_a_socket_with_a_timeout_sends_what_fits_and_says_how_much(self):
        parts, contents = self.large_parts()
        count = self.client.sendmsg(parts)
        self.assertIn(count, range(1, LARGE))
        self.client.close()
        self.assertTrue(self.receive_until_end() == contents[:count], "other bytes arrived than were sent")

    def test_an_empty_list_of_buffers_sends_nothing(self):
        self.assertEqual(self.client.sendmsg([]), 0)
        self.assertEqual(self.client.sendmsg([b"", b""]), 0)
        self.assertNothingSent()


class ConnectionlessSendmsgCases(SendmsgCases):
    """What holds where every message carries its destination."""

    no_destination = errno.EDESTADDRREQ

    def test_without_a_destination_the_message_is_refused(self):
        self.assertErrno(self.no_destination, self.client.sendmsg, [MESSAGE])

    def test_none_is_no_destination(self):
        self.assertErrno(self.no_destination, self.client.sendmsg, [MESSAGE], [], 0, None)

    def test_a_connected_socket_needs_no_destination(self):
        self.client.connect(self.server_address)
        self.assertEqual(self.client.sendmsg([MESSAGE]), len(MESSAGE))
        self.assertEqual(self.client.sendmsg([MESSAGE], [], 0, None), len(MESSAGE))
        self.assertEqual(self.server.recvfrom(AT_ONCE), (MESSAGE, self.client_address))
        self.assertEqual(self.server.recvfrom(AT_ONCE), (MESSAGE, self.client_address))

    def test_the_destination_wins_over_the_peer(self):
        other = self.bound_socket()
        self.client.connect(other.getsockname())
        self.sendmsg([MESSAGE])
        self.assertEqual(self.server.recv(AT_ONCE), MESSAGE)

    def test_each_call_makes_one_message(self):
        self.sendmsg([b"one"])
        self.sendmsg([b"t", b"wo"])
        self.assertEqual(self.server.recv(AT_ONCE), b"one")
        self.assertEqual(self.server.recv(AT_ONCE), b"two")

    def test_an_empty_list_of_buffers_makes_an_empty_message(self):
        self.assertEqual(self.sendmsg([]), 0)
        self.assertEqual(self.server.recvfrom(AT_ONCE), (b"", self.client_address))

    def test_empty_bytes_in_place_of_a_list_make_an_empty_message(self):
        self.assertEqual(self.sendmsg(b""), 0)
        self.assertEqual(self.server.recvfrom(AT_ONCE), (b"", self.client_address))

    def test_a_message_that_is_too_long_raises_emsgsize(self):
        self.assertErrno(errno.EMSGSIZE, self.sendmsg, [bytes(LARGE // 2)] * 2)
        self.assertNothingSent()


class UdpSendmsgTest(Udp, ConnectionlessSendmsgCases, SocketTestCase):

    def test_a_host_name_is_resolved(self):
        self.sendmsg([MESSAGE], [], 0, ("localhost", self.server_address[1]))
        self.assertEqual(self.server.recv(AT_ONCE), MESSAGE)

    def test_port_zero_raises_einval(self):
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [], 0, (HOST, 0))


class Udp6SendmsgTest(Udp6, ConnectionlessSendmsgCases, SocketTestCase):

    def test_flow_information_and_scope_may_be_left_out(self):
        port = self.server_address[1]
        for address in ((HOST6, port), (HOST6, port, 0), (HOST6, port, 0, 0)):
            with self.subTest(address=address[2:]):
                self.assertSent(MESSAGE, [MESSAGE], [], 0, address)


class UdpLiteSendmsgTest(UdpLite, ConnectionlessSendmsgCases, SocketTestCase):
    pass


class UdpLite6SendmsgTest(UdpLite6, ConnectionlessSendmsgCases, SocketTestCase):
    pass


class UnixDatagramSendmsgTest(UnixDatagram, ConnectionlessSendmsgCases, SocketTestCase):

    no_destination = errno.ENOTCONN

    def test_a_path_may_be_any_kind_of_bytes(self):
        path = os.fsencode(self.server_address)
        for address in (path, bytearray(path), memoryview(path)):
            with self.subTest(type=type(address).__name__):
                self.assertSent(MESSAGE, [MESSAGE], [], 0, address)

    def test_an_abstract_name_is_a_destination(self):
        other = self.new_socket()
        other.bind(b"")  # Linux chooses a free abstract name
        self.sendmsg([MESSAGE], [], 0, other.getsockname())
        self.assertEqual(other.recv(AT_ONCE), MESSAGE)

    def test_a_path_without_a_socket_raises_enoent(self):
        with self.assertRaises(FileNotFoundError):
            self.sendmsg([MESSAGE], [], 0, self.server_address + "-not-there")


class TcpSendmsgTest(Tcp, StreamSendmsgCases, SocketTestCase):

    def test_an_address_on_a_connection_is_ignored(self):
        self.assertSent(MESSAGE, [MESSAGE], [], 0, self.client_address)

    def test_an_unconnected_socket_has_a_broken_pipe(self):
        with self.assertRaises(BrokenPipeError):
            self.new_socket().sendmsg([MESSAGE])

    def test_msg_oob_sends_urgent_data(self):
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        self.assertSent(b"!", [b"!"], [], socket.MSG_OOB)


class Tcp6SendmsgTest(Tcp6, StreamSendmsgCases, SocketTestCase):
    pass


class SctpSendmsgTest(Sctp, ConnectedSendmsgCases, SocketTestCase):
    pass


class UnixStreamSendmsgTest(UnixStream, StreamSendmsgCases, SocketTestCase):

    def test_an_address_on_a_connection_raises_eisconn(self):
        self.assertErrno(errno.EISCONN, self.sendmsg, [MESSAGE], [], 0, self.server_address)

    def test_an_unconnected_socket_raises_enotconn(self):
        self.assertErrno(errno.ENOTCONN, self.new_socket().sendmsg, [MESSAGE])

    def test_a_closed_peer_breaks_the_pipe(self):
        self.server.close()
        with self.assertRaises(BrokenPipeError) as caught:
            self.sendmsg([MESSAGE])
        self.assertEqual(str(caught.exception), "[Errno 32] Broken pipe")


class UnixSeqpacketSendmsgTest(UnixSeqpacket, HalfClosedSendmsgCases, ConnectedSendmsgCases, SocketTestCase):

    def test_each_call_makes_one_message(self):
        self.sendmsg([b"one"])
        self.sendmsg([b"t", b"wo"], [], socket.MSG_EOR)
        self.assertEqual(self.server.recv(AT_ONCE), b"one")
        self.assertEqual(self.server.recv(AT_ONCE), b"two")


if __name__ == "__main__":
    unittest.main()
