"""SO_LINGER: what `close` waits for, and what it does not wait for."""

import socket
import struct
import time
import unittest

from support import LIMIT, SocketTestCase
from support.streams import OverIPv4, OverIPv6, fill

SECOND = 1
LONG = int(2 * LIMIT)
"""Seconds that no test may wait for."""

GRAIN = 0.1
"""The kernel counts such a wait in ticks, and may be early by one."""


def set_linger(sock, seconds, on=1):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", on, seconds))


def linger_of(sock):
    return struct.unpack("ii", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))


def seconds_of(function, *arguments):
    start = time.monotonic()
    function(*arguments)
    return time.monotonic() - start


class LingerCase(SocketTestCase):
    def assertWaitsNot(self, function, *arguments):
        self.assertLess(seconds_of(function, *arguments), LIMIT / 2)

    def full_pair(self, family=socket.AF_INET):
        """Two connected sockets; what the first one has sent does not fit into the other's buffer."""
        first, second = self.tcp_pair(family)
        fill(first)
        return first, second


class UnsentOverIPv4Test(OverIPv4, LingerCase):
    """A connection whose peer does not read."""

    def test_close_waits_as_long_as_it_is_told(self):
        client, _ = self.full_pair(self.family)
        set_linger(client, SECOND)
        self.assertGreater(seconds_of(client.close), SECOND - GRAIN)

    def test_close_waits_in_nonblocking_mode_too(self):
        client, _ = self.full_pair(self.family)
        client.setblocking(False)
        set_linger(client, SECOND)
        self.assertGreater(seconds_of(client.close), SECOND - GRAIN)

    def test_close_by_number_waits(self):
        client, _ = self.full_pair(self.family)
        set_linger(client, SECOND)
        self.assertGreater(seconds_of(socket.close, client.detach()), SECOND - GRAIN)

    def test_close_of_an_accepted_socket_waits_as_its_listener_was_told(self):
        listener = self.listener(self.family)
        set_linger(listener, SECOND)
        client = self.bounded(socket.socket(self.family))
        client.connect(listener.getsockname())
        server = self.bounded(listener.accept()[0])
        self.assertEqual(linger_of(server), (1, SECOND))
        fill(server)
        self.assertGreater(seconds_of(server.close), SECOND - GRAIN)

    def test_close_ends_when_the_peer_has_read(self):
        client, server = self.full_pair(self.family)
        set_linger(client, LONG)

        def read_all():
            while server.recv(1 << 20):
                pass

        reading = self.peer(read_all)
        self.assertWaitsNot(client.close)
        reading.join()

    def test_close_ends_when_the_peer_resets(self):
        client, server = self.full_pair(self.family)
        set_linger(client, LONG)
        closing = self.peer(seconds_of, client.close)
        # What it has not read makes it a reset.
        server.close()
        self.assertLess(closing.join(), LIMIT / 2)

    def test_rest_is_sent_after_the_wait(self):
        client, server = self.tcp_pair(self.family)
        sent = fill(client)
        set_linger(client, SECOND)
        client.close()
        received = 0
        while data := server.recv(1 << 20):
            received += len(data)
        self.assertEqual(received, sent)

    def test_close_of_one_of_two_descriptors_does_not_wait(self):
        client, _ = self.full_pair(self.family)
        set_linger(client, LONG)
        other = self.own(client.dup())
        self.assertWaitsNot(client.close)
        self.assertEqual(linger_of(other), (1, LONG))
        set_linger(other, SECOND)
        self.assertGreater(seconds_of(other.close), SECOND - GRAIN)

    def test_time_of_zero_resets_the_connection(self):
        client, server = self.full_pair(self.family)
        set_linger(client, 0)
        self.assertWaitsNot(client.close)
        with self.assertRaises(ConnectionResetError):
            while server.recv(1 << 20):
                pass

    def test_close_does_not_wait_once_switched_off(self):
        client, _ = self.full_pair(self.family)
        set_linger(client, LONG)
        set_linger(client, LONG, on=0)
        self.assertWaitsNot(client.close)

    def test_close_does_not_wait_where_something_was_not_read(self):
        client, server = self.full_pair(self.family)
        server.send(b"x")
        self.assertEqual(client.recv(1, socket.MSG_PEEK), b"x")
        set_linger(client, LONG)
        self.assertWaitsNot(client.close)


class UnsentOverIPv6Test(OverIPv6, UnsentOverIPv4Test):
    """The same over IPv6."""


class NothingUnsentTest(LingerCase):
    def test_close_of_a_connection_does_not_wait(self):
        client, server = self.tcp_pair()
        client.sendall(b"x")
        self.assertEqual(server.recv(1), b"x")
        set_linger(client, LONG)
        self.assertWaitsNot(client.close)

    def test_close_of_a_new_socket_and_of_a_listener_does_not_wait(self):
        for sock in (self.own(socket.socket()), self.listener()):
            set_linger(sock, LONG)
            self.assertWaitsNot(sock.close)

    def test_negative_time_is_a_long_one(self):
        client, _ = self.tcp_pair()
        set_linger(client, -1)
        self.assertWaitsNot(client.close)


class OtherFamiliesTest(LingerCase):
    def test_close_of_a_unix_socket_does_not_wait(self):
        left, _ = self.pair()
        fill(left)
        set_linger(left, LONG)
        self.assertWaitsNot(left.close)

    def test_close_of_a_datagram_socket_does_not_wait(self):
        sender = self.own(socket.socket(type=socket.SOCK_DGRAM))
        set_linger(sender, LONG)
        self.assertWaitsNot(sender.close)


del LingerCase, OverIPv4, OverIPv6

if __name__ == "__main__":
    unittest.main()
