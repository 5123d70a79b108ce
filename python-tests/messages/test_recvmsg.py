"""socket.recvmsg, and what recvmsg_into does likewise: the data, the flags and the sender on each kind of socket.

Every case runs by recvmsg and by recvmsg_into. Ancillary data has files of its own; here there is none to receive.
"""

import errno
import select
import socket
import unittest

from support import LIMIT, SocketTestCase, require
from support.messages import (
    MESSAGE, ROOMY, ByRecvmsg, ByRecvmsgInto, Sctp, Tcp, Tcp6, Udp, Udp6, UdpLite, UdpLite6, UnixDatagram,
    UnixSeqpacket, UnixStream)


def setUpModule():
    require(socket.socket, "sendmsg")


class ReceiveCases:
    """What holds on every kind of socket, by either call."""

    def test_a_message_that_fills_the_buffer(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE)))

    def test_a_message_shorter_than_the_buffer(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE) + 42))

    def test_a_message_longer_than_the_buffer_is_cut_and_flagged(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE) - 3), MESSAGE[:-3], whole=False)

    def test_explicit_defaults(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE), 0, 0))

    def test_space_too_small_for_any_ancillary_data(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE), 1))

    def test_space_for_a_lot_of_ancillary_data(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE), ROOMY))

    def test_a_message_from_sendmsg(self):
        self.assertEqual(self.sendmsg([MESSAGE[:3], MESSAGE[3:]]), len(MESSAGE))
        self.assertReceived(self.receive(len(MESSAGE)))

    def test_the_result_is_a_tuple_of_four(self):
        self.send(MESSAGE)
        result = self.receive(len(MESSAGE))
        self.assertIs(type(result), tuple)
        self.assertEqual([type(part) for part in result[:3]], [bytes, list, int])
        self.assertEqual(len(result), 4)

    def test_a_message_that_comes_while_the_call_waits(self):
        waiting = self.peer(self.receive, len(MESSAGE))
        self.send(MESSAGE)
        self.assertReceived(waiting.join())

    def test_a_message_that_comes_while_a_call_without_timeout_waits(self):
        self.server.settimeout(None)
        waiting = self.peer(self.receive, len(MESSAGE))
        self.send(MESSAGE)
        self.assertReceived(waiting.join())

    def test_peeking_leaves_the_message(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE), 0, socket.MSG_PEEK))
        self.assertReceived(self.receive(len(MESSAGE), 0, socket.MSG_PEEK))
        self.assertReceived(self.receive(len(MESSAGE)))

    def test_peeking_at_a_part_leaves_all_of_the_message(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE) - 3, 0, socket.MSG_PEEK), MESSAGE[:-3], whole=False)
        self.assertReceived(self.receive(len(MESSAGE)))

    def test_no_message_in_time_is_a_timeout(self):
        self.server.settimeout(0.03)
        with self.assertRaises(TimeoutError) as caught:
            self.receive(len(MESSAGE))
        self.assertEqual(str(caught.exception), "timed out")
        self.assertIsNone(caught.exception.errno)

    def test_msg_dontwait_does_not_shorten_a_timeout(self):
        self.server.settimeout(0.03)
        with self.assertRaises(TimeoutError):
            self.receive(len(MESSAGE), 0, socket.MSG_DONTWAIT)

    def test_no_message_raises_eagain_on_a_nonblocking_socket(self):
        self.server.setblocking(False)
        with self.assertRaises(BlockingIOError) as caught:
            self.receive(len(MESSAGE))
        self.assertEqual(caught.exception.errno, errno.EAGAIN)

    def test_no_message_raises_eagain_with_msg_dontwait(self):
        self.server.settimeout(None)
        self.peer(self.assertErrno, errno.EAGAIN, self.receive, len(MESSAGE), 0, socket.MSG_DONTWAIT).join()

    def test_a_closed_socket_raises_ebadf(self):
        self.server.close()
        self.assertErrno(errno.EBADF, self.receive, len(MESSAGE))

    def test_a_detached_socket_raises_ebadf(self):
        self.addCleanup(socket.close, self.server.detach())
        self.assertErrno(errno.EBADF, self.receive, len(MESSAGE))


class ConnectedReceiveCases(ReceiveCases):
    """What holds where the ends are connected."""

    unconnected = errno.ENOTCONN

    def test_the_end_of_the_stream_is_empty(self):
        self.client.close()
        data, control, flags, _ = self.receive(1024)
        self.assertEqual((data, control), (b"", []))
        self.assertFlags(flags, whole=None)

    def test_an_unconnected_socket_has_nothing_to_receive(self):
        self.server = self.new_socket()
        self.assertErrno(self.unconnected, self.receive, 1024)


class StreamReceiveCases(ConnectedReceiveCases):
    """What holds where the rest of a message waits for the next call."""

    def test_the_rest_of_a_message_comes_with_the_next_call(self):
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE) - 3), MESSAGE[:-3], whole=False)
        self.assertReceived(self.receive(1024), MESSAGE[-3:])


class ByteStreamReceiveCases(StreamReceiveCases):
    """What holds on a stream without records."""

    def test_a_call_for_no_bytes_takes_nothing(self):
        self.send(MESSAGE)
        self.assertEqual(self.receive(0)[:2], (b"", []))
        self.assertReceived(self.receive(1024))


class RecordReceiveCases:
    """What holds where each call takes one message, all of it."""

    def test_each_call_takes_one_message(self):
        self.send(b"one")
        self.send(b"two")
        self.assertReceived(self.receive(1024), b"one")
        self.assertReceived(self.receive(1024), b"two")

    def test_the_rest_of_a_cut_message_is_gone(self):
        self.send(b"one, and what does not fit")
        self.send(b"two")
        self.assertReceived(self.receive(3), b"one", whole=False)
        self.assertReceived(self.receive(3), b"two")

    def test_a_call_for_no_bytes_takes_a_message(self):
        self.send(b"one")
        self.send(b"two")
        self.assertReceived(self.receive(0), b"", whole=False)
        self.assertReceived(self.receive(3), b"two")


class ConnectionlessReceiveCases(RecordReceiveCases, ReceiveCases):
    """What holds for messages that carry their destination."""

    def test_an_empty_message_has_a_sender(self):
        self.send(b"")
        self.assertReceived(self.receive(1024), b"")

    def test_each_message_names_its_own_sender(self):
        other = self.bound_socket()
        other.sendto(b"other", self.server_address)
        self.send(MESSAGE)
        self.assertEqual(self.receive(1024)[3], other.getsockname())
        self.assertReceived(self.receive(1024))

    def test_a_connected_socket_names_the_sender_too(self):
        self.server.connect(self.client_address)
        self.send(MESSAGE)
        self.assertReceived(self.receive(1024))


class InternetDatagramReceiveCases(ConnectionlessReceiveCases):
    """What holds for UDP and its like."""

    def test_an_unanswered_port_refuses_the_connection(self):
        self.client.connect(self.server_address)
        self.server.close()
        self.client.send(MESSAGE)
        self.server = self.client
        with self.assertRaises(ConnectionRefusedError):
            self.receive(1024)


class UdpRecvmsgTest(Udp, ByRecvmsg, InternetDatagramReceiveCases, SocketTestCase):
    pass


class UdpRecvmsgIntoTest(Udp, ByRecvmsgInto, InternetDatagramReceiveCases, SocketTestCase):
    pass


class Udp6RecvmsgTest(Udp6, ByRecvmsg, InternetDatagramReceiveCases, SocketTestCase):
    pass


class Udp6RecvmsgIntoTest(Udp6, ByRecvmsgInto, InternetDatagramReceiveCases, SocketTestCase):
    pass


class UdpLiteRecvmsgTest(UdpLite, ByRecvmsg, InternetDatagramReceiveCases, SocketTestCase):
    pass


class UdpLiteRecvmsgIntoTest(UdpLite, ByRecvmsgInto, InternetDatagramReceiveCases, SocketTestCase):
    pass


class UdpLite6RecvmsgTest(UdpLite6, ByRecvmsg, InternetDatagramReceiveCases, SocketTestCase):
    pass


class UdpLite6RecvmsgIntoTest(UdpLite6, ByRecvmsgInto, InternetDatagramReceiveCases, SocketTestCase):
    pass


class UnixDatagramReceiveCases(ConnectionlessReceiveCases):

    def test_a_sender_without_a_path_has_no_address(self):
        self.new_socket().sendto(MESSAGE, self.server_address)
        self.assertIsNone(self.receive(1024)[3])

    def test_a_sender_with_an_abstract_name_is_named_in_bytes(self):
        other = self.new_socket()
        other.bind(b"")  # Linux chooses a free abstract name
        other.sendto(MESSAGE, self.server_address)
        address = self.receive(1024)[3]
        self.assertEqual(address[:1], b"\0")
        self.assertEqual(address, other.getsockname())


class UnixDatagramRecvmsgTest(UnixDatagram, ByRecvmsg, UnixDatagramReceiveCases, SocketTestCase):
    pass


class UnixDatagramRecvmsgIntoTest(UnixDatagram, ByRecvmsgInto, UnixDatagramReceiveCases, SocketTestCase):
    pass


class TcpReceiveCases(ByteStreamReceiveCases):

    def test_urgent_data_comes_with_msg_oob_and_is_flagged(self):
        self.client.sendmsg([b"!"], [], socket.MSG_OOB)
        self.assertEqual(select.select([], [], [self.server], LIMIT), ([], [], [self.server]))
        self.server.settimeout(None)
        data, control, flags, _ = self.peer(self.receive, 1, 0, socket.MSG_OOB).join()
        self.assertEqual((data, control), (b"!", []))
        self.assertEqual(flags & socket.MSG_OOB, socket.MSG_OOB)

    def test_an_empty_error_queue_raises_eagain(self):
        self.server.settimeout(None)
        self.peer(self.assertErrno, errno.EAGAIN, self.receive, 1024, 1024, socket.MSG_ERRQUEUE).join()

    def test_a_connection_that_was_reset_raises_econnreset(self):
        self.server.send(b"never read, so that close resets the connection")
        select.select([self.client], [], [], LIMIT)
        self.client.close()
        with self.assertRaises(ConnectionResetError):
            self.receive(1024)


class TcpRecvmsgTest(Tcp, ByRecvmsg, TcpReceiveCases, SocketTestCase):
    pass


class TcpRecvmsgIntoTest(Tcp, ByRecvmsgInto, TcpReceiveCases, SocketTestCase):
    pass


class Tcp6RecvmsgTest(Tcp6, ByRecvmsg, TcpReceiveCases, SocketTestCase):
    pass


class Tcp6RecvmsgIntoTest(Tcp6, ByRecvmsgInto, TcpReceiveCases, SocketTestCase):
    pass


class SctpReceiveCases(StreamReceiveCases):

    def test_the_end_of_the_stream_is_empty(self):
        try:
            super().test_the_end_of_the_stream_is_empty()
        except OSError as error:
            if error.errno != errno.ENOTCONN:
                raise
            self.skipTest("this kernel says ENOTCONN at the end of an SCTP association")


class SctpRecvmsgTest(Sctp, ByRecvmsg, SctpReceiveCases, SocketTestCase):
    pass


class SctpRecvmsgIntoTest(Sctp, ByRecvmsgInto, SctpReceiveCases, SocketTestCase):
    pass


class UnixStreamReceiveCases(ByteStreamReceiveCases):

    unconnected = errno.EINVAL

    def test_a_peer_without_a_path_has_no_address(self):
        self.client, self.server = self.pair()
        self.send(MESSAGE)
        self.assertIsNone(self.receive(1024)[3])


class UnixStreamRecvmsgTest(UnixStream, ByRecvmsg, UnixStreamReceiveCases, SocketTestCase):
    pass


class UnixStreamRecvmsgIntoTest(UnixStream, ByRecvmsgInto, UnixStreamReceiveCases, SocketTestCase):
    pass


class UnixSeqpacketRecvmsgTest(UnixSeqpacket, ByRecvmsg, RecordReceiveCases, ConnectedReceiveCases, SocketTestCase):
    pass


class UnixSeqpacketRecvmsgIntoTest(
        UnixSeqpacket, ByRecvmsgInto, RecordReceiveCases, ConnectedReceiveCases, SocketTestCase):
    pass


class LengthOfCutMessageTest(SocketTestCase):
    """MSG_TRUNC as an argument asks for the length of the message, not of the part that fits."""

    def setUp(self):
        super().setUp()
        self.client, self.server = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.client.send(MESSAGE)

    def test_recvmsg_gives_what_fits(self):
        data, _, flags, _ = self.server.recvmsg(5, 0, socket.MSG_TRUNC)
        self.assertEqual(data, MESSAGE[:5])
        self.assertEqual(flags & socket.MSG_TRUNC, socket.MSG_TRUNC)

    def test_recvmsg_into_gives_the_whole_length(self):
        target = bytearray(5)
        count, _, flags, _ = self.server.recvmsg_into([target], 0, socket.MSG_TRUNC)
        self.assertEqual(count, len(MESSAGE))
        self.assertEqual(target, MESSAGE[:5])
        self.assertEqual(flags & socket.MSG_TRUNC, socket.MSG_TRUNC)

    def test_recvmsg_into_without_it_gives_what_fits(self):
        target = bytearray(5)
        count, _, flags, _ = self.server.recvmsg_into([target])
        self.assertEqual(count, 5)
        self.assertEqual(flags & socket.MSG_TRUNC, socket.MSG_TRUNC)


if __name__ == "__main__":
    unittest.main()
