"""What socket.recvmsg and socket.recvmsg_into refuse, and in which words."""

import socket
import unittest

from support import require
from support.messages import MESSAGE
from support.refusals import RefusalTestCase

LARGEST_SIZE = (1 << 63) - 1
"""Of a C ssize_t; sys.maxsize is not that on every Python."""


def setUpModule():
    require(socket.socket, "sendmsg")


class CommonRefusals:
    """Refusals of the arguments that both calls have: the size for ancillary data and the flags.

    `call` takes these two; a subclass gives it.
    """

    def setUp(self):
        super().setUp()
        self.client, self.server = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.client.send(MESSAGE)

    def tearDown(self):
        with self.subTest("a refused call takes no message"):
            self.assertEqual(self.server.recv(1024), MESSAGE)
        super().tearDown()

    def test_the_size_for_ancillary_data_must_not_be_negative(self):
        self.assertRefused(ValueError, "invalid ancillary data buffer length", self.call, -1)

    def test_the_size_for_ancillary_data_has_a_limit(self):
        self.assertRefused(ValueError, "invalid ancillary data buffer length", self.call, 1 << 31)

    def test_the_size_for_ancillary_data_must_fit_a_c_type(self):
        self.assertRaises(OverflowError, self.call, 1 << 80)

    def test_the_size_for_ancillary_data_must_be_an_integer(self):
        for size in (object(), None, 1.0, "1"):
            self.assertNotAnInteger(size, self.call, size)

    def test_flags_must_be_an_integer(self):
        for flags in (object(), None, 1.0, "1"):
            self.assertNotAnInteger(flags, self.call, 0, flags)

    def test_flags_must_fit_a_c_int(self):
        self.assertRefused(OverflowError, "signed integer is greater than maximum", self.call, 0, 1 << 31)
        self.assertRefused(OverflowError, "signed integer is less than minimum", self.call, 0, -(1 << 31) - 1)

    def test_sizes_and_flags_may_be_anything_with_an_index(self):
        class Index:
            def __index__(self):
                return int(socket.MSG_PEEK)

        self.assertEqual(self.call(Index(), Index())[1], [])
        self.assertEqual(self.call(True, socket.MsgFlag.MSG_PEEK)[1], [])


class RecvmsgArgumentTest(CommonRefusals, RefusalTestCase):

    def call(self, *arguments):
        return self.server.recvmsg(1024, *arguments)

    def test_the_size_is_required(self):
        self.assertRefused(TypeError, "recvmsg() takes at least 1 argument (0 given)", self.server.recvmsg)

    def test_there_is_no_fourth_argument(self):
        self.assertRefused(TypeError, "recvmsg() takes at most 3 arguments (4 given)", self.server.recvmsg, 1, 0, 0, 0)

    def test_keywords_are_refused(self):
        for keyword in ("bufsize", "ancbufsize", "flags"):
            with self.subTest(keyword=keyword):
                with self.assertRaisesRegex(TypeError, r"recvmsg\(\) takes no keyword arguments"):
                    self.server.recvmsg(1, **{keyword: 0})

    def test_the_size_must_not_be_negative(self):
        self.assertRefused(ValueError, "negative buffer size in recvmsg()", self.server.recvmsg, -1)
        self.assertRefused(ValueError, "negative buffer size in recvmsg()", self.server.recvmsg, -1, 0, 0)

    def test_the_size_must_be_an_integer(self):
        for size in ([bytearray(10)], object(), None, 1.0, "1"):
            self.assertNotAnInteger(size, self.server.recvmsg, size)

    def test_the_size_must_fit_a_c_type(self):
        for size in (LARGEST_SIZE + 1, -LARGEST_SIZE - 2, 1 << 80):
            self.assertRaises(OverflowError, self.server.recvmsg, size)

    def test_the_size_must_fit_bytes(self):
        self.assertRefused(OverflowError, "byte string is too large", self.server.recvmsg, LARGEST_SIZE)

    def test_the_size_must_fit_the_memory(self):
        self.assertRaises(MemoryError, self.server.recvmsg, 1 << 62)

    def test_arguments_are_checked_before_the_descriptor(self):
        closed = self.own(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        closed.close()
        self.assertRefused(ValueError, "negative buffer size in recvmsg()", closed.recvmsg, -1)


class RecvmsgIntoArgumentTest(CommonRefusals, RefusalTestCase):

    wrong_buffers = "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers"

    def call(self, *arguments):
        return self.server.recvmsg_into([bytearray(1024)], *arguments)

    def test_the_buffers_are_required(self):
        self.assertRefused(TypeError, "recvmsg_into() takes at least 1 argument (0 given)", self.server.recvmsg_into)

    def test_there_is_no_fourth_argument(self):
        self.assertRefused(TypeError, "recvmsg_into() takes at most 3 arguments (4 given)",
                           self.server.recvmsg_into, [bytearray(1)], 0, 0, 0)

    def test_keywords_are_refused(self):
        for keyword in ("buffers", "ancbufsize", "flags"):
            with self.subTest(keyword=keyword):
                with self.assertRaisesRegex(TypeError, r"recvmsg_into\(\) takes no keyword arguments"):
                    self.server.recvmsg_into([bytearray(1)], **{keyword: 0})

    def test_the_buffers_must_be_iterable(self):
        for buffers in (5, None, object()):
            self.assertRefused(TypeError, "recvmsg_into() argument 1 must be an iterable",
                               self.server.recvmsg_into, buffers)

    def test_the_items_of_a_bytearray_are_no_buffers(self):
        self.assertRefused(TypeError, self.wrong_buffers, self.server.recvmsg_into, bytearray(4))

    def test_objects_without_a_buffer_are_refused(self):
        for item in (object(), None, 5, "text"):
            self.assertRefused(TypeError, self.wrong_buffers, self.server.recvmsg_into, [item])
            self.assertRefused(TypeError, self.wrong_buffers, self.server.recvmsg_into, [bytearray(4), item])

    def test_buffers_must_be_writable(self):
        for item in (b"bytes", memoryview(b"bytes"), memoryview(bytearray(4)).toreadonly()):
            self.assertRefused(TypeError, self.wrong_buffers, self.server.recvmsg_into, [item])

    def test_buffers_must_not_have_gaps(self):
        self.assertRefused(TypeError, self.wrong_buffers, self.server.recvmsg_into, [memoryview(bytearray(8))[::2]])

    def test_a_refused_call_gives_the_buffers_back(self):
        target = bytearray(4)
        self.assertRaises(TypeError, self.server.recvmsg_into, [target, object()])
        target.append(0)  # a bytearray whose buffer is still exported refuses to grow
        self.assertEqual(len(target), 5)

    def test_arguments_are_checked_before_the_descriptor(self):
        closed = self.own(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        closed.close()
        self.assertRefused(TypeError, "recvmsg_into() argument 1 must be an iterable", closed.recvmsg_into, 5)


if __name__ == "__main__":
    unittest.main()
