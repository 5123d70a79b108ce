"""What the tests of sendmsg, recvmsg and recvmsg_into share: the kinds of sockets, and the two ways to receive.

A concrete test class is made of a transport, a way to receive where it matters, the cases, and SocketTestCase:

    class UdpRecvmsgTest(Udp, ByRecvmsg, RecvmsgCases, SocketTestCase): pass

Loopback takes a small message in before the receiver asks for it, so most cases need no second thread.
"""

import array
import os
import socket
import tempfile

from support import HAS_IPV6, HOST, HOST6, family_works

MESSAGE = b"What goes out at one end comes in at the other."

INT = array.array("i").itemsize
"""Bytes of a C int, the unit of most ancillary data."""

ROOMY = 10240
"""Bytes of ancillary data space that nothing in these tests fills."""

UIO_MAXIOV = 1024
"""The most buffers that Linux takes in one call (man 2 sendmsg, EMSGSIZE)."""


def pack_ints(*values):
    """Ints as the kernel lays them out in ancillary data."""
    return array.array("i", values).tobytes()


def unpack_ints(data):
    """The whole ints in ancillary data, as a list. Bytes of a cut int at the end are left out."""
    values = array.array("i")
    values.frombytes(data[: len(data) - len(data) % INT])
    return values.tolist()


class Transport:
    """Two sockets of one kind: `client` sends, `server` receives. Made before each test."""

    family = socket.AF_INET
    kind = socket.SOCK_STREAM
    proto = 0

    whole = 0
    """Message flags that say that a record ended with this message."""

    cut = 0
    """Message flags that say that a part of the record did not fit."""

    def setUp(self):
        super().setUp()
        self.require_kernel_support()
        self.open_ends()

    def require_kernel_support(self):
        if self.proto is None:
            self.skipTest("this socket module does not know the protocol")
        if self.family == socket.AF_INET6 and not HAS_IPV6:
            self.skipTest("the machine has no IPv6 loopback address")
        if not family_works(self.family, self.kind, self.proto):
            self.skipTest("the kernel makes no sockets of family %d, type %d, protocol %d"
                          % (self.family, self.kind, self.proto))

    def new_socket(self):
        return self.bounded(socket.socket(self.family, self.kind, self.proto))

    def bound_socket(self):
        """A new socket with an address of its own."""
        sock = self.new_socket()
        sock.bind(self.free_address())
        return sock

    def free_address(self):
        return (HOST, 0)

    def send(self, data):
        """Sends data from client to server by other means than sendmsg."""
        raise NotImplementedError

    def sendmsg(self, *arguments):
        """client.sendmsg, with the server as the destination where one is needed and none was given."""
        raise NotImplementedError

    def assertSource(self, address):
        """`address` is what recvmsg gives as the sender of a message of `client`."""
        raise NotImplementedError

    def assertFlags(self, flags, whole=True, control_lost=False):
        """Message flags: of a complete record or not (None: either), with ancillary data lost or not."""
        self.assertEqual(flags & socket.MSG_OOB, 0)
        self.assertEqual(flags & socket.MSG_CTRUNC, socket.MSG_CTRUNC if control_lost else 0)
        if whole is not None:
            expected, unexpected = (self.whole, self.cut) if whole else (self.cut, self.whole)
            self.assertEqual(flags & (expected | unexpected), expected)

    def assertReceived(self, result, data=MESSAGE, whole=True):
        """The outcome of `receive` is this data from the client, with no ancillary data."""
        received, control, flags, address = result
        self.assertEqual(received, data)
        self.assertEqual(control, [])
        self.assertFlags(flags, whole)
        self.assertSource(address)


class Connectionless(Transport):
    """Both ends are bound, and every message carries its destination."""

    kind = socket.SOCK_DGRAM
    cut = socket.MSG_TRUNC

    def open_ends(self):
        self.server = self.bound_socket()
        self.client = self.bound_socket()
        self.server_address = self.server.getsockname()
        self.client_address = self.client.getsockname()

    def send(self, data):
        return self.client.sendto(data, self.server_address)

    def sendmsg(self, *arguments):
        defaults = ([], [], 0, self.server_address)
        return self.client.sendmsg(*arguments, *defaults[len(arguments):])

    def assertSource(self, address):
        self.assertEqual(address, self.client_address)


class Connected(Transport):
    """The client has connected, and the server is the accepted socket."""

    def open_ends(self):
        listener = self.bound_socket()
        listener.listen()
        self.client = self.bound_socket()
        self.client.connect(listener.getsockname())
        accepted, _ = listener.accept()
        self.server = self.bounded(accepted)
        self.server_address = listener.getsockname()
        self.client_address = self.client.getsockname()

    def send(self, data):
        return self.client.send(data)

    def sendmsg(self, *arguments):
        return self.client.sendmsg(*arguments)


class OnIpv6:
    """IPv6 loopback instead of IPv4."""

    family = socket.AF_INET6

    def free_address(self):
        return (HOST6, 0)


class OnUnix:
    """Addresses are paths in a private directory, so that nobody else can send descriptors to a test."""

    family = socket.AF_UNIX

    def free_address(self):
        directory = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(directory.cleanup)
        return os.path.join(directory.name, "socket")


class Udp(Connectionless):
    """UDP over IPv4."""


class Udp6(OnIpv6, Connectionless):
    """UDP over IPv6."""


class UdpLite(Connectionless):
    """UDP-Lite over IPv4."""

    proto = getattr(socket, "IPPROTO_UDPLITE", None)


class UdpLite6(OnIpv6, Connectionless):
    """UDP-Lite over IPv6."""

    proto = getattr(socket, "IPPROTO_UDPLITE", None)


class UnixDatagram(OnUnix, Connectionless):
    """Datagrams between two paths."""


class Tcp(Connected):
    """TCP over IPv4. Linux names no sender for it: recvmsg gives None as the address."""

    def assertSource(self, address):
        self.assertIsNone(address)


class Tcp6(OnIpv6, Tcp):
    """TCP over IPv6."""


class Sctp(Connected):
    """One-to-one SCTP over IPv4: a stream that keeps records."""

    proto = getattr(socket, "IPPROTO_SCTP", None)
    whole = getattr(socket, "MSG_EOR", None)

    def assertSource(self, address):
        """Whether a connected SCTP socket names the sender is left to the kernel."""


class UnixStream(OnUnix, Connected):
    """A byte stream between two paths. Linux names the sender if it has a path."""

    def assertSource(self, address):
        self.assertEqual(address, self.client_address)


class UnixSeqpacket(OnUnix, Connected):
    """A connection that keeps the borders of messages."""

    kind = getattr(socket, "SOCK_SEQPACKET", None)
    cut = socket.MSG_TRUNC

    def assertSource(self, address):
        self.assertEqual(address, self.client_address)


class ByRecvmsg:
    """Receives by socket.recvmsg."""

    def receive(self, size, *arguments):
        return self.server.recvmsg(size, *arguments)


class ByRecvmsgInto:
    """Receives by socket.recvmsg_into, with results in the form of recvmsg."""

    def receive(self, size, *arguments):
        target = bytearray(size)
        count, *rest = self.server.recvmsg_into([target], *arguments)
        self.assertIn(count, range(size + 1))
        return (bytes(target[:count]), *rest)
