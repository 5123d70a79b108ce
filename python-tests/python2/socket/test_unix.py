"""AF_UNIX: names in the file system, abstract names, and none."""

import errno
import os
import socket
import sys
import unittest

from support import SocketTestCase, receive_all

LONGEST = 107
"""Bytes of a path in struct sockaddr_un, without the zero byte at its end."""


class UnixStreamTest(SocketTestCase):
    def test_an_address_is_a_string(self):
        path = self.path()
        listener = self.listener(socket.AF_UNIX, path)
        self.assertEqual(listener.getsockname(), path)
        client = self.bounded(socket.socket(socket.AF_UNIX))
        client.connect(path)
        server, address = listener.accept()
        self.bounded(server)
        self.assertEqual(address, "")
        self.assertEqual(client.getpeername(), path)
        self.assertEqual(client.getsockname(), "")
        client.sendall("through a file")
        client.close()
        self.assertEqual(receive_all(server), "through a file")

    def test_the_file_stays(self):
        path = self.path()
        self.listener(socket.AF_UNIX, path).close()
        self.assertTrue(os.path.exists(path))
        self.assertErrno(errno.ECONNREFUSED, self.own(socket.socket(socket.AF_UNIX)).connect, path)
        self.assertErrno(errno.EADDRINUSE, self.own(socket.socket(socket.AF_UNIX)).bind, path)
        os.unlink(path)
        self.assertErrno(errno.ENOENT, self.own(socket.socket(socket.AF_UNIX)).connect, path)

    def test_unicode_path(self):
        path = unicode(self.path())
        sock = self.own(socket.socket(socket.AF_UNIX))
        sock.bind(path)
        self.assertIs(type(sock.getsockname()), str)
        self.assertEqual(sock.getsockname(), path)

    def test_bytes_that_are_no_ascii(self):
        path = self.path("caf\xc3\xa9")
        self.listener(socket.AF_UNIX, path)
        client = self.own(socket.socket(socket.AF_UNIX))
        client.connect(path)
        self.assertEqual(client.getpeername(), path)

    def test_long_paths(self):
        folder = self.folder()
        fits = os.path.join(folder, "x" * (LONGEST - len(folder) - 1))
        self.assertEqual(len(fits), LONGEST)
        sock = self.own(socket.socket(socket.AF_UNIX))
        sock.bind(fits)
        self.assertEqual(sock.getsockname(), fits)
        with self.assertRaises(socket.error) as caught:
            self.own(socket.socket(socket.AF_UNIX)).bind(fits + "x")
        self.assertEqual(caught.exception.args, ("AF_UNIX path too long",))

    def test_what_is_no_path(self):
        sock = self.own(socket.socket(socket.AF_UNIX))
        for address in ("a", 1), 5, None:
            self.assertRaises(TypeError, sock.bind, address)
            self.assertRaises(TypeError, sock.connect, address)
        self.assertRaises(UnicodeEncodeError, sock.bind, u"\u2620")


@unittest.skipUnless(sys.platform.startswith(("linux", "java")), "abstract names are Linux's")
class AbstractNameTest(SocketTestCase):
    def name(self, end=""):
        return "\0pysockets-%s%s" % (os.path.basename(self.folder()), end)

    def test_connection(self):
        name = self.name("\x00\xff")
        listener = self.listener(socket.AF_UNIX, name)
        self.assertEqual(listener.getsockname(), name)
        client = self.bounded(socket.socket(socket.AF_UNIX))
        client.connect(name)
        self.own(listener.accept()[0])
        self.assertEqual(client.getpeername(), name)

    def test_the_name_is_free_after_close(self):
        name = self.name()
        self.listener(socket.AF_UNIX, name).close()
        self.listener(socket.AF_UNIX, name)

    def test_the_longest(self):
        name = self.name()
        name += "h" * (LONGEST + 1 - len(name))
        sock = self.own(socket.socket(socket.AF_UNIX))
        sock.bind(name)
        self.assertEqual(sock.getsockname(), name)

    def test_too_long(self):
        with self.assertRaises(socket.error) as caught:
            self.own(socket.socket(socket.AF_UNIX)).bind("\0" + "h" * (LONGEST + 1))
        self.assertEqual(caught.exception.args, ("AF_UNIX path too long",))


class UnixDatagramTest(SocketTestCase):
    def test_datagrams(self):
        one = self.bounded(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        other = self.bounded(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        path, back = self.path(), self.path()
        other.bind(path)
        one.sendto("from nobody", path)
        self.assertEqual(other.recvfrom(100), ("from nobody", None))
        one.bind(back)
        one.sendto("from somebody", 0, path)
        self.assertEqual(other.recvfrom(100), ("from somebody", back))
        one.connect(path)
        one.send("connected")
        self.assertEqual(other.recv(100), "connected")


if __name__ == "__main__":
    unittest.main()
