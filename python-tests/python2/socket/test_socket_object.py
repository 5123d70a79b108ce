"""The socket object itself: its types, attributes and representations, and classes made of it."""

import copy
import pickle
import socket
import unittest

import _socket

from support import SocketTestCase

METHODS = """accept bind close connect connect_ex dup fileno getpeername getsockname getsockopt gettimeout listen
    makefile recv recv_into recvfrom recvfrom_into send sendall sendto setblocking setsockopt settimeout
    shutdown""".split()


class TypesTest(SocketTestCase):
    def setUp(self):
        self.sock = self.own(socket.socket())

    def test_names(self):
        self.assertIs(socket.SocketType, socket.socket)
        self.assertIs(socket._socketobject, socket.socket)
        self.assertIs(type(self.sock), socket.SocketType)
        self.assertIs(socket._realsocket, _socket.socket)
        self.assertIs(_socket.SocketType, _socket.socket)
        self.assertIs(type(self.sock._sock), _socket.socket)
        self.assertEqual((_socket.socket.__module__, _socket.socket.__name__), ("_socket", "socket"))

    def test_defaults(self):
        self.assertEqual((self.sock.family, self.sock.type, self.sock.proto),
                         (socket.AF_INET, socket.SOCK_STREAM, 0))

    def test_arguments(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP))
        self.assertEqual((sock.family, sock.type, sock.proto), (2, 2, 17))
        sock = self.own(socket.socket(proto=6, type=1, family=2))
        self.assertEqual((sock.family, sock.type, sock.proto), (2, 1, 6))
        self.assertRaises(TypeError, socket.socket, "inet")
        self.assertRaises(TypeError, socket.socket, 1, 2, 3, 4, 5)
        self.assertRaises(TypeError, lambda: socket.socket(bogus=1))

    def test_all_methods_are_there(self):
        for name in METHODS:
            self.assertTrue(callable(getattr(self.sock, name)), name)
            self.assertTrue(callable(getattr(self.sock._sock, name)), name)
            self.assertTrue(hasattr(_socket.socket, name), name)

    def test_there_is_no_read_and_no_write(self):
        for name in "read", "write", "ioctl", "sleeptaskw", "sendmsg", "recvmsg", "detach":
            self.assertFalse(hasattr(self.sock, name), name)

    def test_attributes_are_read_only(self):
        for name in "family", "type", "proto":
            self.assertRaises(AttributeError, setattr, self.sock, name, 1)
            self.assertRaises((AttributeError, TypeError), setattr, self.sock._sock, name, 1)

    def test_no_attribute_can_be_added(self):
        self.assertRaises(AttributeError, setattr, self.sock, "extra", 1)
        self.assertRaises(AttributeError, setattr, self.sock._sock, "extra", 1)

    def test_the_calls_that_move_data_can_be_replaced(self):
        self.sock.recv = lambda size: "mine"
        self.assertEqual(self.sock.recv(1), "mine")

    def test_fileno(self):
        self.assertIs(type(self.sock.fileno()), int)
        self.assertTrue(self.sock.fileno() >= 0)
        self.assertEqual(self.sock.fileno(), self.sock._sock.fileno())

    def test_documentation(self):
        for name in METHODS:
            self.assertTrue(getattr(_socket.socket, name).__doc__, name)
            self.assertTrue(getattr(self.sock, name).__doc__, name)
        self.assertTrue(socket.socket.__doc__)
        self.assertTrue(socket.__doc__)


class RepresentationTest(SocketTestCase):
    def test_of_the_built_in_type(self):
        sock = self.own(_socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 17))
        expected = "<socket object, fd=%d, family=2, type=2, protocol=17>"
        self.assertEqual(repr(sock), expected % sock.fileno())
        self.assertEqual(str(sock), expected % sock.fileno())
        sock.close()
        self.assertEqual(repr(sock), expected % -1)

    def test_of_the_wrapper(self):
        sock = self.own(socket.socket())
        self.assertTrue(repr(sock).startswith("<socket._socketobject object at 0x"), repr(sock))

    def test_of_a_closed_one(self):
        sock = socket.socket()
        sock.close()
        self.assertTrue(repr(sock._sock).startswith("<socket._closedsocket object at 0x"), repr(sock._sock))


class CopiesTest(SocketTestCase):
    def test_a_socket_cannot_be_pickled(self):
        sock = self.own(socket.socket())
        for protocol in 0, 1:
            self.assertSays(TypeError, "a class that defines __slots__ without defining __getstate__ cannot be pickled",
                            pickle.dumps, sock, protocol)
        self.assertRaises((pickle.PicklingError, TypeError), pickle.dumps, sock, 2)

    def test_nor_can_the_built_in_one(self):
        sock = self.own(socket.socket())
        for protocol in 0, 1:
            self.assertRaises(TypeError, pickle.dumps, sock._sock, protocol)

    def test_copy_shares_the_socket(self):
        sock = self.own(socket.socket())
        self.assertEqual(copy.copy(sock).fileno(), sock.fileno())


class SubclassTest(SocketTestCase):
    def test_of_the_wrapper(self):
        class Counting(socket.socket):
            calls = 0

            def sendall(self, *arguments):
                self.calls += 1
                return socket.socket.sendall(self, *arguments)

        listener = self.listener()
        sock = self.own(Counting())
        sock.extra = "allowed"
        sock.connect(listener.getsockname())
        server = self.bounded(listener.accept()[0])
        sock.sendall("counted")
        self.assertEqual((sock.calls, server.recv(10), sock.extra), (1, "counted", "allowed"))

    def test_own_constructor(self):
        class Named(socket.socket):
            def __init__(self, name, *arguments):
                socket.socket.__init__(self, *arguments)
                self.name = name

        sock = self.own(Named("mine", socket.AF_UNIX))
        self.assertEqual((sock.name, sock.family), ("mine", socket.AF_UNIX))

    def test_of_the_built_in_type(self):
        class Mine(_socket.socket):
            def fileno_doubled(self):
                return 2 * self.fileno()

        sock = self.own(Mine(socket.AF_INET, socket.SOCK_DGRAM))
        sock.extra = "allowed"
        self.assertEqual(sock.fileno_doubled(), 2 * sock.fileno())
        self.assertEqual((sock.type, sock.extra), (socket.SOCK_DGRAM, "allowed"))
        self.assertTrue(isinstance(sock, _socket.socket))
        sock.close()
        self.assertEqual(sock.fileno(), -1)

    def test_overridden_methods_of_the_built_in_type(self):
        class Loud(_socket.socket):
            def send(self, data):
                return _socket.socket.send(self, data.upper())

        listener = self.listener()
        sock = self.own(Loud())
        sock.connect(listener.getsockname())
        server = self.bounded(listener.accept()[0])
        self.assertEqual(sock.send("loud"), 4)
        self.assertEqual(server.recv(10), "LOUD")

    def test_a_wrapper_over_an_object_of_ones_own(self):
        class Fake(object):
            family, type, proto = 1, 2, 3

            def __getattr__(self, name):
                return lambda *arguments: (name,) + arguments

        sock = socket.socket(_sock=Fake())
        self.assertEqual(sock.recv(5), ("recv", 5))
        self.assertEqual(sock.bind("address"), ("bind", "address"))
        self.assertEqual((sock.family, sock.type, sock.proto), (1, 2, 3))


class PairTest(SocketTestCase):
    def test_defaults(self):
        left, right = self.pair()
        self.assertIs(type(left), _socket.socket)
        self.assertEqual((left.family, left.type, left.proto), (socket.AF_UNIX, socket.SOCK_STREAM, 0))
        self.assertIsNone(socket.socketpair()[0].gettimeout())

    def test_both_ways(self):
        for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET:
            left, right = self.pair(socket.AF_UNIX, kind)
            self.assertEqual(left.send("there"), 5)
            self.assertEqual(right.recv(10), "there")
            right.sendall("back")
            self.assertEqual(left.recv(10), "back")

    def test_it_has_no_names(self):
        left, right = self.pair()
        self.assertEqual((left.getsockname(), left.getpeername()), ("", ""))

    def test_one_in_the_wrapper(self):
        left, right = self.pair()
        sock = socket.socket(_sock=left)
        self.assertEqual(sock.fileno(), left.fileno())
        sock.sendall("wrapped")
        self.assertEqual(right.recv(10), "wrapped")

    def test_closing_one_is_at_once(self):
        left, right = self.pair()
        left.close()
        self.assertEnds(right)
        self.assertEqual(left.fileno(), -1)


if __name__ == "__main__":
    unittest.main()
