"""socket.CMSG_LEN and socket.CMSG_SPACE: the sizes of ancillary data that sendmsg and recvmsg reckon with."""

import socket
import struct
import unittest

from support import require
from support.refusals import RefusalTestCase

LARGEST_SIZE = (1 << 63) - 1
"""Of a C ssize_t; sys.maxsize is not that on every Python."""

HEADER = struct.calcsize("@Nii")
"""Bytes of struct cmsghdr on Linux: a size_t and two ints (man 3 cmsg)."""

ALIGNMENT = struct.calcsize("@N")
"""Linux aligns each item to a size_t."""

SOCKLEN_LIMIT = 0x7FFFFFFF
"""The most bytes of ancillary data that the module deals in."""


def setUpModule():
    require(socket.socket, "sendmsg")


def padded(size):
    return -(-size // ALIGNMENT) * ALIGNMENT


class ControlSizeCases:
    """What both functions have in common. A subclass gives the `name` and the `longest` argument."""

    @property
    def function(self):
        return getattr(socket, self.name)

    def test_results_never_shrink_as_the_data_grows(self):
        results = [self.function(size) for size in range(257)]
        self.assertEqual(results, sorted(results))

    def test_results_stay_within_the_limit(self):
        for size in range(self.longest - 256, self.longest + 1):
            self.assertIn(self.function(size), range(size + HEADER, SOCKLEN_LIMIT + 1))

    def test_the_longest_argument_is_the_last_accepted(self):
        self.assertGreater(self.function(self.longest), self.longest)
        self.assertOutOfRange(self.longest + 1)

    def test_sizes_out_of_range_are_refused(self):
        for size in (-1, -LARGEST_SIZE, SOCKLEN_LIMIT, SOCKLEN_LIMIT + 1, LARGEST_SIZE):
            self.assertOutOfRange(size)

    def test_sizes_beyond_a_c_type_are_refused(self):
        for size in (LARGEST_SIZE + 1, -1 << 80):
            self.assertRaises(OverflowError, self.function, size)

    def test_the_size_must_be_an_integer(self):
        for size in (None, "1", 1.0, b"", object()):
            self.assertNotAnInteger(size, self.function, size)

    def test_the_size_may_be_anything_with_an_index(self):
        class Index:
            def __index__(self):
                return 5

        self.assertEqual(self.function(Index()), self.function(5))
        self.assertEqual(self.function(True), self.function(1))

    def test_exactly_one_argument_is_taken(self):
        self.assertRefused(TypeError, self.name + "() takes exactly 1 argument (0 given)", self.function)
        self.assertRefused(TypeError, self.name + "() takes exactly 1 argument (2 given)", self.function, 1, 2)

    def test_keywords_are_refused(self):
        self.assertRefused(TypeError, self.name + "() takes no keyword arguments", self.function, length=1)

    def assertOutOfRange(self, size):
        self.assertRefused(OverflowError, self.name + "() argument out of range", self.function, size)


class CmsgLenTest(ControlSizeCases, RefusalTestCase):
    name = "CMSG_LEN"
    longest = SOCKLEN_LIMIT - HEADER

    def test_the_header_comes_before_the_data(self):
        self.assertEqual(socket.CMSG_LEN(0), HEADER)

    def test_data_counts_without_padding(self):
        for size in (*range(257), *range(self.longest - 256, self.longest + 1)):
            self.assertEqual(socket.CMSG_LEN(size), HEADER + size)


class CmsgSpaceTest(ControlSizeCases, RefusalTestCase):
    name = "CMSG_SPACE"
    longest = SOCKLEN_LIMIT - HEADER - ALIGNMENT

    def test_the_header_takes_space_without_data(self):
        self.assertEqual(socket.CMSG_SPACE(0), padded(HEADER))

    def test_data_counts_with_padding(self):
        for size in (*range(257), *range(self.longest - 256, self.longest + 1)):
            self.assertEqual(socket.CMSG_SPACE(size), padded(HEADER) + padded(size))

    def test_space_is_never_less_than_length(self):
        for size in (*range(257), *range(self.longest - 256, self.longest + 1)):
            self.assertGreaterEqual(socket.CMSG_SPACE(size), socket.CMSG_LEN(size))


if __name__ == "__main__":
    unittest.main()
