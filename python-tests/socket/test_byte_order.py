"""htons, ntohs, htonl and ntohl: network byte order, and what they refuse."""

import socket
import struct
import unittest

from support.refusals import RefusalTestCase

INT_MAX = 2 ** 31 - 1
INT_MIN = -2 ** 31


class Index:
    """An integer only by way of `__index__`."""

    def __index__(self):
        return 0x0102


class ByteOrderMixin:
    """What both widths share; the subclass says which functions and how wide."""

    functions = ()
    native = ""
    network = ""
    values = ()

    def test_the_bytes_come_in_network_order(self):
        for function in self.functions:
            for value in self.values:
                with self.subTest(function=function.__name__, value=value):
                    swapped = function(value)
                    self.assertEqual(struct.pack(self.native, swapped), struct.pack(self.network, value))

    def test_twice_is_the_value_itself(self):
        for function in self.functions:
            for value in self.values:
                with self.subTest(function=function.__name__, value=value):
                    self.assertEqual(function(function(value)), value)

    def test_all_bits_set_stays_so(self):
        everything = 2 ** (8 * struct.calcsize(self.native)) - 1
        for function in self.functions:
            self.assertEqual(function(everything), everything)

    def test_booleans_are_integers(self):
        for function in self.functions:
            self.assertEqual(function(True), function(1))

    def test_one_argument_and_no_keyword(self):
        for function in self.functions:
            with self.subTest(function=function.__name__):
                self.assertRaises(TypeError, function)
                self.assertRaises(TypeError, function, 1, 2)
                self.assertRaises(TypeError, function, x=1)


class ShortByteOrderTest(ByteOrderMixin, RefusalTestCase):
    functions = (socket.htons, socket.ntohs)
    native = "=H"
    network = "!H"
    values = (0, 1, 2, 0x1234, 0x8000, 0xfffe, 0xffff)

    def test_a_number_above_16_bits_is_refused(self):
        for function in self.functions:
            for value in (0x10000, 0x12345678, INT_MAX):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(OverflowError, "%s: Python int too large to convert to C 16-bit unsigned integer"
                                       % function.__name__, function, value)

    def test_a_negative_number_is_refused(self):
        for function in self.functions:
            for value in (-1, -2, INT_MIN):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(OverflowError,
                                       "%s: can't convert negative Python int to C 16-bit unsigned integer"
                                       % function.__name__, function, value)

    def test_a_number_outside_of_a_c_int_is_refused(self):
        for function in self.functions:
            for value, text in ((INT_MAX + 1, "signed integer is greater than maximum"),
                                (2 ** 63 - 1, "signed integer is greater than maximum"),
                                (INT_MIN - 1, "signed integer is less than minimum"),
                                (2 ** 63, "Python int too large to convert to C long"),
                                (2 ** 1000, "Python int too large to convert to C long"),
                                (-2 ** 1000, "Python int too large to convert to C long")):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(OverflowError, text, function, value)

    def test_an_object_with_index_counts_as_an_integer(self):
        for function in self.functions:
            self.assertEqual(function(Index()), function(0x0102))

    def test_other_types_are_refused(self):
        for function in self.functions:
            for value in (1.0, "1", b"1", None, [], 1j):
                with self.subTest(function=function.__name__, value=value):
                    self.assertNotAnInteger(value, function, value)


class LongByteOrderTest(ByteOrderMixin, RefusalTestCase):
    functions = (socket.htonl, socket.ntohl)
    native = "=I"
    network = "!I"
    values = (0, 1, 2, 0xffff, 0x10000, 0x01234567, 0x76543210, 0x80000000, 0xfffffffe, 0xffffffff)

    def test_a_number_above_32_bits_is_refused(self):
        for function in self.functions:
            for value in (2 ** 32, 2 ** 34, 2 ** 63):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(OverflowError, "int larger than 32 bits", function, value)

    def test_a_number_above_64_bits_is_refused(self):
        for function in self.functions:
            self.assertRefused(OverflowError, "Python int too large to convert to C unsigned long", function, 2 ** 64)
            self.assertRefused(OverflowError, "Python int too large to convert to C unsigned long", function, 2 ** 1000)

    def test_a_negative_number_is_refused(self):
        for function in self.functions:
            for value in (-1, -2, INT_MIN, -2 ** 1000):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(OverflowError, "can't convert negative value to unsigned int", function, value)

    def test_only_an_int_itself_will_do(self):
        for function in self.functions:
            for value, name in ((1.0, "float"), ("1", "str"), (None, "NoneType"), ([], "list"), (Index(), "Index")):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(TypeError, "expected int, %s found" % name, function, value)


if __name__ == "__main__":
    unittest.main()
