"""The audit events of the socket module: their names and arguments, which a host application watches a script by."""

import errno
import socket
import sys
import unittest

import _socket
from support import HOST, SocketTestCase, databases

_seen = None
"""Where the events go while a test listens; None at other times. An audit hook cannot be taken away again."""


def _hook(event, arguments):
    if _seen is not None and event.startswith("socket."):
        _seen.append((event, arguments))


_hooked = False


def _listens():
    """Adds the hook once, and gives whether it is called."""
    global _hooked, _seen
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked = True
    _seen = []
    try:
        sys.audit("socket.test", 1)
        return _seen == [("socket.test", (1,))]
    finally:
        _seen = None


class AuditTestCase(SocketTestCase):
    def setUp(self):
        if not hasattr(sys, "addaudithook"):
            self.skipTest("this Python has no sys.addaudithook")
        if not _listens():
            self.skipTest("this Python has sys.addaudithook, but tells its hooks nothing")

    def events(self, function, *arguments):
        """The events of one call, whether it succeeds or not."""
        global _seen
        _seen = []
        try:
            function(*arguments)
        except (OSError, TypeError, OverflowError):
            pass
        finally:
            seen, _seen = _seen, None
        return seen

    def assertEvents(self, expected, function, *arguments):
        self.assertEqual(self.events(function, *arguments), expected)

    def udp(self):
        return self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))


class SocketEventsTest(AuditTestCase):
    def created(self, function, *arguments):
        """The sockets that a call creates, each with the numbers in its event."""
        events = self.events(function, *arguments)
        self.assertEqual({name for name, _ in events} - {"socket.__new__"}, set())
        return [(self.own(arguments[0]), arguments[1:]) for _, arguments in events]

    def test_a_new_socket(self):
        (sock, numbers), = self.created(socket.socket)
        self.assertIs(type(sock), socket.socket)
        self.assertEqual(numbers, (socket.AF_INET, socket.SOCK_STREAM, 0))

    def test_a_new_socket_of_another_kind(self):
        (_, numbers), = self.created(socket.socket, socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP)
        self.assertEqual(numbers, (2, 2, 17))

    def test_a_new_core_socket_has_the_numbers_that_were_said(self):
        (sock, numbers), = self.created(_socket.socket, socket.AF_INET, socket.SOCK_STREAM)
        self.assertIs(type(sock), _socket.socket)
        self.assertEqual(numbers, (2, 1, -1))

    def test_a_socket_from_a_number(self):
        number = socket.socket().detach()
        (_, numbers), = self.created(lambda: socket.socket(fileno=number))
        self.assertEqual(numbers, (-1, -1, -1))

    def test_a_socket_that_the_kernel_refuses(self):
        (name, arguments), = self.events(socket.socket, 12345)
        self.assertEqual((name, arguments[1:]), ("socket.__new__", (12345, socket.SOCK_STREAM, 0)))

    def test_a_pair(self):
        created = self.created(socket.socketpair)
        self.assertEqual([numbers for _, numbers in created], [(1, 1, 0), (1, 1, 0)])

    def test_an_accepted_socket(self):
        listener = self.listener()
        self.bounded(socket.create_connection(listener.getsockname()))
        (_, numbers), = self.created(listener.accept)
        self.assertEqual(numbers, (2, 1, 0))

    def test_bind(self):
        sock = self.udp()
        self.assertEvents([("socket.bind", (sock, (HOST, 0)))], sock.bind, (HOST, 0))

    def test_connect(self):
        for name in ("connect", "connect_ex"):
            with self.subTest(name=name):
                sock = self.udp()
                self.assertEvents([("socket.connect", (sock, (HOST, 9)))], getattr(sock, name), (HOST, 9))

    def test_connect_that_is_refused(self):
        bound = self.own(socket.socket())
        bound.bind((HOST, 0))
        sock = self.bounded(socket.socket())
        self.assertEvents([("socket.connect", (sock, bound.getsockname()))], sock.connect, bound.getsockname())

    def test_sendto(self):
        sock, receiver = self.udp(), self.udp()
        receiver.bind((HOST, 0))
        address = receiver.getsockname()
        self.assertEvents([("socket.sendto", (sock, address))], sock.sendto, b"x", address)
        self.assertEvents([("socket.sendto", (sock, address))], sock.sendto, b"x", 0, address)

    def test_sendmsg(self):
        sock, receiver = self.udp(), self.udp()
        receiver.bind((HOST, 0))
        address = receiver.getsockname()
        self.assertEvents([("socket.sendmsg", (sock, address))], sock.sendmsg, [b"x"], [], 0, address)
        sock.connect(address)
        self.assertEvents([("socket.sendmsg", (sock, None))], sock.sendmsg, [b"x"])

    def test_calls_without_an_address_have_no_event(self):
        client, server = self.tcp_pair()
        for function, arguments in ((client.send, (b"x",)), (client.sendall, (b"x",)), (server.recv, (2,)),
                                    (client.getsockname, ()), (client.getpeername, ()), (client.shutdown, (1,)),
                                    (client.getsockopt, (1, 2)), (client.setsockopt, (1, 2, 1)), (client.close, ())):
            with self.subTest(function=function.__name__):
                self.assertEvents([], function, *arguments)

    def test_an_address_that_is_refused_has_no_event(self):
        sock = self.udp()
        for name, arguments in (("bind", ("text",)), ("bind", ((HOST, 65536),)), ("connect", ((HOST,),)),
                                ("sendto", (b"x", None))):
            with self.subTest(name=name, arguments=arguments):
                self.assertEvents([], getattr(sock, name), *arguments)

    def test_create_connection_goes_through_every_event(self):
        listener = self.listener()
        address = listener.getsockname()
        events = self.events(lambda: self.own(socket.create_connection(address)))
        self.assertEqual([name for name, _ in events], ["socket.getaddrinfo", "socket.__new__", "socket.connect"])
        self.assertEqual(events[0][1], (HOST, address[1], 0, socket.SOCK_STREAM, 0))
        self.assertEqual(events[2][1][1], address)


class NameEventsTest(AuditTestCase):
    def test_getaddrinfo(self):
        self.assertEvents([("socket.getaddrinfo", (HOST, 80, 0, 0, 0))], socket.getaddrinfo, HOST, 80)
        self.assertEvents([("socket.getaddrinfo", (b"127.0.0.1", "80", 2, 1, 6))], socket.getaddrinfo, b"127.0.0.1",
                          "80", 2, 1, 6, socket.AI_NUMERICHOST)

    def test_getaddrinfo_that_fails(self):
        self.assertEvents([("socket.getaddrinfo", (None, None, 0, 0, 0))], socket.getaddrinfo, None, None)

    def test_getaddrinfo_of_another_type_has_no_event(self):
        self.assertEvents([], socket.getaddrinfo, 1, 80)

    def test_getnameinfo(self):
        flags = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
        self.assertEvents([("socket.getnameinfo", ((HOST, 80),))], socket.getnameinfo, (HOST, 80), flags)

    def test_getnameinfo_of_no_address_has_no_event(self):
        self.assertEvents([], socket.getnameinfo, (HOST,), 0)

    def test_gethostbyname(self):
        for function in (socket.gethostbyname, socket.gethostbyname_ex):
            for host in (HOST, b"127.0.0.1", "ｌｏｃａｌｈｏｓｔ"):
                with self.subTest(function=function.__name__, host=host):
                    self.assertEvents([("socket.gethostbyname", (host,))], function, host)

    def test_gethostbyaddr(self):
        self.assertEvents([("socket.gethostbyaddr", (HOST,))], socket.gethostbyaddr, HOST)

    def test_gethostname(self):
        self.assertEvents([("socket.gethostname", ())], socket.gethostname)

    def test_sethostname_gives_bytes(self):
        # A name that is too long, so that the machine keeps its own.
        self.assertEvents([("socket.sethostname", (b"x" * 65,))], socket.sethostname, "x" * 65)

    def test_getservbyname(self):
        name, _, protocol = databases.services()[0]
        self.assertEvents([("socket.getservbyname", (name, None))], socket.getservbyname, name)
        self.assertEvents([("socket.getservbyname", (name, protocol))], socket.getservbyname, name, protocol)

    def test_getservbyport(self):
        _, port, protocol = databases.services()[0]
        self.assertEvents([("socket.getservbyport", (port, None))], socket.getservbyport, port)
        self.assertEvents([("socket.getservbyport", (port, protocol))], socket.getservbyport, port, protocol)

    def test_a_port_that_is_refused_has_no_event(self):
        self.assertEvents([], socket.getservbyport, 65536)

    def test_functions_of_the_machine_alone_have_no_event(self):
        for function, arguments in ((socket.getprotobyname, ("tcp",)), (socket.if_nameindex, ()),
                                    (socket.if_nametoindex, ("lo",)), (socket.htons, (1,)), (socket.inet_aton, (HOST,)),
                                    (socket.getdefaulttimeout, ())):
            with self.subTest(function=function.__name__):
                self.assertEvents([], function, *arguments)


class RefusingHookTest(AuditTestCase):
    """A hook that raises ends the call before it does anything."""

    class Refused(Exception):
        pass

    def refusing(self, function, *arguments):
        global _seen
        outer = self

        class Refusing:
            def append(self, event):
                raise outer.Refused(event[0])

        _seen = Refusing()
        try:
            with self.assertRaises(self.Refused):
                function(*arguments)
        finally:
            _seen = None

    def test_no_socket_is_bound(self):
        sock = self.udp()
        self.refusing(sock.bind, (HOST, 0))
        self.assertEqual(sock.getsockname(), ("0.0.0.0", 0))

    def test_no_socket_is_connected(self):
        sock = self.udp()
        self.refusing(sock.connect, (HOST, 9))
        self.refusing(sock.connect_ex, (HOST, 9))
        self.assertErrno(errno.ENOTCONN, sock.getpeername)

    def test_no_message_is_sent(self):
        sock, receiver = self.udp(), self.udp()
        receiver.bind((HOST, 0))
        self.refusing(sock.sendto, b"refused", receiver.getsockname())
        self.refusing(sock.sendmsg, [b"refused"], [], 0, receiver.getsockname())
        sock.sendto(b"allowed", receiver.getsockname())
        self.assertEqual(receiver.recv(20), b"allowed")

    def test_no_socket_is_made(self):
        self.refusing(socket.socket)

    def test_no_name_is_looked_up(self):
        self.refusing(socket.getaddrinfo, HOST, 80)
        self.refusing(socket.gethostbyname, HOST)
        self.refusing(socket.gethostname)


if __name__ == "__main__":
    unittest.main()
