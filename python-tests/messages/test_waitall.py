"""MSG_WAITALL together with other things that a receive can ask for."""

import os
import select
import socket
import unittest

from support import SocketTestCase, require

ROOM = 80
"""Bytes of ancillary data space, for up to 16 descriptors."""


def setUpModule():
    require(socket.socket, "sendmsg")


class WaitAllTest(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair()
        self.right.settimeout(None)
        self.file = os.open("/dev/null", os.O_RDONLY)
        self.addCleanup(os.close, self.file)

    def received(self, count):
        data, control, flags, _ = self.right.recvmsg(count, ROOM, socket.MSG_WAITALL)
        for level, kind, numbers in control:
            self.assertEqual((level, kind), (socket.SOL_SOCKET, socket.SCM_RIGHTS))
            for at in range(0, len(numbers), 4):
                os.close(int.from_bytes(numbers[at : at + 4], "little"))
        return data, len(control), flags

    def test_several_sends(self):
        self.left.send(b"ab")
        self.left.send(b"cd")
        self.assertEqual(self.received(4), (b"abcd", 0, 0))

    def test_what_comes_with_a_descriptor_is_the_last(self):
        self.left.send(b"ab")
        socket.send_fds(self.left, [b"cd"], [self.file])
        self.left.send(b"ef")
        self.left.close()
        self.assertEqual(self.received(6), (b"abcd", 1, 0))
        self.assertEqual(self.received(6), (b"ef", 0, 0))

    def test_a_descriptor_with_the_first_bytes(self):
        socket.send_fds(self.left, [b"ab"], [self.file])
        self.left.send(b"cd")
        self.left.close()
        self.assertEqual(self.received(6), (b"ab", 1, 0))
        self.assertEqual(self.received(6), (b"cd", 0, 0))

    def test_descriptors_that_come_while_it_waits(self):
        self.left.send(b"ab")
        sender = self.peer(socket.send_fds, self.left, [b"cd"], [self.file, self.file])
        self.assertEqual(self.received(4), (b"abcd", 1, 0))
        sender.join()

    def test_into_buffers(self):
        self.left.send(b"ab")
        self.left.send(b"cd")
        parts = bytearray(3), bytearray(1)
        self.assertEqual(self.right.recvmsg_into(parts, 0, socket.MSG_WAITALL)[0], 4)
        self.assertEqual(parts, (b"abc", b"d"))

    def test_urgent_data_is_one_byte(self):
        client, server = self.tcp_pair()
        server.settimeout(None)
        client.send(b"!", socket.MSG_OOB)
        self.wait_for_urgent(server)
        self.assertEqual(server.recv(10, socket.MSG_OOB | socket.MSG_WAITALL), b"!")

    def wait_for_urgent(self, sock):
        poll = select.poll()
        poll.register(sock, select.POLLPRI)
        self.assertTrue(poll.poll(20_000))


if __name__ == "__main__":
    unittest.main()
