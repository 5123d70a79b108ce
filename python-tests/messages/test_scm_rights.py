"""Descriptors as ancillary data over AF_UNIX: passed, cut off, refused, and never leaked.

Every case runs by recvmsg and by recvmsg_into.
"""

import array
import errno
import socket
import unittest

from support import SocketTestCase, require
from support.descriptors import PassedFiles, PassedSockets
from support.messages import (
    INT, MESSAGE, ROOMY, ByRecvmsg, ByRecvmsgInto, UnixDatagram, UnixSeqpacket, UnixStream, pack_ints, unpack_ints)

SCM_MAX_FD = 253
"""The most descriptors that Linux passes in one message (man 7 unix)."""

NO_DESCRIPTOR = -0x5555
"""A number that is no descriptor even if one of its bytes is lost."""


def setUpModule():
    require(socket.socket, "sendmsg")


def rights(data):
    """An ancillary item that passes descriptors."""
    return (socket.SOL_SOCKET, socket.SCM_RIGHTS, data)


class Receiver:
    """`receive` of the other mixins, with the received descriptors closed after the test."""

    def receive(self, size, *arguments):
        result = super().receive(size, *arguments)
        self.close_received(result[1])
        return result


class RightsCases(Receiver):
    """What holds for descriptors of each sort on each kind of AF_UNIX socket."""

    def pass_descriptors(self, count):
        """Sends MESSAGE and `count` new descriptors."""
        self.assertEqual(self.sendmsg([MESSAGE], [rights(pack_ints(*self.new_descriptors(count)))]), len(MESSAGE))

    def assertPassed(self, count, result):
        """The result is MESSAGE with one item of the first `count` descriptors made. Nothing was lost."""
        data, control, flags, address = result
        self.assertEqual(data, MESSAGE)
        self.assertFlags(flags)
        self.assertSource(address)
        self.assertEqual([item[:2] for item in control], [(socket.SOL_SOCKET, socket.SCM_RIGHTS)])
        self.assertEqual(len(control[0][2]), count * INT)
        self.recognize(unpack_ints(control[0][2]))

    def test_one_descriptor_from_bytes(self):
        self.pass_descriptors(1)
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY))

    def test_several_descriptors_from_an_array(self):
        descriptors = array.array("i", self.new_descriptors(4))
        self.assertEqual(self.sendmsg([MESSAGE], [rights(descriptors)]), len(MESSAGE))
        self.assertPassed(4, self.receive(len(MESSAGE), ROOMY))

    def test_items_are_tuples_of_two_ints_and_bytes(self):
        self.pass_descriptors(1)
        [item] = self.receive(len(MESSAGE), ROOMY)[1]
        self.assertIs(type(item), tuple)
        self.assertEqual([type(part) for part in item], [int, int, bytes])

    def test_space_reckoned_by_cmsg_space_is_enough(self):
        self.pass_descriptors(4)
        self.assertPassed(4, self.receive(len(MESSAGE), socket.CMSG_SPACE(4 * INT)))

    def test_space_reckoned_by_cmsg_len_is_enough(self):
        self.pass_descriptors(1)
        self.assertPassed(1, self.receive(len(MESSAGE), socket.CMSG_LEN(4 * INT)))

    def test_the_last_item_needs_no_padding(self):
        self.pass_descriptors(1)
        self.assertPassed(1, self.receive(len(MESSAGE), socket.CMSG_LEN(INT)))

    def test_two_items_of_descriptors_arrive_as_one(self):
        first, second = self.new_descriptors(2)
        self.sendmsg([MESSAGE], [rights(pack_ints(first)), rights(pack_ints(second))])
        self.assertPassed(2, self.receive(len(MESSAGE), ROOMY))

    def test_two_items_of_descriptors_fit_the_space_of_two_items(self):
        first, second = self.new_descriptors(2)
        self.sendmsg([MESSAGE], [rights(pack_ints(first)), rights(pack_ints(second))])
        self.assertPassed(2, self.receive(len(MESSAGE), socket.CMSG_SPACE(INT) + socket.CMSG_LEN(INT)))

    def test_items_may_come_from_a_generator(self):
        descriptors = self.new_descriptors(2)
        self.sendmsg([MESSAGE], (rights(pack_ints(descriptor)) for descriptor in descriptors))
        self.assertPassed(2, self.receive(len(MESSAGE), ROOMY))

    def test_the_same_descriptor_twice_arrives_as_two(self):
        [descriptor] = self.new_descriptors(1)
        self.sendmsg([MESSAGE], [rights(pack_ints(descriptor, descriptor))])
        received = unpack_ints(self.receive(len(MESSAGE), ROOMY)[1][0][2])
        self.assertEqual(len(set(received)), 2)
        for one in received:
            self.recognize([one])

    def test_an_empty_item_passes_nothing(self):
        self.sendmsg([MESSAGE], [rights(b"")])
        self.assertReceived(self.receive(len(MESSAGE), ROOMY))

    def test_a_cut_descriptor_passes_nothing(self):
        self.sendmsg([MESSAGE], [rights(pack_ints(NO_DESCRIPTOR)[:-1])])
        self.assertReceived(self.receive(len(MESSAGE), ROOMY))

    def test_a_cut_descriptor_between_others_is_left_out(self):
        first, second = self.new_descriptors(2)
        self.sendmsg([MESSAGE], [rights(pack_ints(first, NO_DESCRIPTOR)[:-1]), rights(pack_ints(second))])
        self.assertPassed(2, self.receive(len(MESSAGE), ROOMY))

    def test_a_number_that_is_no_descriptor_raises_ebadf(self):
        [descriptor] = self.new_descriptors(1)
        for numbers in ((NO_DESCRIPTOR,), (descriptor, -1)):
            with self.subTest(numbers=numbers):
                self.assertErrno(errno.EBADF, self.sendmsg, [MESSAGE], [rights(pack_ints(*numbers))])

    def test_as_many_descriptors_as_the_kernel_passes(self):
        [descriptor] = self.new_descriptors(1)
        self.sendmsg([MESSAGE], [rights(pack_ints(*[descriptor] * SCM_MAX_FD))])
        received = unpack_ints(self.receive(len(MESSAGE), ROOMY)[1][0][2])
        self.assertEqual(len(set(received)), SCM_MAX_FD)
        self.recognize(received[-1:])

    def test_more_descriptors_than_the_kernel_passes_raise_einval(self):
        [descriptor] = self.new_descriptors(1)
        too_many = pack_ints(*[descriptor] * (SCM_MAX_FD + 1))
        self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [rights(too_many)])

    def test_peeking_gives_descriptors_of_its_own(self):
        self.pass_descriptors(1)
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY, socket.MSG_PEEK))
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY))

    def test_a_message_without_descriptors_after_one_with_them(self):
        self.pass_descriptors(1)
        self.send(b"plain")
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY))
        self.assertReceived(self.receive(1024, ROOMY), b"plain")

    def test_a_received_descriptor_can_be_passed_on(self):
        self.pass_descriptors(1)
        received = self.receive(len(MESSAGE), ROOMY)[1][0][2]
        self.sendmsg([MESSAGE], [rights(received)])
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY))

    def test_no_space_loses_the_descriptors(self):
        for space in ((), (0,)):
            with self.subTest(space=space):
                self.pass_descriptors(1)
                self.assertAllLost(self.receive(len(MESSAGE), *space))

    def test_space_within_the_header_loses_the_descriptors(self):
        for space in (1, 2 * INT, socket.CMSG_LEN(0) - 1):
            with self.subTest(space=space):
                self.pass_descriptors(1)
                self.assertAllLost(self.receive(len(MESSAGE), space))

    def test_space_for_the_header_alone_loses_the_descriptors(self):
        for space in (socket.CMSG_LEN(0), socket.CMSG_LEN(0) + 1, socket.CMSG_LEN(INT) - 1):
            with self.subTest(space=space):
                self.pass_descriptors(2)
                self.assertAllLost(self.receive(len(MESSAGE), space))

    def test_space_for_one_descriptor_keeps_the_first(self):
        for space in (socket.CMSG_LEN(INT), socket.CMSG_LEN(2 * INT) - 1):
            with self.subTest(space=space):
                self.pass_descriptors(2)
                data, control, flags, address = self.receive(len(MESSAGE), space)
                self.assertEqual(data, MESSAGE)
                self.assertFlags(flags, control_lost=True)
                self.assertSource(address)
                self.assertEqual(len(control), 1)
                self.assertEqual(len(control[0][2]), INT)
                self.recognize(unpack_ints(control[0][2]))

    def assertAllLost(self, result):
        """MESSAGE arrived without ancillary data, and flagged so."""
        data, control, flags, address = result
        self.assertEqual((data, control), (MESSAGE, []))
        self.assertFlags(flags, control_lost=True)
        self.assertSource(address)


class StreamRightsCases(RightsCases):
    """What holds only on a stream."""

    def test_descriptors_come_with_the_first_part_of_a_message(self):
        self.pass_descriptors(1)
        first = self.receive(3, ROOMY)
        self.assertPassed(1, (MESSAGE, *first[1:]))
        self.assertEqual(first[0], MESSAGE[:3])
        self.assertReceived(self.receive(1024, ROOMY), MESSAGE[3:])

    def test_descriptors_without_data_are_not_passed(self):
        self.assertEqual(self.sendmsg([], [rights(pack_ints(*self.new_descriptors(1)))]), 0)
        self.send(MESSAGE)
        self.assertReceived(self.receive(len(MESSAGE), ROOMY))


class RecordRightsCases(RightsCases):
    """What holds only where messages have borders."""

    def test_descriptors_come_with_an_empty_message(self):
        self.assertEqual(self.sendmsg([], [rights(pack_ints(*self.new_descriptors(1)))]), 0)
        data, control, _, _ = self.receive(len(MESSAGE), ROOMY)
        self.assertEqual(data, b"")
        self.recognize(unpack_ints(control[0][2]))

    def test_a_cut_message_keeps_its_descriptors(self):
        self.pass_descriptors(1)
        data, control, flags, _ = self.receive(3, ROOMY)
        self.assertEqual(data, MESSAGE[:3])
        self.assertFlags(flags, whole=False)
        self.recognize(unpack_ints(control[0][2]))


class SocketRightsCases:
    """What descriptors of sockets show best: their other end sees when nobody holds them any more."""

    def assertReleased(self):
        """The passed sockets are held by this test alone: once it closes them, their other ends see the end."""
        for made, other_end in zip(self.made, self.other_ends):
            made.close()
            self.assertEqual(other_end.recv(1), b"")

    def test_a_passed_socket_outlives_the_one_of_the_sender(self):
        self.pass_descriptors(1)
        self.made[0].close()
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY))

    def test_a_passed_socket_on_its_way_outlives_the_one_of_the_sender(self):
        self.pass_descriptors(1)
        self.made[0].close()
        self.other_ends[0].setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.other_ends[0].recv(1)
        self.assertPassed(1, self.receive(len(MESSAGE), ROOMY))

    def test_a_passed_socket_tells_its_family_and_type(self):
        self.pass_descriptors(1)
        [descriptor] = unpack_ints(self.receive(len(MESSAGE), ROOMY)[1][0][2])
        received = socket.socket(fileno=descriptor)
        try:
            self.assertEqual((received.family, received.type), (socket.AF_UNIX, socket.SOCK_STREAM))
        finally:
            received.detach()

    def test_a_passed_listener_accepts(self):
        listener = self.listener()
        self.sendmsg([MESSAGE], [rights(pack_ints(listener.fileno()))])
        [descriptor] = unpack_ints(self.receive(len(MESSAGE), ROOMY)[1][0][2])
        received = socket.socket(fileno=descriptor)
        received.settimeout(listener.gettimeout())
        try:
            with socket.create_connection(listener.getsockname()) as client:
                accepted, address = received.accept()
                accepted.close()
                self.assertEqual(address, client.getsockname())
        finally:
            received.detach()

    def test_received_descriptors_are_inherited_by_default(self):
        self.pass_descriptors(1)
        self.assertIs(self.received_is_inheritable(), True)

    def test_msg_cmsg_cloexec_keeps_received_descriptors_from_children(self):
        self.pass_descriptors(1)
        self.assertIs(self.received_is_inheritable(socket.MSG_CMSG_CLOEXEC), False)

    def received_is_inheritable(self, *flags):
        [descriptor] = unpack_ints(self.receive(len(MESSAGE), ROOMY, *flags)[1][0][2])
        received = socket.socket(fileno=descriptor)
        try:
            return received.get_inheritable()
        finally:
            received.detach()

    def test_lost_descriptors_are_not_leaked(self):
        for space in ((), (0,), (1,), (socket.CMSG_LEN(0) - 1,), (socket.CMSG_LEN(0),), (socket.CMSG_LEN(INT) - 1,)):
            with self.subTest(space=space):
                self.pass_descriptors(2)
                self.assertAllLost(self.receive(len(MESSAGE), *space))
                self.assertReleased()

    def test_a_descriptor_that_does_not_fit_is_not_leaked(self):
        self.pass_descriptors(2)
        kept = unpack_ints(self.receive(len(MESSAGE), socket.CMSG_LEN(INT))[1][0][2])
        self.assertEqual(len(kept), 1)
        self.made[1].close()
        self.assertEqual(self.other_ends[1].recv(1), b"")

    def test_descriptors_that_a_plain_receive_drops_are_not_leaked(self):
        self.pass_descriptors(2)
        self.assertEqual(self.server.recv(len(MESSAGE)), MESSAGE)
        self.assertReleased()

    def test_descriptors_that_nobody_received_are_not_leaked(self):
        self.pass_descriptors(2)
        self.server.close()
        self.client.close()
        self.assertReleased()

    def test_descriptors_that_were_refused_are_not_leaked(self):
        [descriptor] = self.new_descriptors(1)
        self.assertErrno(errno.EBADF, self.sendmsg, [MESSAGE], [rights(pack_ints(descriptor, -1))])
        self.assertReleased()

    def test_closing_the_received_descriptor_releases_it(self):
        self.pass_descriptors(1)
        [item] = self.server.recvmsg(len(MESSAGE), ROOMY)[1]
        [descriptor] = unpack_ints(item[2])
        socket.socket(fileno=descriptor).close()
        self.assertReleased()


class UnixStreamRecvmsgRightsTest(
        PassedSockets, SocketRightsCases, StreamRightsCases, UnixStream, ByRecvmsg, SocketTestCase):
    pass


class UnixStreamRecvmsgIntoRightsTest(
        PassedSockets, SocketRightsCases, StreamRightsCases, UnixStream, ByRecvmsgInto, SocketTestCase):
    pass


class UnixDatagramRecvmsgRightsTest(
        PassedSockets, SocketRightsCases, RecordRightsCases, UnixDatagram, ByRecvmsg, SocketTestCase):
    pass


class UnixDatagramRecvmsgIntoRightsTest(
        PassedSockets, SocketRightsCases, RecordRightsCases, UnixDatagram, ByRecvmsgInto, SocketTestCase):
    pass


class UnixSeqpacketRecvmsgRightsTest(
        PassedSockets, SocketRightsCases, RecordRightsCases, UnixSeqpacket, ByRecvmsg, SocketTestCase):
    pass


class UnixSeqpacketRecvmsgIntoRightsTest(
        PassedSockets, SocketRightsCases, RecordRightsCases, UnixSeqpacket, ByRecvmsgInto, SocketTestCase):
    pass


class FileRecvmsgRightsTest(PassedFiles, StreamRightsCases, UnixStream, ByRecvmsg, SocketTestCase):
    pass


class FileRecvmsgIntoRightsTest(PassedFiles, StreamRightsCases, UnixStream, ByRecvmsgInto, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
