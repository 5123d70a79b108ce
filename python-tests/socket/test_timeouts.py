"""Timeouts of sockets: how they are set and read, what new sockets get, and every call that may end by one."""

import decimal
import errno
import fractions
import math
import os
import socket
import threading
import time
import unittest

from support import HOST, LIMIT, SocketTestCase, family_works
from support.streams import (
    CLOCK_GRAIN, MESSAGE, SHORT, MeasuresWaits, OverIPv4, OverIPv6, default_timeout, fill, read_exactly)

try:
    from fcntl import F_GETFL, fcntl
except ImportError:
    fcntl = None

NOT_NUMBERS = ("", "1", b"1", (), [], {}, 0j, object, fractions.Fraction(1, 3))


class SettingTest(SocketTestCase):
    """settimeout, setblocking, and what reads them."""

    def setUp(self):
        super().setUp()
        self.sock = self.own(socket.socket())

    def assertMode(self, timeout):
        told = self.sock.gettimeout()
        self.assertEqual(told, timeout)
        self.assertIs(type(told), type(None) if timeout is None else float)
        self.assertEqual(self.sock.timeout, timeout)
        self.assertIs(self.sock.getblocking(), timeout != 0)

    def test_new_socket_is_blocking(self):
        self.assertMode(None)

    def test_seconds_are_told_as_a_float(self):
        for given, told in ((7.345, 7.345), (3, 3.0), (1, 1.0), (3.9, 3.9), (0.1, 0.1), (True, 1.0)):
            with self.subTest(given=given):
                self.assertIsNone(self.sock.settimeout(given))
                self.assertMode(told)

    def test_zero_in_each_form_is_non_blocking(self):
        for given in (0, 0.0, -0.0, False):
            with self.subTest(given=given):
                self.sock.settimeout(5)
                self.sock.settimeout(given)
                self.assertMode(0.0)

    def test_none_is_blocking(self):
        self.sock.settimeout(5)
        self.sock.settimeout(None)
        self.assertMode(None)

    def test_object_with_an_index_counts_as_seconds(self):
        class Three:
            def __index__(self):
                return 3

        self.sock.settimeout(Three())
        self.assertMode(3.0)

    def test_less_than_a_nanosecond_is_rounded_up_and_not_to_zero(self):
        self.sock.settimeout(1e-10)
        self.assertMode(1e-9)
        self.sock.settimeout(1e-9)
        self.assertMode(1e-9)

    def test_more_than_an_int_of_milliseconds(self):
        for seconds in (2147483.647, 2147484.0, 1e9, 9223372036.0):
            with self.subTest(seconds=seconds):
                self.sock.settimeout(seconds)
                self.assertMode(seconds)

    def test_negative_seconds(self):
        for seconds in (-1, -1.0, -1e-10, -(1 << 31)):
            with self.subTest(seconds=seconds):
                self.assertRefused(ValueError, "Timeout value out of range", seconds)

    def test_nan(self):
        self.assertRefused(ValueError, "Invalid value NaN (not a number)", math.nan)

    def test_float_too_large(self):
        for seconds in (math.inf, -math.inf, 1e10):
            with self.subTest(seconds=seconds):
                self.assertRefused(OverflowError, "timestamp out of range for platform time_t", seconds)

    def test_integer_too_large(self):
        for seconds in (9223372037, 10 ** 10, 10 ** 30):
            with self.subTest(seconds=seconds):
                self.assertRefused(OverflowError, "timestamp too large to convert to C _PyTime_t", seconds)

    def test_something_that_is_no_number(self):
        for thing in NOT_NUMBERS:
            with self.subTest(thing=thing):
                text = "'%s' object cannot be interpreted as an integer" % type(thing).__name__
                self.assertRefused(TypeError, text, thing)

    def test_decimal_is_no_number(self):
        self.assertRaises(TypeError, self.sock.settimeout, decimal.Decimal("1.5"))

    def test_object_with_a_float_value_is_no_number(self):
        class Half:
            def __float__(self):
                return 0.5

        self.assertRefused(TypeError, "'Half' object cannot be interpreted as an integer", Half())

    def assertRefused(self, kind, text, value):
        self.sock.settimeout(5)
        with self.assertRaises(kind) as caught:
            self.sock.settimeout(value)
        self.assertEqual(str(caught.exception), text)
        self.assertMode(5.0)

    def test_setblocking(self):
        self.assertIsNone(self.sock.setblocking(False))
        self.assertMode(0.0)
        self.assertIsNone(self.sock.setblocking(True))
        self.assertMode(None)

    def test_setblocking_takes_any_truth(self):
        for thing in (1, -1, 1 << 32, 1 << 70, "text", 1.5, [0]):
            with self.subTest(thing=thing):
                self.sock.setblocking(False)
                self.sock.setblocking(thing)
                self.assertMode(None)
        for thing in (0, 0.0, None, "", []):
            with self.subTest(thing=thing):
                self.sock.setblocking(True)
                self.sock.setblocking(thing)
                self.assertMode(0.0)

    def test_setblocking_after_a_timeout(self):
        self.sock.settimeout(10)
        self.sock.setblocking(True)
        self.assertMode(None)
        self.sock.settimeout(10)
        self.sock.setblocking(False)
        self.assertMode(0.0)

    def test_a_timeout_after_setblocking(self):
        for blocking in (False, True):
            with self.subTest(blocking=blocking):
                self.sock.setblocking(blocking)
                self.sock.settimeout(1)
                self.assertMode(1.0)

    def test_wrong_numbers_of_arguments(self):
        self.assertRaises(TypeError, self.sock.settimeout)
        self.assertRaises(TypeError, self.sock.settimeout, 1, 2)
        self.assertRaises(TypeError, lambda: self.sock.settimeout(value=1))
        self.assertRaises(TypeError, self.sock.setblocking)
        self.assertRaises(TypeError, self.sock.setblocking, 1, 2)
        self.assertRaises(TypeError, self.sock.gettimeout, 1)
        self.assertRaises(TypeError, self.sock.getblocking, 1)

    def test_timeout_attribute_cannot_be_set(self):
        with self.assertRaises(AttributeError):
            self.sock.timeout = 3
        self.assertMode(None)

    def test_nonblock_flag_of_the_type(self):
        with default_timeout(LIMIT):
            self.sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
        self.assertMode(0.0)
        self.assertIs(self.sock.type, socket.SOCK_STREAM)

    def test_nonblock_flag_does_not_last(self):
        self.sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
        self.sock.setblocking(True)
        self.assertMode(None)
        self.assertIs(self.sock.type, socket.SOCK_STREAM)
        self.sock.settimeout(2)
        self.assertMode(2.0)
        self.sock.settimeout(0)
        self.assertMode(0.0)
        self.assertIs(self.sock.type, socket.SOCK_STREAM)

    @unittest.skipIf(fcntl is None, "this Python has no fcntl.fcntl to ask the descriptor by")
    def test_descriptor_is_non_blocking_unless_the_mode_is_blocking(self):
        for timeout, expected in ((None, False), (10, True), (0, True), (None, False), (0, True)):
            with self.subTest(timeout=timeout):
                self.sock.settimeout(timeout)
                self.assertEqual(bool(fcntl(self.sock, F_GETFL) & os.O_NONBLOCK), expected)

    def test_closed_socket_tells_its_timeout_and_takes_no_other(self):
        self.sock.settimeout(5)
        self.sock.close()
        self.assertEqual(self.sock.gettimeout(), 5.0)
        self.assertErrno(errno.EBADF, self.sock.settimeout, 1)
        self.assertErrno(errno.EBADF, self.sock.settimeout, None)
        self.assertErrno(errno.EBADF, self.sock.setblocking, False)


class DefaultTimeoutTest(SocketTestCase):
    """The timeout of sockets that are made from now on."""

    def setUp(self):
        super().setUp()
        self.addCleanup(socket.setdefaulttimeout, socket.getdefaulttimeout())

    def test_there_is_none_at_first(self):
        self.assertIsNone(socket.getdefaulttimeout())

    def test_new_sockets_have_it_and_old_ones_do_not(self):
        old = self.own(socket.socket())
        self.assertIsNone(socket.setdefaulttimeout(LIMIT))
        self.assertEqual(socket.getdefaulttimeout(), LIMIT)
        self.assertEqual(self.own(socket.socket()).gettimeout(), LIMIT)
        self.assertIsNone(old.gettimeout())
        socket.setdefaulttimeout(None)
        self.assertIsNone(socket.getdefaulttimeout())
        self.assertIsNone(self.own(socket.socket()).gettimeout())

    def test_zero_makes_new_sockets_non_blocking(self):
        socket.setdefaulttimeout(0)
        self.assertEqual(socket.getdefaulttimeout(), 0.0)
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.assertEqual(sock.gettimeout(), 0.0)
        self.assertRaises(BlockingIOError, sock.recv, 1)

    def test_socket_made_of_a_descriptor_has_it(self):
        original = self.own(socket.socket())
        socket.setdefaulttimeout(LIMIT)
        self.assertEqual(self.own(socket.socket(fileno=original.detach())).gettimeout(), LIMIT)

    def test_refusals_are_those_of_settimeout(self):
        socket.setdefaulttimeout(3)
        for value, kind, text in (
                (-1, ValueError, "Timeout value out of range"),
                (math.nan, ValueError, "Invalid value NaN (not a number)"),
                (math.inf, OverflowError, "timestamp out of range for platform time_t"),
                (10 ** 30, OverflowError, "timestamp too large to convert to C _PyTime_t"),
                ("", TypeError, "'str' object cannot be interpreted as an integer")):
            with self.subTest(value=value), self.assertRaises(kind) as caught:
                socket.setdefaulttimeout(value)
            self.assertEqual(str(caught.exception), text)
            self.assertEqual(socket.getdefaulttimeout(), 3.0)

    def test_wrong_numbers_of_arguments(self):
        self.assertRaises(TypeError, socket.setdefaulttimeout)
        self.assertRaises(TypeError, socket.setdefaulttimeout, 1, 2)


class AcceptedSocketTest(SocketTestCase):
    """An accepted socket has the default timeout, whatever the timeout of its listener."""

    def accepted(self, timeout_of_listener):
        listener = self.listener()
        client = self.bounded(socket.socket())
        client.connect(listener.getsockname())
        listener.settimeout(timeout_of_listener)
        server, _ = listener.accept()
        return client, self.own(server)

    def test_blocking_when_the_listener_has_a_timeout(self):
        _, server = self.accepted(10)
        self.assertIsNone(server.gettimeout())
        self.assertTrue(server.getblocking())

    def test_blocking_when_the_listener_is_non_blocking(self):
        _, server = self.accepted(0)
        self.assertIsNone(server.gettimeout())

    def test_default_timeout_when_the_listener_has_another(self):
        with default_timeout(LIMIT):
            _, server = self.accepted(10)
        self.assertEqual(server.gettimeout(), LIMIT)

    def test_default_timeout_of_zero(self):
        with default_timeout(0):
            _, server = self.accepted(10)
        self.assertEqual(server.gettimeout(), 0.0)
        self.assertRaises(BlockingIOError, server.recv, 1)

    def test_blocking_recv_waits_for_what_is_sent_later(self):
        client, server = self.accepted(10)
        receiving = self.peer(server.recv, 1024)
        client.send(MESSAGE)
        self.assertEqual(receiving.join(), MESSAGE)


class StreamTimeoutCases(MeasuresWaits):
    """The calls on a TCP socket that wait, each with nothing to wait for."""

    def silent(self):
        """A connected socket to which nothing is ever sent, with a short timeout."""
        client, _ = self.tcp_pair(self.family)
        client.settimeout(SHORT)
        return client

    def test_recv(self):
        self.assertTimesOut(SHORT, self.silent().recv, 1024)

    def test_recvfrom(self):
        self.assertTimesOut(SHORT, self.silent().recvfrom, 1024)

    def test_recvfrom_of_zero_bytes(self):
        self.assertTimesOut(SHORT, self.silent().recvfrom, 0)

    def test_recv_into(self):
        self.assertTimesOut(SHORT, self.silent().recv_into, bytearray(1024))

    def test_recvfrom_into(self):
        self.assertTimesOut(SHORT, self.silent().recvfrom_into, bytearray(1024))

    def test_recvmsg(self):
        self.assertTimesOut(SHORT, self.silent().recvmsg, 1024)

    def test_recvmsg_into(self):
        self.assertTimesOut(SHORT, self.silent().recvmsg_into, [bytearray(1024)])

    def test_accept(self):
        listener = self.listener(self.family)
        listener.settimeout(SHORT)
        self.assertTimesOut(SHORT, listener.accept)

    def test_connect_to_a_full_backlog(self):
        client, address = self.full_backlog()
        self.assertTimesOut(SHORT, client.connect, address)
        # The kernel goes on connecting.
        self.assertEqual(client.connect_ex(address), errno.EALREADY)

    def test_connect_ex_to_a_full_backlog(self):
        client, address = self.full_backlog()
        start = time.monotonic()
        self.assertEqual(client.connect_ex(address), errno.EAGAIN)
        self.assertGreaterEqual(time.monotonic() - start, SHORT - CLOCK_GRAIN)

    def full_backlog(self):
        """A fresh socket with a short timeout, and the address of a listener that takes no more connections."""
        listener = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        listener.bind((self.host, 0))
        listener.listen(0)
        # How many connections a backlog of 0 takes is the kernel's choice.
        for _ in range(8):
            client = self.own(socket.socket(self.family, socket.SOCK_STREAM))
            client.settimeout(SHORT)
            if client.connect_ex(listener.getsockname()) != 0:
                break
        else:
            self.fail("a backlog of 0 took 8 connections")
        fresh = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        fresh.settimeout(SHORT)
        return fresh, listener.getsockname()

    def test_send(self):
        client = self.silent()
        self.assertTimesOut(SHORT, self.until_full, client.send, b"x" * 200000)

    def test_sendto(self):
        client = self.silent()
        self.assertTimesOut(SHORT, self.until_full, client.sendto, b"x" * 200000, client.getpeername())

    def test_sendmsg(self):
        client = self.silent()
        self.assertTimesOut(SHORT, self.until_full, client.sendmsg, [b"x" * 200000])

    def test_sendall(self):
        client = self.silent()
        self.assertTimesOut(SHORT, self.until_full, client.sendall, b"x" * 200000)

    def until_full(self, send, *arguments):
        # The buffers of a TCP connection grow while it is used, so nobody knows which call finds them full.
        while True:
            send(*arguments)

    def test_data_in_time(self):
        client, server = self.tcp_pair(self.family)
        server.send(MESSAGE)
        client.settimeout(LIMIT)
        self.assertEqual(client.recv(1024), MESSAGE)

    def test_socket_is_usable_after_a_timeout(self):
        client, server = self.tcp_pair(self.family)
        client.settimeout(SHORT)
        self.assertTimesOut(SHORT, client.recv, 1)
        server.send(MESSAGE)
        client.settimeout(LIMIT)
        self.assertEqual(client.recv(1024), MESSAGE)
        client.send(MESSAGE)
        self.assertEqual(server.recv(1024), MESSAGE)

    def test_listener_is_usable_after_a_timeout(self):
        listener = self.listener(self.family)
        listener.settimeout(SHORT)
        self.assertTimesOut(SHORT, listener.accept)
        listener.settimeout(LIMIT)
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(listener.getsockname())
        self.own(listener.accept()[0])

    def test_connect_in_time(self):
        client = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        client.settimeout(LIMIT)
        client.connect(self.listener(self.family).getsockname())
        self.assertEqual(client.gettimeout(), LIMIT)

    def test_connect_with_a_timeout_is_refused(self):
        holder = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        holder.bind((self.host, 0))
        client = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        client.settimeout(LIMIT)
        failure = self.assertErrno(errno.ECONNREFUSED, client.connect, holder.getsockname())
        self.assertIs(type(failure), ConnectionRefusedError)
        self.assertEqual(str(failure), "[Errno %d] Connection refused" % errno.ECONNREFUSED)

    def test_connect_ex_with_a_timeout_gives_the_error(self):
        holder = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        holder.bind((self.host, 0))
        client = self.own(socket.socket(self.family, socket.SOCK_STREAM))
        client.settimeout(LIMIT)
        self.assertEqual(client.connect_ex(holder.getsockname()), errno.ECONNREFUSED)


class StreamTimeoutOverIPv4Test(StreamTimeoutCases, OverIPv4, SocketTestCase):
    pass


class StreamTimeoutOverIPv6Test(StreamTimeoutCases, OverIPv6, SocketTestCase):
    pass


class DatagramTimeoutCases(MeasuresWaits):
    def silent(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM, self.proto))
        sock.bind((HOST, 0))
        sock.settimeout(SHORT)
        return sock

    def test_recv(self):
        self.assertTimesOut(SHORT, self.silent().recv, 1024)

    def test_recvfrom(self):
        self.assertTimesOut(SHORT, self.silent().recvfrom, 1024)

    def test_recvfrom_into(self):
        self.assertTimesOut(SHORT, self.silent().recvfrom_into, bytearray(1024))

    def test_recvmsg(self):
        self.assertTimesOut(SHORT, self.silent().recvmsg, 1024)

    def test_zero_is_no_timeout_but_an_error(self):
        sock = self.silent()
        sock.settimeout(0.0)
        failure = self.assertErrno(errno.EAGAIN, sock.recv, 1024)
        self.assertIs(type(failure), BlockingIOError)


class UdpTimeoutTest(DatagramTimeoutCases, SocketTestCase):
    proto = 0


@unittest.skipUnless(
    hasattr(socket, "IPPROTO_UDPLITE") and family_works(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE),
    "this kernel has no UDP-Lite")
class UdpLiteTimeoutTest(DatagramTimeoutCases, SocketTestCase):
    proto = getattr(socket, "IPPROTO_UDPLITE", 0)


class FullUnixSocketTest(MeasuresWaits, SocketTestCase):
    """Sending where nobody reads. The buffer of a UNIX socket does not grow, so the full one stays full."""

    def full(self, kind):
        left, right = self.pair(socket.AF_UNIX, kind)
        fill(left)
        left.settimeout(SHORT)
        return left, right

    def test_send_on_a_stream(self):
        left, _ = self.full(socket.SOCK_STREAM)
        self.assertTimesOut(SHORT, left.send, b"x")

    def test_sendall_on_a_stream(self):
        left, _ = self.full(socket.SOCK_STREAM)
        self.assertTimesOut(SHORT, left.sendall, b"x")

    def test_send_of_a_datagram(self):
        left, _ = self.full(socket.SOCK_DGRAM)
        self.assertTimesOut(SHORT, left.send, b"x")

    def test_sendmsg_of_a_packet(self):
        left, _ = self.full(socket.SOCK_SEQPACKET)
        self.assertTimesOut(SHORT, left.sendmsg, [b"x"])

    def test_send_goes_on_when_the_other_end_reads(self):
        left, right = self.full(socket.SOCK_STREAM)
        left.settimeout(LIMIT)
        sending = self.peer(left.sendall, b"the last")
        self.assertTrue(self.read_until(right, b"the last").endswith(b".the last"))
        self.assertIsNone(sending.join())

    def read_until(self, sock, end):
        data = b""
        while not data.endswith(end):
            data += sock.recv(1 << 16)
        return data

    def test_sendall_has_one_timeout_for_the_whole_call(self):
        left, right = self.pair()
        left.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        left.settimeout(4 * SHORT)
        over = threading.Event()

        def read_slowly():
            # Each round makes room, so no single wait of the sender is as long as its timeout.
            while not over.wait(SHORT / 2):
                right.recv(1 << 16)

        self.peer(read_slowly)
        try:
            self.assertTimesOut(4 * SHORT, left.sendall, bytes(4 << 20))
        finally:
            over.set()

    def test_sendall_that_timed_out_has_sent_a_part(self):
        left, right = self.pair()
        left.settimeout(SHORT)
        data = b"x" * (64 << 20)
        self.assertTimesOut(SHORT, left.sendall, data)
        left.close()
        received = 0
        while part := right.recv(1 << 16):
            received += len(part)
        self.assertGreater(received, 0)
        self.assertLess(received, len(data))


class ExpiryTest(MeasuresWaits, SocketTestCase):
    """What an expired timeout is, and the smallest ones."""

    def test_error_is_the_builtin_timeout_error(self):
        left, _ = self.pair()
        left.settimeout(SHORT)
        with self.assertRaises(socket.timeout) as caught:
            left.recv(1)
        self.assertIs(type(caught.exception), TimeoutError)
        self.assertIs(socket.timeout, TimeoutError)
        self.assertEqual(repr(caught.exception), "TimeoutError('timed out')")

    def test_smallest_timeout_is_still_a_timeout(self):
        left, _ = self.pair()
        left.settimeout(1e-9)
        self.assertTimesOut(0, left.recv, 1)

    def test_smallest_timeout_finds_what_is_there(self):
        left, right = self.pair()
        right.send(MESSAGE)
        left.settimeout(1e-9)
        self.assertEqual(left.recv(1024), MESSAGE)

    def test_largest_timeout_does_not_end_at_once(self):
        left, right = self.pair()
        left.settimeout(9223372036)
        receiving = self.peer(left.recv, 1024)
        right.send(MESSAGE)
        self.assertEqual(receiving.join(), MESSAGE)

    def test_timeouts_of_two_sockets_of_one_connection_are_their_own(self):
        left, _ = self.pair()
        copy = self.own(left.dup())
        left.settimeout(LIMIT)
        copy.settimeout(SHORT)
        self.assertTimesOut(SHORT, copy.recv, 1)
        self.assertEqual(left.gettimeout(), LIMIT)

    def test_create_connection_has_a_timeout_of_its_own(self):
        listener = self.listener()
        client = self.own(socket.create_connection(listener.getsockname(), SHORT))
        self.assertEqual(client.gettimeout(), SHORT)
        self.own(listener.accept()[0])
        self.assertTimesOut(SHORT, client.recv, 5)

    def test_create_connection_without_a_timeout_waits(self):
        listener = self.listener()
        client = self.own(socket.create_connection(listener.getsockname()))
        self.assertIsNone(client.gettimeout())
        receiving = self.peer(read_exactly, client, 5)
        server = self.bounded(listener.accept()[0])
        server.send(b"done!")
        self.assertEqual(receiving.join(), b"done!")


if __name__ == "__main__":
    unittest.main()
