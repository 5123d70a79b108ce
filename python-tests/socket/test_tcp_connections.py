"""TCP connections over IPv4 and IPv6: how they are made, shared by several sockets and ended, with their errors."""

import errno
import os
import select
import socket
import unittest

from support import HOST, HOST6, LIMIT, SocketTestCase
from support.streams import MESSAGE, ByCreateConnection, ConnectedTcpCase, OverIPv4, OverIPv6, read_to_end, reset


class SharingCases(ConnectedTcpCase):
    """Several socket objects for one connection."""

    def test_fromfd_makes_a_second_socket_of_the_connection(self):
        copy = self.bounded(socket.fromfd(self.server.fileno(), self.family, socket.SOCK_STREAM))
        self.assertIsInstance(copy, socket.socket)
        self.assertNotEqual(copy.fileno(), self.server.fileno())
        self.client.send(MESSAGE)
        self.assertEqual(copy.recv(1024), MESSAGE)
        copy.close()
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_dup_makes_a_second_socket_of_the_connection(self):
        copy = self.bounded(self.server.dup())
        self.assertNotEqual(copy.fileno(), self.server.fileno())
        self.assertEqual((copy.family, copy.type, copy.proto),
                         (self.server.family, self.server.type, self.server.proto))
        self.assertEqual(copy.getpeername(), self.server.getpeername())
        self.client.send(MESSAGE)
        self.assertEqual(copy.recv(1024), MESSAGE)

    def test_dup_has_the_timeout_of_the_original(self):
        for seconds in (None, 0.0, 7.5):
            with self.subTest(timeout=seconds):
                self.server.settimeout(seconds)
                with self.server.dup() as copy:
                    self.assertEqual(copy.gettimeout(), seconds)

    def test_dup_of_a_subclass_is_of_the_subclass(self):
        class Named(socket.socket):
            pass

        with Named(self.family, socket.SOCK_STREAM) as original, original.dup() as copy:
            self.assertIs(type(copy), Named)

    def test_dup_is_not_inheritable(self):
        self.server.set_inheritable(True)
        with self.server.dup() as copy:
            self.assertFalse(copy.get_inheritable())
        self.assertTrue(self.server.get_inheritable())

    def test_the_stream_ends_when_the_last_of_its_sockets_is_closed(self):
        copy = self.bounded(self.server.dup())
        self.server.close()
        copy.send(MESSAGE)
        self.assertEqual(self.client.recv(1024), MESSAGE)
        copy.close()
        self.assertEqual(self.client.recv(1024), b"")

    def test_shutdown_holds_for_all_sockets_of_the_connection(self):
        copy = self.bounded(self.server.dup())
        copy.shutdown(socket.SHUT_WR)
        self.assertEqual(self.client.recv(1), b"")
        self.assertErrno(errno.EPIPE, self.server.send, b"x")

    def test_detach_gives_the_descriptor_and_ends_the_object(self):
        number = self.server.fileno()
        self.assertEqual(self.server.detach(), number)
        again = self.bounded(socket.socket(self.family, socket.SOCK_STREAM, fileno=number))
        self.assertTrue(self.server._closed)
        self.assertEqual(self.server.fileno(), -1)
        self.assertErrno(errno.EBADF, self.server.recv, 1024)
        self.assertErrno(errno.EBADF, self.server.send, b"x")
        self.server.close()
        self.client.send(MESSAGE)
        self.assertEqual(again.fileno(), number)
        self.assertEqual(again.recv(1024), MESSAGE)

    def test_detach_of_a_detached_socket(self):
        with socket.socket(fileno=self.server.detach()):
            self.assertEqual(self.server.detach(), -1)

    def test_a_socket_made_of_a_descriptor_alone_knows_its_kind(self):
        again = self.bounded(socket.socket(fileno=self.server.detach()))
        self.assertEqual((again.family, again.type), (self.family, socket.SOCK_STREAM))
        self.assertEqual(again.proto, socket.IPPROTO_TCP)
        self.assertEqual(again.getpeername(), self.client.getsockname())


class SharingOverIPv4Test(SharingCases, OverIPv4, SocketTestCase):
    pass


class SharingOverIPv6Test(SharingCases, OverIPv6, SocketTestCase):
    pass


class SharingByCreateConnectionTest(ByCreateConnection, SharingCases, OverIPv4, SocketTestCase):
    pass


class EndingCases(ConnectedTcpCase):
    """The ways in which a connection ends, and what each side sees."""

    def test_shutdown_of_writing_ends_the_stream_one_way(self):
        self.client.send(MESSAGE)
        self.client.shutdown(socket.SHUT_WR)
        self.assertEqual(read_to_end(self.server), MESSAGE)
        self.server.send(MESSAGE)
        self.assertEqual(self.client.recv(1024), MESSAGE)

    def test_shutdown_of_reading_ends_what_is_read_here(self):
        self.server.shutdown(socket.SHUT_RD)
        self.assertEqual(self.server.recv(1024), b"")
        self.server.send(MESSAGE)
        self.assertEqual(self.client.recv(1024), MESSAGE)

    def test_shutdown_both_ways(self):
        self.client.send(MESSAGE)
        self.client.shutdown(socket.SHUT_RDWR)
        self.assertEqual(self.server.recv(1024), MESSAGE)
        self.assertEqual(self.server.recv(1024), b"")
        self.assertEqual(self.client.recv(1024), b"")

    def test_shutdown_gives_none_and_may_be_repeated(self):
        self.assertIsNone(self.client.shutdown(socket.SHUT_WR))
        self.assertIsNone(self.client.shutdown(socket.SHUT_WR))

    def test_shutdown_takes_the_plain_numbers(self):
        self.assertEqual((socket.SHUT_RD, socket.SHUT_WR, socket.SHUT_RDWR), (0, 1, 2))
        self.client.shutdown(2)
        self.assertEqual(self.server.recv(1), b"")

    def test_shutdown_in_a_way_that_does_not_exist(self):
        self.assertErrno(errno.EINVAL, self.client.shutdown, 77)
        self.assertErrno(errno.EINVAL, self.client.shutdown, -1)

    def test_shutdown_refuses_what_is_not_a_c_int(self):
        for number in (1 << 31, 2 + (1 << 32), -(1 << 31) - 1):
            with self.subTest(how=number):
                self.assertRaises(OverflowError, self.client.shutdown, number)
        for thing in (1.0, "2", None):
            with self.subTest(how=thing):
                self.assertRaises(TypeError, self.client.shutdown, thing)
        self.assertRaises(TypeError, self.client.shutdown)
        # None of the refused calls has ended anything.
        self.client.send(MESSAGE)
        self.assertEqual(self.server.recv(1024), MESSAGE)

    def test_send_after_shutdown_of_writing_is_a_broken_pipe(self):
        self.client.shutdown(socket.SHUT_WR)
        for name, call in (("send", lambda: self.client.send(b"x")),
                           ("sendall", lambda: self.client.sendall(b"x")),
                           ("sendmsg", lambda: self.client.sendmsg([b"x"])),
                           ("sendto", lambda: self.client.sendto(b"x", (self.host, 1)))):
            with self.subTest(call=name):
                failure = self.assertErrno(errno.EPIPE, call)
                self.assertIs(type(failure), BrokenPipeError)
                self.assertEqual(str(failure), "[Errno %d] Broken pipe" % errno.EPIPE)

    def test_broken_pipe_raises_no_signal_without_and_with_the_flag(self):
        # Were SIGPIPE delivered with its default action, the process would be gone.
        self.client.shutdown(socket.SHUT_WR)
        self.assertRaises(BrokenPipeError, self.client.send, b"x")
        self.assertRaises(BrokenPipeError, self.client.send, b"x", socket.MSG_NOSIGNAL)
        self.assertRaises(BrokenPipeError, self.client.sendall, b"x", socket.MSG_NOSIGNAL)

    def test_recv_from_a_peer_that_reset(self):
        reset(self.client)
        failure = self.assertErrno(errno.ECONNRESET, self.server.recv, 1)
        self.assertIs(type(failure), ConnectionResetError)
        self.assertEqual(failure.strerror, os.strerror(errno.ECONNRESET))

    def test_a_reset_is_told_once(self):
        reset(self.client)
        self.assertRaises(ConnectionResetError, self.server.recv, 1)
        self.assertEqual(self.server.recv(1), b"")
        self.assertRaises(BrokenPipeError, self.server.send, b"x")

    def test_recv_into_from_a_peer_that_reset(self):
        reset(self.client)
        self.assertRaises(ConnectionResetError, self.server.recv_into, bytearray(1))

    def test_closing_with_unread_data_resets(self):
        self.client.send(MESSAGE)
        select.select([self.server], [], [], LIMIT)
        self.server.close()
        self.assertRaises(ConnectionResetError, self.client.recv, 1)

    def test_sendall_to_a_peer_that_closed_fails_in_the_end(self):
        self.server.close()
        # The first bytes are accepted here before the other side has said that nobody reads them.
        with self.assertRaises((BrokenPipeError, ConnectionResetError)):
            self.client.sendall(bytes(4 << 20))


class EndingOverIPv4Test(EndingCases, OverIPv4, SocketTestCase):
    pass


class EndingOverIPv6Test(EndingCases, OverIPv6, SocketTestCase):
    pass


class EndingByCreateConnectionTest(ByCreateConnection, EndingCases, OverIPv4, SocketTestCase):
    pass


class ConnectingCases:
    """bind, listen, accept and connect, when they work and when they do not."""

    def stream(self):
        return self.bounded(socket.socket(self.family, socket.SOCK_STREAM))

    def nobody(self):
        """An address where nobody listens: the port is taken by a socket that does not."""
        holder = self.stream()
        holder.bind((self.host, 0))
        return holder.getsockname()

    def test_accept_gives_a_socket_and_the_address_of_the_client(self):
        listener = self.listener(self.family)
        client = self.stream()
        self.assertIsNone(client.connect(listener.getsockname()))
        server, address = listener.accept()
        self.own(server)
        self.assertIs(type(server), socket.socket)
        self.assertEqual(address, client.getsockname())
        self.assertEqual(server.getpeername(), client.getsockname())
        self.assertEqual(server.getsockname(), listener.getsockname())
        self.assertEqual(client.getpeername(), listener.getsockname())

    def test_accepted_socket_is_of_the_kind_of_the_listener(self):
        listener = self.listener(self.family)
        client = self.stream()
        client.connect(listener.getsockname())
        server = self.own(listener.accept()[0])
        self.assertIs(server.family, self.family)
        self.assertIs(server.type, socket.SOCK_STREAM)
        self.assertEqual(server.proto, listener.proto)
        self.assertFalse(server.get_inheritable())

    def test_connections_are_accepted_in_their_order(self):
        listener = self.listener(self.family)
        clients = [self.stream() for _ in range(4)]
        for client in clients:
            client.connect(listener.getsockname())
        accepted = [listener.accept() for _ in clients]
        for server, _ in accepted:
            self.own(server)
        self.assertEqual([address for _, address in accepted], [client.getsockname() for client in clients])

    def test_the_kernel_picks_a_port_for_port_zero(self):
        sock = self.stream()
        sock.bind((self.host, 0))
        self.assertEqual(sock.getsockname()[0], self.host)
        self.assertGreater(sock.getsockname()[1], 0)

    def test_listener_on_all_addresses(self):
        listener = self.listener(self.family, ("", 0))
        client = self.stream()
        client.connect((self.host, listener.getsockname()[1]))
        server, address = listener.accept()
        self.own(server)
        self.assertEqual(address, client.getsockname())

    def test_client_may_bind_before_it_connects(self):
        listener = self.listener(self.family)
        client = self.stream()
        client.bind((self.host, 0))
        name = client.getsockname()
        client.connect(listener.getsockname())
        server, address = listener.accept()
        self.own(server)
        self.assertEqual(address, name)

    def test_host_may_be_bytes(self):
        listener = self.listener(self.family)
        for host in (self.host.encode(), bytearray(self.host.encode())):
            with self.subTest(type=type(host).__name__):
                client = self.stream()
                client.connect((host, listener.getsockname()[1]))
                self.assertEqual(client.getpeername(), listener.getsockname())

    def test_connect_where_nobody_listens_is_refused(self):
        failure = self.assertErrno(errno.ECONNREFUSED, self.stream().connect, self.nobody())
        self.assertIs(type(failure), ConnectionRefusedError)
        self.assertEqual(str(failure), "[Errno %d] Connection refused" % errno.ECONNREFUSED)

    def test_connect_where_nobody_listens_is_refused_in_blocking_mode(self):
        sock = self.stream()
        sock.settimeout(None)
        self.assertRaises(ConnectionRefusedError, sock.connect, self.nobody())

    def test_connect_ex_gives_the_error_as_a_number(self):
        self.assertEqual(self.stream().connect_ex(self.nobody()), errno.ECONNREFUSED)
        listener = self.listener(self.family)
        client = self.stream()
        client.settimeout(None)
        self.assertEqual(client.connect_ex(listener.getsockname()), 0)
        self.assertEqual(client.connect_ex(listener.getsockname()), errno.EISCONN)

    def test_connect_ex_raises_errors_that_are_not_the_kernels(self):
        self.assertRaises(TypeError, self.stream().connect_ex, "text")
        self.assertRaises(OverflowError, self.stream().connect_ex, (self.host, 65536))

    def test_connect_twice(self):
        listener = self.listener(self.family)
        client = self.stream()
        client.settimeout(None)
        client.connect(listener.getsockname())
        self.assertErrno(errno.EISCONN, client.connect, listener.getsockname())

    def test_bind_twice(self):
        sock = self.stream()
        sock.bind((self.host, 0))
        self.assertErrno(errno.EINVAL, sock.bind, (self.host, 0))

    def test_bind_where_another_listens(self):
        listener = self.listener(self.family)
        failure = self.assertErrno(errno.EADDRINUSE, self.stream().bind, listener.getsockname())
        self.assertIs(type(failure), OSError)
        self.assertEqual(str(failure), "[Errno %d] Address already in use" % errno.EADDRINUSE)

    def test_accept_without_listen(self):
        sock = self.stream()
        sock.bind((self.host, 0))
        self.assertErrno(errno.EINVAL, sock.accept)

    def test_calls_that_need_a_connection(self):
        sock = self.stream()
        self.assertErrno(errno.ENOTCONN, sock.recv, 1)
        self.assertErrno(errno.ENOTCONN, sock.recvfrom, 1)
        self.assertErrno(errno.ENOTCONN, sock.getpeername)
        self.assertErrno(errno.ENOTCONN, sock.shutdown, socket.SHUT_RDWR)
        self.assertErrno(errno.EPIPE, sock.send, b"x")
        self.assertErrno(errno.EPIPE, sock.sendall, b"x")

    def test_listen_takes_any_backlog_of_c_size(self):
        for arguments in ((), (0,), (-1,), (1,), (True,), (100000,), ((1 << 31) - 1,)):
            with self.subTest(arguments=arguments):
                listener = self.stream()
                listener.bind((self.host, 0))
                self.assertIsNone(listener.listen(*arguments))
                client = self.stream()
                client.connect(listener.getsockname())
                self.own(listener.accept()[0])

    def test_listen_refuses_what_is_not_a_c_int(self):
        sock = self.stream()
        sock.bind((self.host, 0))
        self.assertRaises(OverflowError, sock.listen, 1 << 31)
        self.assertRaises(TypeError, sock.listen, 1.5)
        self.assertRaises(TypeError, sock.listen, None)
        self.assertRaises(TypeError, sock.listen, 1, 2)
        self.assertErrno(errno.EINVAL, sock.accept)

    def test_listen_may_be_repeated(self):
        listener = self.listener(self.family)
        listener.listen(1)
        client = self.stream()
        client.connect(listener.getsockname())
        self.own(listener.accept()[0])

    def test_backlog_holds_connections_that_nobody_accepted_yet(self):
        listener = self.listener(self.family, backlog=8)
        clients = [self.stream() for _ in range(8)]
        for number, client in enumerate(clients):
            client.connect(listener.getsockname())
            client.sendall(b"%d" % number)
        received = []
        for _ in clients:
            server = self.bounded(listener.accept()[0])
            received.append(server.recv(1))
        self.assertEqual(b"".join(received), b"01234567")

    def test_listen_without_bind_picks_a_port(self):
        listener = self.stream()
        listener.listen()
        client = self.stream()
        client.connect((self.host, listener.getsockname()[1]))
        self.own(listener.accept()[0])


class ConnectingOverIPv4Test(ConnectingCases, OverIPv4, SocketTestCase):
    def test_addresses_are_pairs(self):
        client, server = self.tcp_pair()
        for name in (client.getsockname(), server.getpeername()):
            self.assertIs(type(name), tuple)
            self.assertEqual(name[0], HOST)
            self.assertEqual(len(name), 2)

    def test_bind_to_an_address_that_is_not_of_this_machine(self):
        # 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has an address in it.
        self.assertErrno(errno.EADDRNOTAVAIL, self.stream().bind, ("192.0.2.1", 0))

    def test_address_of_a_wrong_form(self):
        pair = "AF_INET address must be a pair (host, port)"
        for name in ("bind", "connect", "connect_ex"):
            for address, kind, text in (
                    (None, TypeError, "%s(): AF_INET address must be tuple, not NoneType" % name),
                    ("text", TypeError, "%s(): AF_INET address must be tuple, not str" % name),
                    ([HOST, 1], TypeError, "%s(): AF_INET address must be tuple, not list" % name),
                    ((HOST,), TypeError, pair),
                    ((HOST, 1, 2), TypeError, pair),
                    ((HOST, "80"), TypeError, "'str' object cannot be interpreted as an integer"),
                    ((1, 1), TypeError, "str, bytes or bytearray expected, not int"),
                    ((None, 1), TypeError, "str, bytes or bytearray expected, not NoneType"),
                    (("a\0b", 1), TypeError, "host name must not contain null character"),
                    ((HOST, -1), OverflowError, "%s(): port must be 0-65535." % name),
                    ((HOST, 65536), OverflowError, "%s(): port must be 0-65535." % name),
                    ((HOST, 1 << 40), OverflowError, "%s(): port must be 0-65535." % name)):
                with self.subTest(call=name, address=address), self.assertRaises(kind) as caught:
                    getattr(self.stream(), name)(address)
                self.assertEqual(str(caught.exception), text)


class ConnectingOverIPv6Test(ConnectingCases, OverIPv6, SocketTestCase):
    def test_addresses_have_flow_information_and_scope(self):
        client, server = self.tcp_pair(socket.AF_INET6)
        for name in (client.getsockname(), server.getpeername()):
            self.assertEqual(name[0], HOST6)
            self.assertEqual(name[2:], (0, 0))

    def test_address_of_a_wrong_form(self):
        four = "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"
        for name in ("bind", "connect", "connect_ex"):
            for address, kind, text in (
                    (None, TypeError, "%s(): AF_INET6 address must be tuple, not NoneType" % name),
                    ("text", TypeError, "%s(): AF_INET6 address must be tuple, not str" % name),
                    ((HOST6,), TypeError, four),
                    ((HOST6, 1, 2, 3, 4), TypeError, four),
                    ((HOST6, 1, "2"), TypeError, "'str' object cannot be interpreted as an integer"),
                    ((1, 1), TypeError, "str, bytes or bytearray expected, not int"),
                    ((HOST6, -1), OverflowError, "%s(): port must be 0-65535." % name),
                    ((HOST6, 65536), OverflowError, "%s(): port must be 0-65535." % name),
                    ((HOST6, 1, -1), OverflowError, "%s(): flowinfo must be 0-1048575." % name),
                    ((HOST6, 1, 1 << 20), OverflowError, "%s(): flowinfo must be 0-1048575." % name)):
                with self.subTest(call=name, address=address), self.assertRaises(kind) as caught:
                    getattr(self.stream(), name)(address)
                self.assertEqual(str(caught.exception), text)

    def test_flow_information_and_scope_may_be_left_out(self):
        listener = self.listener(socket.AF_INET6)
        port = listener.getsockname()[1]
        for address in ((HOST6, port), (HOST6, port, 0), (HOST6, port, 0, 0)):
            with self.subTest(address=address):
                client = self.stream()
                client.connect(address)
                self.assertEqual(client.getpeername(), (HOST6, port, 0, 0))

    def test_dual_stack_listener_sees_a_mapped_address(self):
        listener = self.stream()
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(("", 0))
        listener.listen()
        client = self.bounded(socket.socket())
        client.connect((HOST, listener.getsockname()[1]))
        server, address = listener.accept()
        self.own(server)
        self.assertEqual(address, ("::ffff:" + HOST, client.getsockname()[1], 0, 0))

    def test_ipv6_only_listener_refuses_ipv4(self):
        listener = self.stream()
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(("", 0))
        listener.listen()
        client = self.bounded(socket.socket())
        self.assertRaises(ConnectionRefusedError, client.connect, (HOST, listener.getsockname()[1]))


if __name__ == "__main__":
    unittest.main()
