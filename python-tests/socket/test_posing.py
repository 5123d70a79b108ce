"""Objects that pass themselves off as something else: by __class__, as unittest.mock's do, or by a false length."""

import select
import socket
import ssl
import unittest

from support import HOST
from support.refusals import RefusalTestCase


class PosingBytes:
    __class__ = bytes

    def __len__(self):
        return 5


class PosingStr:
    __class__ = str

    def isascii(self):
        return True

    def encode(self, *args):
        return self

    def __contains__(self, item):
        return False

    def __iter__(self):
        return iter("text")


class PosingInt:
    __class__ = int

    def __lt__(self, other):
        return False

    def __le__(self, other):
        return True

    __gt__, __ge__ = __lt__, __le__


class PosingFloat(PosingInt):
    __class__ = float


class PosingTuple:
    __class__ = tuple

    def __len__(self):
        return 2

    def __getitem__(self, at):
        return (HOST, 9)[at]


class PosingList(PosingTuple):
    __class__ = list

    def __len__(self):
        return 1

    def __iter__(self):
        raise LookupError("iterated")


class LongBytes(bytes):
    def __len__(self):
        return 2**31 - 1


class LongArray(bytearray):
    def __len__(self):
        return 100_000


class PosingTest(RefusalTestCase):
    def setUp(self):
        super().setUp()
        self.client, self.server = self.pair()
        self.datagram = self.keep(socket.socket(type=socket.SOCK_DGRAM))

    def keep(self, sock):
        self.addCleanup(sock.close)
        return sock

    def test_data(self):
        posing = PosingBytes()
        for function, arguments in (
            (self.client.send, (posing,)),
            (self.client.send, (posing, 0)),
            (self.client.sendall, (posing,)),
            (self.client.sendmsg, ([posing],)),
            (self.client.sendmsg, ([b"x"], [(1, 99, posing)])),
            (self.client.setsockopt, (socket.SOL_SOCKET, socket.SO_SNDBUF, posing)),
            (self.datagram.sendto, (posing, (HOST, 9))),
            (ssl.MemoryBIO().write, (posing,)),
            (socket.inet_ntoa, (posing,)),
        ):
            with self.subTest(function=function.__name__):
                self.assertNotBytesLike(posing, function, *arguments)

    def test_received_data(self):
        self.assertRefused(TypeError, "recv_into() argument 1 must be read-write bytes-like object, not PosingBytes",
                           self.client.recv_into, PosingBytes())

    def test_certificates(self):
        for posing in (PosingBytes(), PosingStr()):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            self.assertRefused(TypeError, "cadata should be an ASCII string or a bytes-like object",
                               context.load_verify_locations, cadata=posing)

    def test_hosts(self):
        posing = PosingStr()
        for function in (self.datagram.connect, self.datagram.bind, self.datagram.connect_ex):
            self.assertRefused(TypeError, "str, bytes or bytearray expected, not PosingStr", function, (posing, 9))
        self.assertRefused(TypeError, "getaddrinfo() argument 1 must be string or None", socket.getaddrinfo, posing, 9)
        self.assertRefused(OSError, "Int or String expected", socket.getaddrinfo, HOST, posing)
        self.assertRefused(OSError, "Int or String expected", socket.getaddrinfo, HOST, PosingInt())
        self.assertRefused(TypeError, "gethostbyname() argument 1 must be str, bytes or bytearray, not PosingStr",
                           socket.gethostbyname, posing)
        self.assertRefused(TypeError, "inet_aton() argument 1 must be str, not PosingStr", socket.inet_aton, posing)

    def test_ports(self):
        self.assertNotAnInteger(PosingInt(), self.datagram.connect, (HOST, PosingInt()))

    def test_addresses(self):
        self.assertRefused(TypeError, "connect(): AF_INET address must be tuple, not PosingTuple",
                           self.datagram.connect, PosingTuple())
        self.assertRefused(TypeError, "getnameinfo() argument 1 must be a tuple", socket.getnameinfo, PosingTuple(), 0)

    def test_numbers(self):
        posing = PosingInt()
        for function, arguments in (
            (self.client.recv, (posing,)),
            (self.client.recv, (1, posing)),
            (self.client.send, (b"x", posing)),
            (self.client.listen, (posing,)),
            (self.client.shutdown, (posing,)),
            (self.client.recv_into, (bytearray(1), posing)),
            (self.client.getsockopt, (1, posing)),
        ):
            with self.subTest(function=function.__name__):
                self.assertNotAnInteger(posing, function, *arguments)

    def test_timeouts(self):
        for posing in (PosingInt(), PosingFloat()):
            self.assertRaises(TypeError, self.client.settimeout, posing)
            self.assertRaises(TypeError, select.select, [self.client], [], [], posing)
            self.assertRaises(TypeError, select.poll().poll, posing)
            epoll = select.epoll()
            self.addCleanup(epoll.close)
            self.assertRaises(TypeError, epoll.poll, posing)

    def test_descriptors(self):
        poll, epoll = select.poll(), select.epoll()
        self.addCleanup(epoll.close)
        for function in (
            lambda posing: select.select([posing], [], [], 0),
            lambda posing: select.select([posing, posing], [], [], 0),
            poll.register,
            epoll.register,
        ):
            self.assertRefused(TypeError, "argument must be an int, or have a fileno() method.", function, PosingInt())
        self.assertRefused(TypeError, "an integer is required", poll.register, self.client, PosingInt())
        self.assertNotAnInteger(PosingInt(), epoll.register, self.client, PosingInt())
        self.assertNotAnInteger(PosingInt(), epoll.poll, 0, PosingInt())

    def test_lists_of_descriptors(self):
        self.assertRaises(LookupError, select.select, PosingList(), [], [], 0)

    def test_length_is_that_of_the_buffer(self):
        self.assertEqual(self.client.send(LongBytes(b"abc")), 3)
        self.assertEqual(self.client.send(LongBytes(b"abc"), 0), 3)
        self.client.sendall(LongBytes(b"abc"))
        self.assertEqual(self.client.sendmsg([LongBytes(b"abc")]), 3)
        self.assertEqual(self.server.recv(100), b"abc" * 4)
        self.client.send(b"abcdefgh")
        target = LongArray(2)
        self.assertEqual(self.server.recv_into(target), 2)
        self.assertEqual(bytes(memoryview(target)), b"ab")
        bio = ssl.MemoryBIO()
        self.assertEqual(bio.write(LongBytes(b"abc")), 3)
        self.assertEqual(bio.read(), b"abc")


if __name__ == "__main__":
    unittest.main()
