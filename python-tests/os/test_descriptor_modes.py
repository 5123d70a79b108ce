"""O_NONBLOCK of each descriptor, as the operating system has it: what other users of the descriptor go by."""

import os
import socket
import unittest

from support import LIMIT, SocketTestCase
from support.streams import default_timeout


def is_blocking(sock):
    return os.get_blocking(sock.fileno())


class ModeTest(SocketTestCase):
    def new(self, kind=socket.SOCK_STREAM):
        return self.own(socket.socket(socket.AF_INET, kind))

    def test_a_new_socket(self):
        self.assertTrue(is_blocking(self.new()))

    def test_a_socket_made_without_waiting(self):
        self.assertFalse(is_blocking(self.new(socket.SOCK_STREAM | socket.SOCK_NONBLOCK)))

    def test_a_default_timeout(self):
        for seconds, blocking in ((0, False), (LIMIT, False), (None, True)):
            with self.subTest(seconds=seconds), default_timeout(seconds):
                self.assertIs(is_blocking(self.new()), blocking)
                for end in socket.socketpair():
                    self.assertIs(is_blocking(self.own(end)), blocking)

    def test_a_timeout(self):
        sock = self.new()
        for seconds, blocking in ((LIMIT, False), (None, True), (0, False), (None, True), (0.001, False)):
            with self.subTest(seconds=seconds):
                sock.settimeout(seconds)
                self.assertIs(is_blocking(sock), blocking)

    def test_setblocking(self):
        sock = self.new()
        for flag in (False, True):
            sock.setblocking(flag)
            self.assertIs(is_blocking(sock), flag)

    def test_an_accepted_socket_blocks_whatever_the_listener_does(self):
        listener = self.listener()
        for seconds in (None, LIMIT, 0):
            with self.subTest(seconds=seconds):
                listener.settimeout(seconds)
                client = self.bounded(socket.create_connection(listener.getsockname()))
                server = self.own(listener.accept()[0])
                self.assertTrue(is_blocking(server))
                self.assertIs(is_blocking(listener), seconds is None)
                self.assertFalse(is_blocking(client))

    def test_an_accepted_socket_with_a_default_timeout(self):
        listener = self.listener()
        with default_timeout(LIMIT):
            self.own(socket.create_connection(listener.getsockname()))
            self.assertFalse(is_blocking(self.own(listener.accept()[0])))

    def test_an_accepted_number_without_its_object(self):
        listener = self.listener()
        self.own(socket.create_connection(listener.getsockname()))
        number, _ = listener._accept()
        self.addCleanup(os.close, number)
        self.assertTrue(os.get_blocking(number))

    def test_a_connection_leaves_the_mode_as_it_was(self):
        listener = self.listener()
        for seconds, blocking in ((None, True), (LIMIT, False)):
            with self.subTest(seconds=seconds):
                client = self.new()
                client.settimeout(seconds)
                client.connect(listener.getsockname())
                self.assertIs(is_blocking(client), blocking)
                self.own(listener.accept()[0])

    def test_a_duplicate_shares_the_mode(self):
        sock = self.new()
        twin = self.own(sock.dup())
        sock.setblocking(False)
        self.assertFalse(is_blocking(twin))
        twin.setblocking(True)
        self.assertTrue(is_blocking(sock))

    def test_a_duplicate_takes_over_the_timeout(self):
        sock = self.new()
        sock.settimeout(LIMIT)
        twin = self.own(sock.dup())
        self.assertEqual(twin.gettimeout(), LIMIT)
        self.assertFalse(is_blocking(twin))

    def test_a_socket_from_a_number_leaves_the_mode_as_it_was(self):
        sock = self.new()
        sock.settimeout(LIMIT)
        twin = self.own(socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_STREAM))
        self.assertIsNone(twin.gettimeout())
        self.assertFalse(is_blocking(twin))

    def test_a_socket_from_a_number_with_a_default_timeout(self):
        number = socket.socket().detach()
        with default_timeout(LIMIT):
            self.assertFalse(is_blocking(self.own(socket.socket(fileno=number))))

    def test_makefile_leaves_the_mode_as_it_was(self):
        sock = self.new()
        with sock.makefile("rb"):
            self.assertTrue(is_blocking(sock))

    def test_a_received_descriptor_has_the_senders_mode(self):
        left, right = self.pair()
        sock = self.new()
        for flag in (False, True):
            with self.subTest(flag=flag):
                sock.setblocking(flag)
                socket.send_fds(left, [b"x"], [sock.fileno()])
                [number] = socket.recv_fds(right, 1, 1)[1]
                self.addCleanup(os.close, number)
                self.assertIs(os.get_blocking(number), flag)

    def test_detaching_leaves_the_mode_as_it_was(self):
        sock = self.new()
        sock.settimeout(LIMIT)
        number = sock.detach()
        self.addCleanup(os.close, number)
        self.assertFalse(os.get_blocking(number))


if __name__ == "__main__":
    unittest.main()
