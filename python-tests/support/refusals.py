"""Assertions about refusals: the exact class of the exception, its exact text, and the errno with its text."""

import os

from support import SocketTestCase


class RefusalTestCase(SocketTestCase):
    """A test case that says how a call is refused."""

    def assertRefused(self, kind, text, function, *arguments, **keywords):
        """`function` raises exactly `kind`, and the exception reads `text`."""
        with self.assertRaises(kind) as caught:
            function(*arguments, **keywords)
        self.assertIs(type(caught.exception), kind, caught.exception)
        self.assertEqual(str(caught.exception), text)

    def assertSystemError(self, number, function, *arguments, **keywords):
        """`function` raises the OSError of this errno, with the C library's text for it."""
        with self.assertRaises(OSError) as caught:
            function(*arguments, **keywords)
        self.assertEqual(caught.exception.args, (number, os.strerror(number)))
        return caught.exception

    def assertNotAnInteger(self, value, function, *arguments, **keywords):
        """`function` raises the TypeError of a value that is no integer. `value` is that value."""
        text = "'%s' object cannot be interpreted as an integer" % type(value).__name__
        self.assertRefused(TypeError, text, function, *arguments, **keywords)

    def assertNotAPath(self, value, function, *arguments, **keywords):
        """`function` raises the TypeError of a value that names no file or interface. `value` is that value."""
        text = "expected str, bytes or os.PathLike object, not %s" % type(value).__name__
        self.assertRefused(TypeError, text, function, *arguments, **keywords)

    def assertAboveInt(self, function, *arguments, **keywords):
        """`function` raises the OverflowError of a number above that of a C int."""
        self.assertRefused(OverflowError, "signed integer is greater than maximum", function, *arguments, **keywords)

    def assertNotBytesLike(self, value, function, *arguments, **keywords):
        """`function` raises the TypeError of a value that has no buffer. `value` is that value."""
        text = "a bytes-like object is required, not '%s'" % type(value).__name__
        self.assertRefused(TypeError, text, function, *arguments, **keywords)
