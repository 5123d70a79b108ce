"""The buffers of socket.recvmsg_into: several of them, of several types, filled in order and no further than the data.

What recvmsg_into has in common with recvmsg is in test_recvmsg.
"""

import array
import errno
import socket
import unittest

from support import SocketTestCase, require
from support.messages import (
    MESSAGE, UIO_MAXIOV, Sctp, Tcp, Tcp6, Udp, Udp6, UdpLite, UdpLite6, UnixDatagram, UnixSeqpacket, UnixStream)


def setUpModule():
    require(socket.socket, "sendmsg")


class ScatterCases:
    """What holds on every kind of socket."""

    def assertFilled(self, buffers, data=MESSAGE, whole=True):
        """recvmsg_into reports `data` from the client in these buffers."""
        count, control, flags, address = self.server.recvmsg_into(buffers)
        self.assertEqual(count, len(data))
        self.assertEqual(control, [])
        self.assertFlags(flags, whole)
        self.assertSource(address)

    def test_one_buffer(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))
        self.assertFilled([target])
        self.assertEqual(target, MESSAGE)

    def test_a_message_is_scattered_over_buffers_in_order(self):
        self.send(b"Ten small pieces of text")
        first, second, third = bytearray(b"...."), bytearray(b"0123456789"), bytearray(b".............")
        self.assertFilled([first, memoryview(second)[2:9], third], b"Ten small pieces of text")
        self.assertEqual(first, b"Ten ")
        self.assertEqual(second, b"01small p9")
        self.assertEqual(third, b"ieces of text")

    def test_bytes_behind_the_message_are_left_alone(self):
        self.send(b"abcde")
        first, second, third = bytearray(b"..."), bytearray(b"...."), bytearray(b"..")
        self.assertFilled([first, second, third], b"abcde")
        self.assertEqual((first, second, third), (b"abc", b"de..", b".."))

    def test_a_message_longer_than_all_buffers_is_cut(self):
        self.send(b"abcdefgh")
        first, second = bytearray(3), bytearray(2)
        self.assertFilled([first, second], b"abcde", whole=False)
        self.assertEqual((first, second), (b"abc", b"de"))

    def test_empty_buffers_among_others_take_nothing(self):
        self.send(b"abcde")
        first, second = bytearray(3), bytearray(2)
        self.assertFilled([bytearray(), first, bytearray(), second, bytearray()], b"abcde")
        self.assertEqual((first, second), (b"abc", b"de"))

    def test_buffers_may_be_a_tuple(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))
        self.assertFilled((target,))
        self.assertEqual(target, MESSAGE)

    def test_buffers_may_come_from_a_generator(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))
        self.assertFilled(buffer for buffer in [target])
        self.assertEqual(target, MESSAGE)

    def test_an_array_of_bytes_is_filled(self):
        self.send(MESSAGE)
        target = array.array("B", bytes(len(MESSAGE)))
        self.assertFilled([target])
        self.assertEqual(target.tobytes(), MESSAGE)

    def test_an_array_of_wider_items_is_filled_as_bytes(self):
        numbers = array.array("i", [1, -2, 3])
        self.send(numbers.tobytes())
        target = array.array("i", [0, 0, 0, 7])
        self.assertFilled([target], numbers.tobytes())
        self.assertEqual(target.tolist(), [1, -2, 3, 7])

    def test_a_memoryview_of_several_dimensions_is_filled_as_bytes(self):
        self.send(b"abcdef")
        target = bytearray(6)
        self.assertFilled([memoryview(target).cast("B", [2, 3])], b"abcdef")
        self.assertEqual(target, b"abcdef")

    def test_a_subclass_of_bytearray_is_filled(self):
        class Named(bytearray):
            pass

        self.send(b"abc")
        target = Named(b".....")
        self.assertFilled([target], b"abc")
        self.assertEqual(target, b"abc..")

    def test_buffers_can_grow_afterwards(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))
        self.assertFilled([target])
        target += b"!"  # a bytearray whose buffer is still exported refuses to grow
        self.assertEqual(target, MESSAGE + b"!")

    def test_a_call_that_fails_leaves_the_buffers_alone(self):
        self.server.setblocking(False)
        target = bytearray(b"as it was")
        with self.assertRaises(BlockingIOError):
            self.server.recvmsg_into([target])
        self.assertEqual(target, b"as it was")

    def test_as_many_buffers_as_the_kernel_takes(self):
        self.send(b"xyz")
        targets = [bytearray(1) for _ in range(UIO_MAXIOV)]
        self.assertFilled(targets, b"xyz")
        self.assertEqual(b"".join(targets), b"xyz" + bytes(UIO_MAXIOV - 3))

    def test_more_buffers_than_the_kernel_takes_raise_emsgsize(self):
        self.send(MESSAGE)
        targets = [bytearray(1) for _ in range(UIO_MAXIOV + 1)]
        self.assertErrno(errno.EMSGSIZE, self.server.recvmsg_into, targets)
        self.assertEqual(self.server.recv(len(MESSAGE)), MESSAGE)

    def test_refused_buffers_take_nothing(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))
        for buffers in (len(MESSAGE), target, [object()], [b"not writable"], [target, object()]):
            with self.subTest(buffers=buffers):
                self.assertRaises(TypeError, self.server.recvmsg_into, buffers, 0, 0)
        self.assertFilled([target])
        self.assertEqual(target, MESSAGE)

    def test_refused_sizes_and_flags_take_nothing(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))
        self.assertRaises(ValueError, self.server.recvmsg_into, [target], -1, 0)
        self.assertRaises(TypeError, self.server.recvmsg_into, [target], object(), 0)
        self.assertRaises(TypeError, self.server.recvmsg_into, [target], 0, object())
        self.assertFilled([target])
        self.assertEqual(target, MESSAGE)

    def test_a_generator_that_fails_takes_nothing(self):
        self.send(MESSAGE)
        target = bytearray(len(MESSAGE))

        def buffers():
            yield target
            raise LookupError("no second buffer")

        with self.assertRaisesRegex(LookupError, "no second buffer"):
            self.server.recvmsg_into(buffers())
        self.assertFilled([target])
        self.assertEqual(target, MESSAGE)


class RecordScatterCases(ScatterCases):
    """What holds where each call takes one message, all of it."""

    def test_no_buffers_take_a_message_and_give_its_sender(self):
        for buffers in ([], bytearray(), [bytearray()]):
            with self.subTest(buffers=buffers):
                self.send(MESSAGE)
                self.assertFilled(buffers, b"", whole=False)
        self.send(b"next")
        self.assertEqual(self.server.recv(1024), b"next")


class UdpScatterTest(Udp, RecordScatterCases, SocketTestCase):
    pass


class Udp6ScatterTest(Udp6, RecordScatterCases, SocketTestCase):
    pass


class UdpLiteScatterTest(UdpLite, RecordScatterCases, SocketTestCase):
    pass


class UdpLite6ScatterTest(UdpLite6, RecordScatterCases, SocketTestCase):
    pass


class UnixDatagramScatterTest(UnixDatagram, RecordScatterCases, SocketTestCase):
    pass


class UnixSeqpacketScatterTest(UnixSeqpacket, RecordScatterCases, SocketTestCase):
    pass


class TcpScatterTest(Tcp, ScatterCases, SocketTestCase):
    pass


class Tcp6ScatterTest(Tcp6, ScatterCases, SocketTestCase):
    pass


class SctpScatterTest(Sctp, ScatterCases, SocketTestCase):
    pass


class UnixStreamScatterTest(UnixStream, ScatterCases, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
