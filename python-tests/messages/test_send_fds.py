"""socket.send_fds and socket.recv_fds: descriptors passed over AF_UNIX, with data, fewer or more than asked for."""

import array
import errno
import socket
import unittest

from support import SocketTestCase, require
from support.descriptors import PassedFiles, PassedPipes, PassedSockets
from support.messages import MESSAGE


def setUpModule():
    require(socket.socket, "sendmsg")


class PassingCases:
    """What holds for descriptors of each sort. `kind` is the type of the sockets that pass them."""

    kind = socket.SOCK_STREAM

    def setUp(self):
        super().setUp()
        self.sender, self.receiver = self.pair(socket.AF_UNIX, self.kind)

    def receive(self, *arguments):
        """recv_fds, with the received descriptors closed after the test."""
        result = socket.recv_fds(self.receiver, *arguments)
        for descriptor in result[1]:
            self.addCleanup(self.close_descriptor, descriptor)
        return result

    def test_descriptors_come_with_the_data_and_in_order(self):
        self.assertEqual(socket.send_fds(self.sender, [MESSAGE], self.new_descriptors(10)), len(MESSAGE))
        data, descriptors, flags, address = self.receive(len(MESSAGE) * 2, 20)
        self.assertEqual((data, flags, address), (MESSAGE, 0, None))
        self.assertEqual(len(descriptors), 10)
        self.recognize(descriptors)

    def test_received_descriptors_are_a_list_of_new_numbers(self):
        sent = self.new_descriptors(3)
        socket.send_fds(self.sender, [MESSAGE], sent)
        received = self.receive(1024, 3)[1]
        self.assertIs(type(received), list)
        self.assertEqual([type(descriptor) for descriptor in received], [int] * 3)
        self.assertEqual(set(received) & set(sent), set())

    def test_exactly_as_many_as_asked_for(self):
        socket.send_fds(self.sender, [MESSAGE], self.new_descriptors(2))
        _, descriptors, flags, _ = self.receive(1024, 2)
        self.assertEqual(flags & socket.MSG_CTRUNC, 0)
        self.assertEqual(len(descriptors), 2)
        self.recognize(descriptors)

    def test_more_than_asked_for_are_cut_off_and_flagged(self):
        socket.send_fds(self.sender, [MESSAGE], self.new_descriptors(4))
        _, descriptors, flags, _ = self.receive(1024, 1)
        self.assertEqual(flags & socket.MSG_CTRUNC, socket.MSG_CTRUNC)
        self.assertEqual(len(descriptors), 1)
        self.recognize(descriptors)

    def test_data_is_gathered_from_several_buffers(self):
        socket.send_fds(self.sender, [MESSAGE[:3], bytearray(MESSAGE[3:])], self.new_descriptors(1))
        data, descriptors, _, _ = self.receive(1024, 1)
        self.assertEqual(data, MESSAGE)
        self.recognize(descriptors)

    def test_descriptors_may_be_any_iterable_of_integers(self):
        for kind in (tuple, iter, lambda numbers: array.array("i", numbers)):
            socket.send_fds(self.sender, [MESSAGE], kind(self.new_descriptors(2)))
            descriptors = self.receive(1024, 2)[1]
            self.assertEqual(len(descriptors), 2)
            self.recognize(descriptors)

    def test_no_descriptors_leave_plain_data(self):
        self.assertEqual(socket.send_fds(self.sender, [MESSAGE], []), len(MESSAGE))
        self.assertEqual(self.receive(1024, 5), (MESSAGE, [], 0, None))

    def test_data_without_descriptors_gives_an_empty_list(self):
        self.sender.send(MESSAGE)
        self.assertEqual(self.receive(1024, 5), (MESSAGE, [], 0, None))

    def test_a_number_that_is_no_descriptor_raises_ebadf(self):
        self.assertErrno(errno.EBADF, socket.send_fds, self.sender, [MESSAGE], [-1])

    def test_descriptors_must_be_integers(self):
        for descriptors in ([None], ["1"], [1.0], 5):
            self.assertRaises(TypeError, socket.send_fds, self.sender, [MESSAGE], descriptors)

    def test_descriptors_must_fit_a_c_int(self):
        self.assertRaises(OverflowError, socket.send_fds, self.sender, [MESSAGE], [1 << 31])

    def test_data_must_be_an_iterable_of_buffers(self):
        descriptors = self.new_descriptors(1)
        for data in (MESSAGE, "text", None, [None]):
            self.assertRaises(TypeError, socket.send_fds, self.sender, data, descriptors)

    def test_arguments_have_names(self):
        socket.send_fds(sock=self.sender, buffers=[MESSAGE], fds=self.new_descriptors(1), flags=0, address=None)
        data, received, flags, address = socket.recv_fds(sock=self.receiver, bufsize=1024, maxfds=1, flags=0)
        self.addCleanup(self.close_descriptor, received[0])
        self.assertEqual((data, flags, address), (MESSAGE, 0, None))
        self.recognize(received)

    def test_negative_sizes_are_refused(self):
        self.assertRaises(ValueError, socket.recv_fds, self.receiver, -1, 1)
        self.assertRaises(OverflowError, socket.recv_fds, self.receiver, 1, -1)

    def test_the_end_of_the_stream_has_no_descriptors(self):
        if self.kind == socket.SOCK_DGRAM:
            self.sender.send(b"")  # datagrams have no end; an empty one looks the same
        self.sender.close()
        self.assertEqual(self.receive(1024, 1), (b"", [], 0, None))

    def test_closed_sockets_raise_ebadf(self):
        descriptors = self.new_descriptors(1)
        self.sender.close()
        self.receiver.close()
        self.assertErrno(errno.EBADF, socket.send_fds, self.sender, [MESSAGE], descriptors)
        self.assertErrno(errno.EBADF, socket.recv_fds, self.receiver, 1024, 1)


class SocketsOverStreamTest(PassedSockets, PassingCases, SocketTestCase):

    def test_an_accepted_connection_is_served_by_its_receiver(self):
        client, accepted = self.tcp_pair()
        socket.send_fds(self.sender, [b"serve this"], [accepted.fileno()])
        accepted.close()
        [descriptor] = socket.recv_fds(self.receiver, 1024, 1)[1]
        with socket.socket(fileno=descriptor) as connection:
            self.assertEqual(connection.getpeername(), client.getsockname())
            connection.sendall(b"served")
        self.assertEqual(client.recv(1024), b"served")
        self.assertEqual(client.recv(1024), b"")

    def test_the_sockets_that_pass_can_be_passed(self):
        left, right = self.pair()
        socket.send_fds(self.sender, [MESSAGE], [left.fileno()])
        [descriptor] = socket.recv_fds(self.receiver, 1024, 1)[1]
        with socket.socket(fileno=descriptor) as received:
            socket.send_fds(received, [MESSAGE], self.new_descriptors(1))
        data, descriptors, _, _ = socket.recv_fds(right, 1024, 1)
        self.addCleanup(self.close_descriptor, descriptors[0])
        self.assertEqual(data, MESSAGE)
        self.recognize(descriptors)


class SocketsOverDatagramsTest(PassedSockets, PassingCases, SocketTestCase):

    kind = socket.SOCK_DGRAM


class SocketsOverSeqpacketTest(PassedSockets, PassingCases, SocketTestCase):

    kind = getattr(socket, "SOCK_SEQPACKET", None)


class PipesOverStreamTest(PassedPipes, PassingCases, SocketTestCase):
    pass


class FilesOverStreamTest(PassedFiles, PassingCases, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
