"""Functions of os with the descriptors of sockets, and with numbers that are none."""

import errno
import os
import stat
import unittest

from support import SocketTestCase


class OsDescriptorTest(SocketTestCase):
    def test_reading_and_writing(self):
        left, right = self.pair()
        self.assertEqual(os.write(left.fileno(), "hello"), 5)
        self.assertEqual(os.read(right.fileno(), 3), "hel")
        self.assertEqual(os.read(right.fileno(), 100), "lo")
        left.close()
        self.assertEqual(os.read(right.fileno(), 100), "")

    def test_a_copy_is_the_same_socket(self):
        left, right = self.pair()
        copy = os.dup(left.fileno())
        self.assertNotEqual(copy, left.fileno())
        self.assertEqual(os.fstat(copy).st_ino, os.fstat(left.fileno()).st_ino)
        left.close()
        os.write(copy, "still open")
        self.assertEqual(right.recv(100), "still open")
        os.close(copy)
        self.assertEnds(right)

    def test_what_it_is(self):
        left, _ = self.pair()
        self.assertTrue(stat.S_ISSOCK(os.fstat(left.fileno()).st_mode))
        self.assertFalse(os.isatty(left.fileno()))

    def test_numbers_that_are_no_descriptors(self):
        calls = [
            lambda number: os.read(number, 1),
            lambda number: os.write(number, "x"),
            os.close,
            os.dup,
            os.fdopen,
            os.fstat,
        ]
        for number in -1, -2, -(2**31), -1L, 2**30 + 2**29:
            for call in calls:
                with self.assertRaises(OSError) as caught:
                    call(number)
                self.assertEqual(caught.exception.args, (errno.EBADF, "Bad file descriptor"))
            self.assertFalse(os.isatty(number))


if __name__ == "__main__":
    unittest.main()
