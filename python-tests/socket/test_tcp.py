"""Moving bytes over TCP, IPv4 and IPv6: every way to receive and to send, their arguments and flags."""

import array
import errno
import select
import socket
import unittest

from support import HOST, LIMIT, SocketTestCase
from support.streams import (
    MESSAGE, ByCreateConnection, ConnectedTcpCase, OverIPv4, OverIPv6, fill, pattern, read_exactly, read_to_end)

LARGE = 4 << 20


class Size:
    """An object that is no int and stands for one."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class ReceivingCases(ConnectedTcpCase):
    def test_recv_gives_what_was_sent(self):
        self.client.send(MESSAGE)
        received = self.server.recv(1024)
        self.assertEqual(received, MESSAGE)
        self.assertIs(type(received), bytes)

    def test_recv_takes_the_stream_in_pieces(self):
        self.client.send(MESSAGE)
        first = self.server.recv(len(MESSAGE) - 3)
        self.assertEqual(first, MESSAGE[:-3])
        self.assertEqual(self.server.recv(1024), MESSAGE[-3:])

    def test_recv_joins_what_was_sent_in_pieces(self):
        for byte in MESSAGE:
            self.client.send(bytes([byte]))
        self.assertEqual(read_exactly(self.server, len(MESSAGE)), MESSAGE)

    def test_recv_of_far_more_than_there_is_gives_what_there_is(self):
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recv(64 << 20), MESSAGE)

    def test_recv_of_zero_bytes_is_empty_and_takes_nothing(self):
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recv(0), b"")
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_recv_of_zero_bytes_does_not_wait_for_data(self):
        self.assertEqual(self.peer(self.server.recv, 0).join(), b"")

    def test_recvfrom_of_zero_bytes_takes_nothing_from_a_stream(self):
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recvfrom(0), (b"", None))
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_recv_of_a_negative_size(self):
        with self.assertRaises(ValueError) as caught:
            self.server.recv(-1)
        self.assertEqual(str(caught.exception), "negative buffersize in recv")

    def test_recvfrom_of_a_negative_size(self):
        with self.assertRaises(ValueError) as caught:
            self.server.recvfrom(-1)
        self.assertEqual(str(caught.exception), "negative buffersize in recvfrom")

    def test_recv_of_more_than_memory_holds(self):
        self.client.send(MESSAGE)
        self.assertRaises(MemoryError, self.server.recv, 1 << 62)
        self.assertRaises(OverflowError, self.server.recv, 1 << 63)
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_recv_takes_any_object_with_an_index_as_size(self):
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recv(Size(9)), MESSAGE[:9])
        self.assertEqual(self.server.recv(True), MESSAGE[9:10])

    def test_recv_refuses_a_size_that_is_no_integer(self):
        for receive in (self.server.recv, self.server.recvfrom):
            for size, name in ((1.0, "float"), ("1", "str"), (None, "NoneType")):
                with self.subTest(receive=receive.__name__, size=size), self.assertRaises(TypeError) as caught:
                    receive(size)
                self.assertEqual(str(caught.exception), "'%s' object cannot be interpreted as an integer" % name)

    def test_recv_takes_one_or_two_positional_arguments(self):
        for receive in (self.server.recv, self.server.recvfrom):
            with self.subTest(receive=receive.__name__):
                self.assertRaises(TypeError, receive)
                self.assertRaises(TypeError, receive, 1, 0, 0)
                self.assertRaises(TypeError, lambda: receive(bufsize=1))
                self.assertRaises(TypeError, lambda: receive(1, flags=0))

    def test_flags_are_integers_of_c_size(self):
        for receive in (self.server.recv, self.server.recvfrom):
            with self.subTest(receive=receive.__name__):
                self.assertRaises(TypeError, receive, 1, "0")
                self.assertRaises(TypeError, receive, 1, None)
                self.assertRaises(OverflowError, receive, 1, 1 << 31)

    def test_recv_after_the_end_is_empty_each_time(self):
        self.client.send(MESSAGE)
        self.client.close()
        self.assertEqual(read_to_end(self.server), MESSAGE)
        self.assertEqual(self.server.recv(10), b"")
        self.assertEqual(self.server.recv(10), b"")

    def test_recvfrom_gives_no_address(self):
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recvfrom(1024), (MESSAGE, None))

    def test_recvfrom_takes_the_stream_in_pieces(self):
        self.client.send(MESSAGE)
        first, _ = self.server.recvfrom(len(MESSAGE) - 3)
        second, _ = self.server.recvfrom(1024)
        self.assertEqual((first, second), (MESSAGE[:-3], MESSAGE[-3:]))

    def test_peek_leaves_the_data(self):
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recv(4, socket.MSG_PEEK), MESSAGE[:4])
        self.assertEqual(self.server.recvfrom(1024, socket.MSG_PEEK), (MESSAGE, None))
        buffer = bytearray(4)
        self.assertEqual(self.server.recv_into(buffer, 4, socket.MSG_PEEK), 4)
        self.assertEqual(buffer, MESSAGE[:4])
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_dontwait_in_blocking_mode_is_an_error_when_there_is_no_data(self):
        self.server.settimeout(None)
        failure = self.assertErrno(errno.EAGAIN, self.server.recv, 1, socket.MSG_DONTWAIT)
        self.assertIsInstance(failure, BlockingIOError)
        self.client.send(MESSAGE)
        select.select([self.server], [], [], LIMIT)
        self.assertEqual(self.server.recv(1024, socket.MSG_DONTWAIT), MESSAGE)

    def test_waitall_ends_at_the_end_of_the_stream(self):
        self.client.send(b"abc")
        self.client.close()
        self.server.settimeout(None)
        self.assertEqual(self.peer(self.server.recv, 10, socket.MSG_WAITALL).join(), b"abc")

    def test_waitall_with_a_timeout_gives_what_there_is(self):
        self.client.send(b"abc")
        self.assertEqual(self.server.recv(10, socket.MSG_WAITALL), b"abc")


class ReceivingOverIPv4Test(ReceivingCases, OverIPv4, SocketTestCase):
    pass


class ReceivingOverIPv6Test(ReceivingCases, OverIPv6, SocketTestCase):
    pass


class ReceivingByCreateConnectionTest(ByCreateConnection, ReceivingCases, OverIPv4, SocketTestCase):
    pass


class WaitAllTest(SocketTestCase):
    """MSG_WAITALL for more than the buffers between the two ends can hold, so that one call has to wait many times."""

    SIZE = 2 << 20

    def setUp(self):
        super().setUp()
        listener = self.bounded(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        listener.bind((HOST, 0))
        listener.listen()
        self.client = self.bounded(socket.socket())
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
        self.client.connect(listener.getsockname())
        self.server = self.own(listener.accept()[0])
        self.server.settimeout(None)
        self.data = pattern(self.SIZE)
        self.peer(self.client.sendall, self.data)

    def test_recv_gives_all_in_blocking_mode(self):
        received = self.peer(self.server.recv, self.SIZE, socket.MSG_WAITALL).join()
        self.assertEqual(len(received), self.SIZE)
        self.assertEqual(received, self.data)

    def test_recv_into_gives_all_in_blocking_mode(self):
        buffer = bytearray(self.SIZE)
        count = self.peer(self.server.recv_into, buffer, self.SIZE, socket.MSG_WAITALL).join()
        self.assertEqual(count, self.SIZE)
        self.assertEqual(buffer, self.data)


class SendingCases(ConnectedTcpCase):
    def test_send_gives_the_number_of_bytes(self):
        self.assertEqual(self.client.send(MESSAGE), len(MESSAGE))
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_send_of_nothing(self):
        self.assertEqual(self.client.send(b""), 0)
        self.assertIsNone(self.client.sendall(b""))

    def test_send_and_sendall_take_flags_by_position(self):
        self.assertEqual(self.client.send(b"ab", 0), 2)
        self.assertIsNone(self.client.sendall(b"cd", 0))
        self.assertEqual(read_exactly(self.server, 4), b"abcd")
        for send in (self.client.send, self.client.sendall):
            with self.subTest(send=send.__name__):
                self.assertRaises(TypeError, send)
                self.assertRaises(TypeError, send, b"", 0, 0)
                self.assertRaises(TypeError, send, b"", "0")
                self.assertRaises(TypeError, lambda: send(b"", flags=0))
                self.assertRaises(TypeError, lambda: send(data=b""))

    def test_send_of_something_that_is_not_bytes(self):
        for send in (self.client.send, self.client.sendall):
            for thing in ("text", 5, None, [1], object()):
                with self.subTest(send=send.__name__, thing=thing), self.assertRaises(TypeError) as caught:
                    send(thing)
                self.assertEqual(
                    str(caught.exception), "a bytes-like object is required, not '%s'" % type(thing).__name__)

    def test_sendall_gives_none_and_sends_all(self):
        sent = b"f" * 2048
        self.assertIsNone(self.client.sendall(sent))
        self.client.close()
        self.assertEqual(read_to_end(self.server), sent)

    def test_sendall_of_buffers_sends_all_their_bytes(self):
        items = array.array("q", range(50000))
        for name, buffer in (
                ("bytearray", bytearray(items.tobytes())),
                ("memoryview", memoryview(items.tobytes())),
                ("slice of a memoryview", memoryview(b"--" + items.tobytes() + b"--")[2:-2]),
                ("array of eight-byte items", items),
                ("memoryview of eight-byte items", memoryview(items))):
            with self.subTest(buffer=name):
                sending = self.peer(self.client.sendall, buffer)
                self.assertEqual(read_exactly(self.server, len(items) * 8), items.tobytes())
                self.assertIsNone(sending.join())

    def test_sendall_of_large_data_both_ways_at_once(self):
        there = pattern(LARGE)
        back = there[::-1]
        sendings = [self.peer(self.client.sendall, there), self.peer(self.server.sendall, back)]
        at_client = self.peer(read_exactly, self.client, LARGE)
        self.assertTrue(read_exactly(self.server, LARGE) == there)
        self.assertTrue(at_client.join() == back)
        self.assertEqual([sending.join() for sending in sendings], [None, None])

    def test_sendall_of_large_data_in_blocking_mode(self):
        data = pattern(LARGE)
        self.client.settimeout(None)
        sending = self.peer(self.client.sendall, data)
        self.assertTrue(read_exactly(self.server, LARGE) == data)
        self.assertIsNone(sending.join())

    def test_send_in_blocking_mode_takes_all_however_large(self):
        # The kernel goes back only when it has taken all of it, and scripts that ignore the result of send rely on it.
        data = pattern(LARGE)
        self.client.settimeout(None)
        sending = self.peer(self.client.send, data)
        self.assertTrue(read_exactly(self.server, LARGE) == data)
        self.assertEqual(sending.join(), LARGE)

    def test_sendto_on_a_connection_ignores_the_address(self):
        self.assertEqual(self.client.sendto(MESSAGE, (self.host, 1)), len(MESSAGE))
        self.assertEqual(self.client.sendto(MESSAGE, 0, (self.host, 1)), len(MESSAGE))
        self.assertEqual(read_exactly(self.server, 2 * len(MESSAGE)), 2 * MESSAGE)

    def test_dontwait_in_blocking_mode_sends_what_fits(self):
        fill(self.client)
        self.client.settimeout(None)
        failure = self.assertErrno(errno.EAGAIN, self.send_without_waiting)
        self.assertIsInstance(failure, BlockingIOError)

    def send_without_waiting(self):
        # The kernel may still move bytes on and make room, so the refusal need not come at once.
        while True:
            self.client.send(b"x" * 65536, socket.MSG_DONTWAIT)

    def test_urgent_byte_is_out_of_band(self):
        self.client.sendall(b"ab")
        self.client.send(b"!", socket.MSG_OOB)
        self.client.sendall(b"cd")
        self.assertEqual(select.select([], [], [self.server], LIMIT)[2], [self.server])
        self.assertEqual(self.server.recv(1, socket.MSG_OOB), b"!")
        self.assertEqual(read_exactly(self.server, 4), b"abcd")

    def test_recv_stops_at_the_urgent_mark(self):
        self.client.sendall(b"ab")
        self.client.send(b"!", socket.MSG_OOB)
        self.client.sendall(b"cd")
        self.client.shutdown(socket.SHUT_WR)
        # The mark is known once the byte has arrived.
        select.select([], [], [self.server], LIMIT)
        self.assertEqual(self.server.recv(100), b"ab")
        self.assertEqual(read_to_end(self.server), b"cd")

    def test_urgent_byte_in_line(self):
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        self.client.sendall(b"ab")
        self.client.send(b"!", socket.MSG_OOB)
        self.client.close()
        self.assertEqual(read_to_end(self.server), b"ab!")

    def test_urgent_byte_that_was_not_sent(self):
        self.server.settimeout(None)
        self.assertErrno(errno.EINVAL, self.server.recv, 1, socket.MSG_OOB)


class SendingOverIPv4Test(SendingCases, OverIPv4, SocketTestCase):
    pass


class SendingOverIPv6Test(SendingCases, OverIPv6, SocketTestCase):
    pass


class SendingByCreateConnectionTest(ByCreateConnection, SendingCases, OverIPv4, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
