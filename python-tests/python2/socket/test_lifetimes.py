"""When a socket closes: with its last user, which may be a copy, a file or nothing but a method."""

import errno
import gc
import socket
import unittest
import weakref

from support import SocketTestCase, happens, receive_all

CALLS = (
    ("accept", ()),
    ("bind", (("127.0.0.1", 0),)),
    ("connect", (("127.0.0.1", 1),)),
    ("connect_ex", (("127.0.0.1", 1),)),
    ("fileno", ()),
    ("getpeername", ()),
    ("getsockname", ()),
    ("getsockopt", (1, 2)),
    ("gettimeout", ()),
    ("listen", (1,)),
    ("recv", (1,)),
    ("recv_into", (bytearray(1),)),
    ("recvfrom", (1,)),
    ("recvfrom_into", (bytearray(1),)),
    ("send", ("x",)),
    ("sendall", ("x",)),
    ("sendto", ("x", ("127.0.0.1", 1))),
    ("setblocking", (1,)),
    ("setsockopt", (1, 2, 1)),
    ("settimeout", (1,)),
    ("shutdown", (2,)),
)


class AfterCloseTest(SocketTestCase):
    def test_every_call_says_so(self):
        sock = socket.socket()
        sock.close()
        for name, arguments in CALLS:
            try:
                self.assertErrno(errno.EBADF, getattr(sock, name), *arguments)
            except AssertionError as failure:
                raise AssertionError("%s: %s" % (name, failure))

    def test_the_arguments_do_not_matter(self):
        sock = socket.socket()
        sock.close()
        self.assertErrno(errno.EBADF, sock.recv)
        self.assertErrno(errno.EBADF, sock.send, 1, 2, 3, 4)

    def test_attributes_too(self):
        sock = socket.socket()
        sock.close()
        for name in "family", "type", "proto":
            self.assertErrno(errno.EBADF, getattr, sock, name)

    def test_close_again(self):
        sock = socket.socket()
        self.assertIsNone(sock.close())
        self.assertIsNone(sock.close())

    def test_the_built_in_type(self):
        sock = socket.socket()._sock
        sock.close()
        for name, arguments in CALLS:
            if name not in ("connect_ex", "gettimeout", "setblocking", "settimeout", "fileno"):
                try:
                    self.assertErrno(errno.EBADF, getattr(sock, name), *arguments)
                except AssertionError as failure:
                    raise AssertionError("%s: %s" % (name, failure))
        self.assertEqual(sock.connect_ex(("127.0.0.1", 1)), errno.EBADF)
        self.assertEqual(sock.fileno(), -1)
        self.assertIsNone(sock.close())

    def test_the_number_is_free(self):
        sock = socket.socket()
        number = sock.fileno()
        sock.close()
        with self.assertRaises(socket.error) as caught:
            socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)
        self.assertEqual(caught.exception.errno, errno.EBADF)


class SharedTest(SocketTestCase):
    def setUp(self):
        self.sock, self.other = self.tcp_pair()

    def assertOpen(self):
        self.other.setblocking(0)
        self.assertErrno(errno.EAGAIN, self.other.recv, 1)
        self.other.settimeout(20)

    def test_dup_is_the_same_socket(self):
        twin = self.sock.dup()
        self.assertIs(type(twin), socket.socket)
        self.assertIsNot(twin, self.sock)
        self.assertEqual(twin.fileno(), self.sock.fileno())
        twin.settimeout(7)
        self.assertEqual(self.sock.gettimeout(), 7.0)

    def test_a_twin_keeps_it_open(self):
        twin = self.sock.dup()
        self.sock.close()
        self.assertOpen()
        twin.sendall("x")
        self.assertEqual(self.other.recv(1), "x")
        twin.close()
        self.assertEnds(self.other)

    def test_closing_twice_counts_once(self):
        twin = self.sock.dup()
        self.sock.close()
        self.sock.close()
        self.sock.close()
        self.assertOpen()
        twin.close()
        self.assertEnds(self.other)

    def test_a_file_keeps_it_open(self):
        made = self.sock.makefile("wb", 0)
        self.sock.close()
        self.assertOpen()
        made.close()
        self.assertEnds(self.other)

    def test_closing_a_file_twice_counts_once(self):
        one, two = self.sock.makefile(), self.sock.makefile()
        one.close()
        one.close()
        self.sock.close()
        self.assertOpen()
        two.close()
        self.assertEnds(self.other)

    def test_a_file_of_a_twin(self):
        twin = self.sock.dup()
        made = twin.makefile()
        twin.close()
        self.sock.close()
        self.assertOpen()
        made.close()
        self.assertEnds(self.other)

    def test_a_wrapper_made_by_hand(self):
        wrapper = socket._socketobject(_sock=self.sock._sock)
        self.sock.close()
        self.assertOpen()
        wrapper.sendall("x")
        self.assertEqual(self.other.recv(1), "x")
        wrapper.close()
        self.assertEnds(self.other)

    def test_a_file_over_the_built_in_socket(self):
        made = socket._fileobject(self.sock._sock, "wb", 0)
        self.sock.close()
        self.assertOpen()
        made.write("x")
        self.assertEqual(self.other.recv(1), "x")
        made.close()
        self.assertEnds(self.other)

    def test_a_file_over_the_socket_closes_it_where_asked(self):
        made = socket._fileobject(self.sock, "rb", -1, close=True)
        made.close()
        self.assertEnds(self.other)
        self.assertErrno(errno.EBADF, self.sock.recv, 1)

    def test_a_descriptor_of_its_own_keeps_the_connection(self):
        copy = self.own(socket.fromfd(self.sock.fileno(), socket.AF_INET, socket.SOCK_STREAM))
        self.assertNotEqual(copy.fileno(), self.sock.fileno())
        self.assertEqual(copy.getsockname(), self.sock.getsockname())
        self.sock.close()
        self.assertOpen()
        copy.sendall("x")
        self.assertEqual(self.other.recv(1), "x")
        copy.close()
        self.assertEnds(self.other)

    def test_dup_of_the_built_in_type_has_a_descriptor_of_its_own(self):
        copy = self.own(self.sock._sock.dup())
        self.assertNotEqual(copy.fileno(), self.sock.fileno())
        self.sock.close()
        self.assertOpen()
        copy.close()
        self.assertEnds(self.other)


class DroppedTest(SocketTestCase):
    def connection(self):
        """The two ends of a connection in a list, which is all that keeps the first. A variable would not do: Jython
        keeps what a statement assigned to several of them until another one does so."""
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        dropped = socket.create_connection(listener.getsockname())
        kept, _ = listener.accept()
        listener.close()
        self.bounded(kept)
        kept.setblocking(0)
        return [dropped, kept]

    def ended(self, sock):
        try:
            return sock.recv(1) == ""
        except socket.error as failure:
            if failure.errno != errno.EAGAIN:
                raise
            return False

    def test_a_dropped_socket_closes(self):
        ends = self.connection()
        kept = ends.pop()
        self.assertFalse(self.ended(kept))
        del ends[:]
        self.assertTrue(happens(lambda: self.ended(kept)))

    def test_a_dropped_file_flushes_and_closes(self):
        ends = self.connection()
        kept = ends.pop()
        ends.append(ends[0].makefile("wb"))
        ends[0].close()
        ends[1].write("last words")
        del ends[:]
        arrived = []

        def all_came():
            try:
                arrived.append(kept.recv(100))
            except socket.error:
                return False
            return arrived[-1] == ""

        self.assertTrue(happens(all_came))
        self.assertEqual("".join(arrived), "last words")

    def test_a_file_outlives_its_socket(self):
        ends = self.connection()
        kept = ends.pop()
        made = ends[0].makefile("wb", 0)
        del ends[:]
        gc.collect()
        made.write("x")
        kept.settimeout(20)
        self.assertEqual(kept.recv(1), "x")
        made.close()
        kept.setblocking(0)
        self.assertTrue(happens(lambda: self.ended(kept)))

    def test_a_bound_method_outlives_its_socket(self):
        ends = self.connection()
        kept = ends.pop()
        send = ends[0].send
        del ends[:]
        gc.collect()
        self.assertEqual(send("x"), 1)
        kept.settimeout(20)
        self.assertEqual(kept.recv(1), "x")


class WeakReferenceTest(SocketTestCase):
    def test_to_a_socket(self):
        sock = socket.socket()
        reference = weakref.proxy(sock)
        self.assertEqual(reference.fileno(), sock.fileno())
        whole = weakref.ref(sock)
        sock.close()
        del sock
        self.assertTrue(happens(lambda: whole() is None))
        self.assertRaises(ReferenceError, getattr, reference, "fileno")

    def test_to_the_built_in_type(self):
        sock = socket.socket()
        reference = weakref.proxy(sock._sock)
        self.assertEqual(reference.fileno(), sock.fileno())
        sock.close()


class ClosingWhileUsedTest(SocketTestCase):
    def test_the_other_end_sees_a_stream_that_ends(self):
        left, right = self.tcp_pair()
        peer = self.peer(receive_all, right)
        left.sendall("all of it")
        left.close()
        self.assertEqual(peer.join(), "all of it")


if __name__ == "__main__":
    unittest.main()
